import Civil

/// Lượt tra cứu: one reading of persons' data; who, when, for which purpose, whom, which fields.
///
/// A look is an entry in the log of looks and durable before the answer leaves. What was seen is not stored, only which
/// fields of whom.
package struct Look: Hashable, Sendable {
    package let id: Int64
    package let at: Instant
    package let actor: Actor
    /// Mục đích tra cứu.
    package let purpose: String
    package let legalBasis: String
    /// The persons whose data were read, in the order of the answer.
    package let persons: [Int64]
    /// The names of the fields that were shown, sorted.
    package let fields: [String]
    /// What was typed to find them, sealed (`LookSeal`); nil for looks at somebody known.
    package let sealed: [UInt8]?

    package init(
        id: Int64, at: Instant, actor: Actor, purpose: String, legalBasis: String, persons: [Int64], fields: [String],
        sealed: [UInt8]? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.purpose = purpose
        self.legalBasis = legalBasis
        self.persons = persons
        self.fields = fields
        self.sealed = sealed
    }

    /// The bytes that the log commits to (form `dancu/look/v1`; with a sealed text, which comes last, `v2`).
    package var canonicalBytes: [UInt8] {
        var writer = CanonicalBytes(form: sealed == nil ? "dancu/look/v1" : "dancu/look/v2")
        writer.append(id)
        writer.append(at.microseconds)
        writer.append(actor.account)
        writer.append(actor.role)
        writer.append(actor.office)
        writer.append(purpose)
        writer.append(legalBasis)
        writer.append(Int64(persons.count))
        for person in persons { writer.append(person) }
        writer.append(fields.joined(separator: ","))
        if let sealed { writer.append(raw: sealed) }
        return writer.bytes
    }
}
