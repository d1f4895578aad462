import Access
import Civil
import Database
import Foundation
import Ledger

/// What was recorded, with the receipts.
package struct ActReceipt: Hashable, Sendable {
    package let act: Act
    /// The handles of the persons concerned.
    package let persons: [String]
    /// The handle of a person or household that the act made.
    package let created: String?
    /// The rules of life that what a verified source said breaks; it was stored all the same.
    package var findings: [Refusal] = []
    /// Whether it was only tried.
    package let dryRun: Bool
}

/// Why an act was not recorded.
package enum RecordingRefusal: Error, Hashable, Sendable {
    case access(AccessRefusal)
    case rule(Refusal)
    case request(RequestRefusal)
    /// Somebody else recorded an act on the same person at the same moment, twice in a row.
    case lostRace
    /// The same form was recorded before.
    case sentTwice
    /// The register may have the person already for whom the act would make a record.
    case maybeKnown([AlikePerson])

    package var code: String {
        switch self {
        case .access(let refusal): refusal.code
        case .rule(let refusal): refusal.code
        case .request(let refusal): refusal.code
        case .lostRace: "record_has_changed"
        case .sentTwice: "form_sent_twice"
        case .maybeKnown: "person_maybe_known"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .access(let refusal): refusal.sentence
        case .rule(let refusal): refusal.sentence
        case .request(let refusal): refusal.sentence
        case .lostRace:
            Sentence(
                vietnamese: "Hồ sơ đã thay đổi trong lúc bạn ghi; xem lại rồi ghi lại.",
                english: "The record has changed meanwhile; look at it and record the act again.")
        case .sentTwice:
            Sentence(
                vietnamese: "Biểu mẫu này đã được ghi rồi; xem dòng thời gian, không phải gửi lại.",
                english: "This form was recorded already; see the timeline, it need not be sent again.")
        case .maybeKnown(let persons): RecordingRefusal.sentence(about: persons)
        }
    }
}

extension RecordingRefusal {
    private static func sentence(about persons: [AlikePerson]) -> Sentence {
        let known = persons.compactMap(\.handle)
        let hidden = persons.count - known.count
        let vietnamese = known + (hidden > 0 ? ["\(hidden) hồ sơ ở địa bàn khác"] : [])
        let english = known + (hidden > 0 ? ["\(hidden) record(s) of other places"] : [])
        return Sentence(
            vietnamese: "Có thể người này đã có hồ sơ: \(vietnamese.joined(separator: ", ")). Xem các hồ sơ đó; "
                + "nếu là người khác thì gửi lại với another_than bằng \(AlikePerson.mark(of: persons)).",
            english: "This person may have a record already: \(english.joined(separator: ", ")). Look at them; if it "
                + "is somebody else, send it again with another_than set to \(AlikePerson.mark(of: persons)).")
    }
}

extension PopulationRegister {
    /// Ghi một sự việc: the one way in which an officer's act comes into the register.
    ///
    /// Access, then the rules of life and structure, then one transaction with the act, the projections and the pending
    /// log entry, and the mark of the form that asked for it. A lost race is tried once more.
    ///
    /// Whoever sees some places alone names people of other places by handle, which only a look gives; a number that
    /// nobody holds and one that somebody elsewhere holds are refused alike. `second` approves what needs two people.
    ///
    /// Before a birth makes a record, it is held against everybody, as long as the register has the index for it
    /// (`RecordingRefusal.maybeKnown`).
    package func record(
        _ request: ActRequest, by requester: Requester, approvedBy second: SecondPerson? = nil, dryRun: Bool = false,
        once form: SentForm? = nil
    ) async throws -> ActReceipt {
        let person = ActingPerson(requester: requester, second: second)
        return try await countingMisses(of: requester) {
            if request.kind == .registeredAtBirth {
                // What the rules refuse is said first.
                let tried = try await recorded(request, by: person, dryRun: true, nil)
                let alike = try await alike(toNewborn: request, by: requester)
                if !alike.isEmpty {
                    // A form that comes twice finds the child that it made.
                    if let form, try await receipt(of: form) != nil { throw RecordingRefusal.sentTwice }
                    throw RecordingRefusal.maybeKnown(alike)
                }
                if dryRun { return tried }
            }
            return try await recorded(request, by: person, dryRun: dryRun, form)
        }
    }

    private func recorded(
        _ request: ActRequest, by person: ActingPerson, dryRun: Bool, _ form: SentForm?
    ) async throws -> ActReceipt {
        let today = surroundings.today
        let context = RecordingContext(register: self, today: today)
        for attempt in 0...1 {
            do {
                if dryRun {
                    let tried = try await database.rehearse {
                        try ActRecorder(context: context, connection: $0).record(request, by: person)
                    }
                    return ActReceipt(
                        act: tried.act, persons: tried.persons, created: nil, findings: tried.findings, dryRun: true)
                }
                return try await database.write { connection in
                    let receipt = try ActRecorder(context: context, connection: connection).record(request, by: person)
                    try form?.mark(receipt.act.id.rawValue, at: surroundings.now(), on: connection)
                    try DossierActs().note(receipt.act.id, by: person.requester, on: connection)
                    return receipt
                }
            } catch DatabaseError.uniqueViolation(let what) where what.contains("act_subject") {
                if attempt == 1 { throw RecordingRefusal.lostRace }
            } catch  where SentForm.isSentTwice(error) {
                throw RecordingRefusal.sentTwice
            }
        }
        throw RecordingRefusal.lostRace
    }

    /// Counts it when the work names somebody by a number that is nobody's here.
    func countingMisses<Value: Sendable>(
        of requester: Requester, in work: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch RecordingRefusal.request(.unknownPerson(let field)) {
            try await database.write { try guesses.count(.misses, of: requester, on: $0) }
            throw RecordingRefusal.request(.unknownPerson(field: field))
        }
    }
}

/// Who records an act, and who approves it where that is needed.
struct ActingPerson: Sendable {
    let requester: Requester
    var second: SecondPerson?
    /// Whether the act is only tried before a second person is asked.
    var isAsking = false

    /// Refuses an act that the requester may not record, or that lacks its second person; the second person who was
    /// needed.
    func require(_ question: ActQuestion) throws(RecordingRefusal) -> Actor? {
        switch AccessPolicy.decide(requester, act: question) {
        case .refused(let refusal): throw .access(refusal)
        case .allowed(_, needsSecondPerson: false): return nil
        case .allowed(_, needsSecondPerson: true):
            if isAsking { return nil }
            guard let second else { throw .access(.secondPersonNeeded) }
            if let refusal = AccessPolicy.refusal(of: second, for: question, by: requester) { throw .access(refusal) }
            return second.requester.actor
        }
    }
}

/// What the recorder needs of the register.
struct RecordingContext: Sendable {
    let acts: ActStore
    let looks: LookStore
    let surroundings: Surroundings
    let units: UnitDirectory
    let demonstration: Bool
    let today: CalendarDate
    let reactions: [any Reaction]

    init(register: PopulationRegister, today: CalendarDate) {
        acts = register.acts
        looks = register.looks
        surroundings = register.surroundings
        units = register.units
        demonstration = register.kind == .demonstration
        reactions = register.reactions
        self.today = today
    }
}

/// Records one act inside a transaction.
struct ActRecorder {
    let context: RecordingContext
    let connection: Connection

    /// Checks the act, writes it with what follows from it, and returns its receipt.
    ///
    /// - Parameter rule: the rule under which the register merges by itself.
    func record(
        _ request: ActRequest, by person: ActingPerson, underRule rule: String? = nil
    ) throws -> ActReceipt {
        if let refusal = AccessPolicy.refusal(of: request.kind, to: person.requester) {
            throw RecordingRefusal.access(refusal)
        }
        let reader = RequestReader(
            context: context, connection: connection, requester: person.requester)
        var reading = try reader.read(request)
        if let rule, case .mergedWith(var merge) = reading.content {
            merge.rule = rule
            reading.content = .mergedWith(merge)
        }
        let rules = try ruleContext(reading)
        let approver = try person.require(question(of: reading, rules))
        try requireNobodysOwn(reading, person)
        try requireSealed(reading.content)
        let findings = try check(reading.content, request.effective, rules, by: person.requester.role)
        let subjects = try versions(of: reading, rules)
        let basis =
            try request.legalBasis.map(ApprovedBasis.stated)
            ?? UsualBasis.text(for: reading.content.kind, effective: request.effective, recorded: context.today)
        let draft = ActDraft(
            kind: reading.content.kind, subjects: subjects, effective: request.effective,
            legalBasis: ApprovedBasis.text(basis, approvedBy: approver),
            content: try reading.content.canonicalBytes())
        guard let act = try context.acts.append([draft], by: person.requester.actor, on: connection).first else {
            throw Refusal.actNotFound
        }
        try note(findings, about: act, by: person.requester.actor)
        try look(at: reading.namedParents, by: person.requester)
        let changed = try project(reading, act, rules)
        try react(to: act, by: person.requester.actor, from: rules.persons, to: changed)
        let handles = try PersonStore().handles(
            of: Set(subjects.filter { $0.subject.kind == .person }.map(\.subject.id)), table: .person, on: connection)
        return ActReceipt(
            act: act, persons: handles.values.sorted(), created: reading.created?.text, findings: findings,
            dryRun: false)
    }

    /// Neither whoever records nor whoever approves is the one whom the act concerns.
    private func requireNobodysOwn(_ reading: RequestReading, _ person: ActingPerson) throws(RecordingRefusal) {
        let own = [person.requester.person, person.second?.requester.person].compactMap { $0 }
        if own.contains(where: reading.persons.contains) { throw .access(.ownRecord) }
    }

    /// A merge does not open what is sealed: the record that stays is protected no less than the one that goes.
    private func requireSealed(_ content: ActContent) throws {
        guard case .mergedWith(let merge) = content else { return }
        let seals = try StandingSeals(
            of: [merge.duplicate, merge.into], at: context.surroundings.now(), on: connection)
        if seals.isSealed(merge.duplicate), !seals.isSealed(merge.into) { throw RecordingRefusal.access(.sealFirst) }
    }

    /// The look at parents whose names came out of the register into the act.
    private func look(at parents: [Int64], by requester: Requester) throws {
        guard !parents.isEmpty else { return }
        let purpose = requester.ground.purpose
        _ = try context.looks.append(
            by: requester.actor, purpose: purpose.text, legalBasis: purpose.legalBasis, persons: parents,
            fields: ["name"], on: connection)
    }

    /// Refuses what an officer may not record; of a verified source, the rules of life that are broken.
    private func check(
        _ content: ActContent, _ effective: PartialDate?, _ rules: RuleContext, by role: Role
    ) throws(RecordingRefusal) -> [Refusal] {
        do {
            if role.isVerifiedSource {
                return try ActRules.contradictions(of: content, effective: effective, in: rules)
            }
            try ActRules.check(content, effective: effective, in: rules)
            return []
        } catch {
            throw .rule(error)
        }
    }

    /// Writes down beside the act which rules it breaks, one act for each, so that each can be settled alone.
    private func note(_ findings: [Refusal], about act: Act, by actor: Actor) throws {
        let persons = act.subjects.filter { $0.subject.kind == .person }
        let drafts = try findings.enumerated().map { index, rule in
            ActDraft(
                kind: .findingNoted,
                subjects: persons.map { SubjectVersion($0.subject, version: $0.version + 1 + Int64(index)) },
                effective: act.effective, legalBasis: act.legalBasis,
                content: try ActContent.findingNoted(NotedFinding(act: act.id.rawValue, rule: rule.code))
                    .canonicalBytes())
        }
        if !drafts.isEmpty { _ = try context.acts.append(drafts, by: actor, on: connection) }
    }

    /// What access needs to know of the act: where everybody lives whom it concerns or names.
    private func question(of reading: RequestReading, _ rules: RuleContext) -> ActQuestion {
        var places = reading.content.destinations
        for state in rules.persons.values { places += state.places(on: context.today) }
        places += rules.households.values.compactMap { $0.address?.unit }
        return ActQuestion(
            kind: reading.content.kind, places: places, createsPerson: reading.content.kind == .registeredAtBirth)
    }

    /// The states of everybody concerned, and for repairs the acts of their streams.
    private func ruleContext(_ reading: RequestReading) throws -> RuleContext {
        var rules = RuleContext(
            today: context.today, persons: [:], households: [:], numbers: [:], demonstration: context.demonstration,
            acts: [:])
        for id in reading.persons.union(reading.relatives) {
            rules.persons[id] = try PersonStore().person(id, on: connection)?.state
        }
        for id in reading.households {
            rules.households[id] = try PersonStore().household(id, on: connection)?.state
        }
        for number in reading.content.namedNumbers {
            rules.numbers[number] = try NumberStore().holder(of: number, on: connection)
        }
        if reading.content.statedBirth != nil { try readKin(of: reading.persons, into: &rules) }
        if case .married = reading.content { try readBereaved(&rules) }
        guard reading.content.needsStreams else { return rules }
        let streams = Streams(acts: context.acts, connection: connection)
        for subject in reading.subjects {
            for act in try streams.acts(of: subject) { rules.acts[act.id] = act }
        }
        return rules
    }

    private func readBereaved(_ rules: inout RuleContext) throws {
        for state in rules.persons.values {
            guard let spouse = state.spouse?.person,
                let row = try PersonStore().remaining(of: spouse, on: connection), row.state.life.status == .dead
            else { continue }
            rules.bereaved.insert(state.person)
        }
    }

    private func readKin(of persons: Set<Int64>, into rules: inout RuleContext) throws {
        func births(_ ids: [Int64]) throws -> [PartialDate] {
            try ids.compactMap { try PersonStore().person($0, on: connection)?.state.details.birth }
        }
        for person in persons {
            let state = rules.persons[person]
            rules.parentBirths += try births([state?.father?.person, state?.mother?.person].compactMap { $0 })
            rules.childBirths += try births(PersonStore().children(of: [person], on: connection)[person] ?? [])
        }
    }

    private func versions(of reading: RequestReading, _ rules: RuleContext) throws -> [SubjectVersion] {
        try reading.subjects.map { subject in
            SubjectVersion(subject, version: try context.acts.version(of: subject, on: connection) + 1)
        }
    }

    /// Folds everybody concerned anew and writes their rows; the persons' new states, in the order of the subjects.
    private func project(_ reading: RequestReading, _ act: Act, _ rules: RuleContext) throws -> [PersonState] {
        var persons: [PersonState] = []
        let streams = Streams(acts: context.acts, connection: connection)
        let store = PersonStore()
        for subject in reading.subjects {
            let acts = try streams.acts(of: subject)
            switch subject.kind {
            case .person:
                guard let state = try PersonFold.state(of: subject.id, acts: acts) else { continue }
                persons.append(state)
                if rules.persons[subject.id] == nil, let created = reading.created {
                    try store.insert([.init(state: state, handle: created.text)], on: connection)
                    try addKeys(state)
                } else {
                    let before = rules.persons[subject.id]
                    try store.update(state, from: before, on: connection)
                    try ChangedKeys.follow(from: before, to: state, first: acts.first, on: connection)
                }
            case .household:
                guard let state = try HouseholdFold.state(of: subject.id, acts: acts) else { continue }
                if rules.households[subject.id] == nil, let created = reading.created {
                    try store.insert([.init(state: state, handle: created.text)], on: connection)
                } else {
                    try store.update(state, on: connection)
                }
            case .set: break
            }
        }
        try projectNumbers(reading, act)
        try DwellingStore().note(reading.content, in: reading.subjects, on: connection)
        return persons
    }

    /// Lets the other rooms have their part in the act, of everybody whose record it changed.
    private func react(
        to act: Act, by actor: Actor, from before: [Int64: PersonState], to changed: [PersonState]
    ) throws {
        let reactions = context.reactions.filter { $0.concerns(act.kind) }
        guard !reactions.isEmpty else { return }
        for after in changed {
            let change = PersonChange(before: before[after.person], after: after, act: act, actor: actor)
            for reaction in reactions { try reaction.react(to: change, on: connection) }
        }
    }

    private func addKeys(_ state: PersonState) throws {
        try connection.insert(
            into: "match_key", columns: ["match_key", "sheet_id", "person_id"],
            rows: Set(IdentityFacts(of: state).keys).sorted().map {
                [.integer(Int64(bitPattern: $0)), .integer(0), .integer(state.person)]
            })
    }

    private func projectNumbers(_ reading: RequestReading, _ act: Act) throws {
        guard let person = reading.persons.first else { return }
        let numbers = NumberStore()
        switch reading.content {
        case .numberAssigned(let assignment):
            guard let number = Int64(assignment.number) else { return }
            try numbers.give([(number, person, act.id.rawValue)], on: connection)
        case .numberCancelled(let cancellation):
            guard let number = Int64(cancellation.number) else { return }
            try numbers.cancel(number, by: act.id.rawValue, on: connection)
        case .numberReestablished(let change):
            guard let old = Int64(change.replaces), let new = Int64(change.number) else { return }
            try numbers.cancel(old, by: act.id.rawValue, on: connection)
            try numbers.give([(new, person, act.id.rawValue)], on: connection)
        case .mergedWith(let merge):
            guard let number = merge.number.flatMap(Int64.init) else { return }
            try numbers.cancel(number, by: act.id.rawValue, on: connection)
        case .unmerged(let merge):
            guard let number = merge.number.flatMap(Int64.init) else { return }
            try numbers.restore(number, on: connection)
        default: break  // no other kind touches numbers
        }
    }
}

extension ActContent {
    /// The numbers whose holders the rules ask for.
    fileprivate var namedNumbers: [String] {
        switch self {
        case .numberAssigned(let assignment): [assignment.number]
        case .numberReestablished(let change): [change.number]
        default: []
        }
    }

    /// Whether the rules look at the acts of the streams and not only at the states.
    fileprivate var needsStreams: Bool {
        switch self {
        case .annulled, .detailsCorrected, .eventConfirmed: true
        default: false
        }
    }
}

extension ApprovedBasis {
    /// Longest basis that somebody states, in Unicode scalars.
    static let longest = 500

    /// A basis as an officer states it; nobody writes an approval, or what could be read as one, themselves.
    static func stated(_ text: String) throws(RecordingRefusal) -> String {
        guard let line = PlainLine.parse(text, longest: longest), !readsAsApproval(line) else {
            throw .request(.unreadable("legal_basis"))
        }
        return line
    }

    /// Whether the words of the mark stand there in any spelling, beside a colon or what looks like one.
    private static func readsAsApproval(_ line: String) -> Bool {
        Folding.compactKey(line.precomposedStringWithCompatibilityMapping).contains("pheduyet")
            && line.unicodeScalars.contains {
                ":\u{2236}\u{A789}\u{FE13}\u{FE55}\u{FF1A}\u{589}\u{2D0}".unicodeScalars.contains($0)
            }
    }
}
