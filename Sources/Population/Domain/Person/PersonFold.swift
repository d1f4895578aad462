import Civil
import Ledger

/// An act that cannot belong to the stream it was found in: the stream is damaged and is set aside.
package struct DamagedStream: Error, Hashable, Sendable {
    package let act: ActID
    package let reason: String
}

/// The fold from acts to a person's record, on both time axes; pure.
package enum PersonFold {
    /// The record of `person`, or nil when nothing was known or the person was not born yet.
    ///
    /// - Parameters:
    ///   - effectiveAt: the day in the world; nil means the latest state, future acts included.
    ///   - knownAt: what the register knew at that instant; nil means now.
    package static func state(
        of person: Int64, acts: [RecordedAct], effectiveAt: CalendarDate? = nil, knownAt: Instant? = nil
    ) throws(DamagedStream) -> PersonState? {
        let standing = RecordedAct.standing(acts, effectiveAt: effectiveAt, knownAt: knownAt)
        guard !standing.isEmpty else { return nil }
        let corrections = Corrections(
            among: acts.contains { $0.content.kind == .detailsCorrected }
                ? RecordedAct.standing(acts, effectiveAt: nil, knownAt: knownAt) : [])
        var state = PersonState(person: person, version: RecordedAct.version(of: acts, knownAt: knownAt))
        for act in standing {
            let holds = effectiveAt.map { act.effectiveDay <= $0 } ?? true
            try evolve(&state, act, corrections: corrections, holds: holds)
            state.verify(by: act, holds: holds)
        }
        state.keepContradictions(of: standing)
        if let effectiveAt, let birth = state.details.birth, birth.earliest > effectiveAt { return nil }
        return state
    }

    /// Applies one act.
    ///
    /// `holds` is false when only what it says about the time before it took effect is wanted.
    private static func evolve(
        _ state: inout PersonState, _ act: RecordedAct, corrections: Corrections, holds: Bool
    ) throws(DamagedStream) {
        switch act.content {
        case .collected(let sheet):
            state.details.apply(corrections.corrected(sheet.details, statedBy: act.id))
            state.father = sheet.father ?? state.father
            state.mother = sheet.mother ?? state.mother
            state.sheet = sheet.sheet.id == 0 ? nil : sheet.sheet.id
            if holds { collect(sheet, act, into: &state) }
        case .registeredAtBirth(let birth):
            state.details.apply(corrections.corrected(birth.details, statedBy: act.id))
            state.father = birth.father ?? state.father
            state.mother = birth.mother ?? state.mother
        case .detailsChanged(let change):
            state.details.apply(corrections.corrected(change.details, statedBy: act.id))
        case .detailsCorrected:
            break  // already applied to the statement that it corrects
        case .numberAssigned, .numberCancelled, .numberReestablished:
            number(&state, act)
        case .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved:
            residence(&state, act)
        case .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft:
            household(&state, act)
        case .married, .divorced:
            couple(&state, act, corrections)
        case .parentRecognised, .adopted, .guardianshipEstablished:
            family(&state, act)
        case .nationalityChanged(let change):
            var stated = PersonDetails()
            stated.nationality = change.nationality
            state.details.apply(corrections.corrected(stated, statedBy: act.id))
        case .declaredMissing, .returned, .died, .setAside:
            life(&state, act)
        case .mergedWith, .unmerged:
            merge(&state, act)
        case .annulled:
            break  // what it annuls has been left out
        case .eventConfirmed:
            break  // what it confirms holds already
        case .findingNoted(let finding):
            state.contradictions =
                (state.contradictions ?? [])
                + [.init(act: finding.act, rule: finding.rule, notedBy: act.id.rawValue)]
        case .relativeLinked(let link):
            state.take(link)
        case .sheetDecided:
            break  // it says of a sheet that it is about this person, and nothing of the person
        case .batchReceived, .sheetHeld:  // of a batch's rows alone
            throw DamagedStream(act: act.id, reason: "\(act.content.kind.rawValue) does not belong to a person")
        }
    }

    private static func collect(_ sheet: Collected, _ act: RecordedAct, into state: inout PersonState) {
        // A field that the sheet leaves empty says nothing about what was known before.
        state.spouse = sheet.spouse ?? state.spouse
        if let address = sheet.permanent {
            state.permanentResidence = .init(address: address, since: nil)
        }
        if let address = sheet.current {
            state.currentResidence = .init(address: address, since: nil)
        }
        state.household = .init(household: sheet.household, relation: sheet.relation, since: act.effective)
        if sheet.numberTaken, let number = sheet.statedNumber { take(number, into: &state) }
        if sheet.dead == true { state.life = .init(status: .dead, since: sheet.died) }
    }

    /// A number that was cancelled, with effect from before it was taken even, is never in force again.
    private static func take(_ number: String, into state: inout PersonState) {
        if !state.cancelledNumbers.contains(where: { $0.number == number }) { state.number = number }
    }

    private static func number(_ state: inout PersonState, _ act: RecordedAct) {
        switch act.content {
        case .numberAssigned(let assignment):
            take(assignment.number, into: &state)
        case .numberCancelled(let cancellation):
            if state.number == cancellation.number { state.number = nil }
            state.cancelledNumbers.append(.init(number: cancellation.number, ground: cancellation.ground))
        case .numberReestablished(let number):
            state.cancelledNumbers.append(.init(number: number.replaces, ground: number.ground))
            take(number.number, into: &state)
        default: break  // `evolve` passes only these
        }
    }

    private static func residence(_ state: inout PersonState, _ act: RecordedAct) {
        switch act.content {
        case .permanentResidenceRegistered(let registration):
            state.permanentResidence = .init(address: registration.address, since: act.effective)
        case .permanentResidenceDeleted:
            state.permanentResidence = nil
        case .temporaryResidenceRegistered(let registration):
            state.temporaryResidence = .init(
                address: registration.address, since: act.effective, until: registration.until)
        case .stayNotified(let registration):
            state.stay = .init(address: registration.address, since: act.effective, until: registration.until)
        case .absenceDeclared(let declaration):
            state.absence = .init(reason: declaration.reason, since: act.effective, until: declaration.until)
        case .moved(let registration):
            state.currentResidence = .init(address: registration.address, since: act.effective)
        default: break  // `evolve` passes only these
        }
    }

    private static func household(_ state: inout PersonState, _ act: RecordedAct) {
        func join(_ household: Int64, _ members: [HouseholdMember]) {
            guard let member = members.first(where: { $0.person == state.person }) else { return }
            state.household = .init(household: household, relation: member.relation, since: act.effective)
        }
        switch act.content {
        case .householdFormed(let formation), .householdSplit(let formation):
            join(formation.household, formation.members)
        case .headOfHouseholdChanged(let change):
            join(change.household, change.members)
        case .householdMemberJoined(let joining):
            join(joining.household, [HouseholdMember(person: joining.person, relation: joining.relation)])
        case .householdMemberLeft(let leaving):
            if leaving.person == state.person, state.household?.household == leaving.household {
                state.household = nil
            }
        default: break  // `evolve` passes only these
        }
    }

    private static func couple(_ state: inout PersonState, _ act: RecordedAct, _ corrections: Corrections) {
        var stated = PersonDetails()
        switch act.content {
        case .married(let couple):
            let person = state.person
            state.spouse = couple.spouses.first { $0.person != person }
            stated.maritalStatus = .married
        case .divorced(let couple):
            // A divorce from somebody else than the spouse on record ends another marriage than the one on record.
            guard couple.isOf(state.spouse) else { return }
            state.spouse = nil
            stated.maritalStatus = .divorcedOrWidowed
        default: break  // `evolve` passes only these
        }
        state.details.apply(corrections.corrected(stated, statedBy: act.id))
    }

    private static func family(_ state: inout PersonState, _ act: RecordedAct) {
        let person = state.person
        switch act.content {
        case .parentRecognised(let parenthood):
            if parenthood.parent == person {
                state.children.append(.init(person: parenthood.child))
            } else {
                state.recognisedParents = (state.recognisedParents ?? []) + [.init(person: parenthood.parent)]
            }
        case .adopted(let adoption):
            if adoption.child == person {
                state.adoptiveParents = adoption.parents
            } else {
                state.children.append(.init(person: adoption.child))
            }
        case .guardianshipEstablished(let guardianship):
            if guardianship.ward == person {
                state.guardian = guardianship.guardian
            } else {
                state.wards.append(.init(person: guardianship.ward))
            }
        default: break  // `evolve` passes only these
        }
    }

    private static func life(_ state: inout PersonState, _ act: RecordedAct) {
        switch act.content {
        // Whoever is found to have died before was not missing.
        case .declaredMissing:
            if state.life.status != .dead { state.life = .init(status: .missing, since: act.effective) }
        case .returned: state.life = .init(status: .living)
        case .died: state.life = .init(status: .dead, since: act.effective)
        case .setAside(let setting): state.setAside = setting.reason
        default: break  // `evolve` passes only these
        }
    }

    private static func merge(_ state: inout PersonState, _ act: RecordedAct) {
        switch act.content {
        case .mergedWith(let merge):
            if merge.duplicate == state.person {
                state.mergedInto = merge.into
                guard let number = merge.number else { return }
                if state.number == number { state.number = nil }
                state.cancelledNumbers.append(.init(number: number, ground: nil))
            } else {
                state.mergedFrom.append(merge.duplicate)
            }
        case .unmerged(let merge):
            if merge.duplicate == state.person {
                state.mergedInto = nil
                guard let number = merge.number else { return }
                state.cancelledNumbers.removeAll { $0.number == number && $0.ground == nil }
                take(number, into: &state)
            } else {
                state.mergedFrom.removeAll { $0 == merge.duplicate }
            }
        default: break  // `evolve` passes only these
        }
    }
}

extension PersonState {
    /// Whom the record names by that number; a relative who was changed since stays the one that they are.
    fileprivate mutating func take(_ link: RelativeLink) {
        guard reference(to: link.role)?.number == link.number else { return }
        switch link.role {
        case .father: father?.person = link.relative
        case .mother: mother?.person = link.relative
        case .spouse: spouse?.person = link.relative
        }
    }

    /// A contradiction goes with the act that made it, once that was annulled.
    fileprivate mutating func keepContradictions(of standing: [RecordedAct]) {
        guard let noted = contradictions else { return }
        let acts = Set(standing.map(\.id.rawValue))
        let kept = noted.filter { acts.contains($0.act) }
        contradictions = kept.isEmpty ? nil : kept
    }
}
