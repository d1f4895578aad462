import Access
import Civil
import Ledger
import Testing

/// Every role × every function of administration, review and quality.
@Suite("Who has which function, and what needs two")
struct FunctionTests {
    /// The table for a reader, in the columns of `PermissionTests`.
    ///
    /// `x` has it, `-` has not; behind them whether it is bound to a place and how many it needs.
    ///
    ///                 com app aud min dpo rea adm pro qua sto civ loc   place     needs
    private static func row(_ function: Function) -> String {
        switch function {
        case .searchPersons:
            "x   x   x   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .seeWorklist:
            "x   x   x   x   -   -   -   -   -   -   -   x     place     one"
        case .importBatch:
            "x   -   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .reviewRows:
            "x   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .reviewDuplicates:
            "x   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .openDossier:
            "x   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .approve:
            "-   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .seeQuality:
            "x   x   x   x   x   x   x   -   -   -   -   x     anywhere  one"
        case .setTargets:
            "-   -   x   x   -   -   -   -   -   -   -   x     place     one"
        case .seeRules:
            "x   x   x   x   x   x   x   x   x   x   x   x     anywhere  one"
        case .readAudit:
            "-   -   x   -   x   x   -   -   -   -   -   x     anywhere  one"
        case .exportAudit:
            "-   -   -   -   x   x   -   -   -   -   -   x     anywhere  one"
        case .reviewLooks:
            "-   -   -   -   x   -   -   -   -   -   -   x     anywhere  one"
        case .exportPersons:
            "-   -   -   x   -   -   -   -   -   -   -   x     place     two"
        case .sealPersons:
            "-   x   -   x   -   -   -   -   -   -   -   x     anywhere  two"
        case .askEmergency:
            "x   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .manageOffices:
            "-   -   -   -   -   -   x   -   -   -   -   x     anywhere  one"
        case .manageOfficers:
            "-   -   -   -   -   -   x   -   -   -   -   x     anywhere  one"
        case .changeRoles:
            "-   -   -   -   -   -   x   -   -   -   -   x     anywhere  two"
        case .appointDeputy:
            "x   x   x   x   x   x   x   x   x   x   -   x     anywhere  one"
        case .applyForCard:
            "x   -   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .decideOnCard:
            "-   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .orderCards:
            "-   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .checkCardQuality:
            "-   -   -   -   -   -   -   -   x   -   -   x     anywhere  one"
        case .produceCards:
            "-   -   -   -   -   -   -   x   -   -   -   x     anywhere  one"
        case .keepBlanks:
            "-   -   -   -   -   -   -   -   -   x   -   x     anywhere  one"
        case .destroyBlanks:
            "-   -   -   -   -   -   -   -   -   x   -   x     anywhere  two"
        case .deliverCards:
            "x   -   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .revokeCards:
            "-   x   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .suspendSeries:
            "-   -   -   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .checkCardStatus:
            "x   x   x   x   -   -   -   -   -   -   -   x     anywhere  one"
        case .seeCardFlow:
            "x   x   x   x   -   x   -   x   x   x   -   x     anywhere  one"
        }
    }

    private static let columns: [Role] = [
        .communeOfficer, .approver, .provinceAuditor, .ministryOperator, .dataProtectionOfficer, .readOnlyAuditor,
        .systemAdministrator, .cardProducer, .qualityController, .stockKeeper, .civilStatusSystem, .localOperator,
    ]

    @Test("The table of functions is as it is meant", arguments: Function.allCases)
    func table(function: Function) {
        let cells = FunctionTests.row(function).split(separator: " ")
        #expect(cells.count == Role.allCases.count + 2 && Set(FunctionTests.columns) == Set(Role.allCases))
        let needsTwo = cells.last == "two"
        let isBound = cells[Role.allCases.count] == "place"
        #expect(function.needsSecondPerson == needsTwo)
        #expect(function.isBoundToPlaces == isBound)
        for (role, cell) in zip(FunctionTests.columns, cells) {
            let asking = requester(role, Place.communeJurisdiction)
            let allowed = FunctionDecision.allowed(needsSecondPerson: needsTwo && role != .localOperator)
            let here = AccessPolicy.decide(asking, use: function, for: Place.before)
            #expect(here == (cell == "x" ? allowed : .refused(.roleMayNotDo)), "\(role.rawValue)")
            for unit in [Place.far, nil] {
                let elsewhere = AccessPolicy.decide(asking, use: function, for: unit)
                let expected: FunctionDecision =
                    cell != "x" ? .refused(.roleMayNotDo) : isBound ? .refused(.outsideJurisdiction) : allowed
                #expect(elsewhere == expected, "\(role.rawValue)")
            }
        }
    }

    @Test("The second person is another officer who approves, of the office or the one above")
    func secondPerson() {
        let question = ActQuestion(kind: .numberCancelled, places: [Place.commune])
        let first = requester(.approver, account: "an")
        func refusal(_ second: Requester, above: Bool = false) -> AccessRefusal? {
            AccessPolicy.refusal(of: SecondPerson(second, isOfOfficeAbove: above), for: question, by: first)
        }
        #expect(refusal(requester(.approver, account: "binh")) == nil)
        // Never the same account, in whichever role or office it works today.
        #expect(refusal(requester(.approver, account: "an")) == .samePerson)
        let elsewhere = requester(.ministryOperator, account: "an", office: "bo")
        #expect(refusal(elsewhere, above: true) == .samePerson)
        // A role that approves nothing approves nothing.
        for role in Role.allCases where role != .approver && role != .ministryOperator {
            let second = requester(role, account: "binh", Place.communeJurisdiction)
            #expect(refusal(second, above: true) == .secondMayNotApprove, "\(role.rawValue)")
        }
        // Another commune has nothing to say; the province and the ministry have.
        let neighbour = requester(.approver, account: "chi", office: "xa-00118", .places(of: Place.neighbour, []))
        #expect(refusal(neighbour) == .secondMayNotApprove)
        #expect(refusal(neighbour, above: true) == .secondMayNotApprove)
        let province = requester(.approver, account: "dung", office: "tinh-01", Place.provinceJurisdiction)
        #expect(refusal(province) == .secondMayNotApprove)
        #expect(refusal(province, above: true) == nil)
    }

    @Test("Where an office has nobody else, the office above is asked")
    func secondOffice() {
        #expect(SecondOffice(officers: 0) == .above)
        #expect(SecondOffice(officers: 1) == .above)
        #expect(SecondOffice(officers: 2) == .own)
    }

    @Test("A change of roles is approved by another person who approves")
    func secondForRoles() {
        let administrator = requester(.systemAdministrator, account: "an", office: "bo")
        func refusal(_ second: Requester) -> AccessRefusal? {
            AccessPolicy.refusal(
                of: SecondPerson(second, isOfOfficeAbove: false), for: .changeRoles, by: administrator)
        }
        #expect(refusal(requester(.ministryOperator, account: "binh", office: "bo")) == nil)
        #expect(refusal(requester(.systemAdministrator, account: "binh", office: "bo")) == .secondMayNotApprove)
        #expect(refusal(requester(.ministryOperator, account: "an", office: "bo")) == .samePerson)
    }
}

/// Emergency access: named persons, a reason, two offices, an hour.
@Suite("Emergency access")
struct BreakGlassTests {
    private let from = Instant(microseconds: 1_780_000_000_000_000)
    private let approvers = [
        requester(.approver, account: "binh"),
        requester(.approver, account: "chi", office: "tinh-01", Place.provinceJurisdiction),
    ]

    private func glass(
        _ role: Role = .communeOfficer, reason: String = "cháy nhà", persons: Set<Int64> = [7], minutes: Int = 60,
        approvedBy approvers: [Requester]? = nil
    ) throws(AccessRefusal) -> BreakGlass {
        try BreakGlass(
            to: requester(role, account: "an"), reason: reason, persons: persons, from: from, minutes: minutes,
            approvedBy: approvers ?? self.approvers)
    }

    @Test("It covers the named persons, the one who asked, and its minutes")
    func covers() throws {
        let glass = try glass(minutes: 30)
        let asking = requester(.communeOfficer, account: "an")
        func at(_ minutes: Int64, _ microseconds: Int64 = 0) -> Instant {
            Instant(microseconds: from.microseconds + minutes * 60_000_000 + microseconds)
        }
        #expect(glass.covers(7, by: asking, at: at(0)))
        #expect(glass.covers(7, by: asking, at: at(30, -1)))
        #expect(!glass.covers(7, by: asking, at: at(30)))
        #expect(!glass.covers(7, by: asking, at: at(0, -1)))
        #expect(!glass.covers(8, by: asking, at: at(1)))
        #expect(!glass.covers(7, by: requester(.communeOfficer, account: "binh"), at: at(1)))
    }

    @Test("It is refused without a reason, names, an end, or two approvers of two offices")
    func refuses() {
        #expect(throws: AccessRefusal.reasonNeeded) { try glass(reason: " \n ") }
        #expect(throws: AccessRefusal.reasonNeeded) { try glass(reason: String(repeating: "a", count: 501)) }
        #expect(throws: AccessRefusal.personsNotNamed) { try glass(persons: []) }
        #expect(throws: AccessRefusal.personsNotNamed) { try glass(persons: Set(1...21)) }
        #expect(throws: AccessRefusal.emergencyTooLong) { try glass(minutes: 61) }
        #expect(throws: AccessRefusal.emergencyTooLong) { try glass(minutes: 0) }
        #expect(throws: AccessRefusal.roleMayNotDo) { try glass(.readOnlyAuditor) }
        #expect(throws: AccessRefusal.roleMayNotDo) { try glass(.systemAdministrator) }
        let binh = approvers[0]
        let sameOffice = [binh, requester(.approver, account: "dung")]
        let sameAccount = [binh, requester(.approver, account: "binh", office: "tinh-01")]
        let withSelf = [binh, requester(.approver, account: "an", office: "tinh-01")]
        let withOfficer = [binh, requester(.communeOfficer, account: "dung", office: "tinh-01")]
        for wrong in [[], [binh], sameOffice, sameAccount, withSelf, withOfficer] {
            #expect(throws: AccessRefusal.approversNotApart) { try glass(approvedBy: wrong) }
        }
    }

    @Test("Another approver of the office, of the one above or of the nation approves it", arguments: Role.allCases)
    func approving(role: Role) {
        let first = requester(.communeOfficer, account: "an").actor
        func refusal(
            _ account: String, _ office: String, above: Bool, _ places: Jurisdiction = Place.communeJurisdiction
        ) -> AccessRefusal? {
            AccessPolicy.refusal(
                ofEmergencyBy: first,
                to: SecondPerson(requester(role, account: account, office: office, places), isOfOfficeAbove: above))
        }
        let approves = role == .approver || role == .ministryOperator
        let allowed: AccessRefusal? = approves ? nil : .secondMayNotApprove
        #expect(refusal("an", "xa-00097", above: false) == .samePerson)
        #expect(refusal("an", "bo", above: true, .nation) == .samePerson)
        #expect(refusal("binh", "xa-00097", above: false) == allowed)
        #expect(refusal("binh", "tinh-01", above: true, Place.provinceJurisdiction) == allowed)
        #expect(refusal("binh", "bo", above: false, .nation) == allowed)
        #expect(refusal("binh", "xa-00118", above: false) == .secondMayNotApprove)
    }
}
