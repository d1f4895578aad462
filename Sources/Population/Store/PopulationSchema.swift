import Database

/// The tables of the population register.
///
/// All but `register` and the unit files are projections: they are written in the transaction of the acts they follow
/// from, and `register rebuild` can make them anew from the acts.
package enum PopulationSchema {
    package static let migrations = [
        Migration(id: "population-001", sql: first), quality, RelativeIndexSchema.migration,
        ActFileSchema.migration, qualityByDay, SheetDecisionStore.migration,
        DuplicateSchema.migration, DuplicateSchema.estimates,
        Migration(id: "population-015", sql: Migration.neverEmptied(table: "personal_number")),
        DwellingStore.migration, Migration(id: "population-017", sql: whatItIs),
        RelativeStore.migration, DuplicateSchema.places, timesOfBatches, DuplicateRunStore.migration,
        DuplicateSchema.samples, DuplicateRuleStore.migration, RebuiltStore.migration,
        SheetDecisionStore.places,
    ]

    /// A batch was received and finished when its acts say so, to the microsecond; earlier versions looked at the clock
    /// once more.
    private static let timesOfBatches = Migration(
        id: "population-020",
        sql: """
            UPDATE batch SET
                received_at = coalesce((
                    SELECT a.recorded_at FROM act_subject s JOIN act a ON a.act_id = s.act_id
                    WHERE s.subject_kind = 3 AND s.subject_id = batch.batch_id * 16777216 AND s.version = 1
                ), received_at),
                finished_at = CASE WHEN finished_at IS NULL THEN NULL ELSE coalesce((
                    SELECT a.recorded_at FROM act a WHERE a.act_id = (
                        SELECT max(s.act_id) FROM sheet s
                        WHERE s.sheet_id > batch.batch_id * 16777216 AND s.sheet_id < (batch.batch_id + 1) * 16777216)
                    ), finished_at) END;
            """)

    /// A register never becomes another one, and keeps every file of units.
    private static let whatItIs =
        Migration.appendOnly(table: "register")
            + """

            -- @sqlite
            CREATE TRIGGER unit_file_no_delete BEFORE DELETE ON unit_file
            BEGIN SELECT RAISE(ABORT, 'append_only: unit_file'); END;
            -- @end
            -- @postgresql
            CREATE TRIGGER unit_file_no_delete BEFORE DELETE ON unit_file
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
            -- @end

            """ + Migration.neverEmptied(table: "unit_file")

    private static let first = """
        -- What this register is: one row for ever.
        CREATE TABLE register (
            one_row {int} NOT NULL PRIMARY KEY CHECK (one_row = 1),
            register_id TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('demonstration', 'production')),
            created_at {int} NOT NULL,
            log_key TEXT NOT NULL
        ) {strict};

        -- Imports take this row, so that two of them decide about duplicates one after the other.
        CREATE TABLE intake (
            one_row {int} NOT NULL PRIMARY KEY CHECK (one_row = 1),
            pieces {int} NOT NULL
        ) {strict};

        CREATE TABLE unit_file (
            position {int} NOT NULL PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            contents {blob} NOT NULL,
            loaded_at {int} NOT NULL
        ) {strict};

        -- The record of a person: one row of state, folded from the acts.
        CREATE TABLE person (
            person_id {int} NOT NULL PRIMARY KEY CHECK (person_id > 0),
            handle TEXT NOT NULL UNIQUE CHECK (length(handle) = 26),
            version {int} NOT NULL,
            name_key TEXT NOT NULL,
            birth TEXT,
            sex TEXT,
            life TEXT NOT NULL,
            permanent_set TEXT,
            permanent_code TEXT,
            household_id {int},
            merged_into {int},
            state TEXT NOT NULL
        ) {strict};
        CREATE INDEX person_by_permanent ON person (permanent_code, permanent_set);

        -- A number belongs to one person for ever; a person has one number in force.
        CREATE TABLE personal_number (
            number {int} NOT NULL PRIMARY KEY CHECK (number BETWEEN 0 AND 999999999999),
            person_id {int} NOT NULL,
            in_force {int} NOT NULL CHECK (in_force IN (0, 1)),
            given_by {int} NOT NULL,
            cancelled_by {int},
            CHECK ((in_force = 1) = (cancelled_by IS NULL))
        ) {strict};
        CREATE UNIQUE INDEX personal_number_in_force ON personal_number (person_id) WHERE in_force = 1;

        CREATE TABLE household (
            household_id {int} NOT NULL PRIMARY KEY CHECK (household_id > 0),
            handle TEXT NOT NULL UNIQUE CHECK (length(handle) = 26),
            version {int} NOT NULL,
            head {int},
            state TEXT NOT NULL
        ) {strict};

        -- Who is named as father, mother or spouse of whom: for finding the children.
        CREATE TABLE relative (
            relative_id {int} NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('father', 'mother', 'spouse')),
            person_id {int} NOT NULL,
            PRIMARY KEY (relative_id, kind, person_id)
        ) {strict_without_rowid};

        CREATE TABLE batch (
            batch_id {int} NOT NULL PRIMARY KEY CHECK (batch_id > 0),
            name TEXT NOT NULL UNIQUE,
            digest TEXT NOT NULL UNIQUE,
            encoding TEXT NOT NULL,
            rows {int} NOT NULL,
            done {int} NOT NULL CHECK (done BETWEEN 0 AND rows),
            received_at {int} NOT NULL,
            finished_at {int}
        ) {strict};

        -- Every row of every batch, with its one fate.
        CREATE TABLE sheet (
            sheet_id {int} NOT NULL PRIMARY KEY,
            batch_id {int} NOT NULL REFERENCES batch (batch_id),
            -- The number that the form itself gives the row (stt); its place in the file where it gives none.
            row_number {int} NOT NULL,
            fate {int} NOT NULL CHECK (fate IN (1, 2, 3)),
            person_id {int},
            household_id {int},
            act_id {int} NOT NULL UNIQUE,
            CHECK ((fate = 3) = (person_id IS NULL))
        ) {strict};

        CREATE TABLE sheet_finding (
            sheet_id {int} NOT NULL,
            code TEXT NOT NULL,
            field TEXT NOT NULL,
            other {int} NOT NULL,
            candidates TEXT NOT NULL,
            PRIMARY KEY (sheet_id, code, field, other)
        ) {strict_without_rowid};

        -- Keys under which the same person may be found again: number, old number, name with commune and year.
        CREATE TABLE match_key (
            match_key {int} NOT NULL,
            sheet_id {int} NOT NULL,
            person_id {int} NOT NULL,
            PRIMARY KEY (match_key, sheet_id, person_id)
        ) {strict_without_rowid};

        -- @sqlite
        CREATE TRIGGER personal_number_holder BEFORE UPDATE OF person_id, number ON personal_number
        BEGIN SELECT RAISE(ABORT, 'append_only: personal_number'); END;
        CREATE TRIGGER personal_number_kept BEFORE DELETE ON personal_number
        BEGIN SELECT RAISE(ABORT, 'append_only: personal_number'); END;
        -- @end
        -- @postgresql
        CREATE FUNCTION personal_number_holder() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'DELETE' OR OLD.person_id <> NEW.person_id OR OLD.number <> NEW.number THEN
                RAISE EXCEPTION 'append_only: personal_number';
            END IF;
            RETURN NEW;
        END $f$;
        CREATE TRIGGER personal_number_holder BEFORE UPDATE OR DELETE ON personal_number
            FOR EACH ROW EXECUTE FUNCTION personal_number_holder();
        -- @end
        """
}
