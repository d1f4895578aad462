import Access
import Civil
import Database
import Ledger
import Linkage

/// The register as a file of people to be linked.
struct DuplicateFile: Sendable {
    private(set) var table: LinkTable
    /// Where each record belongs, in the order of the table.
    private(set) var places: [DuplicatePart.Place] = []
    /// What officers decided, as far as it is asked for and the records are as they were.
    private(set) var lessons: [LinkLesson] = []
    /// In the order of the table, which is that of the keys.
    private var persons: [Int64] = []
    private var units: [UnitCode?] = []
    private var isNumbered: [Bool] = []
    /// `DuplicateRecord.digestLength` bytes a record.
    private var digests: [UInt8] = []
    private var apart: [(left: Int64, right: Int64, facts: [UInt8])] = []

    static func read(
        _ placement: PlacementTable, _ wish: DuplicateSweepWish, on connection: Connection
    ) throws -> DuplicateFile {
        let count = try connection.first("SELECT count(*) FROM person") { try $0.int(0) } ?? 0
        guard LinkTable.bytes(records: count) + count * bytesBeside <= wish.memory else {
            throw DuplicateRefusal.memoryTooSmall
        }
        var file = DuplicateFile(table: LinkTable(expecting: count))
        var placesOfUnits: [UnitCode?: DuplicatePart.Place] = [:]
        try connection.forEach("SELECT state FROM person ORDER BY person_id") { row in
            let state = try StateCoding.value(PersonState.self, in: row, 0)
            if let record = DuplicateRecord(state, in: placement) {
                let place = placesOfUnits[record.unit] ?? DuplicatePart.Place(record.unit, in: placement.units)
                placesOfUnits[record.unit] = place
                file.add(record, state.person, place)
            }
            if file.persons.count.isMultiple(of: 10_000) { wish.progress(.read(file.persons.count)) }
        }
        file.apart = try DuplicateStore().toldApart(on: connection)
        if wish.isTaught { file.lessons = try DuplicateStore().lessons(in: placement, on: connection) }
        return file
    }

    /// What is kept of a record beside its row in the table, about; places share their texts.
    private static let bytesBeside = 140

    private init(table: LinkTable) {
        self.table = table
    }

    private mutating func add(_ record: DuplicateRecord, _ person: Int64, _ place: DuplicatePart.Place) {
        table.add(record.record)
        persons.append(person)
        places.append(place)
        units.append(record.unit)
        isNumbered.append(record.isNumbered)
        digests += record.digest
    }

    /// Pairs that officers told apart and that are as they were.
    func decisions() -> [LinkDecision] {
        apart.compactMap { pair in
            guard let left = record(of: pair.left), let right = record(of: pair.right),
                facts(left, right) == pair.facts
            else { return nil }
            return LinkDecision(left, right, isSame: false)
        }
    }

    /// Everybody in it.
    var everybody: Set<Int64> { Set(persons) }

    /// The persons of two records.
    func persons(of pair: LinkedPair) -> (left: Int64, right: Int64) {
        (persons[Int(pair.left)], persons[Int(pair.right)])
    }

    /// The records of pairs of persons; who is no record any more is left out.
    func records(of pairs: [(left: Int64, right: Int64)]) -> [(Int, Int)] {
        pairs.compactMap { pair in
            record(of: pair.left).flatMap { left in record(of: pair.right).map { (left, $0) } }
        }
    }

    private func record(of person: Int64) -> Int? {
        let place = persons.firstIndex(ofOrdered: { $0 >= person })
        return place < persons.count && persons[place] == person ? place : nil
    }

    /// Some of the pairs by chance, the same ones every night as long as nobody has decided on them.
    func draw(_ pairs: [LinkedPair], most: Int) -> [LinkedPair] {
        let ordered = pairs.map { pair in
            let (left, right) = persons(of: pair)
            return (hash: StableHash.of("\(left) \(right)".utf8), pair: pair)
        }.sorted { ($0.hash, $0.pair.left, $0.pair.right) < ($1.hash, $1.pair.left, $1.pair.right) }
        return ordered.prefix(most).map(\.pair)
    }

    func pair(_ pair: LinkedPair, _ explanation: LinkExplanation, isDrawn: Bool) -> DuplicatePair {
        // The table is in the order of the persons' keys, so its left is the smaller one here too.
        let (left, right) = (Int(pair.left), Int(pair.right))
        return DuplicatePair(
            persons: (persons[left], persons[right]), units: [units[left], units[right]],
            numbered: (isNumbered[left] ? 1 : 0) + (isNumbered[right] ? 1 : 0), facts: facts(left, right),
            probability: pair.probability, explanation, isDrawn: isDrawn)
    }

    /// What was compared of both, in few bytes.
    private func facts(_ left: Int, _ right: Int) -> [UInt8] {
        let length = DuplicateRecord.digestLength
        return [left, right].flatMap { digests[($0 * length)..<(($0 + 1) * length)] }
    }
}

extension DuplicatePair {
    /// - Parameters:
    ///   - persons: the smaller key first; units in the same order.
    ///   - numbered: how many of the two have a number.
    init(
        persons: (Int64, Int64), units: [UnitCode?], numbered: Int64, facts: [UInt8], probability: Float,
        _ explanation: LinkExplanation, isDrawn: Bool
    ) {
        let evidence = explanation.lines.map(DuplicateEvidence.init)
        self.init(
            left: persons.0, right: persons.1,
            perMillion: min(1_000_000, Int64((Double(probability) * 1_000_000).rounded())), harm: 1 + numbered,
            units: units, facts: facts, pattern: DuplicatePair.pattern(of: evidence), isDrawn: isDrawn,
            evidence: evidence)
    }

    /// A number for what speaks for and against, whatever the weights.
    private static func pattern(of evidence: [DuplicateEvidence]) -> Int64 {
        let lines = evidence.map { "\($0.feature)=\($0.english);" }.sorted()
        return Int64(StableHash.of(lines.joined().utf8) >> 1)
    }
}
