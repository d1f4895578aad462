/// Kênh bảo mật (secure messaging): commands and answers encrypted and authenticated (Doc 9303-11 §9.8).
///
/// Both sides count every message; a message that was left out, repeated or altered ends the session.
struct SecureChannel {
    /// Thuật toán của kênh: AES-128 after PACE and chip authentication, 3DES after basic access control.
    enum Cipher { case aes, tripleDES }

    private let cipher: Cipher
    private let encryption: [UInt8]
    private let authentication: [UInt8]
    private var counter: [UInt8]

    /// The channel out of a shared secret, AES-128 with a counter of zero.
    init(secret: [UInt8]) {
        self.init(.aes, secret: secret, counter: [UInt8](repeating: 0, count: SessionCipher.blockLength))
    }

    /// - Parameter counter: where counting begins; one block.
    init(_ cipher: Cipher, secret: [UInt8], counter: [UInt8]) {
        self.cipher = cipher
        self.counter = counter
        let key = cipher == .aes ? SessionCipher.key : TripleDES.key
        encryption = key(secret, 1)
        authentication = key(secret, 2)
    }

    private enum Field {
        static let encryptedOdd: UInt32 = 0x85
        static let encrypted: UInt32 = 0x87
        static let mac: UInt32 = 0x8E
        static let expected: UInt32 = 0x97
        static let status: UInt32 = 0x99
    }

    private mutating func count() {
        for place in counter.indices.reversed() {
            counter[place] &+= 1
            if counter[place] != 0 { return }
        }
    }

    private var iv: [UInt8] { SessionCipher.encrypt(block: counter, key: encryption) }

    private func padded(_ bytes: [UInt8]) -> [UInt8] { SessionCipher.padded(bytes, to: counter.count) }

    private func encrypted(_ data: [UInt8]) -> [UInt8] {
        switch cipher {
        case .aes: SessionCipher.encrypt(padded(data), key: encryption, iv: iv)
        case .tripleDES: TripleDES.encrypt(padded(data), key: encryption)
        }
    }

    private func decrypted(_ data: [UInt8]) -> [UInt8]? {
        guard !data.isEmpty, data.count % counter.count == 0 else { return nil }
        switch cipher {
        case .aes: return SessionCipher.unpadded(SessionCipher.decrypt(data, key: encryption, iv: iv))
        case .tripleDES: return SessionCipher.unpadded(TripleDES.decrypt(data, key: encryption))
        }
    }

    private func mac(_ header: [UInt8], _ fields: [UInt8]) -> [UInt8] {
        let message = counter + header + (fields.isEmpty ? [] : padded(fields))
        return cipher == .aes
            ? SessionCipher.mac(message, key: authentication) : TripleDES.mac(message, key: authentication)
    }

    private func header(_ command: CommandAPDU) -> [UInt8] { padded([0x0C, command.ins, command.p1, command.p2]) }

    // MARK: Commands

    /// The command as the terminal sends it.
    mutating func wrap(_ command: CommandAPDU) -> CommandAPDU {
        count()
        var fields: [UInt8] = []
        if !command.data.isEmpty {
            let data = encrypted(command.data)
            fields +=
                command.ins & 1 == 1
                ? TLV.bytes(Field.encryptedOdd, data) : TLV.bytes(Field.encrypted, [0x01], data)
        }
        if let expected = command.expected {
            fields += TLV.bytes(Field.expected, expected > 256 ? fixed(expected & 0xFFFF, 2) : [UInt8(expected & 0xFF)])
        }
        let code = TLV.bytes(Field.mac, mac(header(command), fields))
        let isLong = (command.expected ?? 0) > 231 || fields.count > 240
        return CommandAPDU(
            command.ins, command.p1, command.p2, data: fields + code, expected: isLong ? 65_536 : 256, cla: 0x0C)
    }

    /// The command as the chip carries it out; nil when it was altered.
    mutating func unwrap(_ command: CommandAPDU) -> CommandAPDU? {
        count()
        var reader = TLVReader(command.data[...])
        var plain = CommandAPDU(command.ins, command.p1, command.p2)
        var fields: [UInt8] = []
        while let tag = reader.nextTag, let field = try? reader.next() {
            if tag == Field.mac {
                guard reader.isAtEnd, Array(field.value) == mac(header(command), fields) else { return nil }
                return plain
            }
            fields += field.whole
            switch tag {
            case Field.encrypted where field.value.first == 1:
                guard let data = decrypted(Array(field.value.dropFirst())) else { return nil }
                plain.data = data
            case Field.encryptedOdd:
                guard let data = decrypted(Array(field.value)) else { return nil }
                plain.data = data
            case Field.expected where (1...2).contains(field.value.count):
                let value = field.value.reduce(0) { $0 << 8 | Int($1) }
                plain.expected = value == 0 ? 1 << (8 * field.value.count) : value
            default: return nil
            }
        }
        return nil
    }

    // MARK: Answers

    /// The answer as the chip sends it.
    mutating func wrap(_ response: ResponseAPDU) -> ResponseAPDU {
        count()
        var fields: [UInt8] = []
        if !response.data.isEmpty { fields += TLV.bytes(Field.encrypted, [0x01], encrypted(response.data)) }
        fields += TLV.bytes(Field.status, fixed(Int(response.status), 2))
        return ResponseAPDU(data: fields + TLV.bytes(Field.mac, mac([], fields)), status: response.status)
    }

    /// The answer as the terminal reads it; nil when it was altered, or is not protected.
    mutating func unwrap(_ response: ResponseAPDU) -> ResponseAPDU? {
        count()
        var reader = TLVReader(response.data[...])
        var fields: [UInt8] = []
        var data: [UInt8] = []
        var status: UInt16?
        while let tag = reader.nextTag, let field = try? reader.next() {
            if tag == Field.mac {
                guard reader.isAtEnd, let status, Array(field.value) == mac([], fields) else { return nil }
                return ResponseAPDU(data: data, status: status)
            }
            fields += field.whole
            if tag == Field.encrypted, field.value.first == 1 {
                guard let plain = decrypted(Array(field.value.dropFirst())) else { return nil }
                data = plain
            } else if tag == Field.status, field.value.count == 2 {
                status = field.value.reduce(0) { $0 << 8 | UInt16($1) }
            }
        }
        return nil
    }
}
