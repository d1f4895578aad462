import Civil
import Database

/// Sites, batches, jobs and parcels.
struct FactoryStore: Sendable {
    // MARK: Sites

    func insert(_ site: ProductionSite, id: Int64, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO card_site (site, site_id, name, capacity) VALUES (?, ?, ?, ?)",
            [.text(site.code), .integer(id), .text(site.name), .integer(site.capacity)])
    }

    func site(_ code: String, on connection: Connection) throws -> ProductionSite? {
        try sites(on: connection).first { $0.code == code }
    }

    /// That there is such a site, and that it works.
    func require(_ code: String, on connection: Connection) throws {
        guard let site = try site(code, on: connection) else { throw ProductionRefusal.siteUnknown }
        guard !site.isStopped else { throw ProductionRefusal.siteStopped }
    }

    func update(_ site: ProductionSite, on connection: Connection) throws {
        try connection.execute(
            "UPDATE card_site SET capacity = ?, stopped = ? WHERE site = ?",
            [.integer(site.capacity), .integer(site.isStopped ? 1 : 0), .text(site.code)])
    }

    /// The key under which the acts of a site stand.
    func key(ofSite code: String, on connection: Connection) throws -> Int64? {
        try connection.first("SELECT site_id FROM card_site WHERE site = ?", [.text(code)]) { try $0.int64(0) }
    }

    func sites(on connection: Connection) throws -> [ProductionSite] {
        try connection.rows("SELECT site, name, capacity, stopped FROM card_site ORDER BY site") { row in
            ProductionSite(
                code: try row.text(0), name: try row.text(1), capacity: try row.int(2),
                isStopped: try row.int(3) == 1)
        }
    }

    // MARK: Batches

    func insert(_ batch: ProductionBatch, on connection: Connection) throws {
        try connection.execute(
            "INSERT INTO card_batch (batch_id, code, site, priority, status, opened_at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .integer(batch.id), .text(batch.code), .text(batch.site), .integer(batch.priority),
                .text(batch.status.rawValue), .integer(batch.opened.microseconds),
            ])
    }

    func update(_ batch: ProductionBatch, at now: Instant, on connection: Connection) throws {
        let isOver = batch.status == .closed || batch.status == .cancelled
        try connection.execute(
            "UPDATE card_batch SET site = ?, status = ?, closed_at = ? WHERE batch_id = ?",
            [
                .text(batch.site), .text(batch.status.rawValue), .integerOrNull(isOver ? now.microseconds : nil),
                .integer(batch.id),
            ])
    }

    /// The next code of a site's batches: `hn-000017`.
    func nextBatchCode(of site: String, on connection: Connection) throws -> String {
        let count =
            try connection.first(
                "SELECT count(*) FROM card_batch WHERE code LIKE ?", [.text("\(site)-%")], { try $0.int(0) }) ?? 0
        let number = String(count + 1)
        return "\(site)-" + String(repeating: "0", count: max(0, 6 - number.count)) + number
    }

    private static let batches = "SELECT batch_id, code, site, priority, status, opened_at FROM card_batch"

    func batch(code: String, on connection: Connection) throws -> ProductionBatch? {
        try connection.first("\(FactoryStore.batches) WHERE code = ?", [.text(code)], FactoryStore.batch)
    }

    func batch(_ id: Int64, on connection: Connection) throws -> ProductionBatch? {
        try connection.first("\(FactoryStore.batches) WHERE batch_id = ?", [.integer(id)], FactoryStore.batch)
    }

    func batches(at status: BatchStatus?, on connection: Connection) throws -> [ProductionBatch] {
        let condition = status == nil ? "" : " WHERE status = ?"
        return try connection.rows(
            "\(FactoryStore.batches)\(condition) ORDER BY priority DESC, opened_at, code",
            status.map { [.text($0.rawValue)] } ?? [], FactoryStore.batch)
    }

    private static func batch(_ row: Row) throws -> ProductionBatch {
        ProductionBatch(
            id: try row.int64(0), code: try row.text(1), site: try row.text(2), priority: try row.int(3),
            status: try row.value(4), opened: Instant(microseconds: try row.int64(5)))
    }

    /// Where everything of a batch has gone; counted from the issues, the blanks, the cards and the jobs.
    func balance(ofBatch id: Int64, on connection: Connection) throws -> BatchBalance {
        var balance = BatchBalance()
        func count(_ sql: String) throws -> Int { try connection.first(sql, [.integer(id)]) { try $0.int(0) } ?? 0 }
        balance.issued = try count("SELECT count(*) FROM blank_issue WHERE batch_id = ?")
        balance.givenBack = try count(
            "SELECT count(*) FROM blank_issue WHERE batch_id = ? AND given_back_at IS NOT NULL")
        let fates = "SELECT count(*) FROM blank WHERE batch_id = ?"
        // What was destroyed afterwards was good or spoiled before; which, the card says.
        balance.good = try count("\(fates) AND card_id IS NOT NULL AND fate IN ('good', 'destroyed')")
        balance.spoiled = try count(
            "\(fates) AND (fate = 'spoiled' OR (fate = 'destroyed' AND card_id IS NULL))")
        balance.lost = try count("\(fates) AND fate = 'lost'")
        balance.cards = try count("SELECT count(*) FROM card WHERE batch_id = ?")
        balance.settledCards = try count(
            """
            SELECT count(*) FROM card WHERE batch_id = ?
                AND stage IN ('passed', 'packed', 'in_transit', 'at_office', 'handed_over', 'destroyed', 'cancelled')
            """)
        balance.openJobs = try openJobs(ofBatch: id, on: connection)
        return balance
    }

    /// Jobs that run, and those of unknown outcome.
    func openJobs(ofBatch id: Int64, on connection: Connection) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM card_job WHERE batch_id = ? AND state IN ('running', 'unknown')", [.integer(id)]
        ) { try $0.int(0) } ?? 0
    }

    // MARK: Jobs

    private static let jobs =
        "SELECT job_id, card_id, batch_id, serial, machine, state, lease_until FROM card_job"

    func insert(_ jobs: [Job], on connection: Connection) throws {
        try connection.insert(
            into: "card_job",
            columns: ["job_id", "card_id", "batch_id", "serial", "machine", "state", "lease_until"],
            rows: jobs.map { job in
                [
                    .integer(job.id), .integer(job.card), .integer(job.batch), .text(job.blank.canonical),
                    .text(job.machine), .text(job.state.rawValue), .integer(job.leaseUntil.microseconds),
                ]
            })
    }

    func update(_ job: Job, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE card_job SET state = ?, ended_at = ? WHERE job_id = ?",
            [
                .text(job.state.rawValue), .integerOrNull(job.state.isOpen ? nil : now.microseconds), .integer(job.id),
            ])
    }

    func job(_ id: Int64, on connection: Connection) throws -> Job? {
        try connection.first("\(FactoryStore.jobs) WHERE job_id = ?", [.integer(id)], FactoryStore.job)
    }

    /// Running jobs whose lease is over.
    func overdue(at now: Instant, limit: Int, on connection: Connection) throws -> [Job] {
        try connection.rows(
            "\(FactoryStore.jobs) WHERE state = 'running' AND lease_until <= ? ORDER BY lease_until, job_id LIMIT ?",
            [.integer(now.microseconds), .integer(limit)], FactoryStore.job)
    }

    /// Jobs in a state, of every batch or of one.
    func jobs(at state: JobState, ofBatch batch: Int64? = nil, on connection: Connection) throws -> [Job] {
        try connection.rows(
            """
            \(FactoryStore.jobs) WHERE state = ?\(batch == nil ? "" : " AND batch_id = ?")
            ORDER BY lease_until, job_id
            """, [.text(state.rawValue)] + (batch.map { [.integer($0)] } ?? []), FactoryStore.job)
    }

    private static func job(_ row: Row) throws -> Job {
        guard let blank = BlankSerial(canonical: try row.text(3)) else {
            throw DatabaseError.typeMismatch("a job's serial")
        }
        return Job(
            id: try row.int64(0), card: try row.int64(1), batch: try row.int64(2), blank: blank,
            machine: try row.text(4), state: try row.value(5), leaseUntil: Instant(microseconds: try row.int64(6)))
    }

    // MARK: Parcels

    func insert(_ parcel: Parcel, on connection: Connection) throws {
        try connection.execute(
            """
            INSERT INTO card_parcel (parcel_id, code, site, office, stage, tracking, packed_at, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(parcel.id), .text(parcel.code), .text(parcel.site), .text(parcel.office),
                .text(parcel.stage.rawValue), .textOrNull(parcel.tracking), .integer(parcel.packed.microseconds),
                .integer(parcel.packed.microseconds),
            ])
    }

    func update(_ parcel: Parcel, at now: Instant, on connection: Connection) throws {
        try connection.execute(
            "UPDATE card_parcel SET stage = ?, tracking = ?, changed_at = ? WHERE parcel_id = ?",
            [
                .text(parcel.stage.rawValue), .textOrNull(parcel.tracking), .integer(now.microseconds),
                .integer(parcel.id),
            ])
    }

    private static let parcels = """
        SELECT parcel_id, code, site, office, stage, tracking, packed_at,
            (SELECT count(*) FROM card c WHERE c.parcel_id = card_parcel.parcel_id AND c.stage = card_parcel.stage)
        FROM card_parcel
        """

    func parcel(code: String, on connection: Connection) throws -> Parcel? {
        try connection.first("\(FactoryStore.parcels) WHERE code = ?", [.text(code)], FactoryStore.parcel)
    }

    func parcels(at stage: OrderStage, on connection: Connection) throws -> [Parcel] {
        try connection.rows(
            "\(FactoryStore.parcels) WHERE stage = ? ORDER BY packed_at, code", [.text(stage.rawValue)],
            FactoryStore.parcel)
    }

    private static func parcel(_ row: Row) throws -> Parcel {
        Parcel(
            id: try row.int64(0), code: try row.text(1), site: try row.text(2), office: try row.text(3),
            stage: try row.value(4), tracking: try row.textOrNull(5), packed: Instant(microseconds: try row.int64(6)),
            cards: try row.int(7))
    }
}
