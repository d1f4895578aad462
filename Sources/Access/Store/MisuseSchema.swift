import Database

/// The tables against misuse: what may be guessing, the alarms about it and what was said to them, and forms that were
/// recorded.
///
/// An alarm and its answer are only ever added; an answer is one row, and never by the account that it is about.
enum MisuseSchema {
    static let migrations = [
        Migration(
            id: "access-004",
            sql: first + Migration.appendOnly(table: "alarm") + Migration.appendOnly(table: "alarm_answer")),
        // What a program was answered, for when it asks again; kept as long as the key.
        Migration(
            id: "access-018",
            sql: """
                ALTER TABLE sent_form ADD COLUMN status {int};
                ALTER TABLE sent_form ADD COLUMN answer {blob};
                """),
    ]

    private static let first = """
        -- What is remembered of the running hour of an account.
        CREATE TABLE guess_count (
            account {text} NOT NULL,
            kind {text} NOT NULL,
            since {int} NOT NULL,
            tries {int} NOT NULL CHECK (tries > 0),
            PRIMARY KEY (account, kind)
        ) {strict};

        CREATE TABLE alarm (
            alarm_id {int} NOT NULL PRIMARY KEY CHECK (alarm_id > 0),
            kind {text} NOT NULL CHECK (kind IN ('misses', 'exact_names')),
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            first_at {int} NOT NULL,
            raised_at {int} NOT NULL,
            CONSTRAINT alarm_in_order CHECK (raised_at >= first_at),
            CONSTRAINT alarm_once UNIQUE (account, kind, first_at),
            CONSTRAINT alarm_about UNIQUE (alarm_id, account)
        ) {strict};

        -- How many there were; it grows after the alarm was raised.
        CREATE TABLE alarm_tries (
            alarm_id {int} NOT NULL PRIMARY KEY REFERENCES alarm (alarm_id),
            tries {int} NOT NULL CHECK (tries > 0)
        ) {strict};

        CREATE TABLE alarm_answer (
            alarm_id {int} NOT NULL PRIMARY KEY,
            -- Whom the alarm is about, repeated so that the database itself refuses an answer of their own.
            about {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            answered_at {int} NOT NULL,
            note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 500),
            FOREIGN KEY (alarm_id, about) REFERENCES alarm (alarm_id, account),
            CONSTRAINT alarm_answer_of_another CHECK (account <> about)
        ) {strict};

        -- A form is recorded once; kept as long as a session can send it again.
        CREATE TABLE sent_form (
            key_hash {blob} NOT NULL PRIMARY KEY CHECK (length(key_hash) = 32),
            sent_at {int} NOT NULL
        ) {strict};
        CREATE INDEX sent_form_by_time ON sent_form (sent_at);

        """
}
