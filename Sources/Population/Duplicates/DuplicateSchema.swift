import Database

/// The tables of people who may stand in the register twice.
///
/// What a sweep found is a projection that the next sweep makes anew; what officers decided only grows.
enum DuplicateSchema {
    static let migration = Migration(
        id: "population-013",
        sql: tables + Migration.appendOnly(table: "duplicate_sweep")
            + Migration.appendOnly(table: "duplicate_decision"))

    /// An office's queue is found by its places, whatever else of the nation is more urgent.
    static let places = Migration(
        id: "population-019",
        sql: """
            CREATE INDEX duplicate_pair_by_left_unit ON duplicate_pair (left_unit);
            CREATE INDEX duplicate_pair_by_right_unit ON duplicate_pair (right_unit);
            """)

    static let estimates = Migration(
        id: "population-014",
        sql: """
            -- The weights that the sweep learnt, so that intakes ask with them; nothing for sweeps of before.
            ALTER TABLE duplicate_sweep ADD COLUMN model TEXT;
            -- What the pair was told with, in millionths, so that decisions show how far the sweeps can be trusted.
            ALTER TABLE duplicate_decision ADD COLUMN probability {int};
            """)

    static let samples = Migration(
        id: "population-024",
        sql: """
            -- Drawn by chance from the pairs below the threshold, to learn how many a sweep misses.
            ALTER TABLE duplicate_pair ADD COLUMN is_drawn {int} NOT NULL DEFAULT 0 CHECK (is_drawn IN (0, 1));
            DROP INDEX duplicate_pair_by_urgency;
            CREATE INDEX duplicate_pair_by_urgency ON duplicate_pair (is_drawn, harm DESC, probability DESC);
            -- How many pairs there were to draw from; nothing for sweeps of before.
            ALTER TABLE duplicate_sweep ADD COLUMN below {int};
            -- Where both were counted when it was decided; nothing for decisions of before.
            ALTER TABLE duplicate_decision ADD COLUMN left_unit TEXT;
            ALTER TABLE duplicate_decision ADD COLUMN right_unit TEXT;

            -- What a sweep told of each unit, so that a trend is seen; a pair stands for the units of both.
            CREATE TABLE duplicate_unit (
                sweep_id {int} NOT NULL,
                unit {text} NOT NULL,
                pairs {int} NOT NULL CHECK (pairs > 0),
                -- The sum of the probabilities, in millionths.
                expected {int} NOT NULL CHECK (expected >= 0),
                PRIMARY KEY (sweep_id, unit)
            ) {strict};
            """)

    private static let tables = """
        -- Each sweep that came to its end, with how sure it is of what it told; shares are millionths.
        CREATE TABLE duplicate_sweep (
            sweep_id {int} NOT NULL PRIMARY KEY CHECK (sweep_id > 0),
            started_at {int} NOT NULL,
            finished_at {int} NOT NULL,
            persons {int} NOT NULL CHECK (persons >= 0),
            compared {int} NOT NULL CHECK (compared >= 0),
            pairs {int} NOT NULL CHECK (pairs >= 0),
            keys_recall {int} NOT NULL CHECK (keys_recall BETWEEN 0 AND 1000000),
            expected_precision {int} NOT NULL CHECK (expected_precision BETWEEN 0 AND 1000000),
            expected_recall {int} NOT NULL CHECK (expected_recall BETWEEN 0 AND 1000000),
            CONSTRAINT duplicate_sweep_ends CHECK (finished_at >= started_at)
        ) {strict};

        -- Two records that may be one person's, by the last sweep. Units are written as set and code; nothing where
        -- nobody knows one.
        CREATE TABLE duplicate_pair (
            left_id {int} NOT NULL,
            right_id {int} NOT NULL,
            probability {int} NOT NULL CHECK (probability BETWEEN 0 AND 1000000),
            -- What it costs while it stands: 3 both have a number, 2 one has, 1 none has.
            harm {int} NOT NULL CHECK (harm BETWEEN 1 AND 3),
            left_unit TEXT NOT NULL,
            right_unit TEXT NOT NULL,
            -- A hash of what was compared of both: a decision holds as long as it is the same.
            facts {blob} NOT NULL,
            -- Pairs with the same number have the same evidence.
            pattern {int} NOT NULL,
            evidence TEXT NOT NULL,
            PRIMARY KEY (left_id, right_id),
            CONSTRAINT duplicate_pair_order CHECK (left_id < right_id)
        ) {strict};
        CREATE INDEX duplicate_pair_by_urgency ON duplicate_pair (harm, probability);
        CREATE INDEX duplicate_pair_by_right ON duplicate_pair (right_id);

        CREATE TABLE duplicate_decision (
            decision_id {int} NOT NULL PRIMARY KEY CHECK (decision_id > 0),
            left_id {int} NOT NULL,
            right_id {int} NOT NULL,
            verdict {int} NOT NULL CHECK (verdict IN (1, 2, 3)),
            facts {blob} NOT NULL,
            -- What was asked of a second person; nothing where whoever decided may merge alone.
            approval_id {int} REFERENCES approval (approval_id),
            reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
            account {text} NOT NULL,
            role TEXT NOT NULL,
            office {text} NOT NULL,
            decided_at {int} NOT NULL,
            CONSTRAINT duplicate_decision_order CHECK (left_id < right_id),
            CONSTRAINT duplicate_decision_asks CHECK (verdict = 1 OR approval_id IS NULL)
        ) {strict};
        CREATE INDEX duplicate_decision_of_pair ON duplicate_decision (left_id, right_id, decided_at);

        """
}
