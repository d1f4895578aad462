import Database

/// The tables of emergency access: what was asked, decided, granted and reviewed, and who is to be told.
///
/// They only grow. The database itself refuses a grant that two accounts of two offices, neither of them whoever asked,
/// have not approved, one that lasts longer than an hour, and more than twenty persons.
enum EmergencySchema {
    static let migrations = [
        Migration(
            id: "access-009",
            sql: asking + granting
                + [
                    "emergency", "emergency_person", "emergency_decision", "emergency_grant", "emergency_review",
                    "notice", "notice_told",
                ].map(Migration.appendOnly(table:)).joined())
    ]

    private static let asking = """
        CREATE TABLE emergency (
            emergency_id {int} NOT NULL PRIMARY KEY CHECK (emergency_id > 0),
            reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
            minutes {int} NOT NULL CHECK (minutes BETWEEN 1 AND 60),
            asker {text} NOT NULL,
            asker_role TEXT NOT NULL,
            asker_office {text} NOT NULL,
            asked_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            CONSTRAINT emergency_expires CHECK (expires_at > asked_at),
            CONSTRAINT emergency_asked_once UNIQUE (emergency_id, asker)
        ) {strict};
        CREATE INDEX emergency_by_expiry ON emergency (expires_at);
        CREATE INDEX emergency_by_asker ON emergency (asker, asked_at);

        CREATE TABLE emergency_person (
            emergency_id {int} NOT NULL REFERENCES emergency (emergency_id),
            place {int} NOT NULL CHECK (place BETWEEN 1 AND 20),
            person_id {int} NOT NULL,
            PRIMARY KEY (emergency_id, place),
            CONSTRAINT emergency_person_once UNIQUE (emergency_id, person_id)
        ) {strict};
        CREATE INDEX emergency_person_by_person ON emergency_person (person_id);

        CREATE TABLE emergency_decision (
            emergency_id {int} NOT NULL,
            -- Of two who decide at the same moment one wins, and the other sees it.
            step {int} NOT NULL CHECK (step BETWEEN 1 AND 2),
            -- Whoever asked, repeated so that the database itself refuses their own approval.
            asker {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            decided_at {int} NOT NULL,
            -- Why it was rejected; nothing when it was approved.
            reason TEXT,
            PRIMARY KEY (emergency_id, step),
            FOREIGN KEY (emergency_id, asker) REFERENCES emergency (emergency_id, asker),
            CONSTRAINT emergency_decision_once UNIQUE (emergency_id, account),
            CONSTRAINT emergency_decision_office UNIQUE (emergency_id, account, office),
            CONSTRAINT emergency_decision_of_another CHECK (account <> asker),
            CONSTRAINT emergency_decision_reason CHECK (reason IS NULL OR length(reason) BETWEEN 1 AND 200)
        ) {strict};
        CREATE UNIQUE INDEX emergency_decision_apart ON emergency_decision (emergency_id, office)
            WHERE reason IS NULL;

        """

    private static let granting = """
        CREATE TABLE emergency_grant (
            emergency_id {int} NOT NULL PRIMARY KEY,
            first_account {text} NOT NULL,
            first_office {text} NOT NULL,
            second_account {text} NOT NULL,
            second_office {text} NOT NULL,
            since {int} NOT NULL,
            until {int} NOT NULL,
            FOREIGN KEY (emergency_id, first_account, first_office)
                REFERENCES emergency_decision (emergency_id, account, office),
            FOREIGN KEY (emergency_id, second_account, second_office)
                REFERENCES emergency_decision (emergency_id, account, office),
            CONSTRAINT emergency_grant_apart CHECK (
                first_account <> second_account AND first_office <> second_office
            ),
            CONSTRAINT emergency_grant_short CHECK (until > since AND until - since <= 3600000000)
        ) {strict};
        CREATE INDEX emergency_grant_by_end ON emergency_grant (until);

        CREATE TABLE emergency_review (
            emergency_id {int} NOT NULL PRIMARY KEY REFERENCES emergency_grant (emergency_id),
            -- Whoever asked, repeated so that the database itself refuses a review of their own.
            asker {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            reviewed_at {int} NOT NULL,
            note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 500),
            -- Until when, and why, those looked at are not told.
            put_off_until {int},
            put_off_reason TEXT,
            FOREIGN KEY (emergency_id, asker) REFERENCES emergency (emergency_id, asker),
            CONSTRAINT emergency_review_of_another CHECK (account <> asker),
            CONSTRAINT emergency_review_puts_off CHECK (
                (put_off_until IS NULL AND put_off_reason IS NULL)
                OR (put_off_until > reviewed_at AND length(put_off_reason) BETWEEN 1 AND 200)
            )
        ) {strict};

        -- Somebody was looked at and is to be told; written with the first look.
        CREATE TABLE notice (
            emergency_id {int} NOT NULL REFERENCES emergency_grant (emergency_id),
            person_id {int} NOT NULL,
            looked_at {int} NOT NULL,
            due_at {int} NOT NULL CHECK (due_at > looked_at),
            PRIMARY KEY (emergency_id, person_id),
            FOREIGN KEY (emergency_id, person_id) REFERENCES emergency_person (emergency_id, person_id)
        ) {strict};

        CREATE TABLE notice_told (
            emergency_id {int} NOT NULL,
            person_id {int} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            told_at {int} NOT NULL,
            how TEXT NOT NULL CHECK (length(how) BETWEEN 1 AND 200),
            PRIMARY KEY (emergency_id, person_id),
            FOREIGN KEY (emergency_id, person_id) REFERENCES notice (emergency_id, person_id)
        ) {strict};

        """
}
