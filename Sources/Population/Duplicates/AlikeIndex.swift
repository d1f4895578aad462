import Civil
import Database
import Ledger
import Linkage

/// Chỉ mục hỏi trùng: everybody of the register as records are compared, to hold somebody new against.
struct AlikeIndex: Sendable {
    /// Nil in a register that is too large for it.
    private var index: LinkIndex?
    /// By place in the index, the persons whom it was built with, in the order of their keys; those that came later
    /// stand apart, so that a change copies no list of everybody.
    private let built: [Int64]
    private var later: [Int64] = []
    /// Where persons stand who have changed since it was built.
    private var movedTo: [Int64: Int] = [:]

    /// Registers with more people have no index, which takes some two hundred bytes a person; the sweep remains.
    static let mostPeople = 4_000_000
    /// Changes after which a small index is built anew; a large one after as many as a fifth of it.
    private static let mostChanges = 500

    private init(_ index: LinkIndex?, _ built: [Int64]) {
        self.index = index
        self.built = built
    }

    static func build(in placement: PlacementTable, on connection: Connection) throws -> AlikeIndex {
        let count = try connection.first("SELECT count(*) FROM person") { try $0.int(0) } ?? 0
        guard count <= mostPeople else { return AlikeIndex(nil, []) }
        var table = LinkTable(expecting: count)
        var persons: [Int64] = []
        persons.reserveCapacity(count)
        try connection.forEach("SELECT state FROM person ORDER BY person_id") { row in
            let state = try StateCoding.value(PersonState.self, in: row, 0)
            guard let record = DuplicateRecord(state, in: placement)?.record.nameless else { return }
            table.add(record)
            persons.append(state.person)
        }
        return AlikeIndex(LinkIndex(table, model: try DuplicateStore().weights(on: connection)), persons)
    }

    /// Takes over what has become of persons; false when building anew is the better way.
    mutating func update(_ changed: [Int64], in placement: PlacementTable, on connection: Connection) throws -> Bool {
        guard let changes = index?.changes else { return true }
        guard changes + changed.count <= max(AlikeIndex.mostChanges, built.count / 5),
            built.count + later.count <= AlikeIndex.mostPeople
        else { return false }
        for chunk in Placeholders.chunks(changed) {
            let states = try connection.rows(
                "SELECT state FROM person WHERE person_id IN \(Placeholders.list)", Placeholders.padded(chunk)
            ) { try StateCoding.value(PersonState.self, in: $0, 0) }
            for state in states { take(state, in: placement) }
        }
        return true
    }

    private mutating func take(_ state: PersonState, in placement: PlacementTable) {
        if let place = place(of: state.person) { index?.remove(place) }
        movedTo[state.person] = nil
        guard let record = DuplicateRecord(state, in: placement)?.record.nameless else { return }
        movedTo[state.person] = built.count + later.count
        later.append(state.person)
        index?.add(record)
    }

    private func place(of person: Int64) -> Int? {
        if let place = movedTo[person] { return place }
        let place = built.firstIndex(ofOrdered: { $0 >= person })
        return place < built.count && built[place] == person ? place : nil
    }

    /// Who may be the person of a record that does not stand yet, the likeliest first.
    func matches(of record: LinkRecord) -> [(person: Int64, explanation: LinkExplanation)] {
        (index?.matches(of: record) ?? []).map { match in
            let place = match.place
            return (place < built.count ? built[place] : later[place - built.count], match.explanation)
        }
    }
}

extension LinkRecord {
    /// Without its id, which takes room and which the index does not need.
    fileprivate var nameless: LinkRecord {
        var record = self
        record.id = ""
        return record
    }
}

extension IndexMaking<AlikeIndex> {
    /// Everybody, compared as a sweep of today would.
    static func alike(_ placements: Placements, _ surroundings: Surroundings) -> IndexMaking {
        IndexMaking(
            // Weights of a sweep in any process, and rows that a rebuild put right.
            edition: { try DuplicateStore().weightsEdition(on: $0) &+ RebuiltStore().times(on: $0) },
            build: { try AlikeIndex.build(in: placements.today(surroundings), on: $0) },
            update: { try $0.update($1, in: placements.today(surroundings), on: $2) })
    }
}
