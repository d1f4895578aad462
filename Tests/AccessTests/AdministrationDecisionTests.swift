import Access
import Civil
import Ledger
import Testing

/// Every place of an administrator × every office × every function of administration.
@Suite("Who administers which office")
struct AdministrationDecisionTests {
    private static func office(_ code: String, _ level: OfficeLevel, _ unit: UnitCode?) throws -> Office {
        let since = try #require(CalendarDate(iso: "2021-02-25"))
        return Office(code: code, name: code, level: level, unit: unit, since: since)
    }

    /// The offices of the table, in its columns.
    private static func offices() throws -> [Office] {
        [
            try office("xa-00097", .commune, Place.commune), try office("xa-00118", .commune, Place.neighbour),
            try office("xa-30001", .commune, Place.far), try office("tinh-01", .province, Place.province),
            try office("bo", .ministry, nil), try office("dsq", .mission, nil),
        ]
    }

    /// `o` offices and accounts, `a` accounts and roles alone, `-` nothing.
    ///
    ///        own neighbour far province ministry mission
    private static let table: [(Jurisdiction, String)] = [
        (Place.communeJurisdiction, "a - - - - -"),
        (Place.provinceJurisdiction, "o o - a - -"),
        (.nation, "o o o o o o"),
        (.nobody, "- - - - - -"),
    ]

    @Test("An administrator has the offices of their places; offices are opened and closed from above")
    func places() throws {
        let offices = try AdministrationDecisionTests.offices()
        for (jurisdiction, row) in AdministrationDecisionTests.table {
            let asking = requester(.systemAdministrator, jurisdiction)
            for (office, cell) in zip(offices, row.split(separator: " ")) {
                func decision(_ function: Function) -> FunctionDecision {
                    AccessPolicy.decide(asking, administer: .init(function, offices: [office], account: "lan.nt"))
                }
                let one: FunctionDecision = .allowed(needsSecondPerson: false)
                let refused: FunctionDecision = .refused(.officeNotYours)
                #expect(decision(.manageOffices) == (cell == "o" ? one : refused), "\(office.code) \(row)")
                #expect(decision(.manageOfficers) == (cell == "-" ? refused : one), "\(office.code) \(row)")
                let two: FunctionDecision = .allowed(needsSecondPerson: true)
                #expect(decision(.changeRoles) == (cell == "-" ? refused : two), "\(office.code) \(row)")
            }
        }
    }

    @Test("An account with roles in several offices belongs to whoever administers all of them")
    func several() throws {
        let offices = try AdministrationDecisionTests.offices()
        let asking = requester(.systemAdministrator, Place.communeJurisdiction)
        func decision(_ offices: [Office]) -> FunctionDecision {
            AccessPolicy.decide(asking, administer: .init(.manageOfficers, offices: offices, account: "lan.nt"))
        }
        #expect(decision([]) == .allowed(needsSecondPerson: false))
        #expect(decision([offices[0]]) == .allowed(needsSecondPerson: false))
        #expect(decision([offices[0], offices[1]]) == .refused(.officeNotYours))
    }

    @Test("Nobody changes their own account; a role of one's own may end")
    func own() throws {
        let offices = try AdministrationDecisionTests.offices()
        let asking = requester(.systemAdministrator, account: "an", .nation)
        for function in [Function.manageOfficers, .changeRoles] {
            let question = AdministrationQuestion(function, offices: offices, account: "an")
            #expect(AccessPolicy.decide(asking, administer: question) == .refused(.ownAccount))
        }
        let ends = AdministrationQuestion(.changeRoles, offices: offices, account: "an", endsRole: true)
        #expect(AccessPolicy.decide(asking, administer: ends) == .allowed(needsSecondPerson: false))
        let another = AdministrationQuestion(.changeRoles, offices: offices, account: "binh", endsRole: true)
        #expect(AccessPolicy.decide(asking, administer: another) == .allowed(needsSecondPerson: true))
    }

    @Test("No other role administers; the local operator does, alone", arguments: Role.allCases)
    func roles(role: Role) throws {
        let offices = try AdministrationDecisionTests.offices()
        for function in [Function.manageOffices, .manageOfficers, .changeRoles] {
            let decision = AccessPolicy.decide(
                requester(role, .nation), administer: .init(function, offices: offices, account: "lan.nt"))
            switch role {
            case .localOperator: #expect(decision == .allowed(needsSecondPerson: false))
            case .systemAdministrator: #expect(decision == .allowed(needsSecondPerson: function == .changeRoles))
            default: #expect(decision == .refused(.roleMayNotDo), "\(function.rawValue)")
            }
        }
    }
}
