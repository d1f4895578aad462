import Access
import Civil
import Database
import Ledger
import Population

/// Đối chiếu người nhận: how the receiver's identity was checked.
package enum IdentityCheck: String, Codable, CaseIterable, Hashable, Sendable {
    /// Khuôn mặt, bởi cán bộ.
    case face
    /// Vân tay.
    case fingers
    /// Giấy tờ.
    case papers
    /// Người đại diện.
    case representative
}

/// Thẻ cũ: what became of the card before, when there is one.
package enum OldCard: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đã thu.
    case collected
    /// Đã mất.
    case lost
    case none
}

extension CardRegister {
    /// Trao thẻ: to the holder whose identity was checked; the card before ends in the same transaction.
    ///
    /// - Parameter activating: whether the holder has it active at once.
    package func handOver(
        _ handle: String, check: IdentityCheck?, oldCard: OldCard, activating: Bool = true, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        guard let check else { throw CardLifeRefusal.identityNotChecked }
        try await write(by: requester.actor) { desk in
            var card = try desk.card(handle)
            guard requester.jurisdiction == .nation || requester.actor.office == card.pickup else {
                throw CardLifeRefusal.notThisOffice
            }
            if card.stopped != nil { throw ProductionRefusal.holderStopped }
            if check == .fingers { try desk.requireMatch(card) }
            let holder = try desk.applicant(card.person)
            guard holder.life == .living else { throw CardLifeRefusal.holderNotLiving }
            guard holder.number == card.number else { throw CardLifeRefusal.numberNotInForce }
            var receivers = [card.person]
            if check == .representative {
                let application = try ApplicationStore().application(card.application, on: desk.connection)
                guard let representative = application?.representative else { throw CardLifeRefusal.noRepresentative }
                receivers.append(representative)
            }
            try desk.look(at: receivers, fields: [FieldGroup.life.rawValue], for: .cardApplication)
            try desk.end(cardBefore: card, oldCard)
            try desk.step(&card, .handOver)
            try desk.save([card])
            try desk.change(&card, .deliver, ground: check.rawValue, note: oldCard.rawValue)
            if activating { try desk.change(&card, .activate) }
            // One that a death ended stays ended, also when the death was annulled and the card is handed over.
            if var application = try ApplicationStore().application(card.application, on: desk.connection),
                application.status.ways[.complete] != nil
            {
                try desk.move(&application, .complete)
            }
        }
    }

    /// Kích hoạt: a card that was handed over without.
    @discardableResult
    package func activate(_ handle: String, by requester: Requester) async throws -> Card {
        try await change(handle, .activate, by: requester)
    }

    /// Tạm giữ thẻ.
    @discardableResult
    package func hold(_ handle: String, _ ground: HoldGround, by requester: Requester) async throws -> Card {
        try await change(handle, .hold, ground: ground.rawValue, by: requester)
    }

    /// Trả lại thẻ đã tạm giữ.
    @discardableResult
    package func giveBack(_ handle: String, by requester: Requester) async throws -> Card {
        try await change(handle, .giveBack, by: requester)
    }

    /// Báo mất: from the next status check on it holds no more; at any office, since it must not wait.
    @discardableResult
    package func reportLost(_ handle: String, note: String? = nil, by requester: Requester) async throws -> Card {
        try await change(handle, .reportLost, note: note, by: requester)
    }

    /// Báo tìm thấy.
    @discardableResult
    package func reportFound(_ handle: String, by requester: Requester) async throws -> Card {
        try await change(handle, .reportFound, by: requester)
    }

    /// Thu hồi: on the grounds of the law and no other.
    @discardableResult
    package func revoke(
        _ handle: String, _ ground: RevocationGround, note: String? = nil, by requester: Requester
    ) async throws -> Card {
        try AccessPolicy.require(requester, toUse: .revokeCards)
        let note = try CardRegister.ifStated(note, or: CardLifeRefusal.reasonNeeded)
        return try await write(by: requester.actor) { desk in
            var card = try card(handle, of: requester, desk)
            try desk.change(&card, .revoke, ground: ground.rawValue, note: note)
            return card
        }
    }

    /// Hết hạn: notes cards whose last day is over, and says how many; a status check does not wait for it.
    package func expireDue(by requester: Requester) async throws -> Int {
        try AccessPolicy.require(requester, toUse: .produceCards)
        return try await write(by: requester.actor) { desk in
            let cards = try CardStore().expired(before: desk.today, limit: 1_000, on: desk.connection)
            for var card in cards { try desk.change(&card, .expire) }
            return cards.count
        }
    }

    private func change(
        _ handle: String, _ action: CardAction, ground: String? = nil, note: String? = nil, by requester: Requester
    ) async throws -> Card {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        let note = try CardRegister.ifStated(note, or: CardLifeRefusal.reasonNeeded)
        return try await write(by: requester.actor) { desk in
            var card = action == .reportLost ? try desk.card(handle) : try card(handle, of: requester, desk)
            try desk.change(&card, action, ground: ground, note: note)
            return card
        }
    }

    /// A card that is work of one of the requester's offices; of others there is none.
    func card(_ handle: String, of requester: Requester, _ desk: CardDesk) throws -> Card {
        let card = try desk.card(handle)
        guard let application = try ApplicationStore().application(card.application, on: desk.connection),
            try concerns(application, requester, on: desk.connection)
        else { throw ProductionRefusal.cardUnknown }
        return card
    }

    // MARK: Looking

    /// Các thẻ của một người: every card of somebody whom the officer may look at, the newest first; behind them those
    /// of records that were merged into the person's.
    package func cards(of selector: PersonSelector, by requester: Requester) async throws -> [Card] {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        let requester = requester.onDuty(.cardStatus)
        guard let answer = try await population.look(at: selector, by: requester) else {
            throw AccessRefusal.notFoundHere
        }
        return try await database.read { connection in
            try CardRegister.withMerged(answer.state, connection).flatMap {
                try CardStore().cards(of: $0, on: connection)
            }
        }
    }

    /// Thẻ: one as it stands; what became of it says something of its holder, so that it is a look.
    package func card(_ handle: String, by requester: Requester) async throws -> Card {
        try await status(by: requester) { desk in
            let card = try card(handle, of: requester, desk)
            return (card, card.person)
        }
    }

    /// Lịch sử thẻ: every act of its stream, in order; a look.
    package func history(of handle: String, by requester: Requester) async throws -> [CardEvent] {
        try await status(by: requester) { desk in
            let card = try card(handle, of: requester, desk)
            return (try desk.events(of: card.id), card.person)
        }
    }

    /// What is told of a card or certificate, with the look at its holder.
    func status<Value: Sendable>(
        by requester: Requester, _ body: @escaping @Sendable (CardDesk) throws -> (Value, holder: Int64)
    ) async throws -> Value {
        try AccessPolicy.require(requester, toUse: .checkCardStatus)
        let purpose = requester.onDuty(.cardStatus).ground.purpose
        return try await write(by: requester.actor) { desk in
            let (value, holder) = try body(desk)
            try desk.look(at: [holder], fields: ["card_status"], for: purpose)
            return value
        }
    }
}

extension CardDesk {
    /// Ends the card that the holder has: it is collected, or lost.
    fileprivate func end(cardBefore new: Card, _ oldCard: OldCard) throws {
        let cards = try CardStore().cards(of: new.person, on: connection)
        for var old in cards where old.id != new.id && (old.status?.isWithHolder ?? false) {
            switch oldCard {
            case .collected: break
            case .lost: if old.status?.ways[.reportLost] != nil { try change(&old, .reportLost) }
            case .none: throw CardLifeRefusal.oldCardMissing
            }
            try change(&old, .exchange, ground: oldCard.rawValue)
        }
    }
}
