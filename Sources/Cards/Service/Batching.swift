import Access
import Civil
import Database
import Ledger

extension CardRegister {
    /// Mở nơi sản xuất.
    package func open(_ site: ProductionSite, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        let isCode = site.code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        guard (2...12).contains(site.code.utf8.count), isCode, site.capacity > 0,
            let name = PlainLine.parse(site.name, longest: 200)
        else { throw ProductionRefusal.siteMalformed }
        do {
            try await write(by: requester.actor) { desk in
                let id = surroundings.randomID()
                try FactoryStore().insert(
                    ProductionSite(code: site.code, name: name, capacity: site.capacity), id: id, on: desk.connection)
                try desk.append(.siteOpened(site: site.code, name: name, capacity: site.capacity), about: id)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("card_site") {
            throw ProductionRefusal.siteTaken
        }
    }

    /// Ngừng, cho chạy lại, hoặc đổi công suất của nơi sản xuất: forecasts go by it from now on.
    ///
    /// A site that has stopped gets no batch; what it has can be moved away, finished or brought back by hand.
    /// - Parameters:
    ///   - capacity: cards in a working day; nil leaves it.
    ///   - stopped: whether it makes nothing; nil leaves it.
    package func change(
        site code: String, capacity: Int? = nil, stopped: Bool? = nil, reason: String, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        let reason = try CardRegister.stated(reason, or: CardLifeRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            let store = FactoryStore()
            guard let site = try store.site(code, on: desk.connection),
                let id = try store.key(ofSite: code, on: desk.connection)
            else { throw ProductionRefusal.siteUnknown }
            let changed = ProductionSite(
                code: site.code, name: site.name, capacity: capacity ?? site.capacity,
                isStopped: stopped ?? site.isStopped)
            guard changed.capacity > 0 else { throw ProductionRefusal.siteMalformed }
            guard changed != site else { return }
            try store.update(changed, on: desk.connection)
            try desk.append(
                .siteChanged(
                    site: code, capacity: changed.capacity, stopped: changed.isStopped, reason: reason), about: id)
        }
    }

    package func sites() async throws -> [ProductionSite] {
        try await database.read { try FactoryStore().sites(on: $0) }
    }

    /// Lập lô: the urgent cards and those that are due first, up to a size; sealed at once.
    package func openBatch(
        at site: String, size: Int, priority: Int = 0, once key: SentForm? = nil, by requester: Requester
    ) async throws -> ProductionBatch {
        try AccessPolicy.require(requester, toUse: .produceCards)
        guard (1...ProductionLimits.mostCardsPerBatch).contains(size) else { throw ProductionRefusal.tooManyCards }
        // Two at once may draw the same code: one of them is told to come again, and nothing was changed.
        return try await write(by: requester.actor, racingFor: "card_batch", tries: 1) { desk in
            let (store, id) = (FactoryStore(), surroundings.randomID())
            // Before anything is looked at: the same form again finds that nothing waits any more.
            try key?.mark(id, at: desk.now, on: desk.connection)
            try store.require(site, on: desk.connection)
            var cards = try CardStore().waiting(limit: size, on: desk.connection)
            guard !cards.isEmpty else { throw ProductionRefusal.nothingWaits }
            var batch = ProductionBatch(
                id: id, code: try store.nextBatchCode(of: site, on: desk.connection), site: site,
                priority: priority, status: .open, opened: desk.now)
            try store.insert(batch, on: desk.connection)
            for place in cards.indices {
                try desk.step(&cards[place], .batch)
                cards[place].batch = batch.id
                cards[place].site = site
            }
            try desk.save(cards)
            try desk.append(
                .batchOpened(batch: batch.code, site: site, priority: priority, cards: cards.map(\.handle)),
                about: batch.id)
            try desk.move(&batch, .seal)
            return batch
        }
    }

    /// Chuyển lô sang nơi khác: when a site fails; nothing of it may be at a machine.
    package func move(_ code: String, to site: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        try await write(by: requester.actor) { desk in
            try FactoryStore().require(site, on: desk.connection)
            var batch = try desk.batch(code)
            let open = try FactoryStore().openJobs(ofBatch: batch.id, on: desk.connection)
            guard open == 0 else { throw ProductionRefusal.outcomesUnknown(open) }
            try desk.move(&batch, .move, site: site)
            var cards = try CardStore().cards(ofBatch: batch.id, at: nil, on: desk.connection).filter {
                $0.stage == .batched || $0.stage == .produced
            }
            for place in cards.indices { cards[place].site = site }
            try desk.save(cards)
        }
    }

    /// Hủy lô: before it has begun; its cards wait for another one.
    package func cancelBatch(_ code: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        try await write(by: requester.actor) { desk in
            var batch = try desk.batch(code)
            let cards = try CardStore().cards(ofBatch: batch.id, at: .batched, on: desk.connection)
            for card in cards { try desk.takeOut(card) }
            try desk.move(&batch, .cancel)
        }
    }

    /// Lấy thẻ khỏi lô: it waits for another one.
    package func takeOut(_ handle: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .produceCards)
        try await write(by: requester.actor) { desk in
            try desk.takeOut(try desk.piece(handle))
        }
    }

    /// Đóng lô: what is left of its blanks goes back into the vault first, and then nothing may be missing.
    package func closeBatch(_ code: String, by requester: Requester) async throws -> BatchBalance {
        try AccessPolicy.require(requester, toUse: .produceCards)
        return try await write(by: requester.actor) { desk in
            var batch = try desk.batch(code)
            let balance = try FactoryStore().balance(ofBatch: batch.id, on: desk.connection)
            if let obstacle = balance.obstacle { throw obstacle }
            try desk.move(&batch, .close)
            return balance
        }
    }

    /// The batch that a form opened before; nil when it did not.
    package func batch(of key: SentForm) async throws -> ProductionBatch? {
        try await database.read { connection in
            try key.made(on: connection).flatMap { try FactoryStore().batch($0, on: connection) }
        }
    }

    package func batch(_ code: String, by requester: Requester) async throws -> ProductionBatch {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { try desk(for: requester.actor, on: $0).batch(code) }
    }

    package func balance(ofBatch code: String, by requester: Requester) async throws -> BatchBalance {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { connection in
            let batch = try desk(for: requester.actor, on: connection).batch(code)
            return try FactoryStore().balance(ofBatch: batch.id, on: connection)
        }
    }

    package func batches(at status: BatchStatus? = nil, by requester: Requester) async throws -> [ProductionBatch] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { try FactoryStore().batches(at: status, on: $0) }
    }
}

extension CardDesk {
    fileprivate func takeOut(_ card: Card) throws {
        var card = card
        try step(&card, .unbatch)
        card.batch = nil
        card.site = nil
        try save([card])
        try append(.cardMoved(card: card.handle, action: .unbatch, note: nil), about: card.id)
    }
}
