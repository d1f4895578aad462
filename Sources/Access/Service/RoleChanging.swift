import Civil
import Database
import Ledger

extension AccessRegister {
    /// Đề nghị cấp vai trò: it is held to the rules now, and waits for the second person.
    package func ask(
        toGive role: Role, in office: String, to account: String, until: Instant, by requester: Requester
    ) async throws -> RoleChange {
        try await database.write { connection in
            try ask(toGive: role, in: office, to: account, until: until, by: requester, on: connection)
        }
    }

    func ask(
        toGive role: Role, in office: String, to account: String, until: Instant, by requester: Requester,
        on connection: Connection
    ) throws -> RoleChange {
        guard role != .localOperator else { throw AccessRefusal.roleMayNotDo }
        guard try OfficerStore().officer(account: account, connection) != nil else {
            throw AdministrationRefusal.officerUnknown
        }
        let place = try grantable(in: office, until: until, connection)
        guard try right(of: requester, to: .init(.changeRoles, offices: [place], account: account)) else {
            throw ApprovalRefusal.notNeeded
        }
        return try asked(account, role, office, .give(until: until), by: requester, on: connection)
    }

    /// Đề nghị người thay khi vắng mặt: a colleague of the office is to hold the requester's own role until an instant,
    /// which is not after the end of that role itself.
    package func ask(
        toDeputise account: String, until: Instant, by requester: Requester
    ) async throws -> RoleChange {
        try await database.write { connection in
            try requireDeputy(account, until, of: requester, on: connection)
            return try asked(
                account, requester.role, requester.actor.office,
                .give(until: until, deputyFor: requester.actor.account),
                by: requester, on: connection)
        }
    }

    /// Holds a deputy to the rules as things stand now: an account that signs in and works in the office of whoever is
    /// absent, whose role is their own and lasts until then.
    private func requireDeputy(
        _ account: String, _ until: Instant, of requester: Requester, on connection: Connection
    ) throws {
        try AccessPolicy.require(requester, toUse: .appointDeputy)
        let (store, own, now) = (OfficerStore(), requester.actor, surroundings.now())
        guard let colleague = try store.officer(account: account, connection), colleague.disabled == nil,
            account != own.account,
            try store.grants(of: colleague.id, connection).contains(where: {
                $0.office == own.office && $0.isInForce(at: now)
            })
        else { throw AdministrationRefusal.colleagueUnknown }
        _ = try grantable(in: own.office, until: until, connection)
        let absent = try store.officer(account: own.account, connection)
        let grants = try absent.map { try store.grants(of: $0.id, connection) } ?? []
        let isOwn = grants.contains { grant in
            grant.role == requester.role && grant.office == own.office && grant.isInForce(at: now)
                && grant.deputyFor == nil && until <= grant.until
        }
        guard isOwn else { throw AdministrationRefusal.grantTooLong }
    }

    /// Đề nghị thu hồi vai trò.
    package func ask(
        toTake grant: Int64, of account: String, reason: String, by requester: Requester
    ) async throws -> RoleChange {
        let reason = try AccessRegister.stated(reason)
        return try await database.write { connection in
            let held = try self.held(grant, of: account, connection)
            guard try right(of: requester, toTake: held, of: account, on: connection) else {
                throw ApprovalRefusal.notNeeded
            }
            return try asked(
                account, held.role, held.office, .take(grant: grant, reason: reason), by: requester, on: connection)
        }
    }

    private func asked(
        _ holder: String, _ role: Role, _ office: String, _ wish: RoleChange.Wish, by requester: Requester,
        on connection: Connection
    ) throws -> RoleChange {
        let now = surroundings.now()
        let open = try RoleChangeStore().asked(by: requester.actor.account, limit: RoleChange.mostOpen, on: connection)
            .filter { $0.refusal(at: now) == nil }
        guard open.count < RoleChange.mostOpen else { throw AdministrationRefusal.tooManyAsked }
        if open.contains(where: { $0.holder == holder && $0.role == role && $0.office == office && $0.wish == wish }) {
            throw AdministrationRefusal.askedAlready
        }
        let change = RoleChange(
            id: surroundings.randomID(), holder: holder, role: role, office: office, wish: wish,
            asker: requester.actor, asked: now, expires: Approval.expiry(askedAt: now))
        try RoleChangeStore().insert(change, on: connection)
        return change
    }

    /// Vai trò chờ tôi phê duyệt: what this officer can decide, the first to expire first.
    package func roleChanges(waitingFor requester: Requester) async throws -> [RoleChange] {
        guard requester.role.may(.approve) else { return [] }
        let now = surroundings.now()
        return try await database.read { connection in
            try RoleChangeStore().open(at: now, on: connection).filter { change in
                try refusal(of: requester, to: change, connection) == nil
            }
        }
    }

    /// What this officer can decide, and what they asked last; for roles that approve or ask for roles or deputies.
    package func roleChanges(by requester: Requester) async throws -> (waiting: [RoleChange], asked: [RoleChange]) {
        // Whoever asks for a deputy sees what becomes of it.
        guard [.approve, .changeRoles, .appointDeputy].contains(where: requester.role.may) else {
            throw AccessRefusal.roleMayNotDo
        }
        return (try await roleChanges(waitingFor: requester), try await roleChanges(askedBy: requester))
    }

    /// What this officer asked last, with its outcome.
    package func roleChanges(askedBy requester: Requester, limit: Int = 50) async throws -> [RoleChange] {
        try await database.read { connection in
            try RoleChangeStore().asked(by: requester.actor.account, limit: limit, on: connection)
        }
    }

    /// Quyết định đề nghị về vai trò: accepted, it is held to the rules anew as things stand now, and the role is given
    /// or taken in one transaction with the decision; rejected, nothing but the decision is written.
    package func decide(roleChange id: Int64, _ verdict: Verdict, by requester: Requester) async throws {
        let verdict = try verdict.checked()
        do {
            try await database.write { connection in
                guard let change = try RoleChangeStore().change(id, on: connection) else {
                    throw ApprovalRefusal.unknown
                }
                if let refusal = try refusal(of: requester, to: change, connection) { throw refusal }
                let now = surroundings.now()
                if let refusal = change.refusal(at: now) { throw refusal }
                let rejection: String? = if case .reject(let reason) = verdict { reason } else { nil }
                if rejection == nil { try apply(change, approvedBy: requester.actor, on: connection) }
                try RoleChangeStore().decide(
                    change, .init(actor: requester.actor, decided: now, rejection: rejection), on: connection)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("role_change_decision") {
            throw ApprovalRefusal.alreadyDecided
        }
    }

    /// Why this officer may not decide it: the second person is neither whoever asked nor whose role it is.
    private func refusal(
        of requester: Requester, to change: RoleChange, _ connection: Connection
    ) throws -> AccessRefusal? {
        if requester.actor.account == change.holder { return .ownAccount }
        let second = try Standings(jurisdictions).second(
            requester, of: change.asker, at: surroundings.now(), connection)
        return AccessPolicy.refusal(of: second, by: change.asker)
    }

    private func apply(_ change: RoleChange, approvedBy approver: Actor, on connection: Connection) throws {
        let asking = try Standings(jurisdictions).requester(
            change.asker, on: .duty(.operation), at: surroundings.now(), connection)
        guard let asking else { throw ApprovalRefusal.askerGone }
        switch change.wish {
        case .give(let until, let absent):
            let place = try grantable(in: change.office, until: until, connection)
            // Whoever is absent gives no more than their own role.
            let isOwn =
                absent == change.asker.account && asking.role == change.role && asking.actor.office == change.office
            if isOwn {
                try requireDeputy(change.holder, until, of: asking, on: connection)
            } else {
                try right(of: asking, to: .init(.changeRoles, offices: [place], account: change.holder))
            }
            _ = try give(
                change.role, in: change.office, to: change.holder, until: until, deputyFor: absent, by: change.asker,
                approvedBy: approver, on: connection)
        case .take(let grant, let reason):
            let held = try self.held(grant, of: change.holder, connection)
            _ = try right(of: asking, toTake: held, of: change.holder, on: connection)
            try take(
                held, of: change.holder, reason: reason, by: change.asker, approvedBy: approver, on: connection)
        }
    }
}
