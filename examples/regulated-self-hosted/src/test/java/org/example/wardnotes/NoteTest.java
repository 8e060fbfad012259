package org.example.wardnotes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class NoteTest {
    @Test
    void aNoteKeepsWhoWroteIt() {
        var note = new NotesController.Note(1, "r.meyer", "stable", OffsetDateTime.now());
        assertThat(note.author()).isEqualTo("r.meyer");
    }
}
