import Access
import Civil
import Database
import Ledger

extension CardRegister {
    /// Nhận phôi: a delivery of blanks with consecutive serials; each has its row from here on.
    package func receiveBlanks(
        first: String, count: Int, series: String, note code: String, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        guard let first = BlankSerial(canonical: first) else { throw BlankRefusal.serialMalformed }
        guard (1...ProductionLimits.mostBlanksPerLot).contains(count),
            BlankSerial(prefix: first.prefix, number: first.number + count - 1) != nil
        else { throw BlankRefusal.countOutOfRange }
        let series = try CardRegister.stated(series, or: CardLifeRefusal.seriesUnknown)
        let code = try CardRegister.stated(code, or: BlankRefusal.reasonNeeded)
        do {
            try await write(by: requester.actor) { desk in
                let store = BlankStore()
                let id = surroundings.randomID()
                let key = try store.series(series, or: surroundings.randomID(), on: desk.connection)
                try store.receive(
                    first, count: count, series: series, lot: (id, code), at: desk.now, on: desk.connection)
                try desk.append(
                    .blanksReceived(lot: code, series: series, first: first.canonical, count: count), about: id, key)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("blank") {
            throw BlankRefusal.receivedBefore
        }
    }

    /// Nhập kho: what was received and counted goes into the vault.
    package func vaultBlanks(limit: Int, by requester: Requester) async throws -> Int {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        return try await write(by: requester.actor) { desk in
            let blanks = try BlankStore().blanks(.received, limit: limit, on: desk.connection)
            try desk.note(.vault, of: try desk.move(blanks, .vault))
            return blanks.count
        }
    }

    /// Cấp phôi cho lô: the batch begins with its first blanks.
    package func issueBlanks(
        _ count: Int, to code: String, once key: SentForm? = nil, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        guard (1...ProductionLimits.mostBlanksAtOnce).contains(count) else { throw BlankRefusal.tooManyAtOnce }
        try await write(by: requester.actor) { desk in
            var batch = try desk.batch(code)
            try key?.mark(batch.id, at: desk.now, on: desk.connection)
            if batch.status == .sealed { try desk.move(&batch, .start) }
            guard batch.status == .running else { throw ProductionRefusal.batchNotNow(.start, batch.status) }
            let store = BlankStore()
            let blanks = try store.blanks(.vaulted, limit: count, on: desk.connection)
            guard blanks.count == count else { throw BlankRefusal.notEnough(blanks.count) }
            let moved = try desk.move(blanks, .issue, batch: batch.id)
            try store.issued(moved, to: batch.id, at: desk.now, on: desk.connection)
            try desk.note(.issue, of: moved, batch: batch)
        }
    }

    /// Trả phôi về kho: what the batch did not need.
    package func giveBackBlanks(of code: String, by requester: Requester) async throws -> Int {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        return try await write(by: requester.actor) { desk in
            let batch = try desk.batch(code)
            let store = BlankStore()
            let blanks = try store.free(inBatch: batch.id, on: desk.connection)
            try store.givenBack(blanks, from: batch.id, at: desk.now, on: desk.connection)
            try desk.note(.giveBack, of: try desk.move(blanks, .giveBack), batch: batch)
            return blanks.count
        }
    }

    /// Lấy mẫu, ghi hỏng, báo mất, báo tìm thấy: what happens to single blanks outside a machine.
    package func record(
        _ move: BlankMove, of serials: [String], reason: String, by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        let note = try CardRegister.stated(reason, or: BlankRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            let blanks = try desk.blanks(serials)
            switch move {
            case .sample, .spoil, .lose, .find:
                for blank in blanks where try BlankStore().isAtMachine(blank.serial, on: desk.connection) {
                    throw BlankRefusal.atMachine
                }
                try desk.note(move, of: try desk.move(blanks, move), text: note)
            // Those have use cases of their own.
            case .vault, .issue, .giveBack, .use, .destroy:
                throw BlankRefusal.notNow(move, blanks.first?.fate ?? .received)
            }
        }
    }

    /// Số phôi theo tình trạng.
    package func stock(by requester: Requester) async throws -> StockBalance {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { try BlankStore().balance(on: $0) }
    }

    /// The serials of blanks with one fate, in their order.
    package func blanks(_ fate: BlankFate, limit: Int = 10_000, by requester: Requester) async throws -> [String] {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        return try await database.read { connection in
            try BlankStore().blanks(fate, limit: limit, on: connection).map(\.serial.canonical)
        }
    }
}

extension CardDesk {
    func blanks(_ serials: [String]) throws -> [Blank] {
        // Named twice it is one blank all the same.
        try Set(serials).sorted().map { text in
            guard let serial = BlankSerial(canonical: text) else { throw BlankRefusal.serialMalformed }
            guard let blank = try BlankStore().blank(serial, on: connection) else { throw BlankRefusal.unknown }
            return blank
        }
    }

    /// One act for blanks that moved together, in the streams of their delivery notes.
    func note(_ move: BlankMove, of blanks: [Blank], batch: ProductionBatch? = nil, text: String? = nil) throws {
        for (lot, serials) in CardDesk.byLot(blanks) {
            let change = CardChange.blanksMoved(move: move, serials: serials, batch: batch?.code, note: text)
            if let batch { try append(change, about: lot, batch.id) } else { try append(change, about: lot) }
        }
    }

    /// Destroys what another account has planned.
    func destroy(_ blanks: [Blank], plannedBy first: String, note: String) throws {
        try BlankStore().destroy(
            blanks, protocol: surroundings.randomID(), by: first, and: actor.account, note: note, at: now,
            on: connection)
        for (lot, serials) in CardDesk.byLot(blanks) {
            try append(.blanksDestroyed(serials: serials, second: first, note: note), about: lot)
        }
    }

    /// The delivery notes that blanks came with, in order, each with its serials.
    static func byLot(_ blanks: [Blank]) -> [(lot: Int64, serials: [String])] {
        Dictionary(grouping: blanks, by: \.lot).sorted { $0.key < $1.key }
            .map { ($0.key, SerialRanges.texts($0.value.map(\.serial))) }
    }
}
