import Access
import Civil
import Database
import Ledger

/// The next pieces of work in a unit, with the receipt of the look at the persons it names.
package struct Worklist: Sendable {
    package let items: [WorkItem]
    /// How many records of the unit have something to gain.
    package let whole: Int
    /// The number of the look; nil when nobody is named.
    package let receipt: Int64?
    /// Where the list goes on; nil where nothing follows.
    package var next: ListPlace?

    /// How many values a place in the list has.
    package static let placeCount = 2
}

extension PopulationRegister {
    /// How many persons a worklist names at most: a look names only those whom somebody will really work on.
    package static let longestWorklist = 500

    /// Danh sách việc cần làm: whose data to collect, correct and verify next, the largest gain first.
    ///
    /// Naming persons is a look, durable before the list is given.
    /// - Parameter place: where the page before ended.
    /// - Throws: `AccessRefusal` when the unit is not one of the requester's.
    package func worklist(
        of scope: QualityScope, after place: ListPlace? = nil, limit: Int = 50, by requester: Requester
    ) async throws -> Worklist {
        _ = try unit(of: scope)
        try AccessPolicy.require(requester, toUse: .seeWorklist, for: scope.unit)
        let requester = requester.onDuty(.dataQuality)
        let table = placements.table(into: scope.set)
        let rule = QualityTally.Rule(on: surroundings.today)
        let most = max(1, min(limit, PopulationRegister.longestWorklist))
        let ranking = try await database.read { connection in
            let before = try place.map { place in
                let person = try Handle(parsing: place.values[1])
                    .flatMap { try PersonStore().person(handle: $0, on: connection)?.state.person }
                return Ranking.Place(perMillion: Int(place.number(0)), person: person ?? 0)
            }
            var ranking = Ranking(rule: rule, most: most, before: before)
            try ranking.read(scope, table, on: connection)
            return ranking
        }
        let (persons, whole, last) = (ranking.persons, ranking.whole, ranking.last)
        guard !persons.isEmpty else { return Worklist(items: [], whole: whole, receipt: nil) }
        let looks = looks
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester)
        let now = surroundings.now()
        return try await database.writeGrouped { connection in
            let seals = try StandingSeals(of: Set(persons), at: now, on: connection)
            let store = PersonStore()
            var items: [WorkItem] = []
            var named: [Int64] = []
            for person in persons {
                guard let row = try store.person(person, on: connection), judge.listed(row.state, seals) != nil
                else {
                    continue
                }
                let findings = try row.state.sheet.map { try SheetStore().findings(of: $0, on: connection) } ?? []
                guard let item = WorkItem(row.state, handle: row.handle, findings: findings, rule: rule) else {
                    continue
                }
                items.append(item)
                named.append(person)
            }
            let next = try last.map { last in
                let handles = try store.handles(of: [last.person], table: .person, on: connection)
                return ListPlace(["\(last.perMillion)", handles[last.person] ?? ""])
            }
            guard !named.isEmpty else { return Worklist(items: [], whole: whole, receipt: nil, next: next) }
            let purpose = requester.ground.purpose
            let look = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: named, fields: ["birth", "name", "quality"], on: connection)
            return Worklist(items: items, whole: whole, receipt: look.id, next: next)
        }
    }
}

/// The persons of a unit with the largest gain, found in one pass over its measures.
private struct Ranking {
    let rule: QualityTally.Rule
    let most: Int
    /// Where the page before ended.
    let before: Place?
    private(set) var whole = 0
    private var best: [(person: Int64, gain: WorkItem.Gain)] = []
    /// Whether others follow behind the best.
    private var hasMore = false

    struct Place: Sendable {
        let perMillion: Int
        let person: Int64
    }

    init(rule: QualityTally.Rule, most: Int, before: Place?) {
        self.rule = rule
        self.most = most
        self.before = before
    }

    /// Where the list goes on.
    var last: Place? { hasMore ? best.last.map { Place(perMillion: $0.gain.perMillion, person: $0.person) } : nil }

    /// The keys, the largest gain first; of equal gain in the order of the keys, so that both engines agree.
    var persons: [Int64] { best.map(\.person) }

    mutating func read(_ scope: QualityScope, _ table: PlacementTable, on connection: Connection) throws {
        let select = "SELECT person_id, marks, verified_day, birth_year FROM person_measure"
        if let unit = scope.unit {
            for chunk in Placeholders.chunks(table.sources(of: unit)) {
                try connection.forEach(
                    "\(select) WHERE unit IN \(Placeholders.list)", Placeholders.padded(chunk)
                ) { try take($0) }
            }
        } else {
            try connection.forEach(select) { try take($0) }
        }
        trim()
    }

    private mutating func take(_ row: Row) throws {
        let marks = MeasureStore.reading(try row.int64(1))
        let measure = PersonMeasure(
            person: try row.int64(0), unit: nil, birthYear: nil, filled: marks.filled, verified: marks.verified,
            isViolating: marks.isViolating,
            lastVerified: try row.int64OrNull(2).map { CalendarDate(daysSinceEpoch: Int($0)) })
        let gain = WorkItem.Gain(measure, rule)
        guard gain.perMillion > 0 else { return }
        whole += 1
        if let before, (-gain.perMillion, measure.person) <= (-before.perMillion, before.person) { return }
        best.append((measure.person, gain))
        if best.count >= most * 2 + 1_000 { trim() }
    }

    private mutating func trim() {
        best.sort { ($1.gain, $0.person) < ($0.gain, $1.person) }
        if best.count > most { hasMore = true }
        best.removeLast(max(0, best.count - most))
    }
}
