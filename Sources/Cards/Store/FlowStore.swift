import Civil
import Database

/// When applications and cards came to a stage and went on.
struct FlowStore: Sendable {
    /// One application or card that has come to another stage, or to its end.
    struct Passage: Sendable {
        let id: Int64
        let subject: Int64
        /// Nil when it has left the flow.
        let stage: FlowStage?
        let office: String
        let due: CalendarDate?
    }

    /// Notes that they have come to a stage; nothing where they are there already.
    func pass(_ passages: [Passage], at now: Instant, on connection: Connection) throws {
        guard !passages.isEmpty else { return }
        let present = try stages(of: passages.map(\.subject), on: connection)
        let moved = passages.filter { present[$0.subject] != $0.stage }
        try connection.executeMany(
            "UPDATE card_passage SET left_at = ? WHERE subject_id = ? AND left_at IS NULL",
            moved.map { [.integer(now.microseconds), .integer($0.subject)] })
        try connection.executeMany(
            """
            INSERT INTO card_passage (passage_id, subject_id, entered_at, stage, office, due) VALUES (?, ?, ?, ?, ?, ?)
            """,
            moved.compactMap { passage in
                passage.stage.map { stage in
                    [
                        .integer(passage.id), .integer(passage.subject), .integer(now.microseconds),
                        .text(stage.rawValue),
                        .text(passage.office), .textOrNull(passage.due?.description),
                    ]
                }
            })
    }

    /// When something came to the stage at which it is; nil when it has left the flow.
    func entered(_ subject: Int64, on connection: Connection) throws -> Instant? {
        try connection.first(
            "SELECT entered_at FROM card_passage WHERE subject_id = ? AND left_at IS NULL", [.integer(subject)]
        ) { Instant(microseconds: try $0.int64(0)) }
    }

    private func stages(of subjects: [Int64], on connection: Connection) throws -> [Int64: FlowStage] {
        var stages: [Int64: FlowStage] = [:]
        for list in ValueList.lists(of: subjects.map { .integer($0) }) {
            for (subject, stage) in try connection.rows(
                "SELECT subject_id, stage FROM card_passage WHERE left_at IS NULL AND subject_id IN \(list.sql)",
                list.values, { (try $0.int64(0), try $0.value(1) as FlowStage) })
            {
                stages[subject] = stage
            }
        }
        return stages
    }

    /// The counts of every stage, office by office, of one office or of all.
    ///
    /// What waits is counted where it stands, and what came and went from the passages, so that one proves the other.
    func counts(
        office: String? = nil, lately: Instant, on connection: Connection
    ) throws -> [String: [FlowStage: FlowCount]] {
        var counts = try waiting(office: office, on: connection)
        try connection.forEach(
            """
            SELECT office, stage, count(*), count(left_at), min(CASE WHEN left_at IS NULL THEN entered_at END),
                min(CASE WHEN left_at IS NULL THEN due END), count(CASE WHEN left_at >= ? THEN 1 END)
            FROM card_passage\(office == nil ? "" : " WHERE office = ?") GROUP BY office, stage
            """, [.integer(lately.microseconds)] + (office.map { [.text($0)] } ?? [])
        ) { row in
            let office = try row.text(0)
            let stage: FlowStage = try row.value(1)
            var count = counts[office]?[stage] ?? FlowCount()
            count.came = try row.int(2)
            count.went = try row.int(3)
            count.oldest = try row.int64OrNull(4).map { Instant(microseconds: $0) }
            count.firstDue = try row.textOrNull(5).flatMap { CalendarDate(iso: $0) }
            count.wentLately = try row.int(6)
            counts[office, default: [:]][stage] = count
        }
        return counts
    }

    private func waiting(
        office: String?, on connection: Connection
    ) throws -> [String: [FlowStage: FlowCount]] {
        let condition = office == nil ? "" : " WHERE pickup = ?"
        let arguments: [SQLValue] = office.map { [.text($0)] } ?? []
        var counts: [String: [FlowStage: FlowCount]] = [:]
        func add(_ office: String, _ stage: FlowStage?, _ count: Int) {
            guard let stage else { return }
            counts[office, default: [:]][stage, default: FlowCount()].waits += count
        }
        try connection.forEach(
            "SELECT pickup, status, count(*) FROM card_application\(condition) GROUP BY pickup, status", arguments
        ) { add(try $0.text(0), (try $0.value(1) as ApplicationStatus).flow, try $0.int(2)) }
        try connection.forEach(
            "SELECT pickup, stage, count(*) FROM card\(condition) GROUP BY pickup, stage", arguments
        ) { add(try $0.text(0), (try $0.value(1) as OrderStage).flow, try $0.int(2)) }
        return counts
    }

    /// What each site has to do.
    func sites(on connection: Connection) throws -> [SiteFlow] {
        var waits: [String: [FlowStage: Int]] = [:]
        try connection.forEach(
            "SELECT site, stage, count(*) FROM card WHERE site IS NOT NULL GROUP BY site, stage"
        ) { row in
            guard let stage = (try row.value(1) as OrderStage).flow, SiteFlow.stages.contains(stage) else { return }
            waits[try row.text(0), default: [:]][stage, default: 0] += try row.int(2)
        }
        return try FactoryStore().sites(on: connection).map { site in
            SiteFlow(
                site: site.code, name: site.name, capacity: site.working, isStopped: site.isStopped,
                waits: waits[site.code] ?? [:])
        }
    }
}
