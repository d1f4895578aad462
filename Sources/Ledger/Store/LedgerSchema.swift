import Database

/// The tables of the log: acts, their contents, looks, and the two Merkle trees over them.
package enum LedgerSchema {
    package static let migrations = [
        Migration(id: "ledger-001", sql: first), SealedLooksSchema.migration,
        Migration(
            id: "ledger-003",
            sql: ["act_content", "look", "look_person"].map { Migration.neverEmptied(table: $0) }.joined()),
    ]

    private static let first = """
        CREATE TABLE act (
            act_id {int} NOT NULL PRIMARY KEY CHECK (act_id > 0),
            kind TEXT NOT NULL,
            subjects {blob} NOT NULL,
            effective TEXT,
            recorded_at {int} NOT NULL,
            account TEXT NOT NULL,
            role TEXT NOT NULL,
            office TEXT NOT NULL,
            legal_basis TEXT NOT NULL,
            content_commitment {blob} NOT NULL CHECK (length(content_commitment) = 32),
            salt {blob} NOT NULL CHECK (length(salt) = 16)
        ) {strict};

        CREATE TABLE act_content (
            act_id {int} NOT NULL PRIMARY KEY REFERENCES act (act_id),
            salt {blob} NOT NULL CHECK (length(salt) = 16),
            content {blob} NOT NULL
        ) {strict};

        CREATE TABLE content_removal (
            act_id {int} NOT NULL PRIMARY KEY REFERENCES act (act_id),
            removed_at {int} NOT NULL,
            legal_basis TEXT NOT NULL
        ) {strict};

        CREATE TABLE act_subject (
            subject_kind {int} NOT NULL,
            subject_id {int} NOT NULL,
            version {int} NOT NULL CHECK (version > 0),
            act_id {int} NOT NULL REFERENCES act (act_id),
            PRIMARY KEY (subject_kind, subject_id, version)
        ) {strict_without_rowid};

        CREATE TABLE look (
            look_id {int} NOT NULL PRIMARY KEY CHECK (look_id > 0),
            at {int} NOT NULL,
            account TEXT NOT NULL,
            role TEXT NOT NULL,
            office TEXT NOT NULL,
            purpose TEXT NOT NULL CHECK (length(purpose) > 0),
            legal_basis TEXT NOT NULL,
            fields TEXT NOT NULL,
            salt {blob} NOT NULL CHECK (length(salt) = 16)
        ) {strict};

        CREATE TABLE look_person (
            person_id {int} NOT NULL,
            look_id {int} NOT NULL REFERENCES look (look_id),
            position {int} NOT NULL,
            PRIMARY KEY (person_id, look_id, position)
        ) {strict_without_rowid};
        CREATE INDEX look_person_by_look ON look_person (look_id);

        CREATE TABLE look_retention (
            cut_at {int} NOT NULL PRIMARY KEY,
            ruled_at {int} NOT NULL,
            legal_basis TEXT NOT NULL
        ) {strict};

        CREATE TABLE log_state (
            log {int} NOT NULL PRIMARY KEY,
            origin TEXT NOT NULL,
            size {int} NOT NULL CHECK (size >= 0)
        ) {strict};

        CREATE TABLE log_pending (
            log {int} NOT NULL,
            entry_id {int} NOT NULL,
            leaf_hash {blob} NOT NULL CHECK (length(leaf_hash) = 32),
            PRIMARY KEY (log, entry_id)
        ) {strict_without_rowid};

        CREATE TABLE log_leaf (
            log {int} NOT NULL,
            leaf_index {int} NOT NULL CHECK (leaf_index >= 0),
            entry_id {int} NOT NULL,
            PRIMARY KEY (log, leaf_index)
        ) {strict_without_rowid};
        CREATE UNIQUE INDEX log_leaf_by_entry ON log_leaf (log, entry_id);

        CREATE TABLE log_tile (
            log {int} NOT NULL,
            level {int} NOT NULL,
            tile_index {int} NOT NULL,
            hashes {blob} NOT NULL,
            PRIMARY KEY (log, level, tile_index)
        ) {strict_without_rowid};

        CREATE TABLE log_checkpoint (
            log {int} NOT NULL,
            size {int} NOT NULL,
            root {blob} NOT NULL CHECK (length(root) = 32),
            issued_at {int} NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (log, size)
        ) {strict};

        """
        + ["act", "act_subject", "content_removal", "look_retention", "log_leaf", "log_checkpoint"]
        .map { Migration.appendOnly(table: $0) }.joined(separator: "\n")
        + removableOnlyByRule

    /// Contents and looks are never changed; they can be deleted only after the rule that orders it has been written.
    private static let removableOnlyByRule = """

        -- @sqlite
        CREATE TRIGGER act_content_update BEFORE UPDATE ON act_content
        BEGIN SELECT RAISE(ABORT, 'append_only: act_content'); END;
        CREATE TRIGGER act_content_delete BEFORE DELETE ON act_content
        WHEN NOT EXISTS (SELECT 1 FROM content_removal r WHERE r.act_id = OLD.act_id)
        BEGIN SELECT RAISE(ABORT, 'append_only: act_content'); END;
        CREATE TRIGGER look_update BEFORE UPDATE ON look
        BEGIN SELECT RAISE(ABORT, 'append_only: look'); END;
        CREATE TRIGGER look_delete BEFORE DELETE ON look
        WHEN NOT EXISTS (SELECT 1 FROM look_retention r WHERE r.cut_at > OLD.at)
        BEGIN SELECT RAISE(ABORT, 'append_only: look'); END;
        CREATE TRIGGER look_person_update BEFORE UPDATE ON look_person
        BEGIN SELECT RAISE(ABORT, 'append_only: look_person'); END;
        CREATE TRIGGER look_person_delete BEFORE DELETE ON look_person
        WHEN NOT EXISTS (
            SELECT 1 FROM look l JOIN look_retention r ON r.cut_at > l.at WHERE l.look_id = OLD.look_id)
        BEGIN SELECT RAISE(ABORT, 'append_only: look_person'); END;
        -- @end
        -- @postgresql
        CREATE FUNCTION act_content_keep() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM content_removal r WHERE r.act_id = OLD.act_id) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'append_only: act_content';
        END $f$;
        CREATE TRIGGER act_content_keep BEFORE UPDATE OR DELETE ON act_content
            FOR EACH ROW EXECUTE FUNCTION act_content_keep();
        CREATE FUNCTION look_keep() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM look_retention r WHERE r.cut_at > OLD.at) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'append_only: look';
        END $f$;
        CREATE TRIGGER look_keep BEFORE UPDATE OR DELETE ON look FOR EACH ROW EXECUTE FUNCTION look_keep();
        CREATE FUNCTION look_person_keep() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'DELETE' AND EXISTS (
                SELECT 1 FROM look l JOIN look_retention r ON r.cut_at > l.at WHERE l.look_id = OLD.look_id) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'append_only: look_person';
        END $f$;
        CREATE TRIGGER look_person_keep BEFORE UPDATE OR DELETE ON look_person
            FOR EACH ROW EXECUTE FUNCTION look_person_keep();
        -- @end
        """
}
