package org.example.wardnotes;

import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotesController {
    record Note(long id, String author, String body, OffsetDateTime writtenAt) {}

    private final JdbcClient db;

    NotesController(JdbcClient db) {
        this.db = db;
    }

    @GetMapping("/wards/{ward}/notes")
    List<Note> notes(@PathVariable String ward) {
        return db.sql("SELECT id, author, body, written_at FROM notes WHERE ward = :ward ORDER BY written_at DESC LIMIT 50")
            .param("ward", ward)
            .query(Note.class)
            .list();
    }
}
