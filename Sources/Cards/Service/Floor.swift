import Access
import Civil
import Database
import Ledger

/// Xưởng sản xuất thẻ: everything that waits on the factory's floor; nobody's data.
package struct FactoryFloor: Sendable {
    /// Một lô với cân đối của nó.
    package struct BatchLine: Hashable, Sendable {
        package let batch: ProductionBatch
        package let balance: BatchBalance

        package init(batch: ProductionBatch, balance: BatchBalance) {
            self.batch = batch
            self.balance = balance
        }
    }

    /// Thẻ chờ đóng gói của một nơi sản xuất cho một cơ quan.
    package struct Packing: Hashable, Sendable {
        package let site: String
        package let office: String
        package let cards: Int

        package init(site: String, office: String, cards: Int) {
            self.site = site
            self.office = office
            self.cards = cards
        }
    }

    package var sites: [ProductionSite] = []
    /// Cards that wait for a batch.
    package var waiting = 0
    package var batches: [BatchLine] = []
    /// Lượt in chưa rõ kết quả.
    package var unknown: [UnknownJob] = []
    /// Lượt in đang chạy, whose lease is over.
    package var overdue = 0
    /// Cards that wait for quality control.
    package var toCheck: [String] = []
    package var rejects: [RejectCode: Int] = [:]
    package var toPack: [Packing] = []
    package var packed: [Parcel] = []
    package var inTransit: [Parcel] = []

    package init() {}
}

/// Lượt in chưa rõ kết quả, with the codes by which people at the machine know it.
package struct UnknownJob: Hashable, Sendable {
    package let job: Job
    package let card: String
    package let batch: String

    package init(job: Job, card: String, batch: String) {
        self.job = job
        self.card = card
        self.batch = batch
    }
}

extension CardRegister {
    /// Batches that are over stand on the page as long as they are among so many.
    package static let closedBatchesShown = 10

    /// Toàn cảnh xưởng: sites, batches, machines, quality control and parcels.
    package func floor(by requester: Requester) async throws -> FactoryFloor {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        let now = surroundings.now()
        return try await database.read { connection in
            let factory = FactoryStore()
            var floor = FactoryFloor()
            floor.sites = try factory.sites(on: connection)
            floor.waiting = try FloorStore().waiting(on: connection)
            let batches = try factory.batches(at: nil, on: connection)
            let isOver: (ProductionBatch) -> Bool = { $0.status == .closed || $0.status == .cancelled }
            let shown =
                batches.filter { !isOver($0) }
                + batches.filter(isOver).sorted { $0.opened > $1.opened }.prefix(CardRegister.closedBatchesShown)
            floor.batches = try shown.map { batch in
                FactoryFloor.BatchLine(batch: batch, balance: try factory.balance(ofBatch: batch.id, on: connection))
            }
            let codes = Dictionary(uniqueKeysWithValues: batches.map { ($0.id, $0.code) })
            floor.unknown = try factory.jobs(at: .unknown, on: connection).prefix(CardRegister.mostListed)
                .map { try UnknownJob($0, batch: codes[$0.batch] ?? "", on: connection) }
            floor.overdue = try factory.overdue(at: now, limit: 1_000, on: connection).count
            floor.toCheck = try CardStore().handles(at: .produced, limit: CardRegister.mostListed, on: connection)
            floor.rejects = try FloorStore().rejects(on: connection)
            floor.toPack = try FloorStore().toPack(on: connection)
            floor.packed = try factory.parcels(at: .packed, on: connection)
            floor.inTransit = try factory.parcels(at: .inTransit, on: connection)
            return floor
        }
    }

    /// Lượt in chưa rõ kết quả của một lô.
    package func unknownJobs(ofBatch code: String, by requester: Requester) async throws -> [UnknownJob] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { connection in
            let batch = try desk(for: requester.actor, on: connection).batch(code)
            return try FactoryStore().jobs(at: .unknown, ofBatch: batch.id, on: connection)
                .map { try UnknownJob($0, batch: batch.code, on: connection) }
        }
    }
}

extension UnknownJob {
    fileprivate init(_ job: Job, batch: String, on connection: Connection) throws {
        self.init(job: job, card: try CardStore().card(job.card, on: connection)?.handle ?? "", batch: batch)
    }
}

/// Counts of what waits on the floor.
struct FloorStore: Sendable {
    func waiting(on connection: Connection) throws -> Int {
        try connection.first("SELECT count(*) FROM card WHERE stage = 'waiting'") { try $0.int(0) } ?? 0
    }

    /// Blanks that were spoiled, by what was wrong.
    func rejects(on connection: Connection) throws -> [RejectCode: Int] {
        let rows = try connection.rows(
            "SELECT reject, count(*) FROM blank WHERE reject IS NOT NULL GROUP BY reject", []
        ) { (try $0.value(0) as RejectCode, try $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func toPack(on connection: Connection) throws -> [FactoryFloor.Packing] {
        try connection.rows(
            """
            SELECT site, pickup, count(*) FROM card WHERE stage = 'passed' AND status = 'made'
            GROUP BY site, pickup ORDER BY site, pickup
            """, []
        ) { FactoryFloor.Packing(site: try $0.text(0), office: try $0.text(1), cards: try $0.int(2)) }
    }
}
