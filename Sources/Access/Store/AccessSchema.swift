import Database

/// The tables of offices, officers, grants and sessions; the acts of kind `access_changed` are the truth behind them,
/// except for secrets and sessions, which no act ever names.
package enum AccessSchema {
    package static let migrations: [Migration] =
        [Migration(id: "access-001", sql: first)] + ApprovalSchema.migrations + SignInSchema.migrations
        + MisuseSchema.migrations + DossierSchema.migrations + RoleChangeSchema.migrations + SealSchema.migrations
        + EmergencySchema.migrations + FormSchema.migrations + ExportSchema.migrations

    private static let first = """
        -- One row a period; a reorganisation ends one and begins another.
        CREATE TABLE office (
            code {text} NOT NULL,
            since TEXT NOT NULL,
            until TEXT,
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
            level TEXT NOT NULL CHECK (level IN ('commune', 'district', 'province', 'ministry', 'mission')),
            unit_set {text},
            unit_code {text},
            PRIMARY KEY (code, since),
            CHECK (until IS NULL OR until > since),
            CHECK ((unit_code IS NULL) = (level IN ('ministry', 'mission'))),
            CHECK ((unit_code IS NULL) = (unit_set IS NULL))
        ) {strict};

        CREATE TABLE officer (
            officer_id {int} NOT NULL PRIMARY KEY CHECK (officer_id > 0),
            account {text} NOT NULL UNIQUE CHECK (length(account) BETWEEN 3 AND 40),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
            person_id {int},
            language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
            disabled_at {int}
        ) {strict};

        -- A right ends by itself: there is none without an end.
        CREATE TABLE officer_grant (
            grant_id {int} NOT NULL PRIMARY KEY CHECK (grant_id > 0),
            officer_id {int} NOT NULL REFERENCES officer (officer_id),
            role TEXT NOT NULL,
            office {text} NOT NULL,
            since {int} NOT NULL,
            until {int} NOT NULL CHECK (until > since),
            revoked_at {int},
            deputy_for {int} REFERENCES officer (officer_id),
            CHECK (deputy_for IS NULL OR deputy_for <> officer_id)
        ) {strict};
        CREATE INDEX officer_grant_by_officer ON officer_grant (officer_id);
        CREATE INDEX officer_grant_by_office ON officer_grant (office);

        -- What an officer proves the account with when there is no passkey; secrets, so not part of any act.
        CREATE TABLE officer_secret (
            officer_id {int} NOT NULL PRIMARY KEY REFERENCES officer (officer_id),
            password_hash TEXT NOT NULL,
            code_secret {blob} NOT NULL,
            -- The last step of the code that was used: a code works once.
            last_step {int} NOT NULL,
            set_at {int} NOT NULL
        ) {strict};

        CREATE TABLE enrolment (
            token_hash {blob} NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            officer_id {int} NOT NULL REFERENCES officer (officer_id),
            issued_by TEXT NOT NULL,
            issued_at {int} NOT NULL,
            expires_at {int} NOT NULL CHECK (expires_at > issued_at),
            used_at {int}
        ) {strict};

        CREATE TABLE session (
            session_key {blob} NOT NULL PRIMARY KEY CHECK (length(session_key) = 32),
            officer_id {int} NOT NULL REFERENCES officer (officer_id),
            grant_id {int} NOT NULL REFERENCES officer_grant (grant_id),
            form_token TEXT NOT NULL,
            -- The browser that it began in, hashed; the same cookie from another one ends it.
            agent_hash {blob} NOT NULL CHECK (length(agent_hash) = 32),
            agent TEXT NOT NULL,
            method TEXT NOT NULL,
            started_at {int} NOT NULL,
            used_at {int} NOT NULL,
            ended_at {int}
        ) {strict};
        CREATE INDEX session_by_officer ON session (officer_id, ended_at);

        CREATE TABLE sign_in_failure (
            subject {text} NOT NULL PRIMARY KEY,
            failures {int} NOT NULL,
            last_at {int} NOT NULL
        ) {strict};

        """
}
