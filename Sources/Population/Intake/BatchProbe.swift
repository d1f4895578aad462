import Access
import Civil
import Database
import Ledger
import Linkage

/// Hỏi trùng khi nhập lô: rows that are probably somebody who stands in the register, or in an earlier row.
///
/// Asked piece by piece in the piece's own transaction, so that what is found stands in the sheet's act, and an import
/// that was interrupted asks on. Whoever is surely the same person was held before (`SamePerson`).
struct BatchProbe: Sendable {
    private let probe: LinkProbe
    private let placement: PlacementTable
    private let now: Instant

    /// A row and a record that may be of one person.
    struct Likely {
        let row: Int
        let other: Other
        let explanation: LinkExplanation

        enum Other {
            /// A row of the same piece, before it.
            case row(Int)
            case person(PersonStore.PersonRow)
        }
    }

    /// Rows whose names, dates and places tell how common others are; drawn from the whole file.
    private static let sampleSize = 4_000
    /// Rows of it that stand together.
    private static let sampledTogether = 100
    /// Other records that one row is compared with, and that are named on it, at most.
    private static let mostCompared = 100
    private static let mostNamed = 3

    init(_ probe: LinkProbe, _ placement: PlacementTable, at now: Instant) {
        self.probe = probe
        self.placement = placement
        self.now = now
    }

    /// The ranges of rows that the sample is made of, the same ones whenever the file is read.
    static func sampled(_ index: RecordIndex) -> [Range<Int>] {
        let pieces = index.pieces(of: sampledTogether, from: 0)
        let wanted = sampleSize / sampledTogether
        guard pieces.count > wanted else { return pieces }
        return (0..<wanted).map { pieces[$0 * pieces.count / wanted] }
    }

    /// The rows of a decided piece that are probably somebody else's record, with whom, the likeliest first.
    func likely(in decision: PieceDecision, on connection: Connection) throws -> [Likely] {
        var records: [LinkRecord] = []
        var placesOfRows: [Int: Int] = [:]
        var placesOfPersons: [Int64: Int] = [:]
        var persons: [Int: Int64] = [:]
        func place(ofRow row: Int) -> Int? {
            if let place = placesOfRows[row] { return place }
            guard let record = LinkRecord(decision.facts[row], in: placement) else { return nil }
            records.append(record)
            placesOfRows[row] = records.count - 1
            return records.count - 1
        }
        var pairs: [(Int, Int)] = []
        var rowsOfPlaces: [Int: Int] = [:]
        for row in decision.sheets.indices where decision.accepted[row] {
            let (known, rows) = decision.candidates(of: row, most: BatchProbe.mostCompared)
            guard !known.isEmpty || !rows.isEmpty, let own = place(ofRow: row) else { continue }
            rowsOfPlaces[own] = row
            for other in rows {
                if let place = place(ofRow: other) {
                    rowsOfPlaces[place] = other
                    pairs.append((place, own))
                }
            }
            for record in known {
                guard let person = record.person else { continue }
                if placesOfPersons[person] == nil, let facts = LinkRecord(record.facts, in: placement) {
                    records.append(facts)
                    placesOfPersons[person] = records.count - 1
                    persons[records.count - 1] = person
                }
                if let place = placesOfPersons[person] { pairs.append((place, own)) }
            }
        }
        let found = probe.likely(pairs, of: records, atLeast: LinkEngine.defaultThreshold)
        let told = try self.told(Set(found.compactMap { persons[$0.pair.0] }), on: connection)
        let likely = found.compactMap { pair, explanation -> Likely? in
            guard let row = rowsOfPlaces[pair.1] else { return nil }
            if let person = persons[pair.0] {
                return told[person].map { Likely(row: row, other: .person($0), explanation: explanation) }
            }
            return rowsOfPlaces[pair.0].map { Likely(row: row, other: .row($0), explanation: explanation) }
        }
        return Dictionary(grouping: likely, by: \.row).sorted { $0.key < $1.key }.flatMap { _, likely in
            likely.enumerated().sorted {
                ($1.element.explanation.probability, $0.offset) < ($0.element.explanation.probability, $1.offset)
            }.prefix(BatchProbe.mostNamed).map(\.element)
        }
    }

    /// Those of the persons who stand for themselves and whom no seal hides.
    private func told(_ persons: Set<Int64>, on connection: Connection) throws -> [Int64: PersonStore.PersonRow] {
        guard !persons.isEmpty else { return [:] }
        let sealed = try SealStore().sealed(among: persons, at: now, on: connection)
        var told: [Int64: PersonStore.PersonRow] = [:]
        for chunk in Placeholders.chunks(persons.subtracting(sealed).sorted()) {
            for row in try PersonStore().persons(chunk, on: connection)
            where row.state.mergedInto == nil && row.state.setAside == nil {
                told[row.state.person] = row
            }
        }
        return told
    }

    /// Puts the pairs into the queue, once the piece is written.
    ///
    /// - Parameter persons: for each row of the piece, the person that it became.
    func queue(_ likely: [Likely], persons: [Int64?], on connection: Connection) throws {
        var pairs: [DuplicatePair] = []
        for found in likely {
            guard let own = persons[found.row], let mine = try state(of: own, on: connection) else { continue }
            let other: PersonState? =
                switch found.other {
                case .person(let row): row.state
                case .row(let row): try persons[row].flatMap { try state(of: $0, on: connection) }
                }
            guard let other, let pair = DuplicatePair(mine, other, found.explanation, in: placement) else { continue }
            pairs.append(pair)
        }
        try DuplicateStore().add(pairs, on: connection)
    }

    private func state(of person: Int64, on connection: Connection) throws -> PersonState? {
        try PersonStore().person(person, on: connection)?.state
    }
}

extension DuplicatePair {
    /// Two records of the register as they stand, with what was compared.
    init?(_ one: PersonState, _ other: PersonState, _ explanation: LinkExplanation, in placement: PlacementTable) {
        let (first, second) = one.person < other.person ? (one, other) : (other, one)
        guard let left = DuplicateRecord(first, in: placement), let right = DuplicateRecord(second, in: placement)
        else { return nil }
        self.init(
            persons: (first.person, second.person), units: [left.unit, right.unit],
            numbered: (left.isNumbered ? 1 : 0) + (right.isNumbered ? 1 : 0),
            facts: DuplicateRecord.facts(left, right), probability: explanation.probability, explanation,
            isDrawn: false)
    }
}

extension LinkRecord {
    /// What a sheet says of somebody; nil without a name.
    init?(_ facts: IdentityFacts, in today: PlacementTable) {
        guard let name = facts.name else { return nil }
        self.init(id: "")
        fullName = name.standard
        birth = facts.birth ?? facts.birthYear.flatMap { PartialDate(year: $0) }
        sex = facts.sex
        birthProvince =
            facts.birthPlace.map(today.now).flatMap { today.units.ancestor(of: $0, at: .province)?.code.code }
        commune = (facts.permanent ?? facts.current).map { today.now($0).description }
        fatherName = facts.father
        motherName = facts.mother
        oldNumber = facts.oldNumber
    }
}

/// Khả năng là một người, in words: what a finding says of it.
package enum Likelihood: String, CaseIterable, Sendable {
    case almostCertain = "almost_certain"
    case veryLikely = "very_likely"
    case likely
    case possible

    init(_ probability: Float) {
        switch probability {
        case 0.98...: self = .almostCertain
        case 0.9...: self = .veryLikely
        case 0.7...: self = .likely
        default: self = .possible
        }
    }

    package var sentence: Sentence {
        switch self {
        case .almostCertain: Sentence("gần như chắc chắn", "almost certain")
        case .veryLikely: Sentence("rất có thể", "very likely")
        case .likely: Sentence("có thể", "likely")
        case .possible: Sentence("có thể, chưa rõ", "possible")
        }
    }
}
