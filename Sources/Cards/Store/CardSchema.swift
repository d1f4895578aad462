import Access
import Database
import Ledger
import Population

/// The tables of the card system.
///
/// All but the pictures, the snapshots of orders and the leases of machines follow from the acts, and are written in
/// the transaction of the act.
package enum CardSchema {
    package static let migrations = [
        Migration(id: "cards-001", sql: applications + cards + StockSchema.first + production + flow),
        Migration(id: "cards-002", sql: desks),
        Migration(id: "cards-003", sql: fingers),
        Migration(id: "cards-004", sql: StockSchema.destructionPlans),
        Migration(id: "cards-005", sql: CertificateStore.schema),
        Migration(id: "cards-006", sql: ChipFileStore.schema),
        Migration(id: "cards-007", sql: SupplyStore.schema),
        Migration(
            id: "cards-008",
            sql: "ALTER TABLE card_finger ADD COLUMN accepted TEXT CHECK (length(accepted) BETWEEN 1 AND 200);"),
        Migration(
            id: "cards-009",
            sql: """
                ALTER TABLE card_site ADD COLUMN stopped {int} NOT NULL DEFAULT 0
                    CONSTRAINT card_site_stopped CHECK (stopped IN (0, 1));
                """),
    ]

    /// All steps of a register, in the order of the rooms.
    package static let registerMigrations =
        LedgerSchema.migrations + AccessSchema.migrations + PopulationSchema.migrations + migrations

    /// What each office finds of its own.
    private static let desks = """
        CREATE INDEX card_application_by_office ON card_application (office, status, opened_at);
        CREATE INDEX card_by_pickup ON card (pickup, stage, changed_at);

        """

    /// One row a finger: taken, or a reason why not; pictures stand beside the log, as portraits do.
    private static let fingers = """
        CREATE TABLE card_finger (
            application_id {int} NOT NULL REFERENCES card_application (application_id),
            finger {int} NOT NULL CHECK (finger BETWEEN 1 AND 10),
            reason TEXT,
            form TEXT,
            width {int},
            height {int},
            content {blob},
            specimen {int},
            PRIMARY KEY (application_id, finger),
            CONSTRAINT card_finger_taken_or_not CHECK (
                (reason IS NULL) = (content IS NOT NULL) AND (content IS NULL) = (form IS NULL)
                AND (content IS NULL) = (width IS NULL) AND (content IS NULL) = (height IS NULL)
                AND (content IS NULL) = (specimen IS NULL)),
            CONSTRAINT card_finger_sides CHECK (width > 0 AND height > 0)
        ) {strict};
        INSERT INTO card_finger (application_id, finger, reason)
            SELECT application_id, finger, reason FROM card_missing_finger;
        DROP TABLE card_missing_finger;

        """

    private static let applications = """
        CREATE TABLE card_application (
            application_id {int} NOT NULL PRIMARY KEY CHECK (application_id > 0),
            handle {text} NOT NULL UNIQUE CHECK (length(handle) = 26),
            person_id {int} NOT NULL,
            -- The version of the record that the applicant confirmed.
            person_version {int} NOT NULL,
            ground TEXT NOT NULL,
            channel TEXT NOT NULL,
            status TEXT NOT NULL,
            fee {int} NOT NULL CONSTRAINT card_application_fee CHECK (fee >= 0),
            representative {int},
            officer {text} NOT NULL,
            office {text} NOT NULL,
            pickup {text} NOT NULL,
            urgent {int} NOT NULL CHECK (urgent IN (0, 1)),
            opened_at {int} NOT NULL,
            changed_at {int} NOT NULL,
            due {text},
            decided_by {text},
            decider_role TEXT,
            CONSTRAINT card_application_represents CHECK (representative IS NULL OR representative <> person_id),
            -- Whoever runs the program on the register's machine is bound by who may log in there.
            CONSTRAINT card_application_second_person
                CHECK (decided_by IS NULL OR decided_by <> officer OR decider_role = 'local_operator')
        ) {strict};
        -- One living application a person.
        CREATE UNIQUE INDEX card_application_living ON card_application (person_id)
            WHERE status NOT IN ('completed', 'refused', 'withdrawn', 'ended');
        CREATE INDEX card_application_by_status ON card_application (status, changed_at);
        CREATE INDEX card_application_by_person ON card_application (person_id, opened_at);

        -- Pictures stand beside the log; a retention rule can take them away.
        CREATE TABLE card_portrait (
            application_id {int} NOT NULL PRIMARY KEY REFERENCES card_application (application_id),
            image {blob} NOT NULL,
            width {int} NOT NULL CHECK (width > 0),
            height {int} NOT NULL CHECK (height > 0),
            specimen {int} NOT NULL CHECK (specimen IN (0, 1))
        ) {strict};
        CREATE TABLE card_missing_finger (
            application_id {int} NOT NULL REFERENCES card_application (application_id),
            finger {int} NOT NULL CHECK (finger BETWEEN 1 AND 10),
            reason TEXT NOT NULL,
            PRIMARY KEY (application_id, finger)
        ) {strict_without_rowid};

        """

    private static let cards = """
        CREATE TABLE card_site (
            site {text} NOT NULL PRIMARY KEY,
            site_id {int} NOT NULL UNIQUE,
            name TEXT NOT NULL,
            capacity {int} NOT NULL CONSTRAINT card_site_capacity CHECK (capacity > 0)
        ) {strict};

        CREATE TABLE card_batch (
            batch_id {int} NOT NULL PRIMARY KEY CHECK (batch_id > 0),
            code {text} NOT NULL UNIQUE,
            site {text} NOT NULL REFERENCES card_site (site),
            priority {int} NOT NULL,
            status TEXT NOT NULL,
            opened_at {int} NOT NULL,
            closed_at {int},
            CONSTRAINT card_batch_closed CHECK ((status IN ('closed', 'cancelled')) = (closed_at IS NOT NULL))
        ) {strict};
        CREATE INDEX card_batch_by_status ON card_batch (status, opened_at);

        CREATE TABLE card_parcel (
            parcel_id {int} NOT NULL PRIMARY KEY CHECK (parcel_id > 0),
            code {text} NOT NULL UNIQUE,
            site {text} NOT NULL,
            office {text} NOT NULL,
            stage TEXT NOT NULL CHECK (stage IN ('packed', 'in_transit', 'at_office')),
            tracking TEXT,
            packed_at {int} NOT NULL,
            changed_at {int} NOT NULL
        ) {strict};

        CREATE TABLE card (
            card_id {int} NOT NULL PRIMARY KEY CHECK (card_id > 0),
            handle {text} NOT NULL UNIQUE CHECK (length(handle) = 26),
            application_id {int} NOT NULL UNIQUE REFERENCES card_application (application_id),
            person_id {int} NOT NULL,
            number {int} NOT NULL,
            issued {text} NOT NULL,
            expires {text},
            stage TEXT NOT NULL,
            -- Nothing until quality control has passed it.
            status TEXT,
            -- Why the card must not leave any more: the holder died, or is no citizen.
            stopped TEXT,
            site {text},
            batch_id {int} REFERENCES card_batch (batch_id),
            parcel_id {int} REFERENCES card_parcel (parcel_id),
            pickup {text} NOT NULL,
            urgent {int} NOT NULL CHECK (urgent IN (0, 1)),
            due {text},
            blank {text},
            series {text},
            chip_key {blob} UNIQUE,
            security_object {blob},
            ordered_at {int} NOT NULL,
            changed_at {int} NOT NULL,
            CONSTRAINT card_made_whole CHECK (
                status IS NULL OR (blank IS NOT NULL AND chip_key IS NOT NULL AND security_object IS NOT NULL)),
            CONSTRAINT card_batched CHECK (
                stage IN ('waiting', 'cancelled') OR (site IS NOT NULL AND batch_id IS NOT NULL))
        ) {strict};
        -- A person has one card at most.
        CREATE UNIQUE INDEX card_one_held ON card (person_id) WHERE status IN ('active', 'held', 'lost');
        CREATE INDEX card_by_person ON card (person_id, ordered_at);
        CREATE INDEX card_by_number ON card (number, issued);
        CREATE INDEX card_by_stage ON card (stage, urgent, due, card_id);
        CREATE INDEX card_by_batch ON card (batch_id, stage);
        CREATE INDEX card_by_parcel ON card (parcel_id);
        CREATE INDEX card_by_series ON card (series);

        -- The snapshot: written once.
        CREATE TABLE card_order (
            card_id {int} NOT NULL PRIMARY KEY REFERENCES card (card_id),
            content {blob} NOT NULL,
            digest {blob} NOT NULL CHECK (length(digest) = 32)
        ) {strict};

        """ + Migration.appendOnly(table: "card_order") + "\n"

    private static let production = """
        CREATE TABLE card_job (
            job_id {int} NOT NULL PRIMARY KEY CHECK (job_id > 0),
            card_id {int} NOT NULL REFERENCES card (card_id),
            batch_id {int} NOT NULL REFERENCES card_batch (batch_id),
            serial {text} NOT NULL REFERENCES blank (serial),
            machine TEXT NOT NULL,
            state TEXT NOT NULL,
            lease_until {int} NOT NULL,
            ended_at {int},
            CONSTRAINT card_job_ended CHECK ((state IN ('running', 'unknown')) = (ended_at IS NULL))
        ) {strict};
        -- A card is at one machine at a time, and so is a blank.
        CREATE UNIQUE INDEX card_job_open_card ON card_job (card_id) WHERE state IN ('running', 'unknown');
        CREATE UNIQUE INDEX card_job_open_blank ON card_job (serial) WHERE state IN ('running', 'unknown');
        -- A blank that was used up once is never used again.
        CREATE UNIQUE INDEX card_job_used_blank ON card_job (serial) WHERE state IN ('finished', 'spoiled', 'lost');
        CREATE INDEX card_job_by_blank ON card_job (serial, state);
        CREATE INDEX card_job_by_batch ON card_job (batch_id, state);
        CREATE INDEX card_job_by_lease ON card_job (state, lease_until);

        """

    private static let flow = """
        -- When something came to a stage and went on; the balance of the flow is counted from it.
        CREATE TABLE card_passage (
            passage_id {int} NOT NULL PRIMARY KEY CHECK (passage_id > 0),
            subject_id {int} NOT NULL,
            entered_at {int} NOT NULL,
            stage TEXT NOT NULL,
            office {text} NOT NULL,
            due {text},
            left_at {int}
        ) {strict};
        CREATE UNIQUE INDEX card_passage_open ON card_passage (subject_id) WHERE left_at IS NULL;
        CREATE INDEX card_passage_by_stage ON card_passage (stage, left_at);

        """
}
