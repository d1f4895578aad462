import Database

/// What officers have begun to type, and how much of their forms they need not type.
enum FormSchema {
    static let migrations = [
        Migration(
            id: "access-012",
            sql: """
                CREATE TABLE form_draft (
                    officer_id {int} NOT NULL REFERENCES officer (officer_id),
                    path {text} NOT NULL CHECK (length(path) BETWEEN 1 AND 200),
                    fields {blob} NOT NULL CHECK (length(fields) BETWEEN 2 AND 2097152),
                    saved_at {int} NOT NULL,
                    PRIMARY KEY (officer_id, path)
                ) {strict};

                -- Sums of a day; nobody's data.
                CREATE TABLE office_typing (
                    office {text} NOT NULL,
                    day {text} NOT NULL,
                    from_register {int} NOT NULL CHECK (from_register >= 0),
                    typed {int} NOT NULL CHECK (typed >= 0),
                    PRIMARY KEY (office, day)
                ) {strict};
                """),
        // Whom the form is about, as the officer saw it; it goes with the draft.
        Migration(
            id: "access-014",
            sql: "ALTER TABLE form_draft ADD COLUMN about TEXT CHECK (length(about) BETWEEN 1 AND 200);"),
    ]
}
