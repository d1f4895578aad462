import Civil
import Database
import Ledger

/// Một cơ quan trong danh sách quản trị: an office as an administrator finds it.
package struct AdministeredOffice: Sendable {
    package let office: Office
    /// How many accounts hold a role there at this moment.
    package let officers: Int

    package init(office: Office, officers: Int) {
        self.office = office
        self.officers = officers
    }
}

extension AccessRegister {
    /// Danh sách cơ quan: the offices in force that the requester administers; those of communes and districts only
    /// below an office that is named, where the whole nation is theirs.
    package func administeredOffices(below code: String?, by requester: Requester) async throws -> [AdministeredOffice]
    {
        try AccessPolicy.require(requester, toUse: .manageOfficers)
        let now = surroundings.now()
        let day = surroundings.today
        return try await database.read { connection in
            let upper = try code.flatMap { try OfficeStore().office($0, on: day, connection) }
            if code != nil, upper == nil { throw AdministrationRefusal.officeUnknown }
            let reach = upper.map { jurisdictions.jurisdiction(of: $0, on: day) }
            let offices = try OfficeStore().offices(on: day, connection).filter { office in
                guard requester.jurisdiction.administers(office) else { return false }
                if let reach { return reach.administers(office) }
                return requester.jurisdiction != .nation || (office.level != .commune && office.level != .district)
            }
            let counts = try OfficerStore().holders(at: now, connection)
            return offices.map { AdministeredOffice(office: $0, officers: counts[$0.code] ?? 0) }
        }
    }

    /// Cơ quan và cán bộ của nó: every period of the office, and the grants in force with whom they are of.
    package func administered(
        office code: String, by requester: Requester
    ) async throws -> (periods: [Office], holders: [(officer: Officer, grant: Grant)]) {
        try AccessPolicy.require(requester, toUse: .manageOfficers)
        let now = surroundings.now()
        return try await database.read { connection in
            let periods = try OfficeStore().offices(on: nil, connection).filter { $0.code == code }
            guard let last = periods.last else { throw AdministrationRefusal.officeUnknown }
            try right(of: requester, to: .init(.manageOfficers, offices: [last]))
            let holders = try OfficerStore().holders(inOffice: code, connection)
            return (periods, holders.filter { $0.grant.isInForce(at: now) })
        }
    }

    /// Tài khoản cán bộ: with its grants, and whether the requester may change the account itself.
    package func administered(
        account: String, by requester: Requester
    ) async throws -> (entry: OfficerEntry, isAdministered: Bool) {
        try AccessPolicy.require(requester, toUse: .manageOfficers)
        guard let entry = try await officer(account: account) else { throw AdministrationRefusal.officerUnknown }
        let offices = try await database.read { try self.offices(of: entry.officer, on: $0) }
        let decision = AccessPolicy.decide(
            requester, administer: .init(.manageOfficers, offices: offices, account: account))
        return (entry, decision == .allowed(needsSecondPerson: false))
    }

    /// Kết thúc mọi phiên của một cán bộ: at once, on record with the reason.
    package func endSessions(of account: String, reason: String, by requester: Requester) async throws {
        let reason = try AccessRegister.stated(reason)
        try await database.write { connection in
            guard let officer = try OfficerStore().officer(account: account, connection) else {
                throw AdministrationRefusal.officerUnknown
            }
            try right(of: requester, to: .manageOfficers, officer, on: connection)
            try SessionStore().endAll(of: officer.id, at: surroundings.now(), on: connection)
            try append(
                .sessionEnded(account: account, reason: reason), about: officer.id, by: requester.actor,
                on: connection)
        }
    }
}
