import Civil
import Database
import Ledger

/// An officer with all grants, for lists.
package struct OfficerEntry: Sendable {
    package let officer: Officer
    package let grants: [Grant]
}

extension AccessRegister {
    package func officers() async throws -> [OfficerEntry] {
        try await database.read { connection in
            let store = OfficerStore()
            return try store.officers(connection).map { officer in
                OfficerEntry(officer: officer, grants: try store.grants(of: officer.id, connection))
            }
        }
    }

    package func officer(account: String) async throws -> OfficerEntry? {
        try await database.read { connection in
            try OfficerStore().officer(account: account, connection).map { officer in
                OfficerEntry(officer: officer, grants: try OfficerStore().grants(of: officer.id, connection))
            }
        }
    }

    /// Tạo tài khoản cán bộ: an account without a way to sign in yet; that comes by an enrolment link.
    @discardableResult
    package func enrol(
        account: String, name: String, person: Int64? = nil, by actor: Actor
    ) async throws -> Officer {
        guard Officer.isAccount(account) else { throw AdministrationRefusal.accountMalformed }
        guard let name = PlainLine.parse(name, longest: 80) else { throw AdministrationRefusal.nameMalformed }
        let officer = Officer(
            id: surroundings.randomID(), account: account, name: name, person: person, language: .vietnamese,
            disabled: nil)
        do {
            return try await database.write { connection in
                try OfficerStore().insert(officer, on: connection)
                try append(
                    .officerEnrolled(account: account, name: name), about: officer.id, by: actor, on: connection)
                return officer
            }
        } catch DatabaseError.uniqueViolation {
            throw AdministrationRefusal.accountTaken
        }
    }

    /// Phân công: a role in an office, from now until an instant that must come.
    @discardableResult
    package func grant(
        _ role: Role, in office: String, to account: String, until: Instant, deputyFor absent: String? = nil,
        by actor: Actor
    ) async throws -> Grant {
        let now = surroundings.now()
        let day = surroundings.today
        guard until > now, until.microseconds - now.microseconds <= Int64(Grant.longestDays) * 86_400_000_000 else {
            throw AdministrationRefusal.grantTooLong
        }
        let id = surroundings.randomID()
        return try await database.write { connection in
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
            guard try OfficeStore().office(office, on: day, connection) != nil else {
                throw AdministrationRefusal.officeUnknown
            }
            let grant = Grant(
                id: id, officer: officer.id, role: role, office: office, since: now, until: until,
                deputyFor: deputyFor)
            try store.insert(grant, on: connection)
            try append(
                .grantGiven(
                    account: account, role: role.rawValue, office: office, until: until.iso, deputyFor: absent),
                about: officer.id, by: actor, on: connection)
            return grant
        }
    }

    /// Thu hồi phân công: it gives nothing from the next request on.
    package func revoke(_ grant: Int64, of account: String, reason: String, by actor: Actor) async throws {
        let reason = try AccessRegister.stated(reason)
        let now = surroundings.now()
        try await database.write { connection in
            let store = OfficerStore()
            guard let officer = try store.officer(account: account, connection) else {
                throw AdministrationRefusal.officerUnknown
            }
            let held = try store.grants(of: officer.id, connection).first { $0.id == grant && $0.isInForce(at: now) }
            guard let held else { throw AdministrationRefusal.grantUnknown }
            try store.revoke(grant, at: now, on: connection)
            try append(
                .grantRevoked(account: account, role: held.role.rawValue, office: held.office, reason: reason),
                about: officer.id, by: actor, on: connection)
        }
    }

    /// Khóa hoặc mở tài khoản: a disabled one is refused from the next request on, and its sessions end.
    package func setDisabled(_ isDisabled: Bool, _ account: String, reason: String, by actor: Actor) async throws {
        let reason = try AccessRegister.stated(reason)
        let now = surroundings.now()
        try await database.write { connection in
            guard let officer = try OfficerStore().officer(account: account, connection) else {
                throw AdministrationRefusal.officerUnknown
            }
            try OfficerStore().setDisabled(officer.id, at: isDisabled ? now : nil, on: connection)
            if isDisabled { try SessionStore().endAll(of: officer.id, at: now, on: connection) }
            try append(
                isDisabled
                    ? .officerDisabled(account: account, reason: reason)
                    : .officerEnabled(account: account, reason: reason),
                about: officer.id, by: actor, on: connection)
        }
    }

    package func setLanguage(_ language: Officer.Language, of officer: Int64) async throws {
        try await database.write { try OfficerStore().setLanguage(officer, language, on: $0) }
    }

    private static func stated(_ reason: String) throws(AdministrationRefusal) -> String {
        guard let reason = PlainLine.parse(reason, longest: 200) else { throw .reasonMissing }
        return reason
    }
}
