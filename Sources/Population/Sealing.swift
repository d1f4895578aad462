import Access
import Civil
import Database
import Ledger

/// Seals as an officer is told of them, persons by handle alone.
package struct SealsAnswer: Sendable {
    /// Those that stand and were asked for by an office of the officer's places.
    package let standing: [Seal]
    /// Requests that this officer can decide.
    package let waiting: [SealRequest]
    /// What this officer asked last.
    package let asked: [SealRequest]
    package let handles: [Int64: String]

    package init(standing: [Seal], waiting: [SealRequest], asked: [SealRequest], handles: [Int64: String]) {
        self.standing = standing
        self.waiting = waiting
        self.asked = asked
        self.handles = handles
    }
}

extension PopulationRegister {
    /// Đề nghị bảo vệ đặc biệt: that the record of somebody of the requester's places be sealed.
    ///
    /// - Parameter day: the last day of the seal; nil: until it is lifted.
    /// - Throws: `SealRefusal`, `ApprovalRefusal.notNeeded` for whoever runs the program on the register's machine, and
    ///   `AccessRefusal`; of somebody whom the requester may not see, `notFoundHere` as of nobody.
    package func ask(
        toSeal handle: Handle?, until day: CalendarDate? = nil, reason: String, by requester: Requester
    ) async throws -> SealRequest {
        try requireSealing(requester)
        let reason = try SealRequest.stated(reason)
        let now = surroundings.now()
        let until = day.map(Instant.init(endOf:))
        if let until, until <= now { throw SealRefusal.endNotAhead }
        let id = surroundings.randomID()
        return try await database.write { connection in
            guard let row = try handle.flatMap({ try PersonStore().person(handle: $0, on: connection) }),
                try isListed(row.state, to: requester, connection)
            else { throw AccessRefusal.notFoundHere }
            let person = row.state.person
            guard try SealStore().sealed(among: [person], at: now, on: connection).isEmpty else {
                throw SealRefusal.alreadySealed
            }
            let request = SealRequest(
                id: id, person: person, wish: .seal(until: until), reason: reason, asker: requester.actor, asked: now)
            try SealStore().insert(request, on: connection)
            return request
        }
    }

    /// Đề nghị gỡ niêm phong: a seal that an office of the requester's places asked for.
    package func ask(toLift seal: Int64, reason: String, by requester: Requester) async throws -> SealRequest {
        try requireSealing(requester)
        let reason = try SealRequest.stated(reason)
        let now = surroundings.now()
        let id = surroundings.randomID()
        return try await database.write { connection in
            let found = try seals(of: requester, at: now, connection).first { $0.id == seal }
            guard let found else { throw SealRefusal.unknown }
            let request = SealRequest(
                id: id, person: found.person, wish: .lift(seal: seal), reason: reason, asker: requester.actor,
                asked: now)
            try SealStore().insert(request, on: connection)
            return request
        }
    }

    /// Các niêm phong: those that stand, those that wait for this officer, and what the officer asked.
    package func seals(by requester: Requester) async throws -> SealsAnswer {
        try AccessPolicy.require(requester, toUse: .sealPersons)
        let now = surroundings.now()
        return try await database.read { connection in
            let standing = try seals(of: requester, at: now, connection)
            let waiting = try self.waiting(for: requester, at: now, connection)
            let asked = try SealStore().asked(by: requester.actor.account, limit: 50, on: connection)
            let persons = Set(standing.map(\.person) + (waiting + asked).map(\.person))
            return SealsAnswer(
                standing: standing, waiting: waiting, asked: asked,
                handles: try PersonStore().handles(of: persons, table: .person, on: connection))
        }
    }

    /// The requests that this officer can decide, the first to expire first.
    package func seals(waitingFor requester: Requester) async throws -> [SealRequest] {
        guard requester.role.may(.sealPersons) else { return [] }
        let now = surroundings.now()
        return try await database.read { try waiting(for: requester, at: now, $0) }
    }

    /// Quyết định đề nghị niêm phong: accepted, it is held to the rules anew, and the seal is set or lifted in one
    /// transaction with the decision and the act; rejected, nothing but the decision is written.
    package func decide(seal id: Int64, _ verdict: Verdict, by requester: Requester) async throws {
        let verdict = try verdict.checked()
        let now = surroundings.now()
        do {
            try await database.write { connection in
                guard let request = try SealStore().request(id, on: connection) else { throw ApprovalRefusal.unknown }
                if let refusal = try standings.refusal(of: requester, askedBy: request.asker, at: now, connection) {
                    throw refusal
                }
                if let refusal = request.refusal(at: now) { throw refusal }
                let rejection: String? = if case .reject(let reason) = verdict { reason } else { nil }
                try SealStore().decide(
                    request, .init(actor: requester.actor, decided: now, rejection: rejection), on: connection)
                if rejection == nil { try apply(request, approvedBy: requester.actor, at: now, connection) }
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("seal_decision") {
            throw ApprovalRefusal.alreadyDecided
        } catch DatabaseError.uniqueViolation(let what) where what.contains("standing_seal") {
            throw SealRefusal.alreadySealed
        }
    }

    // MARK: Rules

    private func requireSealing(_ requester: Requester) throws {
        switch AccessPolicy.decide(requester, use: .sealPersons) {
        case .refused(let refusal): throw refusal
        case .allowed(needsSecondPerson: false): throw ApprovalRefusal.notNeeded
        case .allowed(needsSecondPerson: true): break
        }
    }

    /// Whether the person lives in the requester's places and is not hidden from the requester.
    private func isListed(
        _ state: PersonState, to requester: Requester, _ connection: Connection
    ) throws -> Bool {
        let seals = try StandingSeals(of: [state.person], at: surroundings.now(), on: connection)
        // Nothing of anybody is shown by this: whether a seal is the requester's work is asked.
        let judge = LookJudge(acts: acts, today: surroundings.today, requester: requester.onDuty(.dataQuality))
        return judge.listed(state, seals) != nil
    }

    private func seals(of requester: Requester, at now: Instant, _ connection: Connection) throws -> [Seal] {
        let offices = try standings.offices(of: requester, connection)
        return try SealStore().standing(at: now, on: connection).filter { offices?.contains($0.asker.office) ?? true }
    }

    private func waiting(
        for requester: Requester, at now: Instant, _ connection: Connection
    ) throws -> [SealRequest] {
        try SealStore().open(at: now, on: connection).filter { request in
            try standings.refusal(of: requester, askedBy: request.asker, at: now, connection) == nil
        }
    }

    private func apply(
        _ request: SealRequest, approvedBy approver: Actor, at now: Instant, _ connection: Connection
    ) throws {
        guard let row = try PersonStore().person(request.person, on: connection),
            let asker = try standings.requester(request.asker, on: .duty(.operation), at: now, connection)
        else { throw ApprovalRefusal.askerGone }
        try AccessPolicy.require(asker, toUse: .sealPersons)
        switch request.wish {
        case .seal(let until):
            guard try SealStore().sealed(among: [request.person], at: now, on: connection).isEmpty else {
                throw SealRefusal.alreadySealed
            }
            guard try isListed(row.state, to: asker, connection) else { throw ApprovalRefusal.changed }
            if let until, until <= now { throw SealRefusal.endNotAhead }
            try SealStore().set(
                Seal(
                    id: request.id, person: request.person, since: now, until: until, reason: request.reason,
                    asker: request.asker), on: connection)
            try AccessChange.personSealed(person: row.handle, until: until?.iso, reason: request.reason)
                .append(about: request.id, by: request.asker, approvedBy: [approver], to: acts, on: connection)
        case .lift(let id):
            guard let seal = try seals(of: asker, at: now, connection).first(where: { $0.id == id }) else {
                throw SealRefusal.unknown
            }
            try SealStore().lift(seal, on: connection)
            try AccessChange.sealLifted(person: row.handle, reason: request.reason)
                .append(about: id, by: request.asker, approvedBy: [approver], to: acts, on: connection)
        }
    }
}

extension SealRequest {
    /// A reason in single spaces.
    fileprivate static func stated(_ text: String) throws(SealRefusal) -> String {
        guard let reason = PlainLine.parse(text, longest: SealRequest.longestReason) else { throw .reasonMissing }
        return reason
    }
}
