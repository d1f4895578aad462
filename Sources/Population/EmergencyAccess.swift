import Access
import Civil
import Database
import Ledger

/// Emergency access as an officer is told of it, persons by handle alone.
package struct EmergencyAnswer: Sendable {
    /// The officer's own that run now.
    package let running: [Emergency]
    /// What this officer can approve.
    package let waiting: [Emergency]
    /// What this officer asked last.
    package let asked: [Emergency]
    package let handles: [Int64: String]

    package init(running: [Emergency], waiting: [Emergency], asked: [Emergency], handles: [Int64: String]) {
        self.running = running
        self.waiting = waiting
        self.asked = asked
        self.handles = handles
    }
}

extension PopulationRegister {
    /// Đề nghị truy cập khẩn cấp: to persons by handle, for some minutes from the second approval on.
    ///
    /// - Throws: `AccessRefusal`, `EmergencyRefusal`; `ApprovalRefusal.notNeeded` for the local operator.
    package func askEmergency(
        persons: [Handle], reason: String, minutes: Int, by requester: Requester
    ) async throws -> Emergency {
        guard requester.role != .localOperator else { throw ApprovalRefusal.notNeeded }
        let named = persons.reduce(into: [Handle]()) { if !$0.contains($1) { $0.append($1) } }
        let reason = try BreakGlass.reason(reason, of: requester, persons: named.count, minutes: minutes)
        let now = surroundings.now()
        let id = surroundings.randomID()
        return try await database.write { connection in
            let keys = try named.map { handle in
                guard let row = try PersonStore().person(handle: handle, on: connection) else {
                    throw EmergencyRefusal.personUnknown
                }
                return row.state.person
            }
            let emergency = Emergency(
                id: id, persons: keys, reason: reason, minutes: minutes, asker: requester.actor, asked: now)
            try EmergencyStore().insert(emergency, on: connection)
            return emergency
        }
    }

    /// Truy cập khẩn cấp của tôi: what runs, what waits for this officer, and what the officer asked.
    package func emergencies(by requester: Requester) async throws -> EmergencyAnswer {
        let now = surroundings.now()
        return try await database.read { connection in
            let asked = try EmergencyStore().asked(by: requester.actor.account, limit: 50, on: connection)
            let waiting = try self.waiting(for: requester, at: now, connection)
            let persons = Set((asked + waiting).flatMap(\.persons))
            return EmergencyAnswer(
                running: asked.filter { $0.isRunning(at: now) && $0.asker == requester.actor }, waiting: waiting,
                asked: asked, handles: try PersonStore().handles(of: persons, table: .person, on: connection))
        }
    }

    /// What this officer can approve, the first to expire first.
    package func emergencies(waitingFor requester: Requester) async throws -> [Emergency] {
        let now = surroundings.now()
        return try await database.read { try waiting(for: requester, at: now, $0) }
    }

    /// Quyết định truy cập khẩn cấp: with the second approval it is granted and begins, in one transaction with an act
    /// that names both approvers; one rejection ends it.
    package func decide(emergency id: Int64, _ verdict: Verdict, by requester: Requester) async throws {
        let verdict = try verdict.checked()
        for _ in 0...1 {
            do {
                return try await database.write { connection in
                    try decide(emergency: id, verdict, by: requester, connection)
                }
            } catch DatabaseError.uniqueViolation(let what) where what.contains("emergency_") {
                continue  // Somebody decided at this moment; the second try sees that.
            }
        }
        throw ApprovalRefusal.alreadyDecided
    }

    private func decide(
        emergency id: Int64, _ verdict: Verdict, by requester: Requester, _ connection: Connection
    ) throws {
        let now = surroundings.now()
        guard let emergency = try EmergencyStore().emergency(id, on: connection) else { throw ApprovalRefusal.unknown }
        let second = try standings.second(requester, of: emergency.asker, at: now, connection)
        if let refusal = AccessPolicy.refusal(ofEmergencyBy: emergency.asker, to: second) { throw refusal }
        if let refusal = emergency.refusal(at: now) { throw refusal }
        guard !emergency.decisions.contains(where: { $0.actor.account == requester.actor.account }) else {
            throw ApprovalRefusal.alreadyDecided
        }
        if case .reject(let reason) = verdict {
            return try EmergencyStore().decide(
                emergency, .init(actor: requester.actor, decided: now, rejection: reason), on: connection)
        }
        guard let asker = try standings.requester(emergency.asker, on: .duty(.operation), at: now, connection) else {
            throw ApprovalRefusal.askerGone
        }
        let first = emergency.decisions.first?.actor
        if first?.office == requester.actor.office { throw AccessRefusal.approversNotApart }
        try EmergencyStore().decide(
            emergency, .init(actor: requester.actor, decided: now, rejection: nil), on: connection)
        if let first { try grant(emergency, to: asker, first, requester, at: now, connection) }
    }

    /// Begins it; the first approver must still stand.
    private func grant(
        _ emergency: Emergency, to asker: Requester, _ first: Actor, _ second: Requester, at now: Instant,
        _ connection: Connection
    ) throws {
        let former = try standings.requester(first, on: .duty(.operation), at: now, connection)
        let glass = try BreakGlass(
            to: asker, reason: emergency.reason, persons: Set(emergency.persons), from: now,
            minutes: emergency.minutes, approvedBy: [former, second].compactMap { $0 })
        try EmergencyStore().grant(
            emergency.id, .init(since: glass.from, until: glass.until), approvedBy: first, and: second.actor,
            on: connection)
        let handles = try PersonStore().handles(of: glass.persons, table: .person, on: connection)
        try AccessChange.emergencyGranted(
            account: glass.account, persons: emergency.persons.compactMap { handles[$0] }, reason: glass.reason,
            until: glass.until.iso
        ).append(about: emergency.id, by: emergency.asker, approvedBy: [first, second.actor], to: acts, on: connection)
    }

    private func waiting(
        for requester: Requester, at now: Instant, _ connection: Connection
    ) throws -> [Emergency] {
        guard requester.role.may(.approve) else { return [] }
        return try EmergencyStore().open(at: now, on: connection).filter { emergency in
            let actors = emergency.decisions.map(\.actor)
            guard !actors.contains(where: { $0.office == requester.actor.office }) else { return false }
            let second = try standings.second(requester, of: emergency.asker, at: now, connection)
            return AccessPolicy.refusal(ofEmergencyBy: emergency.asker, to: second) == nil
        }
    }
}
