import Access
import Civil
import Database
import Ledger

/// Holds a person's record against what a requester may see, inside the transaction that reads it.
struct LookJudge: Sendable {
    let acts: ActStore
    let today: CalendarDate
    let requester: Requester

    /// The decision on one person; the stream is read only when nobody lives in the requester's places now.
    func decide(
        on state: PersonState, named naming: LookQuestion.Naming, asked: FieldGroups, wanted: FieldGroups = .all,
        _ protection: Protection, _ connection: Connection
    ) throws -> LookDecision {
        var question = LookQuestion(
            naming: naming, places: [], isSealed: protection.seals.isSealed(state.person),
            isEmergency: protection.emergency(for: state.person, requester) != nil, wanted: wanted, asked: asked)
        if requester.jurisdiction != .nation {
            question.places = state.places(on: today)
            if !requester.jurisdiction.reaches(question.places), naming != .listed {
                question.places += try formerPlaces(of: state.person, connection)
            }
        }
        return AccessPolicy.decide(requester, look: question)
    }

    /// What a list shows of a person; nil when it shows nothing.
    func listed(
        _ state: PersonState, beside others: [UnitCode] = [], wanted: FieldGroups = .listed, _ seals: StandingSeals
    ) -> LookAllowance? {
        let places = requester.jurisdiction == .nation ? [] : state.places(on: today) + others
        let question = LookQuestion(
            naming: .listed, places: places, isSealed: seals.isSealed(state.person), wanted: wanted)
        guard case .allowed(let allowance) = AccessPolicy.decide(requester, look: question) else { return nil }
        return allowance
    }

    /// Where somebody lived by every act that stands.
    private func formerPlaces(of person: Int64, _ connection: Connection) throws -> [UnitCode] {
        let stream = try Streams(acts: acts, connection: connection).acts(of: .person(person))
        return RecordedAct.standing(stream, effectiveAt: nil, knownAt: nil).flatMap(\.content.residences)
    }

    /// The record at both points of time; what was for a time that is over on the day asked for is not in it.
    func state(_ now: PersonState, _ asOf: AsOf, on connection: Connection) throws -> PersonState? {
        if asOf.isNow { return now.lasting(on: today) }
        let stream = try Streams(acts: acts, connection: connection).acts(of: .person(now.person))
        return try PersonFold.state(
            of: now.person, acts: stream, effectiveAt: asOf.effectiveAt, knownAt: asOf.knownAt
        )?.lasting(on: asOf.effectiveAt ?? today)
    }

    /// The stream of a person with the contents that may be shown.
    func history(
        of row: PersonStore.PersonRow, _ allowance: LookAllowance, at now: Instant, receipt: Int64,
        _ connection: Connection
    ) throws -> HistoryAnswer {
        let stream = try acts.stream(of: .person(row.state.person), on: connection)
        let entries = try stream.map { stored in
            HistoryEntry(
                act: stored.act, version: stored.version,
                content: try stored.content.flatMap {
                    try ActContent(kind: stored.act.kind, canonicalBytes: $0).showing(allowance.groups)
                })
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
        let seals = try StandingSeals(of: persons, at: now, on: connection)
        persons = persons.filter { $0 == row.state.person || !seals.hides($0, from: requester) }
        return HistoryAnswer(
            handle: row.handle, entries: entries, allowance: allowance,
            persons: try PersonStore().handles(of: persons, table: .person, on: connection),
            households: try PersonStore().handles(of: households, table: .household, on: connection),
            provisional: RecordedAct.provisional(
                among: try stream.compactMap { try Streams.recorded($0.act, version: $0.version, content: $0.content) },
                events: stream.map(\.act)), receipt: receipt)
    }
}
