/// Cá thể hóa từ phía máy: what a machine of the factory tells a blank chip, once it is open under the factory's key.
extension ChipTerminal {
    /// Writes everything and locks the chip; nothing leads back.
    ///
    /// - Parameter files: the files of a chip that has made this key, signed.
    package mutating func personalise(
        zone: MRZ, can: String, authority: TerminalCertificate? = nil,
        files: (ECPublicKey) throws -> [ChipFile: [UInt8]]
    ) throws {
        let made = try files(try makeKey())
        for (file, bytes) in made.sorted(by: { $0.key.identifier < $1.key.identifier }) {
            try write(bytes, as: file)
        }
        _ = try send(CommandAPDU(0x24, 0x01, 0x01, data: zone.bytes))
        _ = try send(CommandAPDU(0x24, 0x01, 0x02, data: Array(can.utf8)))
        if let authority { _ = try send(CommandAPDU(0xDA, 0x7F, 0x21, data: authority.bytes)) }
        try lock()
    }

    /// Lets the chip make its key, and gives the public half.
    package mutating func makeKey() throws -> ECPublicKey {
        var fields = try TLV(try send(CommandAPDU(0x46, 0x80, 0x00, expected: 256)), tag: 0x7F49).fields
        guard let key = ECPublicKey(curve: .p256, point: Array(try fields.next(0x86).value)) else {
            throw Failure.wrongAnswer
        }
        return key
    }

    /// So much goes into a command of short length, its protection and an offset with it.
    private static let writingPortion = 200

    /// Creates a file and writes it.
    package mutating func write(_ bytes: [UInt8], as file: ChipFile) throws {
        let size = TLV.bytes(0x80, fixed(bytes.count, bytes.count > 0xFFFF ? 3 : 2))
        let identifier = TLV.bytes(0x83, fixed(Int(file.identifier), 2))
        _ = try send(CommandAPDU(0xE0, 0, 0, data: TLV.bytes(0x62, size, identifier)))
        for offset in stride(from: 0, to: bytes.count, by: Self.writingPortion) {
            let part = Array(bytes[offset...].prefix(Self.writingPortion))
            if offset < 0x8000 {
                _ = try send(CommandAPDU(0xD6, UInt8(offset >> 8), UInt8(offset & 0xFF), data: part))
            } else {
                let fields = TLV.bytes(0x54, fixed(offset, 3)) + TLV.bytes(0x53, part)
                _ = try send(CommandAPDU(0xD7, 0, 0, data: fields))
            }
        }
    }

    /// Ends personalisation for ever.
    package mutating func lock() throws { _ = try send(CommandAPDU(0x44, 0, 0)) }
}
