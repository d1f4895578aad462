import Access
import Civil
import Database
import Ledger

extension CardRegister {
    /// The offices for which a site has cards to pack.
    package func officesToPack(at site: String, by requester: Requester) async throws -> [String] {
        try AccessPolicy.require(requester, toUse: .produceCards)
        return try await database.read { try CardStore().offices(readyAt: site, on: $0) }
    }

    /// Đóng gói: the cards of a site for one office into a parcel.
    package func pack(at site: String, for office: String, by requester: Requester) async throws -> Parcel {
        try AccessPolicy.require(requester, toUse: .produceCards)
        return try await write(by: requester.actor) { desk in
            var cards = try CardStore().ready(at: site, for: office, limit: Parcel.mostCards, on: desk.connection)
            guard !cards.isEmpty else { throw ProductionRefusal.nothingToPack }
            let id = surroundings.randomID()
            let code = "K" + String(id, radix: 36, uppercase: true)
            let parcel = Parcel(
                id: id, code: code, site: site, office: office, stage: .packed, packed: desk.now,
                cards: cards.count)
            try FactoryStore().insert(parcel, on: desk.connection)
            for place in cards.indices {
                try desk.step(&cards[place], .pack)
                cards[place].parcel = id
            }
            try desk.save(cards)
            try desk.note(.pack, of: parcel, cards)
            return parcel
        }
    }

    /// Gửi kiện đi: with the number under which the carrier has it.
    package func dispatch(_ code: String, tracking: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        let tracking = try CardRegister.stated(tracking, or: ProductionRefusal.parcelNotNow)
        try await write(by: requester.actor) { desk in
            try desk.move(parcel: code, .dispatch) { $0.tracking = tracking }
        }
    }

    /// Nhận kiện: counted, card by card; a difference is told and nothing is taken over.
    ///
    /// - Parameter missing: serials of blanks whose cards were sent and do not lie in the parcel; those are lost from
    ///   then on.
    package func receive(
        _ code: String, counted: Int, missing: [String] = [], by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        try await write(by: requester.actor) { desk in
            guard let parcel = try FactoryStore().parcel(code: code, on: desk.connection) else {
                throw ProductionRefusal.parcelUnknown
            }
            for serial in Set(missing).sorted() {
                let card = try desk.piece(serial: serial)
                guard card.parcel == parcel.id, card.stage == .inTransit else {
                    throw ProductionRefusal.cardNotInParcel
                }
                try desk.lose(card, note: code)
            }
            try desk.move(parcel: code, .receive, counted: counted) { parcel in
                guard requester.jurisdiction == .nation || requester.actor.office == parcel.office else {
                    throw CardLifeRefusal.notThisOffice
                }
            }
        }
    }

    /// Các kiện ở một bước: those for the requester's offices; the factory sees all.
    package func parcels(at stage: OrderStage, by requester: Requester) async throws -> [Parcel] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { connection in
            let offices = try offices(of: requester, on: connection)
            return try FactoryStore().parcels(at: stage, on: connection).filter { parcel in
                offices?.contains(parcel.office) ?? true
            }
        }
    }

    /// Gửi trả thẻ không có người nhận về nơi sản xuất.
    package func sendBack(card handle: String, reason: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .deliverCards)
        let note = try CardRegister.stated(reason, or: CardLifeRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            var card = try card(handle, of: requester, desk)
            try desk.move(&card, .sendBack, note: note)
        }
    }

    /// Phôi trong kiện: serials and ranges of the blanks of the cards that lie in each parcel, by its code, for whoever
    /// counts them.
    package func contents(of parcels: [Parcel], by requester: Requester) async throws -> [String: [String]] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { connection in
            if let own = try offices(of: requester, on: connection), !own.isSuperset(of: parcels.map(\.office)) {
                throw ProductionRefusal.parcelUnknown
            }
            return try parcels.reduce(into: [:]) { contents, parcel in
                let cards = try CardStore().cards(ofParcel: parcel.id, on: connection)
                contents[parcel.code] = SerialRanges.texts(cards.compactMap(\.blank).sorted())
            }
        }
    }

    /// Ghi thẻ thất lạc trước khi trao, by the serial of its blank: it holds no more, and its holder applies anew.
    package func lose(serial: String, reason: String, by requester: Requester) async throws {
        let note = try CardRegister.stated(reason, or: CardLifeRefusal.reasonNeeded)
        guard requester.role.may(.deliverCards) || requester.role.may(.produceCards) else {
            throw AccessRefusal.roleMayNotDo
        }
        try await write(by: requester.actor) { desk in
            let card = try desk.piece(serial: serial)
            // The factory has what it has not sent; an office what lies with it.
            guard requester.role.may(.produceCards) || card.pickup == requester.actor.office else {
                throw CardLifeRefusal.notThisOffice
            }
            try desk.lose(card, note: note)
        }
    }

    /// Nơi sản xuất nhận lại thẻ, by the serial of its blank.
    package func bringBack(serial: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        try await write(by: requester.actor) { desk in
            var card = try desk.piece(serial: serial)
            card.parcel = nil
            try desk.move(&card, .bringBack)
        }
    }
}

extension CardDesk {
    /// A card that is nowhere: it holds no more, and its application is over, so that the holder can apply anew.
    fileprivate func lose(_ card: Card, note: String) throws {
        var card = card
        card.parcel = nil
        try move(&card, .lose, note: note)
        try change(&card, .lose, note: note)
        if var application = try ApplicationStore().application(card.application, on: connection),
            application.status.isLiving
        {
            try move(&application, .end, note: note)
        }
    }

    fileprivate func note(_ action: OrderAction, of parcel: Parcel, _ cards: [Card]) throws {
        try append(
            .parcelChanged(
                parcel: parcel.code, action: action, office: parcel.office, cards: cards.map(\.handle),
                tracking: parcel.tracking), about: parcel.id)
    }

    /// Moves a parcel with all cards that lie in it.
    fileprivate func move(
        parcel code: String, _ action: OrderAction, counted: Int? = nil, _ change: (inout Parcel) throws -> Void
    ) throws {
        guard var parcel = try FactoryStore().parcel(code: code, on: connection) else {
            throw ProductionRefusal.parcelUnknown
        }
        try change(&parcel)
        guard let stage = parcel.stage.ways[action] else { throw ProductionRefusal.parcelNotNow }
        var cards = try CardStore().cards(ofParcel: parcel.id, on: connection).filter { $0.stage == parcel.stage }
        if let counted, counted != cards.count { throw ProductionRefusal.parcelDiffers }
        for place in cards.indices { try step(&cards[place], action) }
        parcel.stage = stage
        try FactoryStore().update(parcel, at: now, on: connection)
        try save(cards)
        try note(action, of: parcel, cards)
    }
}
