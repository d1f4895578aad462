/// Cá thể hóa: what the factory does to a blank chip under its key, by the commands of ISO 7816-4, -8 and -9.
extension VirtualChip {
    mutating func personalise(_ command: CommandAPDU) -> ResponseAPDU {
        switch command.ins {
        case 0xE0: create(command)
        case 0xD6: update(command)
        case 0xD7: updateAtLongOffset(command)
        case 0x24: setCode(command)
        case 0xDA: setAuthority(command)
        case 0x46: generateKey(command)
        case 0x44: lock(command)
        default: ResponseAPDU(status: ResponseAPDU.unknownInstruction)
        }
    }

    /// CREATE FILE: identifier and size in a template of control parameters; the file is selected.
    private mutating func create(_ command: CommandAPDU) -> ResponseAPDU {
        guard let template = try? TLV(command.data, tag: 0x62) else {
            return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
        var fields: [UInt32: Int] = [:]
        var reader = template.fields
        while !reader.isAtEnd {
            guard let field = try? reader.next(), field.value.count <= 4 else {
                return ResponseAPDU(status: ResponseAPDU.wrongData)
            }
            fields[field.tag] = field.value.reduce(0) { $0 << 8 | Int($1) }
        }
        guard let size = fields[0x80], size > 0,
            let file = ChipFile.allCases.first(where: { fields[0x83] == Int($0.identifier) })
        else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        guard memory.files[file] == nil else { return ResponseAPDU(status: ResponseAPDU.fileExists) }
        guard memory.hasRoom(for: size) else { return ResponseAPDU(status: ResponseAPDU.noRoom) }
        memory.files[file] = [UInt8](repeating: 0, count: size)
        selected = file
        return ResponseAPDU()
    }

    /// UPDATE BINARY of the selected file.
    private mutating func update(_ command: CommandAPDU) -> ResponseAPDU {
        guard command.p1 & 0x80 == 0 else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        return write(command.data, at: Int(command.p1) << 8 | Int(command.p2))
    }

    /// UPDATE BINARY with an odd instruction: the offset is a field and may be longer than 15 bits.
    private mutating func updateAtLongOffset(_ command: CommandAPDU) -> ResponseAPDU {
        var reader = TLVReader(command.data[...])
        guard let offset = try? reader.next(0x54), offset.value.count <= 4, let bytes = try? reader.next(0x53),
            reader.isAtEnd
        else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        return write(Array(bytes.value), at: offset.value.reduce(0) { $0 << 8 | Int($1) })
    }

    private mutating func write(_ bytes: [UInt8], at offset: Int) -> ResponseAPDU {
        guard let selected, let size = memory.files[selected]?.count else {
            return ResponseAPDU(status: ResponseAPDU.notPrepared)
        }
        guard !bytes.isEmpty else { return ResponseAPDU(status: ResponseAPDU.wrongLength) }
        guard offset + bytes.count <= size else { return ResponseAPDU(status: ResponseAPDU.wrongOffset) }
        memory.files[selected]?.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        return ResponseAPDU()
    }

    /// CHANGE REFERENCE DATA without the old one: zone or CAN.
    private mutating func setCode(_ command: CommandAPDU) -> ResponseAPDU {
        switch (command.p1, command.p2) {
        case (0x01, 0x01):
            guard let zone = try? MRZ(bytes: command.data) else { break }
            memory.zone = zone
            return ResponseAPDU()
        case (0x01, 0x02):
            guard command.data.count == 6, command.data.allSatisfy({ (48...57).contains($0) }) else { break }
            memory.can = String(decoding: command.data, as: UTF8.self)
            return ResponseAPDU()
        default: break
        }
        return ResponseAPDU(status: ResponseAPDU.wrongData)
    }

    /// PUT DATA: the certificate of whoever says which terminals may read fingers.
    private mutating func setAuthority(_ command: CommandAPDU) -> ResponseAPDU {
        guard (command.p1, command.p2) == (0x7F, 0x21), let authority = try? TerminalCertificate(bytes: command.data),
            authority.role == .authority, authority.isIssued(by: authority, on: authority.effective)
        else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        memory.authority = authority
        return ResponseAPDU()
    }

    /// GENERATE ASYMMETRIC KEY PAIR: the private half never leaves the chip.
    private mutating func generateKey(_ command: CommandAPDU) -> ResponseAPDU {
        guard (command.p1, command.p2) == (0x80, 0x00) else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        guard let secret = PACE.secret(random, on: .p256), let key = try? SoftwareSigner(secret: secret) else {
            return ResponseAPDU(status: ResponseAPDU.notPrepared)
        }
        memory.key = key
        return ResponseAPDU(data: TLV.bytes(0x7F49, TLV.bytes(0x86, key.publicKey.point)))
    }

    /// ACTIVATE FILE on the application: the card's life in the hand begins, and nothing leads back.
    private mutating func lock(_ command: CommandAPDU) -> ResponseAPDU {
        guard command.data.isEmpty else { return ResponseAPDU(status: ResponseAPDU.wrongData) }
        guard memory.isComplete else { return ResponseAPDU(status: ResponseAPDU.notPrepared) }
        memory.personalisationKey = nil
        isEnding = true
        return ResponseAPDU()
    }
}
