/// Đọc chip để kiểm tra: what a terminal reads from a chip, and what the chip's protocols came to.
///
/// A wrong code leaves access open and not failed: the chip may be genuine and the code mistyped.
package struct ChipInspection: Sendable {
    package let files: [ChipFile: [UInt8]]
    let access: CardOutcome
    /// What shows whether the chip is a copy; empty when it was not opened.
    let proofs: [CardVerdict.Line]

    /// Opens a chip, reads what is there for everybody, and lets it prove its keys.
    ///
    /// Chip authentication comes late: when it fails, nothing more can be read. Fingers are asked for after it, and
    /// only by a terminal with a right.
    package init(
        through terminal: inout ChipTerminal, with password: ChipPassword, rights: TerminalRights? = nil
    ) throws {
        var files: [ChipFile: [UInt8]] = [:]
        files[.cardAccess] = try Self.read(.cardAccess, through: &terminal)
        access = try Self.open(&terminal, with: password, announced: files[.cardAccess])
        var proofs: [CardVerdict.Line] = []
        if access == .passed {
            for file in [ChipFile.com, .sod] { files[file] = try Self.read(file, through: &terminal) }
            for file in Self.groups(of: files) { files[file] = try Self.read(file, through: &terminal) }
            proofs = [
                .init(check: .activeAuthentication, outcome: try Self.active(&terminal, files)),
                .init(check: .chipAuthentication, outcome: try Self.chip(&terminal, files)),
            ]
            if let rights, proofs.last?.outcome == .passed {
                let outcome = try Self.right(&terminal, rights)
                proofs.append(.init(check: .terminalAuthentication, outcome: outcome))
                if outcome == .passed, Self.names(.dg3, files) {
                    files[.dg3] = try Self.read(.dg3, through: &terminal)
                }
            }
        }
        self.files = files
        self.proofs = proofs
    }

    /// Every check: how the chip opened, what its files say, and whether it is a copy.
    package func verdict(by authentication: PassiveAuthentication) -> CardVerdict {
        let opening = CardVerdict.Line(check: .access, outcome: access)
        guard access == .passed else { return CardVerdict(lines: [opening]) }
        let lines = authentication.verdict(on: files).lines.map { line in
            // A folder may hold less than the card; a chip that keeps back what was signed is none of the issuer's.
            if case .hash(let number) = line.check, line.outcome == .open(.groupNotRead), !Self.guarded.contains(number)
            {
                CardVerdict.Line(check: line.check, outcome: .failed(.groupWithheld))
            } else {
                line
            }
        }
        return CardVerdict(lines: [opening] + lines + proofs)
    }

    /// Fingers and irises, which open to terminals with the right alone.
    private static let guarded = [3, 4]

    // MARK: Steps

    /// A file; nil when the chip does not give it.
    private static func read(_ file: ChipFile, through terminal: inout ChipTerminal) throws -> [UInt8]? {
        do {
            return try terminal.read(file)
        } catch ChipTerminal.Failure.status {
            return nil
        }
    }

    private static func open(
        _ terminal: inout ChipTerminal, with password: ChipPassword, announced: [UInt8]?
    ) throws -> CardOutcome {
        let curves = announced.flatMap { try? SecurityInfos(cardAccess: $0) }?.paceCurves ?? []
        do {
            if !curves.isEmpty {
                try terminal.open(with: password, on: curves)
            } else if case .zone(let zone) = password {
                try terminal.openBasically(with: zone)
            } else {
                return .open(.unreadable(.unsupported("PACE ≠ ECDH-GM AES-128")))
            }
            return .passed
        } catch let failure as ChipTerminal.Failure {
            switch failure {
            case .wrongToken, .status(ResponseAPDU.wrongToken): return .open(.accessCodeWrong)
            case .status(ResponseAPDU.blocked): return .open(.accessBlocked)
            case .status, .wrongAnswer: return .open(.accessFailed)
            }
        }
    }

    /// The data groups that contents or signed object name, without fingers.
    private static func groups(of files: [ChipFile: [UInt8]]) -> [ChipFile] {
        ChipFile.allCases.filter { $0 != .dg3 && names($0, files) }
    }

    /// Whether contents or signed object name a data group.
    private static func names(_ file: ChipFile, _ files: [ChipFile: [UInt8]]) -> Bool {
        signs(file, files) || (files[.com].flatMap { try? ContentsFile(bytes: $0) }?.files.contains(file) ?? false)
    }

    /// Whether the signed object has the hash of a data group.
    private static func signs(_ file: ChipFile, _ files: [ChipFile: [UInt8]]) -> Bool {
        guard let number = file.dataGroup, let object = files[.sod] else { return false }
        return (try? SecurityObject(bytes: object))?.hashes[number] != nil
    }

    private static func right(_ terminal: inout ChipTerminal, _ rights: TerminalRights) throws -> CardOutcome {
        do {
            try terminal.prove(rights.chain, with: rights.key)
            return .passed
        } catch ChipTerminal.Failure.status {
            return .open(.rightNotTaken)
        }
    }

    /// What it says of a chip that it gives no file with a key: a copy, where one was signed.
    private static func withoutKey(_ file: ChipFile, _ files: [ChipFile: [UInt8]]) -> CardOutcome {
        signs(file, files) ? .failed(.keyNotProven) : .open(.noChipKey)
    }

    private static func active(_ terminal: inout ChipTerminal, _ files: [ChipFile: [UInt8]]) throws -> CardOutcome {
        guard let bytes = files[.dg15] else { return withoutKey(.dg15, files) }
        do {
            return try terminal.hasKey(of: ActiveKeyFile(bytes: bytes)) ? .passed : .failed(.keyNotProven)
        } catch let fault as ChipFault {
            return outcome(of: fault)
        } catch is ChipTerminal.Failure {
            return .failed(.keyNotProven)
        }
    }

    private static func chip(_ terminal: inout ChipTerminal, _ files: [ChipFile: [UInt8]]) throws -> CardOutcome {
        guard let bytes = files[.dg14] else { return withoutKey(.dg14, files) }
        do {
            guard let key = try SecurityInfos(dataGroup14: bytes).chipKey else { return .open(.noChipKey) }
            try terminal.authenticate(chipKey: key)
            // Only who has the key can answer now.
            return try terminal.read(.dg14) == bytes ? .passed : .failed(.keyNotProven)
        } catch let fault as ChipFault {
            return outcome(of: fault)
        } catch is ChipTerminal.Failure {
            return .failed(.keyNotProven)
        }
    }

    /// What this program does not know is no fault of the card.
    private static func outcome(of fault: ChipFault) -> CardOutcome {
        if case .unsupported = fault { .open(.unreadable(fault)) } else { .failed(.unreadable(fault)) }
    }
}
