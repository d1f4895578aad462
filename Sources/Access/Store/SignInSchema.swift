import Database

/// Passkeys with their challenges, and sign-ins on record.
enum SignInSchema {
    static let migrations = [
        Migration(id: "access-003", sql: first + Migration.appendOnly(table: "sign_in_retention") + keeping)
    ]

    private static let first = """
        -- Given out once and taken away with the first answer; bound to the link, session or browser that asked.
        CREATE TABLE passkey_challenge (
            challenge {blob} NOT NULL PRIMARY KEY,
            purpose TEXT NOT NULL,
            officer_id {int} REFERENCES officer (officer_id),
            user_handle {blob},
            bound_to {blob} NOT NULL,
            place {text} NOT NULL,
            issued_at {int} NOT NULL,
            CONSTRAINT passkey_challenge_length CHECK (length(challenge) = 32 AND length(bound_to) = 32),
            CONSTRAINT passkey_challenge_purpose CHECK (purpose IN ('enrol', 'add', 'sign_in')),
            CONSTRAINT passkey_challenge_whose CHECK (
                (purpose = 'sign_in') = (officer_id IS NULL) AND (officer_id IS NULL) = (user_handle IS NULL))
        ) {strict};
        CREATE INDEX passkey_challenge_by_place ON passkey_challenge (place, issued_at);
        CREATE INDEX passkey_challenge_by_time ON passkey_challenge (issued_at);

        CREATE TABLE passkey (
            passkey_id {int} NOT NULL PRIMARY KEY,
            officer_id {int} NOT NULL REFERENCES officer (officer_id),
            credential {blob} NOT NULL UNIQUE,
            public_key {blob} NOT NULL,
            user_handle {blob} NOT NULL,
            counter {int} NOT NULL,
            model {blob} NOT NULL,
            backup_eligible {int} NOT NULL,
            backed_up {int} NOT NULL,
            attestation TEXT NOT NULL,
            transports TEXT NOT NULL,
            label TEXT NOT NULL,
            made_at {int} NOT NULL,
            used_at {int},
            CONSTRAINT passkey_credential CHECK (length(credential) BETWEEN 16 AND 1023),
            CONSTRAINT passkey_user CHECK (length(user_handle) = 32),
            CONSTRAINT passkey_counter CHECK (counter BETWEEN 0 AND 4294967295),
            CONSTRAINT passkey_backup CHECK (
                backup_eligible IN (0, 1) AND backed_up IN (0, 1) AND backed_up <= backup_eligible),
            CONSTRAINT passkey_label CHECK (length(label) BETWEEN 1 AND 40)
        ) {strict};
        CREATE INDEX passkey_by_officer ON passkey (officer_id);

        -- The network that a session began in; sessions of before have none.
        ALTER TABLE session ADD COLUMN place TEXT NOT NULL DEFAULT '-';

        CREATE TABLE sign_in_entry (
            entry_id {int} NOT NULL PRIMARY KEY,
            officer_id {int} REFERENCES officer (officer_id),
            at {int} NOT NULL,
            event TEXT NOT NULL,
            method TEXT NOT NULL,
            reason TEXT,
            place TEXT NOT NULL,
            CONSTRAINT sign_in_entry_event CHECK (event IN ('signed_in', 'refused', 'signed_out', 'ended')),
            CONSTRAINT sign_in_entry_reason CHECK ((reason IS NULL) = (event IN ('signed_in', 'signed_out'))),
            CONSTRAINT sign_in_entry_officer CHECK (officer_id IS NOT NULL OR event = 'refused')
        ) {strict};
        CREATE INDEX sign_in_entry_by_officer ON sign_in_entry (officer_id, at);
        CREATE INDEX sign_in_entry_by_time ON sign_in_entry (at);

        -- Entries go only when two years have passed, and only after this has been written down.
        CREATE TABLE sign_in_retention (
            cut_at {int} NOT NULL PRIMARY KEY,
            made_at {int} NOT NULL,
            CONSTRAINT sign_in_retention_time CHECK (made_at - cut_at >= 63072000000000)
        ) {strict};

        """

    private static let keeping = """

        -- @sqlite
        CREATE TRIGGER sign_in_entry_update BEFORE UPDATE ON sign_in_entry
        BEGIN SELECT RAISE(ABORT, 'append_only: sign_in_entry'); END;
        CREATE TRIGGER sign_in_entry_delete BEFORE DELETE ON sign_in_entry
        WHEN NOT EXISTS (SELECT 1 FROM sign_in_retention r WHERE r.cut_at > OLD.at)
        BEGIN SELECT RAISE(ABORT, 'append_only: sign_in_entry'); END;
        -- @end
        -- @postgresql
        CREATE FUNCTION sign_in_entry_keep() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM sign_in_retention r WHERE r.cut_at > OLD.at) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'append_only: %', TG_TABLE_NAME;
        END $f$;
        CREATE TRIGGER sign_in_entry_keep BEFORE UPDATE OR DELETE ON sign_in_entry
        FOR EACH ROW EXECUTE FUNCTION sign_in_entry_keep();
        CREATE TRIGGER sign_in_entry_no_truncate BEFORE TRUNCATE ON sign_in_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        -- @end

        """
}
