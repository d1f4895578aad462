import Civil
import Database

/// Writes looks: each is an entry in the log of looks, in the same transaction as the read it tells of.
package struct LookStore: Sendable {
    private let surroundings: Surroundings
    private let numbers: EntryNumbers

    package init(surroundings: Surroundings, numbers: EntryNumbers) {
        self.surroundings = surroundings
        self.numbers = numbers
    }

    /// Records that `actor` read `fields` of `persons`; the look's number is the receipt.
    package func append(
        by actor: Actor, purpose: String, legalBasis: String, persons: [Int64], fields: [String],
        sealed: [UInt8]? = nil, on connection: Connection
    ) throws -> Look {
        let look = Look(
            id: numbers.next(1), at: surroundings.now(), actor: actor, purpose: purpose, legalBasis: legalBasis,
            persons: persons, fields: fields.sorted(), sealed: sealed)
        try write([look], on: connection)
        return look
    }

    /// What one look of several is about.
    package struct Draft: Sendable {
        package var actor: Actor
        package var purpose: String
        package var legalBasis: String
        package var persons: [Int64]
        package var fields: [String]

        package init(actor: Actor, purpose: String, legalBasis: String, persons: [Int64], fields: [String]) {
            self.actor = actor
            self.purpose = purpose
            self.legalBasis = legalBasis
            self.persons = persons
            self.fields = fields
        }
    }

    /// Records several looks at once, each an entry of its own; their numbers in the order of the drafts.
    package func append(_ drafts: [Draft], on connection: Connection) throws -> [Int64] {
        guard !drafts.isEmpty else { return [] }
        let first = numbers.next(drafts.count)
        let now = surroundings.now()
        let looks = drafts.enumerated().map { offset, draft in
            Look(
                id: first + Int64(offset), at: now, actor: draft.actor, purpose: draft.purpose,
                legalBasis: draft.legalBasis, persons: draft.persons, fields: draft.fields.sorted())
        }
        try write(looks, on: connection)
        return looks.map(\.id)
    }

    /// The rows go with the commit: nothing of the transaction reads them.
    private func write(_ looks: [Look], on connection: Connection) throws {
        let salts = surroundings.random(looks.count * CommitmentSalt.byteCount)
        var rows: [[SQLValue]] = []
        var persons: [[SQLValue]] = []
        var pending: [[SQLValue]] = []
        for (offset, look) in looks.enumerated() {
            let salt = Array(salts[offset * CommitmentSalt.byteCount..<(offset + 1) * CommitmentSalt.byteCount])
            rows.append(LookStore.values(of: look, salt: salt))
            for (position, person) in look.persons.enumerated() {
                persons.append([.integer(person), .integer(look.id), .integer(position)])
            }
            let commitment = try Salted.digest(of: look.canonicalBytes, salt: salt)
            pending.append([
                .integer(LogName.looks.rawValue), .integer(look.id), .blob(MerkleHash.leaf(commitment).bytes),
            ])
        }
        try connection.append(to: "look", columns: LookStore.tableColumns, rows: rows)
        try connection.append(to: "look_person", columns: ["person_id", "look_id", "position"], rows: persons)
        try connection.append(to: "log_pending", columns: ["log", "entry_id", "leaf_hash"], rows: pending)
    }

    private static let tableColumns = [
        "look_id", "at", "account", "role", "office", "purpose", "legal_basis", "fields", "salt", "sealed",
    ]

    private static func values(of look: Look, salt: [UInt8]) -> [SQLValue] {
        [
            .integer(look.id), .integer(look.at.microseconds), .text(look.actor.account), .text(look.actor.role),
            .text(look.actor.office), .text(look.purpose), .text(look.legalBasis),
            .text(look.fields.joined(separator: ",")), .blob(salt), .blobOrNull(look.sealed),
        ]
    }

    /// The sealed text of a search, or nil when the look has none.
    package static func sealed(of look: Int64, on connection: Connection) throws -> [UInt8]? {
        try connection.first("SELECT sealed FROM look WHERE look_id = ?", [.integer(look)]) {
            try $0.blobOrNull(0)
        }.flatMap { $0 }
    }

    static let columns =
        "l.look_id, l.at, l.account, l.role, l.office, l.purpose, l.legal_basis, l.fields, l.salt, l.sealed"

    /// The look in the columns of `columns`, with the persons read apart.
    static func look(from row: Row, persons: [Int64]) throws -> Look {
        let fields = try row.text(7)
        return Look(
            id: try row.int64(0), at: Instant(microseconds: try row.int64(1)),
            actor: Actor(account: try row.text(2), role: try row.text(3), office: try row.text(4)),
            purpose: try row.text(5), legalBasis: try row.text(6), persons: persons,
            fields: fields.isEmpty ? [] : fields.split(separator: ",").map(String.init),
            sealed: try row.blobOrNull(9))
    }
}
