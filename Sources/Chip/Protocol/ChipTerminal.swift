import Civil

/// Đầu đọc: the terminal's side of the protocols, over any way to send bytes to a chip and get an answer.
package struct ChipTerminal {
    private let transmit: ([UInt8]) throws -> [UInt8]
    private let random: (Int) -> [UInt8]
    private var channel: SecureChannel?
    /// What both sides call this chip and this session by, once they have agreed.
    private var chipName: [UInt8] = []
    private var ownKey: [UInt8] = []
    /// Whose certificates the chip believes of terminals; nil when it names nobody.
    package private(set) var authority: [UInt8]?
    /// How much is asked for at once, in bytes of a file.
    private let portion: Int

    /// No file of a card is longer; a chip that says so is not believed.
    private static let largestFile = 512 << 10

    /// - Parameters:
    ///   - portion: 1 to 231 for chips with short lengths alone, more for others.
    ///   - random: that many bytes from a cryptographic source.
    package init(
        portion: Int = 223, random: @escaping (Int) -> [UInt8], transmit: @escaping ([UInt8]) throws -> [UInt8]
    ) {
        self.portion = portion
        self.random = random
        self.transmit = transmit
    }

    /// Lý do không đọc được chip: why a step with a chip came to nothing.
    package enum Failure: ExplainedRefusal {
        /// The chip answered with this status word.
        case status(UInt16)
        /// The chip's answer is none, or is not what its keys would have made.
        case wrongAnswer
        /// The chip shows that it has other secrets than the password gives.
        case wrongToken

        package var code: String {
            switch self {
            case .status: "chip_status"
            case .wrongAnswer: "chip_answer_wrong"
            case .wrongToken: "chip_token_wrong"
            }
        }

        package var sentence: Sentence {
            switch self {
            case .status(let status):
                Sentence(
                    "Chip từ chối với mã \(String(status, radix: 16)): đặt lại thẻ rồi đọc lại.",
                    "The chip refuses with status \(String(status, radix: 16)): put the card on again and read anew.")
            case .wrongAnswer:
                Sentence(
                    "Trả lời của chip không dùng được hoặc đã bị sửa trên đường truyền: đặt lại thẻ rồi đọc lại.",
                    "The chip's answer is of no use or was altered on its way: put the card on again and read anew.")
            case .wrongToken:
                Sentence(
                    "Chip không biết mã đã nhập: kiểm tra MRZ hoặc CAN của đúng thẻ này.",
                    "The chip does not know that code: check that zone or CAN are those of this card.")
            }
        }
    }

    mutating func send(_ command: CommandAPDU) throws -> [UInt8] {
        let sent = channel?.wrap(command) ?? command
        guard let raw = ResponseAPDU(bytes: try transmit(sent.bytes)) else { throw Failure.wrongAnswer }
        guard channel != nil else {
            guard raw.status == ResponseAPDU.done else { throw Failure.status(raw.status) }
            return raw.data
        }
        guard let plain = channel?.unwrap(raw) else {
            throw raw.status == ResponseAPDU.done ? Failure.wrongAnswer : Failure.status(raw.status)
        }
        guard plain.status == ResponseAPDU.done || plain.status == ResponseAPDU.endReached else {
            throw Failure.status(plain.status)
        }
        return plain.data
    }

    // MARK: Opening

    /// PACE: proves knowledge of the password without telling it, and agrees on keys.
    ///
    /// - Parameter curves: those that the chip announces; of several the first is taken, and named.
    package mutating func open(with password: ChipPassword, on curves: [Curve] = [.p256]) throws {
        channel = nil
        var environment =
            TLV.bytes(0x80, OID.paceGenericMapping.content) + TLV.bytes(0x83, [password.reference])
        guard let generator = curves.first?.generator, let number = generator.curve.paceParameters else {
            throw Failure.wrongAnswer
        }
        if curves.count > 1 { environment += TLV.bytes(0x84, [number]) }
        _ = try send(CommandAPDU(0x22, 0xC1, 0xA4, data: environment))
        let sealed = try step([], answer: 0x80)
        guard sealed.count == SessionCipher.blockLength else { throw Failure.wrongAnswer }
        let nonce = SessionCipher.decrypt(
            sealed, key: password.key, iv: [UInt8](repeating: 0, count: SessionCipher.blockLength))
        let (mapping, mappingKey) = try pair(over: generator)
        let chipMapping = try key(try step(TLV.bytes(0x81, mappingKey.point), answer: 0x82), generator.curve)
        guard let mapped = PACE.mapped(nonce: nonce, secret: mapping, other: chipMapping) else {
            throw Failure.wrongAnswer
        }
        let (secret, own) = try pair(over: mapped)
        let chip = try key(try step(TLV.bytes(0x83, own.point), answer: 0x84), generator.curve)
        guard chip != own, let agreed = PACE.agreed(secret, chip) else { throw Failure.wrongAnswer }
        let token = TLV.bytes(0x85, PACE.token(for: chip, secret: agreed))
        guard try step(token, answer: 0x86, isLast: true) == PACE.token(for: own, secret: agreed) else {
            throw Failure.wrongToken
        }
        channel = SecureChannel(secret: agreed)
        chipName = chip.x
        _ = try send(CommandAPDU(0xA4, 0x04, 0x0C, data: ChipFile.application))
    }

    /// Basic access control: the older way, for chips that know no PACE.
    package mutating func openBasically(with zone: MRZ) throws {
        channel = nil
        _ = try send(CommandAPDU(0xA4, 0x04, 0x0C, data: ChipFile.application))
        let challenge = try send(CommandAPDU(0x84, 0, 0, expected: BasicAccess.challengeLength))
        guard challenge.count == BasicAccess.challengeLength else { throw Failure.wrongAnswer }
        let (own, secret) = (random(BasicAccess.challengeLength), random(BasicAccess.secretLength))
        let keys = BasicAccess(zone)
        let answer = try send(
            CommandAPDU(
                0x82, 0, 0, data: keys.sealed(own, challenge, secret: secret), expected: BasicAccess.messageLength))
        guard let chip = keys.opened(answer, own: own), chip.other == challenge else { throw Failure.wrongToken }
        channel = SecureChannel(chip: (challenge, chip.secret), terminal: (own, secret))
        chipName = zone.checkedDocumentNumber
    }

    private func pair(over generator: ECPublicKey) throws -> (secret: [UInt8], key: ECPublicKey) {
        guard let secret = PACE.secret(random, on: generator.curve),
            let key = PACE.publicKey(secret, over: generator)
        else { throw Failure.wrongAnswer }
        return (secret, key)
    }

    private func key(_ point: [UInt8], _ curve: Curve) throws -> ECPublicKey {
        guard let key = ECPublicKey(curve: curve, point: point) else { throw Failure.wrongAnswer }
        return key
    }

    private mutating func step(_ field: [UInt8], answer tag: UInt32, isLast: Bool = false) throws -> [UInt8] {
        let command = CommandAPDU(
            0x86, 0, 0, data: TLV.bytes(0x7C, field), expected: 256, cla: isLast ? 0x00 : 0x10)
        var fields = try TLV(try send(command), tag: 0x7C).fields
        let value = Array(try fields.next(tag).value)
        authority = try fields.optional(0x87).map { Array($0.value) }
        return value
    }

    // MARK: Reading

    /// The whole of a file; its own header says how long it is.
    package mutating func read(_ file: ChipFile) throws -> [UInt8] {
        _ = try send(CommandAPDU(0xA4, 0x02, 0x0C, data: fixed(Int(file.identifier), 2)))
        var bytes = try send(CommandAPDU(0xB0, 0, 0, expected: 8))
        let length = try ChipTerminal.length(bytes)
        guard length <= ChipTerminal.largestFile else { throw Failure.wrongAnswer }
        while bytes.count < length {
            let part = try readPart(at: bytes.count, count: min(portion, length - bytes.count))
            guard !part.isEmpty else { throw Failure.wrongAnswer }
            bytes += part
        }
        return Array(bytes.prefix(length))
    }

    private mutating func readPart(at offset: Int, count: Int) throws -> [UInt8] {
        if offset < 0x8000 {
            return try send(CommandAPDU(0xB0, UInt8(offset >> 8), UInt8(offset & 0xFF), expected: count))
        }
        let field = TLV.bytes(0x54, fixed(offset, 3))
        let answer = try send(CommandAPDU(0xB1, 0, 0, data: field, expected: count + 4))
        return Array(try TLV(answer, tag: 0x53).value)
    }

    /// How long a file is that begins with these bytes.
    private static func length(_ start: [UInt8]) throws -> Int {
        guard start.count >= 2 else { throw Failure.wrongAnswer }
        guard start[1] & 0x80 != 0 else { return 2 + Int(start[1]) }
        let count = Int(start[1] & 0x7F)
        guard (1...3).contains(count), start.count >= 2 + count else { throw Failure.wrongAnswer }
        return 2 + count + start[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    // MARK: Is it a copy?

    /// Active authentication: whether the chip has the private key of DG15.
    package mutating func hasKey(of file: ActiveKeyFile) throws -> Bool {
        let challenge = random(8)
        let plain = try send(CommandAPDU(0x88, 0, 0, data: challenge, expected: 256))
        guard plain.count == 64 else { return false }
        let signature = DER.sequence(DER.integer(unsigned: plain[..<32]), DER.integer(unsigned: plain[32...]))
        return file.key.isValid(signature: signature, of: challenge, hash: .sha256)
    }

    /// Chip authentication: new keys that only the chip with the private key of DG14 can have.
    ///
    /// Whether it has it shows with the next answer.
    package mutating func authenticate(chipKey: ECPublicKey) throws {
        _ = try send(CommandAPDU(0x22, 0x41, 0xA4, data: TLV.bytes(0x80, OID.chipAuthentication.content)))
        guard let generator = chipKey.curve.generator else { throw Failure.wrongAnswer }
        let (secret, own) = try pair(over: generator)
        let data = TLV.bytes(0x7C, TLV.bytes(0x80, own.point))
        _ = try send(CommandAPDU(0x86, 0, 0, data: data, expected: 256))
        guard let agreed = PACE.agreed(secret, chipKey) else { throw Failure.wrongAnswer }
        channel = SecureChannel(secret: agreed)
        ownKey = own.x
    }

    // MARK: Rights

    /// Terminal authentication: shows the chain from the chip's authority to this terminal, and signs; after
    /// chip authentication.
    package mutating func prove(_ chain: [TerminalCertificate], with key: some CardSigner) throws {
        for certificate in chain {
            _ = try send(CommandAPDU(0x22, 0x81, 0xB6, data: TLV.bytes(0x83, certificate.issuer)))
            _ = try send(CommandAPDU(0x2A, 0x00, 0xBE, data: certificate.parts))
        }
        guard let own = chain.last else { throw Failure.wrongToken }
        let environment =
            TLV.bytes(0x80, OID.terminalSignatureSHA256.content) + TLV.bytes(0x83, own.holder)
        _ = try send(CommandAPDU(0x22, 0x81, 0xA4, data: environment))
        let challenge = try send(CommandAPDU(0x84, 0, 0, expected: TerminalProof.challengeLength))
        let signature = try key.plainSignature(of: chipName + challenge + ownKey)
        _ = try send(CommandAPDU(0x82, 0, 0, data: signature))
    }
}
