import Access
import Civil
import Database
import Ledger

/// How a person is named from outside: by handle, by number, or by number, name and date of birth; never by the
/// register's own key.
package enum PersonSelector: Hashable, Sendable {
    case handle(Handle)
    case number(PersonalIdentificationNumber)
    case exact(ExactPerson)

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

    var naming: LookQuestion.Naming {
        switch self {
        case .handle: .handle
        case .number: .number
        case .exact: .exact
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
    /// The record with what is shown alone; what is masked or withheld is as if nobody had stated it.
    package let state: PersonState
    /// Which groups of fields are shown, which are masked until asked for, which the role is not shown, and why.
    package let allowance: LookAllowance
    package let handle: String
    /// The handles of the persons and households that the record names.
    package let persons: [Int64: String]
    package let households: [Int64: String]
    /// Those whose sheet or certificate names this person as father or mother.
    package let children: [Int64]
    /// Whether the record is under special protection.
    package var isSealed = false
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
    /// Which groups of fields the contents show.
    package let allowance: LookAllowance
    package let persons: [Int64: String]
    package let households: [Int64: String]
    /// Tạm ghi: acts that the civil-status side has not confirmed yet, as things stand now, whatever of them is shown.
    package let provisional: Set<ActID>
    package let receipt: Int64

    /// The acts that had been recorded and had taken effect by then, for a page that shows a past state.
    package func standing(at asOf: AsOf) -> HistoryAnswer {
        guard asOf != AsOf() else { return self }
        let entries = entries.filter { entry in
            let isKnown = asOf.knownAt.map { entry.act.recorded <= $0 } ?? true
            // An annulment and a confirmation hold for all days, as in `RecordedAct.standing`.
            if entry.act.kind == .annulled || entry.act.kind == .eventConfirmed { return isKnown }
            let day = entry.act.effective?.earliest ?? entry.act.recorded.dayInVietnam
            return isKnown && asOf.effectiveAt.map { day <= $0 } ?? true
        }
        return HistoryAnswer(
            handle: handle, entries: entries, allowance: allowance, persons: persons, households: households,
            provisional: provisional, receipt: receipt)
    }
}

extension PopulationRegister {
    /// Tra cứu một công dân: the record at both points of time; the look is durable before the answer is given.
    ///
    /// The answer has the fields that `requester` may see, sensitive ones when they are among `asked`.
    ///
    /// Nil when there is no such person, or when nothing was known of them, or they were not born, at that time.
    /// - Throws: `AccessRefusal`; nothing was shown then, and no look is recorded. Whoever sees some places alone is
    ///   told the same of a person of elsewhere and of nobody.
    package func look(
        at selector: PersonSelector, asOf: AsOf = AsOf(), asking asked: FieldGroups = [], by requester: Requester
    ) async throws -> PersonAnswer? {
        if let refusal = AccessPolicy.refusal(of: selector.naming, to: requester) { throw refusal }
        let request = LookRequest(selector: selector, asOf: asOf, asked: asked, requester: requester)
        switch try await personLooks.ask(request) {
        case .found(let answer): return answer
        case .nobody: return nil
        case .refused(let refusal): throw refusal
        }
    }

    /// Lịch sử của một công dân: every act of the person's stream, in the order in which they were recorded.
    ///
    /// - Throws: `AccessRefusal`, as a look does.
    package func history(
        of selector: PersonSelector, asking asked: FieldGroups = [], by requester: Requester
    ) async throws -> HistoryAnswer? {
        if let refusal = AccessPolicy.refusal(of: selector.naming, to: requester) { throw refusal }
        let looks = looks
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester)
        let guesses = guesses
        let now = surroundings.now()
        // A refusal is an answer of the transaction, so that it does not undo those of others.
        let outcome: Result<HistoryAnswer?, AccessRefusal> = try await database.writeGrouped { connection in
            if selector.naming != .handle, let refusal = try guesses.refusal(of: requester, on: connection) {
                return .failure(refusal)
            }
            guard let row = try PopulationRegister.find(selector, on: connection) else {
                try guesses.count(.misses, of: requester, on: connection)
                return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
            }
            let allowance: LookAllowance
            let protection = try Protection(of: [row.state.person], at: now, on: connection)
            switch try judge.decide(on: row.state, named: selector.naming, asked: asked, protection, connection) {
            case .refused(let refusal):
                guard refusal.isMiss else { return .failure(refusal) }
                try guesses.count(.misses, of: requester, on: connection)
                return AccessPolicy.refusalWhereNobodyIs(requester).map { .failure($0) } ?? .success(nil)
            case .allowed(let allowed): allowance = allowed
            }
            guard allowance.groups.contains(.history) else { return .failure(.historyNotShown) }
            let looking = try protection.looking(requester, at: row.state.person, now, on: connection)
            let purpose = looking.ground.purpose
            let shown = allowance.groups.intersection(.sensitive).groups.map(\.rawValue)
            let look = try looks.append(
                by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis,
                persons: [row.state.person], fields: ["history"] + shown, on: connection)
            return .success(try judge.history(of: row, allowance, at: now, receipt: look.id, connection))
        }
        return try outcome.get()
    }

    static func find(_ selector: PersonSelector, on connection: Connection) throws -> PersonStore.PersonRow? {
        switch selector {
        case .handle(let handle): try PersonStore().person(handle: handle, on: connection)
        case .number(let number): try PersonStore().person(number: number, on: connection)
        case .exact(let exact):
            try PersonStore().person(number: exact.number, on: connection).flatMap { exact.names($0.state) ? $0 : nil }
        }
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
}
