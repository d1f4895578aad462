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

    /// The counts of every stage, of one office or of all.
    ///
    /// What waits is counted where it stands, and what came and went from the passages, so that one proves the other.
    func counts(
        office: String?, lately: Instant, on connection: Connection
    ) throws -> [FlowStage: FlowCount] {
        var counts = try waiting(office: office, on: connection)
        try connection.forEach(
            """
            SELECT stage, count(*), count(left_at), min(CASE WHEN left_at IS NULL THEN entered_at END),
                min(CASE WHEN left_at IS NULL THEN due END), count(CASE WHEN left_at >= ? THEN 1 END)
            FROM card_passage\(office == nil ? "" : " WHERE office = ?") GROUP BY stage
            """, [.integer(lately.microseconds)] + (office.map { [.text($0)] } ?? [])
        ) { row in
            let stage: FlowStage = try row.value(0)
            var count = counts[stage] ?? FlowCount()
            count.came = try row.int(1)
            count.went = try row.int(2)
            count.oldest = try row.int64OrNull(3).map { Instant(microseconds: $0) }
            count.firstDue = try row.textOrNull(4).flatMap { CalendarDate(iso: $0) }
            count.wentLately = try row.int(5)
            counts[stage] = count
        }
        return counts
    }

    private func waiting(office: String?, on connection: Connection) throws -> [FlowStage: FlowCount] {
        let condition = office == nil ? "" : " WHERE pickup = ?"
        let arguments: [SQLValue] = office.map { [.text($0)] } ?? []
        var counts: [FlowStage: FlowCount] = [:]
        func add(_ stage: FlowStage?, _ count: Int) {
            guard let stage else { return }
            counts[stage, default: FlowCount()].waits += count
        }
        try connection.forEach(
            "SELECT status, count(*) FROM card_application\(condition) GROUP BY status", arguments
        ) { add((try $0.value(0) as ApplicationStatus).flow, try $0.int(1)) }
        try connection.forEach("SELECT stage, count(*) FROM card\(condition) GROUP BY stage", arguments) {
            add((try $0.value(0) as OrderStage).flow, try $0.int(1))
        }
        return counts
    }
}
