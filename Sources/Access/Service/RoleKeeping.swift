import Civil
import Database
import Ledger

extension AccessRegister {
    /// Phân công: a role in an office, from now until an instant that must come.
    ///
    /// - Throws: `AccessRefusal.secondPersonNeeded` for whoever may give it with a second person alone.
    @discardableResult
    package func grant(
        _ role: Role, in office: String, to account: String, until: Instant, deputyFor absent: String? = nil,
        by requester: Requester
    ) async throws -> Grant {
        try await database.write { connection in
            let place = try grantable(in: office, until: until, connection)
            guard try !right(of: requester, to: .init(.changeRoles, offices: [place], account: account)) else {
                throw AccessRefusal.secondPersonNeeded
            }
            return try give(
                role, in: office, to: account, until: until, deputyFor: absent, by: requester.actor, on: connection)
        }
    }

    /// Thu hồi phân công: it gives nothing from the next request on.
    ///
    /// - Throws: `AccessRefusal.secondPersonNeeded` for whoever may take it with a second person alone.
    package func revoke(_ grant: Int64, of account: String, reason: String, by requester: Requester) async throws {
        let reason = try AccessRegister.stated(reason)
        try await database.write { connection in
            let held = try self.held(grant, of: account, connection)
            guard try !right(of: requester, toTake: held, of: account, on: connection) else {
                throw AccessRefusal.secondPersonNeeded
            }
            try take(held, of: account, reason: reason, by: requester.actor, on: connection)
        }
    }

    /// Thu hồi hoặc đề nghị thu hồi: at once where one person is enough, else asked of a second one.
    ///
    /// - Returns: what was asked; nil when the grant is taken.
    @discardableResult
    package func revokeOrAsk(
        _ grant: Int64, of account: String, reason: String, by requester: Requester
    ) async throws -> RoleChange? {
        do {
            try await revoke(grant, of: account, reason: reason, by: requester)
            return nil
        } catch AccessRefusal.secondPersonNeeded {
            return try await ask(toTake: grant, of: account, reason: reason, by: requester)
        }
    }

    /// Whether taking a grant needs a second person.
    func right(
        of requester: Requester, toTake held: Grant, of account: String, on connection: Connection
    ) throws -> Bool {
        let place = try OfficeStore().office(held.office, on: surroundings.today, connection)
        return try right(
            of: requester,
            to: .init(.changeRoles, offices: [place].compactMap { $0 }, account: account, endsRole: true))
    }

    /// The office where a grant is to hold until then.
    func grantable(in office: String, until: Instant, _ connection: Connection) throws -> Office {
        let now = surroundings.now()
        guard until > now, until.microseconds - now.microseconds <= Int64(Grant.longestDays) * 86_400_000_000 else {
            throw AdministrationRefusal.grantTooLong
        }
        guard let place = try OfficeStore().office(office, on: surroundings.today, connection) else {
            throw AdministrationRefusal.officeUnknown
        }
        return place
    }

    /// The grant in force of an account.
    func held(_ grant: Int64, of account: String, _ connection: Connection) throws -> Grant {
        guard let officer = try OfficerStore().officer(account: account, connection) else {
            throw AdministrationRefusal.officerUnknown
        }
        let now = surroundings.now()
        let held = try OfficerStore().grants(of: officer.id, connection).first {
            $0.id == grant && $0.isInForce(at: now)
        }
        guard let held else { throw AdministrationRefusal.grantUnknown }
        return held
    }

    /// Writes the grant with its act; whether it may be given is decided before.
    func give(
        _ role: Role, in office: String, to account: String, until: Instant, deputyFor absent: String? = nil,
        by actor: Actor, approvedBy approver: Actor? = nil, on connection: Connection
    ) throws -> Grant {
        let store = OfficerStore()
        guard let officer = try store.officer(account: account, connection) else {
            throw AdministrationRefusal.officerUnknown
        }
        let deputyFor = try absent.map { absent in
            guard let other = try store.officer(account: absent, connection), other.id != officer.id else {
                throw AdministrationRefusal.officerUnknown
            }
            return other.id
        }
        let grant = Grant(
            id: surroundings.randomID(), officer: officer.id, role: role, office: office, since: surroundings.now(),
            until: until, deputyFor: deputyFor)
        try store.insert(grant, on: connection)
        try append(
            .grantGiven(account: account, role: role.rawValue, office: office, until: until.iso, deputyFor: absent),
            about: officer.id, by: actor, approvedBy: approver, on: connection)
        return grant
    }

    /// Ends the grant with its act; whether it may be taken is decided before.
    func take(
        _ held: Grant, of account: String, reason: String, by actor: Actor, approvedBy approver: Actor? = nil,
        on connection: Connection
    ) throws {
        try OfficerStore().revoke(held.id, at: surroundings.now(), on: connection)
        try append(
            .grantRevoked(account: account, role: held.role.rawValue, office: held.office, reason: reason),
            about: held.officer, by: actor, approvedBy: approver, on: connection)
    }
}
