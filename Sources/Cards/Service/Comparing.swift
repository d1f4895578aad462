import Access
import Chip
import Civil
import Database
import Ledger
import Population

extension CardRegister {
    /// Đối chiếu vân tay khi trao thẻ: a finger of whoever came with the holder's; on record either way.
    ///
    /// The look at what was taken comes first and the act after the matcher has answered: a matcher is another program
    /// and takes its time, which no transaction waits for.
    package func compareFinger(
        _ handle: String, with probe: FingerPrint, by requester: Requester
    ) async throws -> Bool {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        if let fault = FingerCheck.fault(of: probe) { throw ApplicationRefusal.fingerUnfit(probe.finger, fault) }
        guard let matcher else { throw FingerMatchRefusal.noMatcher }
        let purpose = requester.onDuty(.cardApplication).ground.purpose
        let reference = try await write(by: requester.actor) { desk in
            let card = try desk.card(toHandOver: handle, by: requester)
            let taken = try ApplicationStore().finger(probe.finger, of: card.application, on: desk.connection)
            guard let taken else { throw CardLifeRefusal.fingerNotTaken(probe.finger) }
            try desk.look(at: [card.person], fields: [FieldGroup.biometrics.rawValue], for: purpose)
            return taken
        }
        let isMatch = try await matcher.verify(probe, against: reference)
        try await write(by: requester.actor) { desk in
            let card = try desk.card(toHandOver: handle, by: requester)
            try desk.append(
                .fingersCompared(card: card.handle, finger: probe.finger.word, isMatch: isMatch), about: card.id)
        }
        return isMatch
    }
}

extension CardDesk {
    /// A card that waits at the requester's office for its holder.
    fileprivate func card(toHandOver handle: String, by requester: Requester) throws -> Card {
        let card = try card(handle)
        guard requester.jurisdiction == .nation || requester.actor.office == card.pickup else {
            throw CardLifeRefusal.notThisOffice
        }
        _ = try card.stage.after(.handOver)
        return card
    }

    /// Whether the last finger that was compared for a card today was its holder's.
    func requireMatch(_ card: Card) throws {
        var last: Bool?
        for event in try events(of: card.id) where event.act.recorded.dayInVietnam == today {
            if case .fingersCompared(_, _, let isMatch) = event.change { last = isMatch }
        }
        guard let last else { throw CardLifeRefusal.fingersNotCompared }
        guard last else { throw CardLifeRefusal.fingersDiffer }
    }
}
