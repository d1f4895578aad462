/// Kiểm soát truy cập cơ bản (BAC): the older way to open a chip, by its zone alone (Doc 9303-11 §4.3).
///
/// Whoever listened and reads the zone later can open what was said, so that PACE is taken wherever there is a choice.
struct BasicAccess {
    private let encryption: [UInt8]
    private let authentication: [UInt8]

    static let challengeLength = 8
    static let secretLength = 16
    /// Both challenges and a secret, encrypted, and their code.
    static let messageLength = 2 * challengeLength + secretLength + TripleDES.blockLength

    /// What opens a chip with that zone.
    init(_ zone: MRZ) { self.init(accessSecret: zone.accessSecret) }

    init(accessSecret: [UInt8]) {
        let seed = Array(accessSecret.prefix(Self.secretLength))
        encryption = TripleDES.key(seed, 1)
        authentication = TripleDES.key(seed, 2)
    }

    /// What one side sends: its challenge, the other's, and its part of the session's secret.
    func sealed(_ own: [UInt8], _ other: [UInt8], secret: [UInt8]) -> [UInt8] {
        let bytes = TripleDES.encrypt(own + other + secret, key: encryption)
        return bytes + code(bytes)
    }

    /// What the other side sent; nil when it has another zone, or was not asked by these challenges.
    func opened(_ message: [UInt8], own: [UInt8]) -> (other: [UInt8], secret: [UInt8])? {
        guard message.count == Self.messageLength else { return nil }
        let sealed = Array(message.dropLast(TripleDES.blockLength))
        guard code(sealed) == Array(message.suffix(TripleDES.blockLength)) else { return nil }
        let plain = TripleDES.decrypt(sealed, key: encryption)
        guard plain.count == sealed.count, Array(plain[8..<16]) == own else { return nil }
        return (Array(plain[..<8]), Array(plain[16...]))
    }

    private func code(_ bytes: [UInt8]) -> [UInt8] {
        TripleDES.mac(SessionCipher.padded(bytes, to: TripleDES.blockLength), key: authentication)
    }
}

extension SecureChannel {
    /// The channel after basic access control: both secrets together, counted on from the ends of both challenges.
    init(chip: (challenge: [UInt8], secret: [UInt8]), terminal: (challenge: [UInt8], secret: [UInt8])) {
        self.init(
            .tripleDES, secret: zip(chip.secret, terminal.secret).map { $0 ^ $1 },
            counter: Array(chip.challenge.suffix(4) + terminal.challenge.suffix(4)))
    }
}
