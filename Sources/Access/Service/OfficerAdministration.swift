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
        account: String, name: String, person: Int64? = nil, by requester: Requester
    ) async throws -> Officer {
        try await enrolling(account: account, name: name, person: person, by: requester) { officer, _ in officer }
    }

    /// Tạo tài khoản và đề nghị vai trò đầu tiên: both or neither.
    package func enrol(
        account: String, name: String, askingFor role: Role, in office: String, until: Instant,
        by requester: Requester
    ) async throws -> RoleChange {
        try await enrolling(account: account, name: name, person: nil, by: requester) { _, connection in
            try ask(toGive: role, in: office, to: account, until: until, by: requester, on: connection)
        }
    }

    private func enrolling<Result: Sendable>(
        account: String, name: String, person: Int64?, by requester: Requester,
        then next: @escaping @Sendable (Officer, Connection) throws -> Result
    ) async throws -> Result {
        try AccessPolicy.require(requester, toUse: .manageOfficers)
        guard Officer.isAccount(account) else { throw AdministrationRefusal.accountMalformed }
        guard let name = PlainLine.parse(name, longest: 80) else { throw AdministrationRefusal.nameMalformed }
        let officer = Officer(
            id: surroundings.randomID(), account: account, name: name, person: person, language: .vietnamese,
            disabled: nil)
        do {
            return try await database.write { connection in
                try OfficerStore().insert(officer, on: connection)
                try append(
                    .officerEnrolled(account: account, name: name), about: officer.id, by: requester.actor,
                    on: connection)
                return try next(officer, connection)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("officer") {
            throw AdministrationRefusal.accountTaken
        }
    }

    /// Khóa hoặc mở tài khoản: a disabled one is refused from the next request on, and its sessions end.
    package func setDisabled(_ isDisabled: Bool, _ account: String, reason: String, by requester: Requester)
        async throws
    {
        let reason = try AccessRegister.stated(reason)
        let now = surroundings.now()
        try await database.write { connection in
            guard let officer = try OfficerStore().officer(account: account, connection) else {
                throw AdministrationRefusal.officerUnknown
            }
            try right(of: requester, to: .manageOfficers, officer, on: connection)
            try OfficerStore().setDisabled(officer.id, at: isDisabled ? now : nil, on: connection)
            if isDisabled { try SessionStore().endAll(of: officer.id, at: now, on: connection) }
            try append(
                isDisabled
                    ? .officerDisabled(account: account, reason: reason)
                    : .officerEnabled(account: account, reason: reason),
                about: officer.id, by: requester.actor, on: connection)
        }
    }

    /// Gắn bản ghi của cán bộ: whose own record the officer's is, so that they record nothing on it.
    ///
    /// - Parameters:
    ///   - person: the internal number of the record.
    ///   - handle: the same as the act names it.
    package func identify(_ account: String, as person: Int64, handle: String, by requester: Requester) async throws {
        try await database.write { connection in
            guard let officer = try OfficerStore().officer(account: account, connection) else {
                throw AdministrationRefusal.officerUnknown
            }
            try right(of: requester, to: .manageOfficers, officer, on: connection)
            try OfficerStore().setPerson(officer.id, person, on: connection)
            try append(
                .officerIdentified(account: account, person: handle), about: officer.id, by: requester.actor,
                on: connection)
        }
    }

    package func setLanguage(_ language: Officer.Language, of officer: Int64) async throws {
        try await database.write { try OfficerStore().setLanguage(officer, language, on: $0) }
    }

    static func stated(_ reason: String) throws(AdministrationRefusal) -> String {
        guard let reason = PlainLine.parse(reason, longest: 200) else { throw .reasonMissing }
        return reason
    }
}
