import Chip
import Civil

/// Việc giao cho máy: what a machine gets to make one card, and for how long it may keep it.
package struct WorkTicket: Sendable {
    package let job: Job
    /// Mã thẻ.
    package let card: String
    package let content: OrderContent
    /// Nil on the card of a child under six.
    package let portrait: Capture.Portrait?
    /// What goes into DG3.
    package let fingers: [FingerPrint]
}

/// Chip đã cá thể hóa: the files as they stand on the chip, its key, and what is kept of both.
package struct PersonalisedChip: Sendable {
    package let files: [ChipFile: [UInt8]]
    /// Khóa riêng của chip: it goes into the chip and is kept nowhere else.
    package let key: SoftwareSigner
    package let made: MadeChip
}

extension PersonalisedChip {
    /// Đọc lại chip: what a terminal reads from it, opened with the printed zone, as quality control does.
    ///
    /// Every file comes over the chip's own protocols, and the chip must have the key that it was given. Fingers open
    /// to a terminal that the chip's authority has given the right, here one that lives as long as this reading.
    package func read(
        of content: OrderContent, random: @escaping @Sendable (Int) -> [UInt8]
    ) throws -> [ChipFile: [UInt8]] {
        let card = try content.cardContent()
        let zone = try card.zone()
        let day = card.issued
        let rights = files[.dg3] == nil ? nil : try TerminalRights.passing(on: day)
        var chip = VirtualChip(
            files: files, zone: zone, can: String(card.number.digits.suffix(6)), key: key,
            authority: rights?.authority, random: random)
        var terminal = ChipTerminal(random: random) { chip.respond(to: $0) }
        var found: [ChipFile: [UInt8]] = [.cardAccess: try terminal.read(.cardAccess)]
        try terminal.open(with: .zone(zone))
        if let rights {
            try terminal.authenticate(chipKey: key.publicKey)
            try terminal.prove(rights.chain, with: rights.key)
        }
        for file in ChipFile.allCases where files[file] != nil && file != .cardAccess {
            found[file] = try terminal.read(file)
        }
        guard let active = found[.dg15], try terminal.hasKey(of: ActiveKeyFile(bytes: active)) else {
            throw ChipTerminal.Failure.wrongAnswer
        }
        return found
    }
}

/// Cá thể hóa: makes the content of one chip, with a key of its own, signed by the document signer.
package enum Personalisation {
    /// Bytes of portrait and fingers together; the other files and all headers have the rest of the chip's room.
    package static let mostPictures = VirtualChip.room - (16 << 10)

    /// The chip of a ticket.
    ///
    /// - Parameter signer: the document signer, whose key may stand in a file or on a token.
    package static func chip(
        for ticket: WorkTicket, by signer: DocumentSigner, at now: Instant
    ) throws -> PersonalisedChip {
        try chip(of: ticket.content, portrait: ticket.portrait, fingers: ticket.fingers, by: signer, at: now)
    }

    /// The chip of what is ordered.
    package static func chip(
        of order: OrderContent, portrait: Capture.Portrait?, fingers: [FingerPrint], by signer: DocumentSigner,
        at now: Instant
    ) throws -> PersonalisedChip {
        let content = try order.cardContent()
        var face: FaceFile?
        if let portrait {
            face = FaceFile(
                image: portrait.image, width: portrait.width, height: portrait.height, sex: content.sex)
            if face == nil { throw ProductionRefusal.contentUnfit }
        }
        let key = try SoftwareSigner()
        let prints = fingers.compactMap(\.print)
        guard prints.count == order.fingers?.count ?? 0 else { throw ProductionRefusal.contentUnfit }
        var files = try content.files(
            face: face, fingers: prints.isEmpty ? nil : FingerFile(prints: prints), chipKey: key.publicKey)
        let object = try SecurityObject.bytes(for: files, by: signer, at: now)
        files[.sod] = object
        return PersonalisedChip(
            files: files, key: key,
            made: MadeChip(key: ChipKey.fingerprint(key.publicKey), securityObject: Fingerprint.bytes(object)))
    }

    /// What a printer puts on the faces of the card: the zone and the text of the square code.
    package static func printed(_ content: OrderContent) throws -> (zone: [String], code: String) {
        (try content.cardContent().zone().lines, try content.squareCode().text)
    }
}
