import Database

/// The tables of lists of people that are asked for, decided and taken.
///
/// All three only grow; whoever asks does not decide, and what was not granted is not taken.
enum ExportSchema {
    static let migrations = [
        Migration(
            id: "access-019",
            sql: first
                + ["person_export", "person_export_decision", "person_export_taken"]
                .map { Migration.appendOnly(table: $0) }.joined(separator: "\n"))
    ]

    private static let first = """
        CREATE TABLE person_export (
            request_id {int} NOT NULL PRIMARY KEY CHECK (request_id > 0),
            unit_set {text} NOT NULL,
            unit_code {text} NOT NULL,
            reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
            asker {text} NOT NULL,
            asker_role TEXT NOT NULL,
            asker_office {text} NOT NULL,
            asked_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            CONSTRAINT person_export_expires CHECK (expires_at > asked_at),
            CONSTRAINT person_export_asked_once UNIQUE (request_id, asker)
        ) {strict};
        CREATE INDEX person_export_by_expiry ON person_export (expires_at);
        CREATE INDEX person_export_by_asker ON person_export (asker, asked_at);

        CREATE TABLE person_export_decision (
            request_id {int} NOT NULL PRIMARY KEY,
            -- Whoever asked, repeated so that the database itself refuses their own approval.
            asker {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            decided_at {int} NOT NULL,
            -- Why it was rejected; nothing when it was accepted.
            reason TEXT,
            FOREIGN KEY (request_id, asker) REFERENCES person_export (request_id, asker),
            CONSTRAINT person_export_second_person CHECK (account <> asker),
            CONSTRAINT person_export_decision_reason CHECK (reason IS NULL OR length(reason) BETWEEN 1 AND 200)
        ) {strict};

        CREATE TABLE person_export_taken (
            request_id {int} NOT NULL REFERENCES person_export_decision (request_id),
            taken_at {int} NOT NULL,
            persons {int} NOT NULL CHECK (persons >= 0),
            PRIMARY KEY (request_id, taken_at)
        ) {strict};

        """
}
