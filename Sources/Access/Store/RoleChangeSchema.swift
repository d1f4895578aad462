import Database

/// The tables of roles that are to be given or taken and wait for a second person, and of what that person said.
///
/// Both only grow; nobody decides what they asked themselves, nor what gives or takes a role of their own.
enum RoleChangeSchema {
    static let migrations = [
        Migration(
            id: "access-007",
            sql: first + Migration.appendOnly(table: "role_change")
                + Migration.appendOnly(table: "role_change_decision")),
        Migration(
            id: "access-013",
            sql: """
                -- Of a role that is to be given: the account that is absent and whose role it is.
                ALTER TABLE role_change ADD COLUMN deputy_for TEXT
                    CONSTRAINT role_change_deputy CHECK (
                        deputy_for IS NULL OR (until IS NOT NULL AND deputy_for <> holder));
                """),
    ]

    private static let first = """
        CREATE TABLE role_change (
            change_id {int} NOT NULL PRIMARY KEY CHECK (change_id > 0),
            -- Whose role it is.
            holder {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            -- The end of a role that is to be given.
            until {int},
            -- The grant that is to be taken, and why.
            grant_id {int} REFERENCES officer_grant (grant_id),
            reason TEXT,
            asker {text} NOT NULL,
            asker_role TEXT NOT NULL,
            asker_office {text} NOT NULL,
            asked_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            CONSTRAINT role_change_gives_or_takes CHECK (
                (until IS NOT NULL AND grant_id IS NULL AND reason IS NULL)
                OR (until IS NULL AND grant_id IS NOT NULL AND length(reason) BETWEEN 1 AND 200)
            ),
            CONSTRAINT role_change_of_another CHECK (asker <> holder),
            CONSTRAINT role_change_expires CHECK (expires_at > asked_at),
            CONSTRAINT role_change_asked_once UNIQUE (change_id, asker, holder)
        ) {strict};
        CREATE INDEX role_change_by_expiry ON role_change (expires_at);

        CREATE TABLE role_change_decision (
            change_id {int} NOT NULL PRIMARY KEY,
            -- Whoever asked and whose role it is, repeated so that the database itself refuses their own approval.
            asker {text} NOT NULL,
            holder {text} NOT NULL,
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            decided_at {int} NOT NULL,
            -- Why it was rejected; nothing when it was accepted.
            reason TEXT,
            FOREIGN KEY (change_id, asker, holder) REFERENCES role_change (change_id, asker, holder),
            CONSTRAINT role_change_second_person CHECK (account <> asker AND account <> holder),
            CONSTRAINT role_change_reason CHECK (reason IS NULL OR length(reason) BETWEEN 1 AND 200)
        ) {strict};

        """
}
