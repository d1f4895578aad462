/// Chip ảo: the program of a card, which answers commands as a chip would; all its state is here.
///
/// It says nothing of what a real chip withstands: its arithmetic takes time that depends on its secrets.
package struct VirtualChip: Sendable {
    /// What stays when the power goes.
    var memory: ChipMemory
    let random: @Sendable (Int) -> [UInt8]

    private var agreement = Agreement.none
    private var channel: SecureChannel?
    /// The keys that hold after the answer that is being given.
    private var nextChannel: SecureChannel?
    private var isInApplication = false
    var selected: ChipFile?
    /// The password of the agreement that is going on, and then of the session.
    private var opening: ChipPassword?
    /// What a terminal has shown of its rights in this session.
    var proof = TerminalProof()
    /// Whether the session ends with the answer that is being given.
    var isEnding = false

    /// Bước của PACE: what the chip remembers between the steps of an agreement.
    private enum Agreement: Sendable {
        case none
        case password(ChipPassword, Curve)
        case nonce([UInt8], Curve)
        case generator(ECPublicKey)
        case secret([UInt8], own: ECPublicKey, other: ECPublicKey)
        case chipAuthentication
        /// Basic access control: what the chip thought of.
        case challenge([UInt8])
    }

    /// Bytes that all files of a chip may have together.
    package static let room = 144 << 10

    /// A chip with its files and secrets.
    ///
    /// - Parameters:
    ///   - authority: who says which terminals may read fingers; nobody may without it.
    ///   - key: the chip's own; without it the chip proves nothing, as a copy of its files would not.
    ///   - hasBasicAccess: whether it opens to older readers too, which know no PACE.
    ///   - random: that many bytes from a cryptographic source.
    package init(
        files: [ChipFile: [UInt8]], zone: MRZ, can: String, key: SoftwareSigner?,
        authority: TerminalCertificate? = nil, hasBasicAccess: Bool = false,
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        memory = ChipMemory(files: files, zone: zone, can: can, key: key, authority: authority)
        memory.hasBasicAccess = hasBasicAccess
        self.random = random
    }

    /// A blank chip, which whoever has the key can personalise and lock; nil when the key is too short.
    package init?(personalisationKey: [UInt8], random: @escaping @Sendable (Int) -> [UInt8]) {
        guard personalisationKey.count >= SessionCipher.blockLength else { return nil }
        memory = ChipMemory(personalisationKey: personalisationKey)
        self.random = random
    }

    /// Power is lost: everything but what stands in its memory is forgotten.
    package mutating func reset() {
        memory.forgetWrongZones()
        endSession()
    }

    private mutating func endSession() {
        opening = nil
        proof = TerminalProof()
        isEnding = false
        agreement = .none
        channel = nil
        nextChannel = nil
        isInApplication = false
        selected = nil
    }

    /// Answers a command.
    package mutating func respond(to bytes: [UInt8]) -> [UInt8] {
        guard let command = CommandAPDU(bytes: bytes) else {
            return ResponseAPDU(status: ResponseAPDU.wrongLength).bytes
        }
        switch command.cla {
        case 0x00, 0x10:
            // A command in clear ends the session, whoever sent it.
            if channel != nil { endSession() }
            return carryOut(command).bytes
        case 0x0C: return respond(protected: command).bytes
        default: return ResponseAPDU(status: ResponseAPDU.unknownClass).bytes
        }
    }

    private mutating func respond(protected command: CommandAPDU) -> ResponseAPDU {
        guard var channel else { return ResponseAPDU(status: ResponseAPDU.secureDataMissing) }
        guard let plain = channel.unwrap(command) else {
            endSession()
            return ResponseAPDU(status: ResponseAPDU.secureDataWrong)
        }
        let answer = channel.wrap(carryOut(plain))
        self.channel = nextChannel ?? channel
        nextChannel = nil
        if isEnding { endSession() }
        return answer
    }

    private mutating func carryOut(_ command: CommandAPDU) -> ResponseAPDU {
        switch command.ins {
        case 0xA4: select(command)
        case 0xB0: read(command)
        case 0xB1: readAtLongOffset(command)
        case 0x22: setEnvironment(command)
        case 0x86: agree(command)
        case 0x88: authenticate(command)
        case 0x82, 0x84: channel == nil ? openBasically(command) : proveTerminal(command)
        case 0x2A: channel == nil ? ResponseAPDU(status: ResponseAPDU.notSatisfied) : proveTerminal(command)
        case 0x24, 0x44, 0x46, 0xD6, 0xD7, 0xDA, 0xE0: change(command)
        default: ResponseAPDU(status: ResponseAPDU.unknownInstruction)
        }
    }

    /// CREATE, UPDATE and so on: for whoever opened the chip with the key of personalisation, until it is locked.
    private mutating func change(_ command: CommandAPDU) -> ResponseAPDU {
        guard memory.personalisationKey != nil else { return ResponseAPDU(status: ResponseAPDU.unknownInstruction) }
        guard channel != nil, case .personalisation = opening else {
            return ResponseAPDU(status: ResponseAPDU.notSatisfied)
        }
        return personalise(command)
    }

    // MARK: Files

    private mutating func select(_ command: CommandAPDU) -> ResponseAPDU {
        switch command.p1 {
        case 0x04:
            guard command.data == ChipFile.application else { return ResponseAPDU(status: ResponseAPDU.fileNotFound) }
            isInApplication = true
            selected = nil
            return ResponseAPDU()
        case 0x00 where command.data.isEmpty || command.data == [0x3F, 0x00]:
            // The cards know no master file; readers must get along without.
            return ResponseAPDU(status: ResponseAPDU.unknownInstruction)
        case 0x00, 0x02:
            guard command.data.count == 2 else { return ResponseAPDU(status: ResponseAPDU.wrongLength) }
            let identifier = UInt16(command.data[0]) << 8 | UInt16(command.data[1])
            return select { $0.identifier == identifier }
        default: return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
    }

    private mutating func select(_ isMeant: (ChipFile) -> Bool) -> ResponseAPDU {
        selected = nil
        let file = ChipFile.allCases.first { isMeant($0) }
        // In clear only EF.CardAccess can be found; what else is there is nobody's business.
        if channel == nil, file != .cardAccess { return ResponseAPDU(status: ResponseAPDU.notSatisfied) }
        guard let file, memory.files[file] != nil, isInApplication || file == .cardAccess else {
            return ResponseAPDU(status: ResponseAPDU.fileNotFound)
        }
        selected = file
        return ResponseAPDU()
    }

    private mutating func read(_ command: CommandAPDU) -> ResponseAPDU {
        guard command.p1 & 0x80 != 0 else {
            return content(from: Int(command.p1) << 8 | Int(command.p2), count: command.expected)
        }
        let short = UInt16(command.p1 & 0x1F)
        let isInside = isInApplication
        let answer = select { $0.identifier & 0x1F == short && (isInside || $0 == .cardAccess) }
        return answer.status == ResponseAPDU.done ? content(from: Int(command.p2), count: command.expected) : answer
    }

    /// READ BINARY with an odd instruction: the offset is a field and may be longer than 15 bits.
    private mutating func readAtLongOffset(_ command: CommandAPDU) -> ResponseAPDU {
        guard let field = try? TLV(command.data, tag: 0x54), field.value.count <= 4 else {
            return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
        let offset = field.value.reduce(0) { $0 << 8 | Int($1) }
        // Tag and length of the answer count among the bytes that are expected.
        let count = command.expected.map { max(1, $0 - ($0 > 259 ? 4 : $0 > 131 ? 3 : 2)) }
        let answer = content(from: offset, count: count)
        return answer.data.isEmpty ? answer : ResponseAPDU(data: TLV.bytes(0x53, answer.data), status: answer.status)
    }

    private func content(from offset: Int, count: Int?) -> ResponseAPDU {
        guard let selected, let bytes = memory.files[selected] else {
            return ResponseAPDU(status: ResponseAPDU.notPrepared)
        }
        // Fingers are for terminals that have proved their right.
        guard selected != .dg3 || proof.granted.contains(.fingers) else {
            return ResponseAPDU(status: ResponseAPDU.notSatisfied)
        }
        guard let count else { return ResponseAPDU(status: ResponseAPDU.wrongLength) }
        guard offset < bytes.count else { return ResponseAPDU(status: ResponseAPDU.wrongOffset) }
        let part = Array(bytes[offset...].prefix(min(count, 65_000)))
        let isWhole = part.count == count || count == 256 || count == 65_536
        return ResponseAPDU(data: part, status: isWhole ? ResponseAPDU.done : ResponseAPDU.endReached)
    }

    // MARK: Protocols

    private mutating func setEnvironment(_ command: CommandAPDU) -> ResponseAPDU {
        var fields: [UInt32: [UInt8]] = [:]
        var reader = TLVReader(command.data[...])
        while let field = try? reader.next() { fields[field.tag] = Array(field.value) }
        agreement = .none
        switch (command.p1, command.p2) {
        case (0xC1, 0xA4):
            let curves = memory.paceCurves
            let curve =
                fields[0x84].map { number in curves.first { [$0.paceParameters] == number } } ?? curves.first
            guard fields[0x80] == OID.paceGenericMapping.content, let curve else {
                return ResponseAPDU(status: ResponseAPDU.wrongData)
            }
            guard let password = memory.passwords.first(where: { fields[0x83] == [$0.reference] }) else {
                return ResponseAPDU(status: ResponseAPDU.wrongData)
            }
            guard !memory.isBlocked(password) else { return ResponseAPDU(status: ResponseAPDU.blocked) }
            opening = password
            agreement = .password(password, curve)
        case (0x41, 0xA4):
            guard channel != nil else { return ResponseAPDU(status: ResponseAPDU.notSatisfied) }
            guard fields[0x80] == OID.chipAuthentication.content else {
                return ResponseAPDU(status: ResponseAPDU.wrongData)
            }
            guard memory.key != nil else { return ResponseAPDU(status: ResponseAPDU.keyNotFound) }
            agreement = .chipAuthentication
        case (0x81, 0xB6) where channel != nil: return chooseIssuer(fields[0x83])
        case (0x81, 0xA4) where channel != nil: return chooseTerminal(fields[0x80], fields[0x83])
        default: return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
        return ResponseAPDU()
    }

    /// GENERAL AUTHENTICATE: the next step of an agreement; a step that fails ends it.
    private mutating func agree(_ command: CommandAPDU) -> ResponseAPDU {
        let step = agreement
        agreement = .none
        guard var fields = try? TLV(command.data, tag: 0x7C).fields else {
            return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
        let field = try? fields.next()
        let answer: (tag: UInt32, value: [UInt8])?
        switch (step, field?.tag) {
        case (.password(let password, let curve), nil): answer = giveNonce(password, curve).map { (0x80, $0) }
        case (.nonce(let nonce, let curve), 0x81): answer = map(nonce, field, curve).map { (0x82, $0.point) }
        case (.generator(let generator), 0x83): answer = exchange(generator, field).map { (0x84, $0.point) }
        case (.secret(let secret, let own, let other), 0x85):
            // Counted before it is looked at, so that cutting the power saves no try.
            if let opening { memory.countTry(opening) }
            guard Array(field?.value ?? []) == PACE.token(for: own, secret: secret) else {
                return ResponseAPDU(status: ResponseAPDU.wrongToken)
            }
            if let opening { memory.noteRight(opening) }
            channel = SecureChannel(secret: secret)
            proof.chipName = own.x
            // Whose certificates a terminal needs, for those who have some.
            let issuer = memory.authority.map { TLV.bytes(0x87, $0.holder) } ?? []
            return ResponseAPDU(
                data: TLV.bytes(0x7C, TLV.bytes(0x86, PACE.token(for: other, secret: secret)), issuer))
        case (.chipAuthentication, 0x80):
            guard let key = memory.key, let other = Self.key(field, on: key.publicKey.curve),
                let secret = PACE.agreed(key.secret, other)
            else {
                return ResponseAPDU(status: ResponseAPDU.wrongData)
            }
            nextChannel = SecureChannel(secret: secret)
            proof.terminalKey = other.x
            return ResponseAPDU(data: TLV.bytes(0x7C))
        default: return ResponseAPDU(status: ResponseAPDU.notPrepared)
        }
        guard let answer else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        return ResponseAPDU(data: TLV.bytes(0x7C, TLV.bytes(answer.tag, answer.value)))
    }

    private static func key(_ field: TLV?, on curve: Curve) -> ECPublicKey? {
        ECPublicKey(curve: curve, point: Array(field?.value ?? []))
    }

    private mutating func giveNonce(_ password: ChipPassword, _ curve: Curve) -> [UInt8]? {
        let nonce = random(SessionCipher.blockLength)
        agreement = .nonce(nonce, curve)
        return SessionCipher.encrypt(block: nonce, key: password.key)
    }

    private mutating func map(_ nonce: [UInt8], _ field: TLV?, _ curve: Curve) -> ECPublicKey? {
        guard let other = Self.key(field, on: curve), let secret = PACE.secret(random, on: curve),
            let generator = curve.generator, let own = PACE.publicKey(secret, over: generator),
            let mapped = PACE.mapped(nonce: nonce, secret: secret, other: other)
        else { return nil }
        agreement = .generator(mapped)
        return own
    }

    private mutating func exchange(_ generator: ECPublicKey, _ field: TLV?) -> ECPublicKey? {
        guard let other = Self.key(field, on: generator.curve),
            let secret = PACE.secret(random, on: generator.curve),
            let own = PACE.publicKey(secret, over: generator), own != other,
            let agreed = PACE.agreed(secret, other)
        else { return nil }
        agreement = .secret(agreed, own: own, other: other)
        return own
    }

    /// GET CHALLENGE and EXTERNAL AUTHENTICATE in clear: basic access control, where the chip has it.
    private mutating func openBasically(_ command: CommandAPDU) -> ResponseAPDU {
        let step = agreement
        agreement = .none
        guard memory.hasBasicAccess, isInApplication, let zone = memory.zone else {
            return ResponseAPDU(status: ResponseAPDU.notSatisfied)
        }
        guard !memory.isBlocked(.zone(zone)) else { return ResponseAPDU(status: ResponseAPDU.blocked) }
        if command.ins == 0x84 {
            guard command.expected == BasicAccess.challengeLength else {
                return ResponseAPDU(status: ResponseAPDU.wrongLength)
            }
            let challenge = random(BasicAccess.challengeLength)
            agreement = .challenge(challenge)
            return ResponseAPDU(data: challenge)
        }
        guard case .challenge(let challenge) = step else { return ResponseAPDU(status: ResponseAPDU.notPrepared) }
        memory.countTry(.zone(zone))
        let keys = BasicAccess(zone)
        guard let (other, otherSecret) = keys.opened(command.data, own: challenge) else {
            return ResponseAPDU(status: ResponseAPDU.wrongToken)
        }
        memory.noteRight(.zone(zone))
        opening = .zone(zone)
        let secret = random(BasicAccess.secretLength)
        channel = SecureChannel(chip: (challenge, secret), terminal: (other, otherSecret))
        // A terminal names a chip that it opened so by the number of the document (TR-03110-3).
        proof.chipName = zone.checkedDocumentNumber
        return ResponseAPDU(data: keys.sealed(challenge, other, secret: secret))
    }

    /// INTERNAL AUTHENTICATE: the chip signs what a terminal thought of, so that a copy of its files is found out.
    private func authenticate(_ command: CommandAPDU) -> ResponseAPDU {
        guard channel != nil else { return ResponseAPDU(status: ResponseAPDU.notSatisfied) }
        guard command.data.count == 8 else { return ResponseAPDU(status: ResponseAPDU.wrongLength) }
        guard let key = memory.key else { return ResponseAPDU(status: ResponseAPDU.keyNotFound) }
        guard let signature = try? key.plainSignature(of: command.data) else {
            return ResponseAPDU(status: ResponseAPDU.notPrepared)
        }
        return ResponseAPDU(data: signature)
    }
}
