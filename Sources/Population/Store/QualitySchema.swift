import Database

/// The tables of quality and coverage; all but the expected populations, the targets and the series are projections.
extension PopulationSchema {
    static let quality = Migration(id: "population-002", sql: qualityScript)

    /// The nation's map reads thousands of units of one day: they are read in one go.
    static let qualityByDay = Migration(
        id: "population-011", sql: "CREATE INDEX quality_day_by_day ON quality_day (day, unit_set);")

    private static let qualityScript = """
        -- What each living person adds to the sums of quality; a projection like `person`, narrow so that a province
        -- is read in one go. `unit` is the hash of set and code, 0 where no unit is known. `marks` holds the filled
        -- fields in its lowest 28 bits, the verified ones in the next 28, and whether something stands open in the
        -- next. `verified_day` counts from 1970-01-01.
        CREATE TABLE person_measure (
            person_id {int} NOT NULL PRIMARY KEY,
            unit {int} NOT NULL,
            marks {int} NOT NULL,
            verified_day {int},
            birth_year {int}
        ) {strict};
        -- All columns that sums are made of: the sums never touch the table.
        CREATE INDEX person_measure_by_unit ON person_measure (unit, marks, verified_day, birth_year);

        -- The days of the series that are whole; a day is recorded once.
        CREATE TABLE quality_recording (
            day TEXT NOT NULL PRIMARY KEY,
            recorded_at {int} NOT NULL,
            mandatory_fields {int} NOT NULL,
            fresh_days {int} NOT NULL
        ) {strict};

        -- One row a day and unit with people: sums, so that no rounding is kept. The code of the whole country is
        -- empty.
        CREATE TABLE quality_day (
            unit_set {text} NOT NULL,
            unit_code {text} NOT NULL,
            day {text} NOT NULL,
            persons {int} NOT NULL CHECK (persons >= 0),
            filled {int} NOT NULL,
            verified {int} NOT NULL,
            violating {int} NOT NULL,
            alive {int} NOT NULL,
            never_verified {int} NOT NULL,
            median_days {int},
            ambiguous {int} NOT NULL,
            ages TEXT NOT NULL,
            PRIMARY KEY (unit_set, unit_code, day),
            CONSTRAINT quality_day_sums CHECK (
                violating <= persons AND alive + never_verified <= persons AND verified <= filled)
        ) {strict_without_rowid};

        CREATE TABLE expected_population (
            unit_set {text} NOT NULL,
            unit_code {text} NOT NULL,
            year {int} NOT NULL,
            ages TEXT NOT NULL,
            persons {int} NOT NULL CHECK (persons >= 0),
            source TEXT NOT NULL,
            loaded_at {int} NOT NULL,
            PRIMARY KEY (unit_set, unit_code, year, ages)
        ) {strict_without_rowid};

        CREATE TABLE quality_target (
            unit_set {text} NOT NULL,
            unit_code {text} NOT NULL,
            measure TEXT NOT NULL,
            due {text} NOT NULL,
            per_million {int} NOT NULL CHECK (per_million BETWEEN 0 AND 2000000),
            set_at {int} NOT NULL,
            account TEXT NOT NULL,
            role TEXT NOT NULL,
            office TEXT NOT NULL,
            PRIMARY KEY (unit_set, unit_code, measure, due)
        ) {strict_without_rowid};
        """
}
