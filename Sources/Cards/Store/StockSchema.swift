import Database

/// The tables of blanks: every blank has one row and one fate, and the database itself knows the ways between fates.
enum StockSchema {
    static let first =
        tables + ways + Migration.appendOnly(table: "blank_way") + Migration.appendOnly(table: "blank_lot")
        + Migration.appendOnly(table: "blank_destruction") + guards

    /// What one person wants destroyed and another one has to confirm.
    static let destructionPlans = """
        CREATE TABLE blank_destruction_plan (
            plan_id {int} NOT NULL PRIMARY KEY CHECK (plan_id > 0),
            planned_by {text} NOT NULL,
            note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 200),
            -- A card that is destroyed with its blank.
            card_id {int} REFERENCES card (card_id),
            planned_at {int} NOT NULL,
            outcome TEXT CHECK (outcome IN ('destroyed', 'dropped')),
            decided_by {text},
            decided_at {int},
            CONSTRAINT blank_plan_decided CHECK (
                (outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)),
            CONSTRAINT blank_plan_two_persons CHECK (outcome <> 'destroyed' OR decided_by <> planned_by)
        ) {strict};
        CREATE INDEX blank_plan_open ON blank_destruction_plan (planned_at) WHERE outcome IS NULL;
        CREATE TABLE blank_destruction_item (
            plan_id {int} NOT NULL REFERENCES blank_destruction_plan (plan_id),
            serial {text} NOT NULL REFERENCES blank (serial),
            open {int} NOT NULL CHECK (open IN (0, 1)),
            PRIMARY KEY (plan_id, serial)
        ) {strict_without_rowid};
        -- A blank waits in one plan at most.
        CREATE UNIQUE INDEX blank_plan_of_blank ON blank_destruction_item (serial) WHERE open = 1;

        """

    private static let tables = """
        CREATE TABLE card_series (
            series {text} NOT NULL PRIMARY KEY,
            series_id {int} NOT NULL UNIQUE,
            suspended_at {int},
            reason TEXT,
            CONSTRAINT card_series_reason CHECK ((suspended_at IS NULL) = (reason IS NULL))
        ) {strict};

        -- Phiếu nhập phôi.
        CREATE TABLE blank_lot (
            lot_id {int} NOT NULL PRIMARY KEY CHECK (lot_id > 0),
            code {text} NOT NULL UNIQUE,
            series {text} NOT NULL REFERENCES card_series (series),
            first_serial {text} NOT NULL,
            blanks {int} NOT NULL CONSTRAINT blank_lot_count CHECK (blanks > 0),
            received_at {int} NOT NULL
        ) {strict};

        -- Biên bản tiêu hủy.
        CREATE TABLE blank_destruction (
            destruction_id {int} NOT NULL PRIMARY KEY CHECK (destruction_id > 0),
            first_person {text} NOT NULL,
            second_person {text} NOT NULL,
            note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 200),
            destroyed_at {int} NOT NULL,
            CONSTRAINT blank_destruction_two_persons CHECK (first_person <> second_person)
        ) {strict};

        CREATE TABLE blank (
            serial {text} NOT NULL PRIMARY KEY CHECK (length(serial) = 10),
            lot_id {int} NOT NULL REFERENCES blank_lot (lot_id),
            fate TEXT NOT NULL,
            -- The batch to which it was issued last.
            batch_id {int} REFERENCES card_batch (batch_id),
            card_id {int} REFERENCES card (card_id),
            reject TEXT,
            destruction_id {int} REFERENCES blank_destruction (destruction_id),
            changed_at {int} NOT NULL,
            CONSTRAINT blank_issued_to_batch CHECK (fate <> 'issued' OR batch_id IS NOT NULL),
            CONSTRAINT blank_good_is_card CHECK (fate <> 'good' OR card_id IS NOT NULL),
            CONSTRAINT blank_destroyed_by_two CHECK ((fate = 'destroyed') = (destruction_id IS NOT NULL))
        ) {strict};
        CREATE UNIQUE INDEX blank_one_of_card ON blank (card_id) WHERE fate = 'good';
        CREATE INDEX blank_by_fate ON blank (fate, serial);
        CREATE INDEX blank_by_batch ON blank (batch_id, fate, serial);

        -- Every issue of a blank to a batch, so that a batch balances also over what was given back.
        CREATE TABLE blank_issue (
            batch_id {int} NOT NULL REFERENCES card_batch (batch_id),
            serial {text} NOT NULL REFERENCES blank (serial),
            issued_at {int} NOT NULL,
            given_back_at {int},
            PRIMARY KEY (batch_id, serial, issued_at)
        ) {strict_without_rowid};

        """

    /// The table of `BlankFate.ways`; a test compares the two.
    private static let ways = """
        CREATE TABLE blank_way (
            old_fate TEXT NOT NULL,
            new_fate TEXT NOT NULL,
            PRIMARY KEY (old_fate, new_fate)
        ) {strict_without_rowid};
        INSERT INTO blank_way (old_fate, new_fate) VALUES
            ('received', 'vaulted'), ('received', 'lost'), ('vaulted', 'issued'), ('vaulted', 'sample'),
            ('vaulted', 'spoiled'), ('vaulted', 'lost'), ('issued', 'good'), ('issued', 'spoiled'),
            ('issued', 'vaulted'), ('issued', 'lost'), ('good', 'destroyed'), ('spoiled', 'destroyed'),
            ('sample', 'destroyed'), ('lost', 'spoiled');

        """

    private static let guards = """

        -- @sqlite
        CREATE TRIGGER blank_begins BEFORE INSERT ON blank WHEN NEW.fate <> 'received'
        BEGIN SELECT RAISE(ABORT, 'blank_begins: a blank begins as received'); END;
        CREATE TRIGGER blank_one_fate BEFORE UPDATE ON blank
        WHEN OLD.serial <> NEW.serial OR OLD.lot_id <> NEW.lot_id OR (OLD.fate <> NEW.fate AND NOT EXISTS (
            SELECT 1 FROM blank_way w WHERE w.old_fate = OLD.fate AND w.new_fate = NEW.fate))
        BEGIN SELECT RAISE(ABORT, 'blank_one_fate: no way between these fates'); END;
        CREATE TRIGGER blank_no_delete BEFORE DELETE ON blank
        BEGIN SELECT RAISE(ABORT, 'blank_one_fate: a blank is never deleted'); END;
        CREATE TRIGGER card_batch_zero BEFORE UPDATE ON card_batch
        WHEN NEW.status = 'closed' AND EXISTS (
            SELECT 1 FROM blank b WHERE b.batch_id = NEW.batch_id AND b.fate = 'issued')
        BEGIN SELECT RAISE(ABORT, 'card_batch_zero: a batch closes at zero difference'); END;
        -- @end
        -- @postgresql
        CREATE FUNCTION blank_keep() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.fate <> 'received' THEN RAISE EXCEPTION 'blank_begins: a blank begins as received'; END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'blank_one_fate: a blank is never deleted'; END IF;
            IF OLD.serial <> NEW.serial OR OLD.lot_id <> NEW.lot_id OR (OLD.fate <> NEW.fate AND NOT EXISTS (
                SELECT 1 FROM blank_way w WHERE w.old_fate = OLD.fate AND w.new_fate = NEW.fate)) THEN
                RAISE EXCEPTION 'blank_one_fate: no way between these fates';
            END IF;
            RETURN NEW;
        END $f$;
        CREATE TRIGGER blank_keep BEFORE INSERT OR UPDATE OR DELETE ON blank
            FOR EACH ROW EXECUTE FUNCTION blank_keep();
        CREATE FUNCTION card_batch_zero() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
            IF NEW.status = 'closed' AND EXISTS (
                SELECT 1 FROM blank b WHERE b.batch_id = NEW.batch_id AND b.fate = 'issued') THEN
                RAISE EXCEPTION 'card_batch_zero: a batch closes at zero difference';
            END IF;
            RETURN NEW;
        END $f$;
        CREATE TRIGGER card_batch_zero BEFORE UPDATE ON card_batch
            FOR EACH ROW EXECUTE FUNCTION card_batch_zero();
        -- @end

        """
}
