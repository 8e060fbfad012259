CREATE TABLE notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ward text NOT NULL,
    patient_id text NOT NULL,
    author text NOT NULL,
    body text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX notes_ward_written_at ON notes (ward, written_at DESC);
