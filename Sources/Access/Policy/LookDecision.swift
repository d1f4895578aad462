import Civil

/// Câu hỏi tra cứu: what the decision on a look needs to know; no name, no number, no date.
package struct LookQuestion: Hashable, Sendable {
    /// How the person was named.
    package enum Naming: Hashable, Sendable, CaseIterable {
        /// By number, name and date of birth, all three as the record has them.
        case exact
        /// By number alone.
        case number
        /// By handle.
        case handle
        /// By nobody: the person stands in a list, a household, a batch.
        case listed
    }

    package var naming: Naming
    /// Where the person lives, lived or is registered, in the units as they were written down.
    package var places: [UnitCode]
    /// Hồ sơ được bảo vệ đặc biệt.
    package var isSealed: Bool
    /// Whether emergency access that was granted to this officer covers this person now.
    package var isEmergency: Bool
    /// What the page or answer has room for.
    package var wanted: FieldGroups
    /// The sensitive groups that were asked for by name.
    package var asked: FieldGroups

    package init(
        naming: Naming, places: [UnitCode], isSealed: Bool = false, isEmergency: Bool = false,
        wanted: FieldGroups = .all, asked: FieldGroups = []
    ) {
        self.naming = naming
        self.places = places
        self.isSealed = isSealed
        self.isEmergency = isEmergency
        self.wanted = wanted
        self.asked = asked
    }
}

/// Whether somebody may be looked at, and which fields, as a value that carries its reason.
package enum LookDecision: Hashable, Sendable {
    case allowed(LookAllowance)
    case refused(AccessRefusal)
}

/// Which fields are shown, and why.
package struct LookAllowance: Hashable, Sendable {
    /// Why the person may be seen at all.
    package enum Reason: String, Hashable, Sendable {
        /// The office answers for the whole nation.
        case nation
        /// The person lives, lived or is registered in the office's places.
        case inside
        /// Somebody of another place, named exactly and for a stated purpose.
        case exact
        /// Truy cập khẩn cấp.
        case emergency
    }

    package let reason: Reason
    /// What is shown.
    package let groups: FieldGroups
    /// Sensitive groups that are masked until they are asked for.
    package let masked: FieldGroups
    /// What the role is not shown, whatever it asks.
    package let withheld: FieldGroups

    package init(reason: Reason, groups: FieldGroups, masked: FieldGroups = [], withheld: FieldGroups = []) {
        self.reason = reason
        self.groups = groups
        self.masked = masked
        self.withheld = withheld
    }
}

extension Role {
    /// The groups that a role may see of persons in its places, sensitive ones when it asks; none: it sees nobody.
    package var visibleInside: FieldGroups {
        switch self {
        case .communeOfficer, .approver, .ministryOperator, .localOperator: .all
        case .provinceAuditor: .all.subtracting(.sensitive)
        case .dataProtectionOfficer: FieldGroups(groups: [.identity, .life, .history, .record])
        case .civilStatusSystem: .all.subtracting(FieldGroups(groups: [.contact, .history, .religion, .biometrics]))
        case .readOnlyAuditor, .systemAdministrator, .cardProducer, .qualityController, .stockKeeper: []
        }
    }

    /// The groups that a role may see of persons of other places whom it names exactly.
    package var visibleOutside: FieldGroups {
        switch self {
        case .communeOfficer, .approver, .civilStatusSystem:
            FieldGroups(groups: [.identity, .birth, .residence, .household, .family, .numbers, .life])
        case .ministryOperator, .localOperator: visibleInside
        case .provinceAuditor, .dataProtectionOfficer, .readOnlyAuditor, .systemAdministrator, .cardProducer,
            .qualityController, .stockKeeper:
            []
        }
    }

    /// Whether a look at one person needs an open file or a stated purpose, however the person is named.
    fileprivate var alwaysNeedsPurpose: Bool {
        switch self {
        case .dataProtectionOfficer: true
        case .communeOfficer, .approver, .provinceAuditor, .ministryOperator, .readOnlyAuditor, .systemAdministrator,
            .cardProducer, .qualityController, .stockKeeper, .civilStatusSystem, .localOperator:
            false
        }
    }

    /// Whether naming somebody by number, and everything else that is done for a citizen at a counter, needs an open
    /// file or a stated purpose.
    fileprivate var statesPurposes: Bool {
        switch self {
        case .communeOfficer, .approver, .provinceAuditor, .ministryOperator, .dataProtectionOfficer: true
        // Some see nobody; a system's purpose is its duty; the local operator's is the operation of the register.
        case .readOnlyAuditor, .systemAdministrator, .cardProducer, .qualityController, .stockKeeper,
            .civilStatusSystem, .localOperator:
            false
        }
    }

    /// Whether the role sees sealed persons without emergency access.
    package var opensSeals: Bool {
        switch self {
        case .ministryOperator, .localOperator: true
        case .communeOfficer, .approver, .provinceAuditor, .dataProtectionOfficer, .readOnlyAuditor,
            .systemAdministrator, .cardProducer, .qualityController, .stockKeeper, .civilStatusSystem:
            false
        }
    }
}

extension AccessPolicy {
    /// What is refused before anybody is searched for, so that the refusal tells nothing of who is there.
    package static func refusal(of naming: LookQuestion.Naming, to requester: Requester) -> AccessRefusal? {
        guard !requester.role.visibleInside.isEmpty else { return .roleSeesNoPersons }
        guard case .duty(let duty) = requester.ground else { return nil }
        let needsPurpose =
            switch naming {
            case .exact, .number: requester.role.statesPurposes
            // Queues, batches and cards have purposes of their own.
            case .handle, .listed:
                requester.role.alwaysNeedsPurpose || (duty == .counter && requester.role.statesPurposes)
            }
        return needsPurpose ? .purposeNeeded : nil
    }

    /// Whether `requester` may look at a person, which fields are shown, and why.
    package static func decide(_ requester: Requester, look question: LookQuestion) -> LookDecision {
        if let refusal = refusal(of: question.naming, to: requester) { return .refused(refusal) }
        let role = requester.role
        let reason: LookAllowance.Reason
        var visible = role.visibleInside
        if question.isEmergency {
            reason = .emergency
        } else if question.isSealed, !role.opensSeals {
            // Not even that there is a sealed record.
            return .refused(.notFoundHere)
        } else if requester.jurisdiction == .nation {
            reason = .nation
        } else if requester.jurisdiction.reaches(question.places) {
            reason = .inside
        } else if question.naming == .exact, !role.visibleOutside.isEmpty {
            reason = .exact
            visible = role.visibleOutside
        } else {
            return .refused(.notFoundHere)
        }
        let possible = visible.intersection(question.wanted)
        let masked = possible.intersection(.sensitive).subtracting(question.asked)
        return .allowed(
            LookAllowance(
                reason: reason, groups: possible.subtracting(masked), masked: masked,
                withheld: question.wanted.subtracting(visible)))
    }

    /// What a requester who may not see the whole nation is told where nobody is found; nil: that nobody is there.
    package static func refusalWhereNobodyIs(_ requester: Requester) -> AccessRefusal? {
        requester.jurisdiction == .nation ? nil : .notFoundHere
    }
}

extension Jurisdiction {
    /// Whether one of the places lies inside; a few comparisons, since it is asked for every look.
    package func reaches(_ places: some Sequence<UnitCode>) -> Bool {
        switch self {
        case .nation: true
        case .places(let unit, let inside): places.contains { $0 == unit || inside.contains($0) }
        case .nobody: false
        }
    }
}
