import Database

/// The tables of what waits for a second person, and of what the second person said.
///
/// Both only grow: a decision is a row of its own, which can be written once and never by whoever asked.
enum ApprovalSchema {
    static let migrations = [
        Migration(
            id: "access-002",
            sql: first + Migration.appendOnly(table: "approval") + Migration.appendOnly(table: "approval_decision")),
        // Which of the requests that were not granted their askers have looked at since.
        Migration(
            id: "access-017",
            sql: """
                CREATE TABLE approval_seen (
                    approval_id {int} NOT NULL PRIMARY KEY REFERENCES approval (approval_id),
                    seen_at {int} NOT NULL
                ) {strict};
                """),
    ]

    private static let first = """
        CREATE TABLE approval (
            approval_id {int} NOT NULL PRIMARY KEY CHECK (approval_id > 0),
            kind TEXT NOT NULL,
            request {blob} NOT NULL,
            subjects {blob} NOT NULL,
            preview {blob} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            asked_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            CONSTRAINT approval_expires CHECK (expires_at > asked_at),
            CONSTRAINT approval_asked_once UNIQUE (approval_id, account)
        ) {strict};
        CREATE INDEX approval_by_expiry ON approval (expires_at);
        CREATE INDEX approval_by_account ON approval (account, asked_at);

        CREATE TABLE approval_decision (
            approval_id {int} NOT NULL PRIMARY KEY,
            -- Whoever asked, repeated so that the database itself refuses their own approval.
            asker {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            decided_at {int} NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT,
            act_id {int},
            FOREIGN KEY (approval_id, asker) REFERENCES approval (approval_id, account),
            CONSTRAINT approval_second_person CHECK (account <> asker),
            CONSTRAINT approval_outcome CHECK (
                (outcome = 'accepted' AND act_id IS NOT NULL AND reason IS NULL)
                OR (outcome = 'rejected' AND act_id IS NULL AND length(reason) BETWEEN 1 AND 200)
            )
        ) {strict};

        """
}
