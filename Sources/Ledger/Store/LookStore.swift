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
        let salt = surroundings.random(16)
        let look = Look(
            id: numbers.next(1), at: surroundings.now(), actor: actor, purpose: purpose, legalBasis: legalBasis,
            persons: persons, fields: fields.sorted(), sealed: sealed)
        try connection.execute(
            """
            INSERT INTO look (look_id, at, account, role, office, purpose, legal_basis, fields, salt, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(look.id), .integer(look.at.microseconds), .text(actor.account), .text(actor.role),
                .text(actor.office), .text(purpose), .text(legalBasis), .text(look.fields.joined(separator: ",")),
                .blob(salt), .blobOrNull(sealed),
            ])
        try connection.executeMany(
            "INSERT INTO look_person (person_id, look_id, position) VALUES (?, ?, ?)",
            persons.enumerated().map { [.integer($0.element), .integer(look.id), .integer(Int64($0.offset))] })
        let commitment = try Salted.digest(of: look.canonicalBytes, salt: salt)
        try connection.execute(
            "INSERT INTO log_pending (log, entry_id, leaf_hash) VALUES (?, ?, ?)",
            [
                .integer(LogName.looks.rawValue), .integer(look.id),
                .blob(MerkleHash.leaf(commitment).bytes),
            ])
        return look
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
