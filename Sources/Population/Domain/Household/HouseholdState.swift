import Civil
import Ledger

/// Hộ gia đình: who lives together under one head, at one address; a fold over the household's acts.
package struct HouseholdState: Codable, Hashable, Sendable {
    package var household: Int64
    package var version: Int64
    /// The code that the commune's batch gave it.
    package var code: String?
    package var address: Address?
    /// Chủ hộ.
    package var head: Int64?
    package var members: [Member] = []
    package var splitFrom: Int64?
    /// Its forming was annulled: nobody can join it any more.
    package var undone: Bool?

    package struct Member: Codable, Hashable, Sendable {
        package var person: Int64
        package var relation: RelationToHead?
        package var since: PartialDate?
    }

    package init(household: Int64, version: Int64 = 0, undone: Bool? = nil) {
        self.household = household
        self.version = version
        self.undone = undone
    }
}

/// The fold from acts to a household, on both time axes; pure.
package enum HouseholdFold {
    /// The household, or nil when nothing was known of it then.
    package static func state(
        of household: Int64, acts: [RecordedAct], effectiveAt: CalendarDate? = nil, knownAt: Instant? = nil
    ) throws(DamagedStream) -> HouseholdState? {
        let standing = RecordedAct.standing(acts, effectiveAt: effectiveAt, knownAt: knownAt)
            .filter { act in effectiveAt.map { act.effectiveDay <= $0 } ?? true }
        guard !standing.isEmpty else { return nil }
        var state = HouseholdState(
            household: household, version: RecordedAct.version(of: acts, knownAt: knownAt))
        for act in standing { try evolve(&state, act) }
        let annulled = RecordedAct.annulled(among: acts.filter { act in knownAt.map { act.recorded <= $0 } ?? true })
        if acts.contains(where: { $0.content.formedHousehold == household && annulled.contains($0.id) }) {
            state.undone = true
        }
        return state
    }

    private static func evolve(_ state: inout HouseholdState, _ act: RecordedAct) throws(DamagedStream) {
        switch act.content {
        case .householdFormed(let formation):
            form(&state, formation, act)
        case .householdSplit(let formation):
            if formation.household == state.household {
                form(&state, formation, act)
            } else {
                let gone = Set(formation.members.map(\.person))
                state.members.removeAll { gone.contains($0.person) }
                if let head = state.head, gone.contains(head) { state.head = nil }
            }
        case .collected(let sheet):
            state.members.removeAll { $0.person == sheet.person }
            state.members.append(.init(person: sheet.person, relation: sheet.relation, since: act.effective))
        case .headOfHouseholdChanged(let change):
            // Whoever was head is head no longer, even where the act does not say what they are now.
            if state.head != change.head,
                let old = state.members.firstIndex(where: { $0.person == state.head && $0.relation == .head })
            {
                state.members[old].relation = nil
            }
            state.head = change.head
            for member in change.members {
                guard let index = state.members.firstIndex(where: { $0.person == member.person }) else { continue }
                state.members[index].relation = member.relation
            }
        case .householdMemberJoined(let joining):
            state.members.removeAll { $0.person == joining.person }
            state.members.append(.init(person: joining.person, relation: joining.relation, since: act.effective))
        case .householdMemberLeft(let leaving):
            state.members.removeAll { $0.person == leaving.person }
            if state.head == leaving.person { state.head = nil }
        case .annulled:
            break  // what it annuls has been left out
        case .registeredAtBirth, .numberAssigned, .numberCancelled, .numberReestablished, .detailsChanged,
            .detailsCorrected, .permanentResidenceRegistered, .permanentResidenceDeleted,
            .temporaryResidenceRegistered, .stayNotified, .absenceDeclared, .moved, .married, .divorced,
            .parentRecognised, .adopted, .guardianshipEstablished, .nationalityChanged, .declaredMissing, .returned,
            .died, .mergedWith, .unmerged, .setAside, .findingNoted, .relativeLinked, .eventConfirmed, .batchReceived,
            .sheetHeld, .sheetDecided:
            throw DamagedStream(act: act.id, reason: "\(act.content.kind.rawValue) does not belong to a household")
        }
    }

    private static func form(_ state: inout HouseholdState, _ formation: HouseholdFormation, _ act: RecordedAct) {
        state.code = formation.code
        state.address = formation.address
        state.head = formation.head
        state.splitFrom = formation.splitFrom
        for member in formation.members {
            state.members.removeAll { $0.person == member.person }
            state.members.append(.init(person: member.person, relation: member.relation, since: act.effective))
        }
    }
}
