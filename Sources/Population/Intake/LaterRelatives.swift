import Access
import Civil
import Database
import Ledger

/// Liên kết người thân đến sau: links records to a father, mother or spouse whom they name by number, once the row of
/// that person has become a record: of a later piece of the file, of a later file, or of a row that was held.
///
/// Each link is an act of the record that names the other, so that it stands in its timeline and can be annulled. What
/// is written beside the number must not contradict it, as in the rows of one piece.
struct LaterRelatives {
    let acts: ActStore
    let actor: Actor
    let connection: Connection

    /// Somebody who has just come into the register with a number.
    struct Arrival {
        var number: String
        var holder: NumberHolder
        var birth: PartialDate?
        /// Whom their own sheet is linked to as spouse.
        var spouse: Int64?
        var isDead: Bool
    }

    /// A link that an act will make, and the rules of life that it breaks.
    private struct Link {
        var content: RelativeLink
        var state: PersonState
        var broken: [Refusal]
    }

    func link(_ arrivals: [Arrival]) throws {
        let awaiting = try RelativeStore().awaiting(arrivals.map(\.number), on: connection)
        guard !awaiting.isEmpty else { return }
        let arrived = Dictionary(arrivals.map { ($0.number, $0) }) { first, _ in first }
        let states = try states(of: awaiting)
        var married: [Int64: Int64] = [:]
        let links = try awaiting.compactMap { named -> Link? in
            guard let state = states[named.person], let arrival = arrived[named.number] else { return nil }
            return try link(named, state, arrival, &married)
        }
        try write(links)
        for state in Dictionary(links.map { ($0.state.person, $0.state) }, uniquingKeysWith: { first, _ in first })
            .values.sorted(by: { $0.person < $1.person })
        {
            let stream = try Streams(acts: acts, connection: connection).acts(of: .person(state.person))
            guard let linked = try PersonFold.state(of: state.person, acts: stream) else { continue }
            try PersonStore().update(linked, from: state, on: connection)
            try ChangedKeys.follow(from: state, to: linked, first: stream.first, on: connection)
        }
    }

    private func states(of awaiting: [RelativeStore.Awaiting]) throws -> [Int64: PersonState] {
        var states: [Int64: PersonState] = [:]
        for ids in Placeholders.chunks(Set(awaiting.map(\.person)).sorted()) {
            for row in try PersonStore().persons(ids, on: connection) { states[row.state.person] = row.state }
        }
        return states
    }

    /// The link; nil where the number is surely of somebody else than whom the record means.
    private func link(
        _ named: RelativeStore.Awaiting, _ state: PersonState, _ arrival: Arrival, _ married: inout [Int64: Int64]
    ) throws -> Link? {
        guard let reference = state.reference(to: named.role), reference.person == nil,
            reference.number == named.number, arrival.holder.person != state.person,
            arrival.holder.fits(reference, sex: named.role.sex)
        else { return nil }
        var broken: [Refusal] = []
        switch named.role {
        case .father, .mother:
            if let parent = arrival.birth, let child = state.details.birth, parent.latest >= child.earliest {
                broken.append(.parentNotOlder)
            }
        case .spouse where state.isMarried && !arrival.isDead:
            let other = try married[arrival.holder.person] ?? arrival.spouse ?? partner(of: arrival.holder.person)
            if let other, other != state.person { broken.append(.alreadyMarried) }
            married[arrival.holder.person] = other ?? state.person
        case .spouse: break  // a marriage that is over
        }
        let content = RelativeLink(relative: arrival.holder.person, role: named.role, number: named.number)
        return Link(content: content, state: state, broken: broken)
    }

    /// Somebody alive whose record names the person as husband or wife.
    private func partner(of person: Int64) throws -> Int64? {
        try connection.rows(
            "SELECT person_id FROM relative WHERE relative_id = ? AND kind = 'spouse' ORDER BY person_id LIMIT 8",
            [.integer(person)]
        ) { try $0.int64(0) }.first { try PersonStore().person($0, on: connection)?.state.isMarried ?? false }
    }

    /// Records the links, and beside each the rules that it breaks.
    private func write(_ links: [Link]) throws {
        var versions: [Int64: Int64] = [:]
        func draft(_ content: ActContent, of person: Int64) throws -> ActDraft {
            let last = try versions[person] ?? acts.version(of: .person(person), on: connection)
            versions[person] = last + 1
            return ActDraft(
                kind: content.kind, subjects: [SubjectVersion(.person(person), version: last + 1)], effective: nil,
                legalBasis: PieceWriter.legalBasis, content: try content.canonicalBytes())
        }
        let drafts = try links.map { try draft(.relativeLinked($0.content), of: $0.state.person) }
        let written = try acts.append(drafts, by: actor, on: connection)
        let notes = try zip(links, written).flatMap { link, act in
            try link.broken.map { rule in
                let noted = NotedFinding(act: act.id.rawValue, rule: rule.code)
                return try draft(.findingNoted(noted), of: link.state.person)
            }
        }
        _ = try acts.append(notes, by: actor, on: connection)
    }
}

extension RelativeRole {
    /// What the sex of whoever stands in it must be; of spouses either.
    fileprivate var sex: Sex? {
        switch self {
        case .father: .male
        case .mother: .female
        case .spouse: nil
        }
    }
}
