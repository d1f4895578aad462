import Access
import Civil
import Ledger
import Testing

/// Every role × every way of naming × inside and outside, and which groups are shown.
@Suite("Who may see whom, and which fields")
struct LookDecisionTests {
    /// For a reader: the groups that a role sees inside its places, and of others whom it names exactly.
    ///
    /// I identity, B birth, O origin, R residence, H household, F family, N numbers, C contact, L life, Y history,
    /// D record; small: only when asked for: r religion, e ethnicity, b biometrics.
    private static func row(_ role: Role) -> (inside: String, outside: String) {
        switch role {
        case .communeOfficer: ("IBORHFNCLYDreb", "IBRHFNL")
        case .approver: ("IBORHFNCLYDreb", "IBRHFNL")
        case .provinceAuditor: ("IBORHFNCLYD", "")
        case .ministryOperator: ("IBORHFNCLYDreb", "IBORHFNCLYDreb")
        case .dataProtectionOfficer: ("ILYD", "")
        case .readOnlyAuditor: ("", "")
        case .cardProducer, .qualityController, .stockKeeper: ("", "")
        case .systemAdministrator: ("", "")
        case .civilStatusSystem: ("IBORHFNLDe", "IBRHFNL")
        case .localOperator: ("IBORHFNCLYDreb", "IBORHFNCLYDreb")
        }
    }

    private static func sign(_ group: FieldGroup) -> Character {
        switch group {
        case .identity: "I"
        case .birth: "B"
        case .origin: "O"
        case .residence: "R"
        case .household: "H"
        case .family: "F"
        case .numbers: "N"
        case .contact: "C"
        case .life: "L"
        case .history: "Y"
        case .record: "D"
        case .religion: "r"
        case .ethnicity: "e"
        case .biometrics: "b"
        }
    }

    private static func groups(_ signs: String) -> FieldGroups {
        FieldGroups(groups: FieldGroup.allCases.filter { signs.contains(sign($0)) })
    }

    @Test("Every role, every naming, inside and outside", arguments: Role.allCases)
    func table(role: Role) {
        let row = LookDecisionTests.row(role)
        let inside = LookDecisionTests.groups(row.inside)
        let outside = LookDecisionTests.groups(row.outside)
        for naming in LookQuestion.Naming.allCases {
            for (places, isInside) in [([Place.far, Place.before], true), ([Place.far], false), ([], false)] {
                let question = LookQuestion(naming: naming, places: places)
                let decision = AccessPolicy.decide(requester(role, Place.communeJurisdiction), look: question)
                let label: Comment = "\(naming) \(places)"
                if inside.isEmpty {
                    #expect(decision == .refused(.roleSeesNoPersons), label)
                } else if isInside {
                    #expect(groups(decision) == inside.subtracting(.sensitive), label)
                    #expect(reason(decision) == .inside, label)
                } else if naming == .exact, !outside.isEmpty {
                    #expect(groups(decision) == outside.subtracting(.sensitive), label)
                    #expect(reason(decision) == .exact, label)
                } else {
                    #expect(decision == .refused(.notFoundHere), label)
                }
            }
        }
    }

    @Test("Every role that sees somebody sees whether they live", arguments: Role.allCases)
    func life(role: Role) {
        #expect(role.visibleInside.isEmpty || role.visibleInside.contains(.life))
        #expect(role.visibleOutside.isEmpty || role.visibleOutside.contains(.life))
        // Nobody sees more of a stranger than of their own people.
        #expect(role.visibleInside.isSuperset(of: role.visibleOutside))
    }

    @Test("Sensitive fields are masked until asked for, and then only for roles that may", arguments: Role.allCases)
    func sensitive(role: Role) {
        let visible = LookDecisionTests.groups(LookDecisionTests.row(role).inside)
        guard !visible.isEmpty else { return }
        let asking = requester(role, Place.communeJurisdiction)
        for group in FieldGroup.allCases where group.isSensitive {
            var question = LookQuestion(naming: .handle, places: [Place.commune])
            let may = visible.contains(group)
            #expect(allowance(asking, question)?.groups.contains(group) == false)
            #expect(allowance(asking, question)?.masked.contains(group) == may)
            #expect(allowance(asking, question)?.withheld.contains(group) == !may)
            question.asked = FieldGroups(group)
            #expect(allowance(asking, question)?.groups.contains(group) == may)
            #expect(allowance(asking, question)?.masked.contains(group) == false)
            // Asking for one shows no other.
            let others = FieldGroups.sensitive.subtracting(FieldGroups(group))
            #expect(allowance(asking, question)?.groups.isDisjoint(with: others) == true)
        }
        var stranger = LookQuestion(naming: .exact, places: [Place.far])
        stranger.asked = .sensitive
        let shown = allowance(requester(.communeOfficer), stranger)?.groups
        #expect(shown?.isDisjoint(with: .sensitive) == true)
    }

    @Test("A list shows what a list has room for, whoever asks")
    func wanted() {
        let question = LookQuestion(naming: .listed, places: [Place.commune], wanted: .listed, asked: .sensitive)
        for role in Role.allCases {
            guard let allowance = allowance(requester(role, Place.communeJurisdiction), question) else { continue }
            #expect(FieldGroups.listed.isSuperset(of: allowance.groups))
            #expect(allowance.masked.isEmpty)
        }
    }

    @Test("Naming somebody by number needs an open file or a stated purpose")
    func purposes() throws {
        let code = try #require(Purpose(stated: "đăng ký tạm trú", legalBasis: "x"))
        let duty = Requester.Ground.duty(.dataQuality)
        for naming in LookQuestion.Naming.allCases {
            let isByNumber = naming == .exact || naming == .number
            // Inside, outside and nobody at all are refused alike.
            for places in [[Place.commune], [Place.far], []] {
                let question = LookQuestion(naming: naming, places: places)
                let decision = AccessPolicy.decide(requester(.communeOfficer, nil, duty), look: question)
                #expect((decision == .refused(.purposeNeeded)) == isByNumber)
            }
            let refusal = AccessPolicy.refusal(of: naming, to: requester(.approver, nil, duty))
            #expect(refusal == (isByNumber ? .purposeNeeded : nil))
            // What is done for a citizen at a counter has a file or a purpose, whatever way somebody is named.
            for role in [Role.communeOfficer, .approver, .provinceAuditor, .ministryOperator] {
                let idle = requester(role, nil, .duty(.counter))
                #expect(AccessPolicy.refusal(of: naming, to: idle) == .purposeNeeded)
                #expect(AccessPolicy.refusal(of: naming, to: requester(role, nil, .kept(code))) == nil)
            }
            let dossier = requester(.approver, nil, .dossier(code: "H-1", code))
            #expect(AccessPolicy.refusal(of: naming, to: dossier) == nil)
            // Whoever guards the data looks at nobody without a reason of their own.
            let guardian = requester(.dataProtectionOfficer, nil, duty)
            #expect(AccessPolicy.refusal(of: naming, to: guardian) == .purposeNeeded)
            #expect(AccessPolicy.refusal(of: naming, to: LocalOperator.requester) == nil)
        }
    }

    @Test("A sealed record is nobody's, except for the ministry and in an emergency", arguments: Role.allCases)
    func sealed(role: Role) {
        for naming in LookQuestion.Naming.allCases {
            var question = LookQuestion(naming: naming, places: [Place.commune], isSealed: true)
            let asking = requester(role, Place.communeJurisdiction)
            let decision = AccessPolicy.decide(asking, look: question)
            switch role {
            case .ministryOperator, .localOperator: #expect(reason(decision) == .inside)
            case .readOnlyAuditor, .systemAdministrator, .cardProducer, .qualityController, .stockKeeper:
                #expect(decision == .refused(.roleSeesNoPersons))
            case .communeOfficer, .approver, .provinceAuditor, .dataProtectionOfficer, .civilStatusSystem:
                #expect(decision == .refused(.notFoundHere))
            }
            question.isEmergency = true
            if !role.visibleInside.isEmpty {
                #expect(reason(AccessPolicy.decide(asking, look: question)) == .emergency)
            }
        }
    }

    @Test("Where nobody is found, whoever sees some places alone is told the same as of a stranger")
    func misses() {
        #expect(AccessPolicy.refusalWhereNobodyIs(requester(.communeOfficer)) == .notFoundHere)
        #expect(AccessPolicy.refusalWhereNobodyIs(requester(.provinceAuditor)) == .notFoundHere)
        #expect(AccessPolicy.refusalWhereNobodyIs(requester(.communeOfficer, .nobody)) == .notFoundHere)
        #expect(AccessPolicy.refusalWhereNobodyIs(requester(.ministryOperator)) == nil)
    }

    @Test("The groups of a set come back in their order, and each has a bit of its own")
    func sets() {
        #expect(FieldGroups.all.groups == FieldGroup.allCases)
        #expect(FieldGroups.all.rawValue.nonzeroBitCount == FieldGroup.allCases.count)
        #expect(FieldGroups.sensitive.groups == [.religion, .ethnicity, .biometrics])
        for group in FieldGroup.allCases { #expect(FieldGroups(group).groups == [group]) }
    }

    private func allowance(_ requester: Requester, _ question: LookQuestion) -> LookAllowance? {
        guard case .allowed(let allowance) = AccessPolicy.decide(requester, look: question) else { return nil }
        return allowance
    }

    private func groups(_ decision: LookDecision) -> FieldGroups? {
        guard case .allowed(let allowance) = decision else { return nil }
        return allowance.groups
    }

    private func reason(_ decision: LookDecision) -> LookAllowance.Reason? {
        guard case .allowed(let allowance) = decision else { return nil }
        return allowance.reason
    }
}
