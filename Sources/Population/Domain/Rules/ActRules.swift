import Civil
import Ledger

/// What the rules need to know: the states of everybody concerned, as they stand now.
package struct RuleContext: Sendable {
    package var today: CalendarDate
    package var persons: [Int64: PersonState]
    package var households: [Int64: HouseholdState]
    /// Who holds, or ever held, the numbers that the act names.
    package var numbers: [String: NumberHolder]
    /// Whether the register is a demonstration register, which takes test numbers alone.
    package var demonstration: Bool
    /// The acts of the subjects' streams, for corrections and annulments.
    package var acts: [ActID: RecordedAct]
    /// The dates of birth of the parents and children of whose own date the act states, as far as they are known.
    package var parentBirths: [PartialDate] = []
    package var childBirths: [PartialDate] = []
    /// Those of the persons whose husband or wife on record has died.
    package var bereaved: Set<Int64> = []
    /// The rules of life that a verified source is let break.
    var contradicted: Set<Refusal> = []

    /// Refuses what breaks a rule of life, unless a verified source is let break it.
    func forbid(_ rule: Refusal) throws(Refusal) {
        if !contradicted.contains(rule) { throw rule }
    }

    package struct NumberHolder: Hashable, Sendable {
        package var person: Int64
        package var cancelled: Bool
    }
}

/// Quy tắc: the rules that an act must keep; pure and exhaustive.
///
/// Rules of structure refuse whoever breaks them. Rules of life refuse an officer's act; what a verified source says is
/// stored and marked with a finding, and so is what a collected sheet says, which does not come this way.
package enum ActRules {
    /// The rules of life that what a verified source says breaks, in the order in which they are looked at.
    ///
    /// - Throws: the first rule of structure that forbids the act.
    package static func contradictions(
        of content: ActContent, effective: PartialDate?, in context: RuleContext
    ) throws(Refusal) -> [Refusal] {
        var context = context
        var broken: [Refusal] = []
        while true {
            do {
                try check(content, effective: effective, in: context)
                return broken
            } catch {
                guard error.isRuleOfLife, context.contradicted.insert(error).inserted else { throw error }
                broken.append(error)
            }
        }
    }

    /// Throws the rule that forbids the act, or returns nothing.
    package static func check(
        _ content: ActContent, effective: PartialDate?, in context: RuleContext
    ) throws(Refusal) {
        if let effective, effective.earliest > context.today { throw .effectiveInFuture }
        if content.isOfOnePerson, context.persons.count > 1 { throw .onePersonOnly }
        try checkPersons(content, effective, context)
        try checkStatedBirth(content, context)
        switch content {
        case .collected, .batchReceived, .sheetHeld, .sheetDecided, .findingNoted, .relativeLinked:
            throw .contentNotForOfficers
        case .registeredAtBirth(let birth): try checkBirth(birth, context)
        case .numberAssigned, .numberCancelled, .numberReestablished: try NumberRules.check(content, in: context)
        case .detailsChanged(let change):
            if change.details.stated.isEmpty { throw .nothingToChange }
        case .detailsCorrected(let correction): try checkCorrection(correction, context)
        case .permanentResidenceRegistered(let registration), .temporaryResidenceRegistered(let registration),
            .stayNotified(let registration), .moved(let registration):
            try requireLiving(context)
            try checkEnd(registration.until, effective)
            try checkLength(content.kind, registration.until, from: effective)
        case .absenceDeclared(let declaration):
            try requireLiving(context)
            try checkEnd(declaration.until, effective)
        case .permanentResidenceDeleted:
            if context.persons.values.contains(where: { $0.permanentResidence == nil }) { throw .noPermanentResidence }
        case .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft:
            try HouseholdRules.check(content, in: context)
        case .married(let couple): try FamilyRules.checkMarriage(couple, on: effective, in: context)
        case .divorced(let couple): try FamilyRules.checkDivorce(couple, in: context)
        case .parentRecognised(let parenthood): try FamilyRules.check(parenthood, in: context)
        case .adopted(let adoption): try FamilyRules.check(adoption, in: context)
        case .guardianshipEstablished(let guardianship):
            try FamilyRules.check(guardianship, on: effective, in: context)
        case .nationalityChanged, .declaredMissing, .died: try requireLiving(context, missingToo: true)
        case .returned:
            if context.persons.values.contains(where: { $0.life.status == .living }) {
                try context.forbid(.notMissingOrDead)
            }
        case .mergedWith, .unmerged:
            // It is about records and not about the world: whatever came between would stand in two orders.
            if effective != nil { throw .mergeWithDay }
            try checkMerge(content, context)
        case .annulled(let annulment): try checkAnnulment(annulment, context)
        case .eventConfirmed(let confirmation): try checkConfirmation(confirmation, context)
        case .setAside: break
        }
    }

    /// What holds for every act: the records are in use, and nothing happens before somebody's birth.
    private static func checkPersons(
        _ content: ActContent, _ effective: PartialDate?, _ context: RuleContext
    ) throws(Refusal) {
        for state in context.persons.values {
            switch content {
            case .mergedWith, .unmerged, .annulled, .eventConfirmed: continue
            case .setAside: if state.mergedInto != nil { throw .mergedRecord }
            default:
                if state.mergedInto != nil { throw .mergedRecord }
                if state.setAside != nil { try context.forbid(.recordSetAside) }
            }
            if let effective, let birth = state.details.birth, effective.latest < birth.earliest {
                try context.forbid(.effectiveBeforeBirth)
            }
        }
    }

    /// Nobody concerned is dead; nobody is missing either, unless that is allowed.
    static func requireLiving(_ context: RuleContext, missingToo: Bool = false) throws(Refusal) {
        for state in context.persons.values {
            switch state.life.status {
            case .living: continue
            case .missing: if !missingToo { try context.forbid(.alreadyDead) }
            case .dead: try context.forbid(.alreadyDead)
            }
        }
    }

    private static func checkEnd(_ end: PartialDate?, _ effective: PartialDate?) throws(Refusal) {
        if let end, let effective, end.latest < effective.earliest { throw .endsBeforeItBegins }
    }

    /// Fewer than 30 days for a stay (Luật 68/2020/QH14, Điều 2 khoản 6), at most two years for a temporary residence
    /// (Điều 27 khoản 2), which can be renewed.
    package static let longestDays: [ActKind: Int] = [.stayNotified: 29, .temporaryResidenceRegistered: 731]

    private static func checkLength(
        _ kind: ActKind, _ until: PartialDate?, from effective: PartialDate?
    ) throws(Refusal) {
        guard let until, let begin = effective?.earliest, let longest = longestDays[kind],
            until.earliest > begin.advanced(byDays: longest)
        else { return }
        throw kind == .stayNotified ? .stayTooLong : .temporaryResidenceTooLong
    }

    /// A stated date of birth lies in the past, after the parents' and before the children's.
    private static func checkStatedBirth(_ content: ActContent, _ context: RuleContext) throws(Refusal) {
        guard let birth = content.statedBirth else { return }
        if birth.earliest > context.today { throw .birthInFuture }
        for parent in context.parentBirths where parent.latest >= birth.earliest { try context.forbid(.parentNotOlder) }
        for child in context.childBirths where birth.latest >= child.earliest { try context.forbid(.parentNotOlder) }
    }

    private static func checkBirth(_ birth: BirthRegistration, _ context: RuleContext) throws(Refusal) {
        let details = birth.details
        guard details.name != nil, let born = details.birth, details.sex != nil, details.birthRegistrationPlace != nil
        else { throw .missingBirthDetails }
        for parent in [birth.father, birth.mother] {
            guard let id = parent?.person else { continue }
            guard let state = context.persons[id] else { throw .personNotFound }
            if let parentBirth = state.details.birth, parentBirth.latest >= born.earliest {
                try context.forbid(.parentNotOlder)
            }
        }
    }

    private static func checkCorrection(_ correction: DetailsCorrection, _ context: RuleContext) throws(Refusal) {
        if correction.details.stated.isEmpty { throw .nothingToChange }
        guard let target = correction.corrects else { return }
        guard let act = context.acts[ActID(rawValue: target)], act.content.canBeCorrected else {
            throw .correctsUnknownAct
        }
    }

    private static func checkMerge(_ content: ActContent, _ context: RuleContext) throws(Refusal) {
        switch content {
        case .mergedWith(let merge):
            if merge.duplicate == merge.into { throw .mergeWithItself }
            guard let duplicate = context.persons[merge.duplicate], let into = context.persons[merge.into] else {
                throw .personNotFound
            }
            if duplicate.mergedInto != nil || into.mergedInto != nil { throw .alreadyMerged }
            if duplicate.number != nil, into.number == nil { throw .mergeLosesNumber }
        case .unmerged(let merge):
            guard context.persons[merge.duplicate]?.mergedInto == merge.into else { throw .notMerged }
        default: break  // `check` passes only these
        }
    }

    private static func checkAnnulment(_ annulment: Annulment, _ context: RuleContext) throws(Refusal) {
        guard let target = context.acts[ActID(rawValue: annulment.act)] else { throw .actNotFound }
        let annulled = RecordedAct.annulled(among: Array(context.acts.values))
        if annulled.contains(target.id) { throw .alreadyAnnulled }
        guard target.content.kind.canBeAnnulled else { throw .cannotAnnul }
        if case .annulled(let earlier) = target.content {
            // Its members may live elsewhere by now: what the household did is recorded again, not brought back.
            let undone = context.acts[ActID(rawValue: earlier.act)]
            if undone?.content.households.isEmpty == false { throw .cannotAnnul }
        }
        if case .householdMemberLeft(let leaving) = target.content, context.persons[leaving.person]?.household != nil {
            throw .alreadyInHousehold
        }
        try checkLast(target, annulled, context)
    }

    private static func checkConfirmation(
        _ confirmation: EventConfirmation, _ context: RuleContext
    ) throws(Refusal) {
        let id = ActID(rawValue: confirmation.act)
        guard let target = context.acts[id] else { throw .actNotFound }
        let acts = Array(context.acts.values)
        if RecordedAct.annulled(among: acts).contains(id) { throw .alreadyAnnulled }
        guard target.content.kind.isCivilStatusEvent else { throw .nothingToConfirm }
        guard RecordedAct.provisional(among: acts).contains(id) else { throw .alreadyConfirmed }
    }

    /// An act on a household is undone while it is the last that stands there: what came later rests on it.
    private static func checkLast(
        _ target: RecordedAct, _ annulled: Set<ActID>, _ context: RuleContext
    ) throws(Refusal) {
        let households = target.content.households
        for act in context.acts.values where act.id != target.id && !annulled.contains(act.id) {
            let concerned = households.filter(act.content.concerns(household:))
            // Everything on a household comes after its forming, whatever the clocks of two servers say.
            let isLater =
                act.recorded > target.recorded || act.id > target.id
                || concerned.contains { $0 == target.content.formedHousehold }
            guard !concerned.isEmpty, isLater else { continue }
            throw act.content.kind.canBeAnnulled ? .householdHasLaterActs : .cannotAnnul
        }
    }
}

extension ActKind {
    /// Whether acts of this kind are annulled at all; others are undone by the opposite act, or stand for ever.
    package var canBeAnnulled: Bool {
        switch self {
        case .mergedWith, .unmerged, .batchReceived, .sheetHeld, .sheetDecided, .numberAssigned, .numberCancelled,
            .numberReestablished, .collected, .registeredAtBirth, .retentionRuled, .registerChanged,
            .accessChanged, .cardChanged:
            false
        case .detailsChanged, .detailsCorrected, .permanentResidenceRegistered, .permanentResidenceDeleted,
            .temporaryResidenceRegistered, .stayNotified, .absenceDeclared, .moved, .householdFormed, .householdSplit,
            .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft, .married, .divorced,
            .parentRecognised, .adopted, .guardianshipEstablished, .nationalityChanged, .declaredMissing, .returned,
            .died, .annulled, .setAside, .findingNoted, .relativeLinked, .eventConfirmed:
            true
        }
    }
}

extension ActContent {
    /// The date of birth that the act states.
    var statedBirth: PartialDate? {
        switch self {
        case .registeredAtBirth(let birth): birth.details.birth
        case .detailsChanged(let change): change.details.birth
        case .detailsCorrected(let correction): correction.details.birth
        default: nil
        }
    }

    /// Whether the act can be about one person only: its content is that person's alone.
    var isOfOnePerson: Bool {
        switch self {
        case .numberAssigned, .numberCancelled, .numberReestablished, .detailsChanged, .detailsCorrected, .died: true
        default: false
        }
    }
}
