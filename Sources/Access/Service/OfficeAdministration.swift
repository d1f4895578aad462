import Civil
import Database
import Ledger

extension AccessRegister {
    /// The offices in force today, by code; with `all`, every period of every office.
    package func offices(all: Bool = false) async throws -> [Office] {
        let day = all ? nil : surroundings.today
        return try await database.read { try OfficeStore().offices(on: day, $0) }
    }

    package func office(_ code: String) async throws -> Office? {
        let day = surroundings.today
        return try await database.read { try OfficeStore().office(code, on: day, $0) }
    }

    /// The names of offices of today, for papers; one that does not work any more is left out.
    package func officeNames(of codes: Set<String>) async throws -> [String: String] {
        let day = surroundings.today
        return try await database.read { connection in
            try codes.reduce(into: [:]) { names, code in
                names[code] = try OfficeStore().office(code, on: day, connection)?.name
            }
        }
    }

    /// Mở một giai đoạn của cơ quan: a new office, or the next period of one that was closed, at the same level.
    ///
    /// Whoever opens the next period answers for the places of all of them, and roles of before end: else one person
    /// alone could give them other places. A reorganisation from the command line keeps them.
    package func open(_ office: Office, by requester: Requester) async throws {
        try right(of: requester, to: .init(.manageOffices, offices: [office]))
        guard AccessRegister.isOfficeCode(office.code) else { throw AdministrationRefusal.officeCodeMalformed }
        guard (1...200).contains(office.name.count) else { throw AdministrationRefusal.nameMalformed }
        guard isUnitRight(office) else { throw AdministrationRefusal.unitUnknown }
        try await database.write { connection in
            let periods = try OfficeStore().offices(on: nil, connection).filter { $0.code == office.code }
            let overlaps = periods.contains { period in
                (office.until.map { period.since < $0 } ?? true) && (period.until.map { office.since < $0 } ?? true)
            }
            guard !overlaps else { throw AdministrationRefusal.officePeriodsOverlap }
            guard periods.allSatisfy({ $0.level == office.level }) else {
                throw AdministrationRefusal.officeLevelChanged
            }
            try right(of: requester, to: .init(.manageOffices, offices: [office] + periods))
            if !periods.isEmpty, requester.role != .localOperator {
                try endRoles(in: office.code, by: requester.actor, on: connection)
            }
            try OfficeStore().insert(office, on: connection)
            try append(
                .officeOpened(.init(office)), about: AccessSubject.key(of: "office \(office.code)"),
                by: requester.actor,
                on: connection)
        }
    }

    /// Kết thúc một giai đoạn: from that day on nobody works there; grants in it give nothing any more.
    package func closeOffice(_ code: String, until day: CalendarDate, by requester: Requester) async throws {
        try await database.write { connection in
            let open = try OfficeStore().offices(on: nil, connection).first { $0.code == code && $0.until == nil }
            guard let open else { throw AdministrationRefusal.officeUnknown }
            guard open.since < day else { throw AdministrationRefusal.dayMalformed }
            try right(of: requester, to: .init(.manageOffices, offices: [open]))
            try OfficeStore().close(code, until: day, on: connection)
            try append(
                .officeClosed(code: code, until: day.description), about: AccessSubject.key(of: "office \(code)"),
                by: requester.actor, on: connection)
        }
    }

    /// Ends every role in an office that stands, each with its act.
    private func endRoles(in office: String, by actor: Actor, on connection: Connection) throws {
        let now = surroundings.now()
        for holder in try OfficerStore().holders(inOffice: office, connection) where holder.grant.isInForce(at: now) {
            try take(
                holder.grant, of: holder.officer.account, reason: "giai đoạn mới của cơ quan", by: actor, on: connection
            )
        }
    }

    private static func isOfficeCode(_ text: String) -> Bool {
        (2...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }

    /// Whether the unit is there and of the office's level.
    private func isUnitRight(_ office: Office) -> Bool {
        let level: UnitLevel
        switch office.level {
        case .ministry, .mission: return office.unit == nil
        case .commune: level = .commune
        case .district: level = .district
        case .province: level = .province
        }
        return office.unit.flatMap { jurisdictions.units.unit($0) }?.level == level
    }
}

/// The keys of offices and accounts as subjects of acts: a hash of their names, which never change.
enum AccessSubject {
    static func key(of name: String) -> Int64 {
        let hash = SecretHash.digest(of: Array("dancu access \(name)".utf8)).bytes.prefix(8)
        return Int64(hash.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 1) | 1
    }
}
