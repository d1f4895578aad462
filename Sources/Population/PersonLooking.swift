import Access
import Civil
import Database
import Ledger

/// How a person is named from outside: by handle or by number; never by the register's own key.
package enum PersonSelector: Hashable, Sendable {
    case handle(Handle)
    case number(PersonalIdentificationNumber)

    /// A handle or a number as somebody typed it, or nil.
    package init?(parsing text: String) {
        if let number = try? PersonalIdentificationNumber(parsing: text) {
            self = .number(number)
        } else if let handle = Handle(parsing: text) {
            self = .handle(handle)
        } else {
            return nil
        }
    }
}

/// The two points of time of an as-of question.
package struct AsOf: Hashable, Sendable {
    /// The day in the world; nil is the latest state.
    package var effectiveAt: CalendarDate?
    /// What the register knew then; nil is now.
    package var knownAt: Instant?

    package init(effectiveAt: CalendarDate? = nil, knownAt: Instant? = nil) {
        self.effectiveAt = effectiveAt
        self.knownAt = knownAt
    }

    var isNow: Bool { effectiveAt == nil && knownAt == nil }
}

/// A person's record as it was shown, with the receipt of the look.
package struct PersonAnswer: Sendable {
    package let state: PersonState
    package let handle: String
    /// The handles of the persons and households that the record names.
    package let persons: [Int64: String]
    package let households: [Int64: String]
    /// Those whose sheet or certificate names this person as father or mother.
    package let children: [Int64]
    /// The number of the look in the log of looks.
    package let receipt: Int64
}

/// One act of a person's or household's history.
package struct HistoryEntry: Sendable {
    package let act: Act
    package let version: Int64
    package let content: ActContent?
}

/// The whole history of a person, with the receipt of the look.
package struct HistoryAnswer: Sendable {
    package let handle: String
    package let entries: [HistoryEntry]
    package let persons: [Int64: String]
    package let households: [Int64: String]
    package let receipt: Int64
}

extension PopulationRegister {
    /// Tra cứu một công dân: the record at both points of time; the look is durable before the answer is given.
    ///
    /// Nil when there is no such person, or when nothing was known of them, or they were not born, at that time.
    package func look(
        at selector: PersonSelector, asOf: AsOf = AsOf(), for purpose: Purpose, by actor: Actor
    ) async throws -> PersonAnswer? {
        try await personLooks.ask(LookRequest(selector: selector, asOf: asOf, purpose: purpose, actor: actor))
    }

    /// Lịch sử của một công dân: every act of the person's stream, in the order in which they were recorded.
    package func history(
        of selector: PersonSelector, for purpose: Purpose, by actor: Actor
    ) async throws -> HistoryAnswer? {
        let looks = looks
        let acts = acts
        return try await database.writeGrouped { connection in
            guard let row = try PopulationRegister.find(selector, on: connection) else { return nil }
            let look = try looks.append(
                by: actor, purpose: purpose.text, legalBasis: purpose.legalBasis, persons: [row.state.person],
                fields: ["history"], on: connection)
            return try PopulationRegister.history(
                of: .person(row.state.person), handle: row.handle, receipt: look.id, acts, connection)
        }
    }

    static func find(_ selector: PersonSelector, on connection: Connection) throws -> PersonStore.PersonRow? {
        switch selector {
        case .handle(let handle): try PersonStore().person(handle: handle, on: connection)
        case .number(let number): try PersonStore().person(number: number, on: connection)
        }
    }

    static func state(
        _ now: PersonState, _ asOf: AsOf, _ acts: ActStore, _ connection: Connection
    ) throws -> PersonState? {
        if asOf.isNow { return now }
        let stream = try Streams(acts: acts, connection: connection).acts(of: .person(now.person))
        return try PersonFold.state(
            of: now.person, acts: stream, effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt)
    }

    static func history(
        of subject: Subject, handle: String, receipt: Int64, _ acts: ActStore, _ connection: Connection
    ) throws -> HistoryAnswer {
        let entries = try acts.stream(of: subject, on: connection).map { stored in
            HistoryEntry(
                act: stored.act, version: stored.version,
                content: try stored.content.map { try ActContent(kind: stored.act.kind, canonicalBytes: $0) })
        }
        var persons: Set<Int64> = []
        var households: Set<Int64> = []
        for entry in entries {
            persons.formUnion(entry.content?.namedPersons ?? [])
            for subject in entry.act.subjects.map(\.subject) {
                switch subject.kind {
                case .person: persons.insert(subject.id)
                case .household: households.insert(subject.id)
                case .set: break
                }
            }
        }
        return HistoryAnswer(
            handle: handle, entries: entries,
            persons: try PersonStore().handles(of: persons, table: .person, on: connection),
            households: try PersonStore().handles(of: households, table: .household, on: connection), receipt: receipt)
    }
}

extension PersonState {
    /// The keys of the persons and households that the record names.
    var references: (persons: Set<Int64>, households: Set<Int64>) {
        let parents = (recognisedParents ?? []) + adoptiveParents
        let relatives = [father, mother, spouse, guardian] + parents + children + wards
        var persons = Set(relatives.compactMap { $0?.person })
        persons.formUnion(mergedFrom)
        if let mergedInto { persons.insert(mergedInto) }
        return (persons, Set([household?.household].compactMap { $0 }))
    }

    /// The fields that an answer with this record shows, for the log of looks.
    var shownFields: [String] {
        var fields = details.stated.map(\.rawValue)
        if permanentResidence != nil { fields.append("permanentResidence") }
        if temporaryResidence != nil { fields.append("temporaryResidence") }
        if currentResidence != nil { fields.append("currentResidence") }
        if household != nil { fields.append("household") }
        if father != nil || mother != nil || spouse != nil { fields.append("family") }
        if number != nil { fields.append("number") }
        fields.append("life")
        return fields
    }
}
