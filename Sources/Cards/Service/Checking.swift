import Access
import Chip
import Civil
import Database
import Ledger
import Population

extension CardRegister {
    /// Kiểm tra chất lượng: compares what was read from the finished card with its order.
    ///
    /// A card that passes is made, its blank good. One that does not waits for another blank, and its own is spoiled in
    /// the same transaction: a reprint never begins before that.
    ///
    /// - Parameter name: the card's handle, or the serial that stands on it.
    package func check(
        _ name: String, _ reading: QualityReading, trust: TrustStore, by requester: Requester
    ) async throws -> Set<RejectCode> {
        try AccessPolicy.require(requester, toUse: .checkCardQuality)
        let isDemonstration = population.kind == .demonstration
        return try await write(by: requester.actor) { desk in
            var card = try desk.piece(named: name)
            guard let content = try CardStore().content(of: card.id, on: desk.connection), let made = card.made,
                let serial = card.blank
            else { throw ProductionRefusal.cardNotNow(.pass, card.stage) }
            var rejects = try QualityControl.rejects(reading, of: content, made: made, trust: trust, at: desk.now)
            if card.stopped != nil { rejects.insert(.holderStopped) }
            guard let blank = try BlankStore().blank(serial, on: desk.connection) else { throw BlankRefusal.unknown }
            let sorted = rejects.sorted { $0.rawValue < $1.rawValue }
            if sorted.isEmpty {
                try desk.step(&card, .pass)
                card.status = .made
                _ = try desk.move([blank], .use, card: card.id)
                try desk.keep(reading.files ?? [:], of: card, trust, isDemonstration: isDemonstration)
            } else {
                try desk.step(&card, card.stopped == nil ? .reject : .scrap)
                try ChipFileStore().insert(rejected: made.key, at: desk.now, on: desk.connection)
                (card.blank, card.series, card.chipKey, card.securityObject) = (nil, nil, nil, nil)
                _ = try desk.move([blank], .spoil, reject: sorted.first)
            }
            try desk.save([card])
            try desk.append(
                .cardChecked(card: card.handle, blank: serial.canonical, rejects: sorted), about: card.id, blank.lot)
            return rejects
        }
    }

    /// The handles of cards at a stage, the longest there first.
    package func cards(at stage: OrderStage, limit: Int = 1_000, by requester: Requester) async throws -> [String] {
        try AccessPolicy.require(requester, toUse: .seeCardFlow)
        return try await database.read { try CardStore().handles(at: stage, limit: limit, on: $0) }
    }
}

extension CardDesk {
    /// Keeps who vouches for a card that passed, and in demonstration registers what stands on its chip.
    ///
    /// Those give it to the readers of others; nobody else may read it.
    fileprivate func keep(
        _ files: [ChipFile: [UInt8]], of card: Card, _ trust: TrustStore, isDemonstration: Bool
    ) throws {
        let store = ChipFileStore()
        if isDemonstration { try store.insert(files, of: card.id, on: connection) }
        guard let object = files[.sod].flatMap({ try? SecurityObject(bytes: $0) }),
            let signer = object.signed.signerCertificate, let authority = trust.authority(of: signer)
        else { return }
        try store.insert(authority, as: .authority, at: now, on: connection)
        try store.insert(signer, as: .signer, at: now, on: connection)
    }
}
