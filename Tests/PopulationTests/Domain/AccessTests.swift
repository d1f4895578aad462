import Access
import Ledger
import Testing

@Suite("Who may record which act")
struct AccessTests {
    private typealias Row = (commune: Bool, approver: Bool, ministry: Bool, civilStatus: Bool)

    /// The table role × act as it is meant; a new kind does not compile until it has a row here too.
    private static func row(_ kind: ActKind) -> Row {
        switch kind {
        case .collected: (true, false, true, false)
        case .batchReceived: (true, false, true, false)
        case .sheetHeld: (true, false, true, false)
        case .registeredAtBirth: (true, false, false, true)
        case .married: (true, false, false, true)
        case .divorced: (true, false, false, true)
        case .parentRecognised: (true, false, false, true)
        case .adopted: (true, false, false, true)
        case .guardianshipEstablished: (true, false, false, true)
        case .died: (true, false, false, true)
        case .declaredMissing: (true, false, false, true)
        case .returned: (true, false, false, true)
        case .numberAssigned: (false, false, true, false)
        case .numberCancelled: (false, true, true, false)
        case .numberReestablished: (false, true, true, false)
        case .mergedWith: (false, true, true, false)
        case .unmerged: (false, true, true, false)
        case .annulled: (false, true, true, false)
        case .setAside: (false, true, true, false)
        case .detailsChanged: (true, true, false, true)
        case .detailsCorrected: (true, true, false, true)
        case .permanentResidenceRegistered: (true, false, false, false)
        case .permanentResidenceDeleted: (true, false, false, false)
        case .temporaryResidenceRegistered: (true, false, false, false)
        case .stayNotified: (true, false, false, false)
        case .absenceDeclared: (true, false, false, false)
        case .moved: (true, false, false, false)
        case .householdFormed: (true, false, false, false)
        case .householdSplit: (true, false, false, false)
        case .headOfHouseholdChanged: (true, false, false, false)
        case .householdMemberJoined: (true, false, false, false)
        case .householdMemberLeft: (true, false, false, false)
        case .nationalityChanged: (false, false, true, true)
        case .accessChanged: (false, false, false, false)
        }
    }

    @Test("The table of roles is as it is meant", arguments: ActKind.allCases)
    func decides(kind: ActKind) {
        let row = AccessTests.row(kind)
        for role in Role.allCases {
            let expected =
                switch role {
                case .communeOfficer: row.commune
                case .approver: row.approver
                case .ministryOperator: row.ministry
                case .civilStatusSystem: row.civilStatus
                case .provinceAuditor, .dataProtectionOfficer, .readOnlyAuditor, .systemAdministrator: false
                case .localOperator: true
                }
            let actor = Actor(account: "a", role: role.rawValue, office: "00001")
            let decision = AccessPolicy.decide(actor, record: kind)
            let refused = AccessDecision.refused(.roleMayNotRecord(role: role.rawValue, kind: kind))
            #expect(decision == (expected ? .allowed : refused), "\(role.rawValue)")
        }
    }

    @Test("A role that nobody knows may record nothing", arguments: ActKind.allCases)
    func refusesUnknownRoles(kind: ActKind) {
        let actor = Actor(account: "a", role: "admin", office: "00001")
        #expect(AccessPolicy.decide(actor, record: kind) == .refused(.roleMayNotRecord(role: "admin", kind: kind)))
    }

    @Test("A purpose is one line that somebody wrote")
    func readsPurposes() {
        #expect(Purpose(stated: "  xác minh \n cư trú ", legalBasis: "x")?.text == "xác minh cư trú")
        #expect(Purpose(stated: " \n", legalBasis: "x") == nil)
        #expect(Purpose(stated: String(repeating: "a", count: 201), legalBasis: "x") == nil)
    }
}
