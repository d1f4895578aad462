import Database

/// The tables of seals that are asked for and decided, and of those that stand.
///
/// Requests and decisions only grow; whoever asks does not decide. What stands follows from them, and cannot stand
/// without a decision.
enum SealSchema {
    static let migrations = [
        Migration(
            id: "access-008",
            sql: first + Migration.appendOnly(table: "seal_request") + Migration.appendOnly(table: "seal_decision"))
    ]

    private static let first = """
        CREATE TABLE seal_request (
            request_id {int} NOT NULL PRIMARY KEY CHECK (request_id > 0),
            person_id {int} NOT NULL,
            -- The seal that is to be lifted; nothing where one is to be set.
            lifts {int},
            -- The end of a seal that is to be set; nothing: until it is lifted.
            until {int},
            reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
            asker {text} NOT NULL,
            asker_role TEXT NOT NULL,
            asker_office {text} NOT NULL,
            asked_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            CONSTRAINT seal_request_sets_or_lifts CHECK (lifts IS NULL OR until IS NULL),
            CONSTRAINT seal_request_ends CHECK (until IS NULL OR until > asked_at),
            CONSTRAINT seal_request_expires CHECK (expires_at > asked_at),
            CONSTRAINT seal_request_asked_once UNIQUE (request_id, asker),
            CONSTRAINT seal_request_of_person UNIQUE (request_id, person_id),
            FOREIGN KEY (lifts, person_id) REFERENCES seal_request (request_id, person_id)
        ) {strict};
        CREATE INDEX seal_request_by_expiry ON seal_request (expires_at);
        CREATE INDEX seal_request_by_asker ON seal_request (asker, asked_at);

        CREATE TABLE seal_decision (
            request_id {int} NOT NULL PRIMARY KEY,
            -- Whoever asked, repeated so that the database itself refuses their own approval.
            asker {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            decided_at {int} NOT NULL,
            -- Why it was rejected; nothing when it was accepted.
            reason TEXT,
            FOREIGN KEY (request_id, asker) REFERENCES seal_request (request_id, asker),
            CONSTRAINT seal_second_person CHECK (account <> asker),
            CONSTRAINT seal_decision_reason CHECK (reason IS NULL OR length(reason) BETWEEN 1 AND 200)
        ) {strict};

        -- One a person; a row whose end has come stands no longer.
        CREATE TABLE standing_seal (
            person_id {int} NOT NULL PRIMARY KEY,
            seal_id {int} NOT NULL UNIQUE REFERENCES seal_decision (request_id),
            since {int} NOT NULL,
            until {int},
            CONSTRAINT standing_seal_ends CHECK (until IS NULL OR until > since),
            FOREIGN KEY (seal_id, person_id) REFERENCES seal_request (request_id, person_id)
        ) {strict};

        """
}
