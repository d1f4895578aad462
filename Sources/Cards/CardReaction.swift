import Civil
import Database
import Ledger
import Population

/// Phản ứng với dữ liệu dân cư: what a death, the loss of nationality, a merge, or the undoing of one does to cards.
///
/// In the transaction of the act itself, by whoever recorded it: there is no moment in which the register says dead and
/// the card still holds.
package struct CardReaction: Reaction {
    private let surroundings: Surroundings
    private let acts: ActStore
    private let looks: LookStore

    package init(surroundings: Surroundings, numbers: EntryNumbers) {
        self.surroundings = surroundings
        acts = ActStore(surroundings: surroundings, numbers: numbers)
        looks = LookStore(surroundings: surroundings, numbers: numbers)
    }

    /// Whatever can make somebody dead, living, or a citizen of another country.
    package func concerns(_ kind: ActKind) -> Bool {
        switch kind {
        case .died, .returned, .declaredMissing, .nationalityChanged, .detailsChanged, .detailsCorrected, .annulled,
            .mergedWith, .unmerged, .setAside:
            true
        case .collected, .registeredAtBirth, .numberAssigned, .numberCancelled, .numberReestablished,
            .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved, .householdFormed, .householdSplit, .headOfHouseholdChanged,
            .householdMemberJoined, .householdMemberLeft, .married, .divorced, .parentRecognised, .adopted,
            .guardianshipEstablished, .findingNoted, .relativeLinked, .eventConfirmed, .batchReceived, .sheetHeld,
            .sheetDecided,
            .accessChanged, .retentionRuled, .registerChanged, .cardChanged:
            false
        }
    }

    package func react(to change: PersonChange, on connection: Connection) throws {
        let before = change.before.map(LifeFacts.init)
        let after = LifeFacts(change.after)
        guard before != after else { return }
        let desk = CardDesk(
            connection: connection, acts: acts, looks: looks, surroundings: surroundings, actor: change.actor,
            now: change.act.recorded)
        if let cause = after.stop, before?.stop != cause {
            try desk.stop(change.after.person, cause)
        } else if after.stop == nil, let cause = before?.stop {
            try desk.resume(change.after.person, stoppedBy: cause)
        }
        if let before, before.holdsCertificate != after.holdsCertificate {
            try desk.settleCertificates(
                of: change.after.person, isStopped: !after.holdsCertificate,
                cause: after.stop?.rawValue ?? StopCause.nationality.rawValue)
        }
    }
}

/// What of a record decides whether its holder's cards hold.
private struct LifeFacts: Hashable {
    let stop: StopCause?
    /// Living, without a nationality, and no duplicate.
    let holdsCertificate: Bool

    init(_ state: PersonState) {
        let applicant = Applicant(state)
        holdsCertificate =
            applicant.product == .certificate && state.mergedInto == nil && state.life.status != .dead
        // A merge comes first: what the record says of its person from then on is said of the one that goes on.
        stop =
            state.mergedInto != nil
            ? .merge : state.life.status == .dead ? .death : applicant.isVietnamese == false ? .nationality : nil
    }
}

extension CardDesk {
    /// Dừng mọi thẻ và hồ sơ của một người.
    fileprivate func stop(_ person: Int64, _ cause: StopCause) throws {
        for var card in try CardStore().cards(of: person, on: connection) where card.stopped != cause {
            let isOver = card.stage == .destroyed || card.stage == .cancelled
            guard !isOver else { continue }
            card.stopped = cause
            card.changed = now
            try CardStore().update(card, on: connection)
            try append(.cardStopped(card: card.handle, cause: cause), about: card.id)
            if card.stage.ways[.cancel] != nil { try move(&card, .cancel) }
            let action: CardAction =
                switch cause {
                case .death: .stopOnDeath
                case .nationality: .revoke
                case .merge: .stopOnMerge
                }
            if card.status?.ways[action] != nil {
                let ground = cause == .nationality ? RevocationGround.nationalityLost.rawValue : nil
                try change(&card, action, ground: ground)
            }
        }
        if var application = try ApplicationStore().living(of: person, on: connection) {
            try move(&application, .end, note: cause.rawValue)
        }
    }

    /// Khôi phục thẻ: the death was annulled, the person came back, or the merge was undone.
    ///
    /// A nationality that was lost has revoked the card on a ground of the law, which nothing takes back.
    fileprivate func resume(_ person: Int64, stoppedBy cause: StopCause) throws {
        guard cause != .nationality else { return }
        for var card in try CardStore().cards(of: person, on: connection) where card.stopped == cause {
            card.stopped = nil
            try CardStore().update(card, on: connection)
            try append(.cardStopped(card: card.handle, cause: nil), about: card.id)
            let isStopped = card.status == .stoppedOnDeath || card.status == .stoppedOnMerge
            if isStopped, let back = try statusBeforeStop(of: card).resumption { try change(&card, back) }
        }
    }

    /// What a card was when it was stopped: a lost one must not come back as one that holds.
    private func statusBeforeStop(of card: Card) throws -> CardStatus {
        var (status, before) = (CardStatus.made, CardStatus.made)
        for event in try events(of: card.id) {
            guard case .cardChanged(_, let action, _, _) = event.change, let next = status.ways[action] else {
                continue
            }
            if action == .stopOnDeath || action == .stopOnMerge { before = status }
            status = next
        }
        return before
    }
}
