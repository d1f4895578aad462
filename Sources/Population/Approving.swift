import Access
import Civil
import Database
import Foundation
import Ledger

/// What waits for a second person, with the record that it is about as the approver may see it.
package struct ApprovalAnswer: Sendable {
    package let approval: Approval
    /// The persons concerned whom this officer may see; each is a recorded look.
    package let persons: [PersonAnswer]
    /// What would change of them.
    package let lines: [PreviewLine]
    /// Whether this officer can decide it now.
    package let isForRequester: Bool
}

/// What a decision came to: the act, when it was accepted.
package struct ApprovalOutcome: Sendable {
    package let approval: Approval
    package let receipt: ActReceipt?
}

extension PopulationRegister {
    /// Đề nghị phê duyệt: an act that needs two is tried, and waits for the second person when the rules let it pass.
    ///
    /// - Parameter also: what is written in the same transaction.
    package func ask(
        _ request: ActRequest, by requester: Requester, once form: SentForm? = nil,
        also: @escaping @Sendable (Approval, Connection) throws -> Void = { _, _ in }
    ) async throws -> Approval {
        if let refusal = AccessPolicy.refusal(of: request.kind, to: requester) {
            throw RecordingRefusal.access(refusal)
        }
        guard AccessPolicy.needsSecondPerson(request.kind, of: requester) else { throw ApprovalRefusal.notNeeded }
        let tried = try await countingMisses(of: requester) { try await self.tried(request, by: requester) }
        var request = request
        // The second person approves the number that was drawn, not that some number is drawn.
        request.content = request.content?.with(tried.number.map { .string($0) }, as: "number")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let now = surroundings.now()
        let approval = Approval(
            id: surroundings.randomID(), kind: request.kind, request: Array(try encoder.encode(request)),
            subjects: tried.subjects, preview: Array(try encoder.encode(tried.lines)), asker: requester.actor,
            asked: now, expires: Approval.expiry(askedAt: now))
        do {
            return try await database.write { connection in
                try ApprovalStore().insert(approval, on: connection)
                try DossierActs().note(approval: approval.id, by: requester, on: connection)
                try form?.mark(approval.id, at: now, on: connection)
                try also(approval, connection)
                return approval
            }
        } catch  where SentForm.isSentTwice(error) {
            throw RecordingRefusal.sentTwice
        }
    }

    /// Tries what would be asked of a second person, so that what the rules forbid is refused before anybody is asked.
    package func tryAsking(_ request: ActRequest, by requester: Requester) async throws {
        _ = try await countingMisses(of: requester) { try await tried(request, by: requester) }
    }

    /// Chờ tôi phê duyệt: what this officer can decide, the first to expire first.
    package func approvals(waitingFor requester: Requester) async throws -> [Approval] {
        guard requester.role.may(.approve) else { return [] }
        let now = surroundings.now()
        return try await database.read { connection in
            try ApprovalStore().open(at: now, on: connection).filter { approval in
                try standings.waits(for: requester, askedBy: approval.asker, at: now, connection)
            }
        }
    }

    /// The same, a page at a time.
    ///
    /// - Parameter place: where the page before ended.
    package func approvals(
        waitingFor requester: Requester, after place: ListPlace?, limit: Int
    ) async throws -> ListPage<Approval> {
        ListPage(try await approvals(waitingFor: requester), after: place, limit: limit)
    }

    /// Trả lại tôi: what this officer asked, was rejected or has expired, and whose page they have not opened since.
    package func approvals(returnedTo requester: Requester) async throws -> [Approval] {
        let now = surroundings.now()
        return try await database.read {
            try ApprovalStore().returned(to: requester.actor.account, at: now, on: $0)
        }
    }

    /// Việc tôi đã đề nghị: what this officer asked last, with its outcome.
    package func approvals(askedBy requester: Requester, limit: Int = 50) async throws -> [Approval] {
        try await database.read { connection in
            try ApprovalStore().asked(by: requester.actor.account, limit: limit, on: connection)
        }
    }

    /// One approval with the persons concerned, for whoever asked it and for whoever may decide it.
    package func approval(_ id: Int64, by requester: Requester) async throws -> ApprovalAnswer {
        let now = surroundings.now()
        let seeing = requester.onDuty(.approval)
        let found = try await database.read { connection -> (Approval, Bool, [String])? in
            guard let approval = try ApprovalStore().approval(id, on: connection) else { return nil }
            let second = try standings.second(requester, of: approval.asker, at: now, connection)
            let isSecond = AccessPolicy.refusal(of: second, by: approval.asker) == nil
            guard isSecond || approval.asker.account == requester.actor.account else { return nil }
            let persons = Set(approval.subjects.filter { $0.subject.kind == .person }.map(\.subject.id))
            let handles = try PersonStore().handles(of: persons, table: .person, on: connection)
            return (approval, isSecond && approval.refusal(at: now) == nil, handles.values.sorted())
        }
        guard let (approval, isForRequester, handles) = found else { throw ApprovalRefusal.unknown }
        if approval.asker.account == requester.actor.account, approval.isReturned(at: now) {
            try await database.write { try ApprovalStore().markSeen(approval, at: now, on: $0) }
        }
        var persons: [PersonAnswer] = []
        for text in handles {
            guard let handle = Handle(parsing: text) else { continue }
            do {
                if let answer = try await look(at: .handle(handle), by: seeing) { persons.append(answer) }
            } catch is AccessRefusal {
                continue  // Of elsewhere: the act concerns them too, and nothing of them is shown.
            }
        }
        let shown = Set(persons.map(\.handle))
        let lines = try JSONDecoder().decode([PreviewLine].self, from: Data(approval.preview))
        return ApprovalAnswer(
            approval: approval, persons: persons, lines: lines.filter { shown.contains($0.person) },
            isForRequester: isForRequester)
    }

    /// Quyết định đề nghị: accepted, it is decided and checked anew as things stand now and recorded in one transaction
    /// with the decision; rejected, nothing but the decision is written.
    package func decide(
        _ id: Int64, _ verdict: Verdict, by requester: Requester
    ) async throws -> ApprovalOutcome {
        let verdict = try verdict.checked()
        let context = RecordingContext(register: self, today: surroundings.today)
        for _ in 0...1 {
            do {
                return try await database.write { connection in
                    try ApprovalDecider(context: context, standings: standings, connection: connection)
                        .decide(id, verdict, by: requester)
                }
            } catch DatabaseError.uniqueViolation(let what) where what.contains("act_subject") {
                continue  // Somebody recorded something at this moment; the second try sees that.
            } catch DatabaseError.uniqueViolation(let what) where what.contains("approval_decision") {
                throw ApprovalRefusal.alreadyDecided
            }
        }
        throw ApprovalRefusal.changed
    }

    /// Tries the act and tells whom it concerns and what it would change; nothing of it stays.
    private func tried(_ request: ActRequest, by requester: Requester) async throws -> TriedAct {
        let context = RecordingContext(register: self, today: surroundings.today)
        do {
            return try await database.rehearse { connection in
                let receipt = try ActRecorder(context: context, connection: connection)
                    .record(request, by: ActingPerson(requester: requester, isAsking: true))
                let lines = try ActPreview(context: context, connection: connection).lines(of: receipt.act)
                return TriedAct(
                    subjects: receipt.act.subjects, lines: lines, number: try given(by: receipt.act, connection))
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("act_subject") {
            throw RecordingRefusal.lostRace
        }
    }
}

/// The number that an act has just given somebody.
private func given(by act: Act, _ connection: Connection) throws -> String? {
    guard act.kind == .numberAssigned || act.kind == .numberReestablished, let subject = act.subjects.first?.subject
    else { return nil }
    return try PersonStore().person(subject.id, on: connection)?.state.number
}

private struct TriedAct: Sendable {
    let subjects: [SubjectVersion]
    let lines: [PreviewLine]
    /// The number that the act gives.
    let number: String?
}

/// Decides one approval inside a transaction.
private struct ApprovalDecider {
    let context: RecordingContext
    let standings: Standings
    let connection: Connection

    func decide(_ id: Int64, _ verdict: Verdict, by requester: Requester) throws -> ApprovalOutcome {
        guard let approval = try ApprovalStore().approval(id, on: connection) else { throw ApprovalRefusal.unknown }
        let now = context.surroundings.now()
        let second = try standings.second(requester, of: approval.asker, at: now, connection)
        if let refusal = AccessPolicy.refusal(of: second, by: approval.asker) { throw refusal }
        if let refusal = approval.refusal(at: now) { throw refusal }
        switch verdict {
        case .reject(let reason):
            return try decided(approval, .rejected(reason: reason), nil, by: requester, at: now)
        case .accept:
            let receipt = try record(approval, by: second, at: now)
            return try decided(approval, .accepted(receipt.act.id), receipt, by: requester, at: now)
        }
    }

    /// Records what was asked, by whoever asked as they stand now, approved by the second person.
    private func record(_ approval: Approval, by second: SecondPerson, at now: Instant) throws -> ActReceipt {
        let ground = second.requester.ground
        guard let first = try standings.requester(approval.asker, on: ground, at: now, connection) else {
            throw ApprovalRefusal.askerGone
        }
        for entry in approval.subjects {
            guard try context.acts.version(of: entry.subject, on: connection) + 1 == entry.version else {
                throw ApprovalRefusal.changed
            }
        }
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(approval.request))
        let receipt = try ActRecorder(context: context, connection: connection)
            .record(request, by: ActingPerson(requester: first, second: second))
        // A number can have gone over to somebody else, whose stream nobody looked at.
        guard receipt.act.subjects == approval.subjects else { throw ApprovalRefusal.changed }
        try DossierActs().note(receipt.act.id, ofApproval: approval.id, on: connection)
        return receipt
    }

    private func decided(
        _ approval: Approval, _ outcome: Approval.Outcome, _ receipt: ActReceipt?, by requester: Requester,
        at now: Instant
    ) throws -> ApprovalOutcome {
        let decision = Approval.Decision(actor: requester.actor, decided: now, outcome: outcome)
        try ApprovalStore().decide(approval, decision, on: connection)
        let stands = Approval(
            id: approval.id, kind: approval.kind, request: approval.request, subjects: approval.subjects,
            preview: approval.preview, asker: approval.asker, asked: approval.asked, expires: approval.expires,
            decision: decision)
        return ApprovalOutcome(approval: stands, receipt: receipt)
    }
}

/// What an act that was just written changed of everybody concerned.
private struct ActPreview {
    let context: RecordingContext
    let connection: Connection

    func lines(of act: Act) throws -> [PreviewLine] {
        let streams = Streams(acts: context.acts, connection: connection)
        var changed: [(before: PersonState, after: PersonState)] = []
        for entry in act.subjects where entry.subject.kind == .person {
            let acts = try streams.acts(of: entry.subject)
            guard let after = try PersonFold.state(of: entry.subject.id, acts: acts),
                let before = try PersonFold.state(of: entry.subject.id, acts: acts.filter { $0.id != act.id })
            else { continue }
            changed.append((before, after))
        }
        let named = changed.flatMap { [$0.after.person, $0.before.mergedInto, $0.after.mergedInto] }.compactMap { $0 }
        let handles = try PersonStore().handles(of: Set(named), table: .person, on: connection)
        return changed.flatMap { change -> [PreviewLine] in
            guard let handle = handles[change.after.person] else { return [] }
            return PersonPreview(handle: handle, before: change.before, after: change.after, handles: handles).lines()
        }
    }
}

extension ListPage where Line == Approval {
    /// A page of all that wait, the first to expire first.
    ///
    /// - Parameter place: where the page before ended.
    package init(_ waiting: [Approval], after place: ListPlace?, limit: Int = ListPage.usual) {
        let (expires, id) = (place?.number(0) ?? 0, place?.number(1) ?? 0)
        self.init(waiting.filter { ($0.expires.microseconds, $0.id) > (expires, id) }, limit: limit) { approval in
            ListPlace(["\(approval.expires.microseconds)", "\(approval.id)"])
        }
    }
}
