import Civil
import Testing

@testable import Chip

@Suite("A blank chip, its personalisation and its lock")
struct PersonalisationTests {
    static let factoryKey = [UInt8](1...16)

    let specimen: Specimen
    let zone: MRZ
    let line: VirtualChipTests.Line

    init() throws {
        specimen = try Specimen()
        zone = try ZoneFile(bytes: try #require(specimen.files[.dg1])).zone
        let blank = VirtualChip(personalisationKey: Self.factoryKey, random: FixedRandom("blank").bytes)
        line = VirtualChipTests.Line(try #require(blank))
    }

    private func terminal(_ seed: String = "machine") -> ChipTerminal {
        ChipTerminal(random: FixedRandom(seed).bytes, transmit: line.transmit)
    }

    /// The specimen's files for a chip that has made this key.
    private func files(_ key: ECPublicKey) throws -> [ChipFile: [UInt8]] {
        var files = specimen.files
        files[.dg14] = SecurityInfos.card(chipKey: key).dataGroup14
        files[.dg15] = ActiveKeyFile(key: key).bytes
        files[.sod] = nil
        files[.sod] = try SecurityObject.bytes(for: files, by: specimen.signer, at: Specimen.now)
        return files
    }

    private func personalise() throws {
        var machine = terminal()
        try machine.open(with: .personalisation(Self.factoryKey))
        try machine.personalise(zone: zone, can: "000001", files: files)
    }

    @Test("a blank chip makes its key, takes its files, and is a genuine card once locked")
    func wholeWay() throws {
        try personalise()
        for password in [ChipPassword.zone(zone), .can("000001")] {
            var terminal = terminal("terminal")
            let verdict = try ChipInspection(through: &terminal, with: password)
                .verdict(by: PassiveAuthentication(trust: specimen.trust, at: Specimen.now))
            #expect(verdict.isGenuine)
            #expect(verdict.outcome(of: .activeAuthentication) == .passed)
            #expect(verdict.outcome(of: .chipAuthentication) == .passed)
        }
    }

    @Test("after the lock nothing leads back")
    func locked() throws {
        var machine = terminal()
        try machine.open(with: .personalisation(Self.factoryKey))
        try machine.personalise(zone: zone, can: "000001", files: files)
        // The session of the factory has ended with the lock.
        #expect(throws: ChipTerminal.Failure.self) { try machine.write([1], as: .dg2) }
        for _ in 0..<2 {
            #expect(throws: ChipTerminal.Failure.status(0x6A80)) {
                try machine.open(with: .personalisation(Self.factoryKey))
            }
            line.chip.reset()
        }
        var terminal = terminal("terminal")
        try terminal.open(with: .zone(zone))
        for command in Self.changes {
            #expect(throws: ChipTerminal.Failure.status(0x6D00)) { try terminal.send(command) }
        }
        #expect(try terminal.read(.dg1) == specimen.files[.dg1])
    }

    private static let changes = [
        CommandAPDU(0xE0, 0, 0, data: Hex.bytes("62088002000483020101")), CommandAPDU(0xD6, 0, 0, data: [1]),
        CommandAPDU(0xD7, 0, 0, data: Hex.bytes("540100530101")), CommandAPDU(0x24, 1, 2, data: Array("000002".utf8)),
        CommandAPDU(0x46, 0x80, 0, expected: 256), CommandAPDU(0x44, 0, 0),
    ]

    @Test("a blank chip opens to the factory alone, and changes nothing in clear")
    func blank() throws {
        var terminal = terminal()
        for password in [ChipPassword.zone(zone), .can("000001")] {
            #expect(throws: ChipTerminal.Failure.status(0x6A80)) { try terminal.open(with: password) }
        }
        for command in Self.changes {
            #expect(ResponseAPDU(bytes: line.transmit(command.bytes))?.status == 0x6982)
        }
        #expect(VirtualChip(personalisationKey: [1, 2, 3], random: FixedRandom("short").bytes) == nil)
    }

    @Test("three wrong keys end a blank chip, whatever its power does")
    func guessed() throws {
        var terminal = terminal()
        for _ in 0..<3 {
            #expect(throws: ChipTerminal.Failure.status(0x6300)) {
                try terminal.open(with: .personalisation([UInt8](repeating: 0, count: 16)))
            }
            line.chip.reset()
        }
        #expect(throws: ChipTerminal.Failure.status(0x6983)) {
            try terminal.open(with: .personalisation(Self.factoryKey))
        }
    }

    @Test("an unfinished chip is not locked, and goes on later")
    func unfinished() throws {
        var machine = terminal()
        try machine.open(with: .personalisation(Self.factoryKey))
        try machine.write(SecurityInfos.pace().cardAccess, as: .cardAccess)
        #expect(throws: ChipTerminal.Failure.status(0x6985)) { try machine.lock() }
        line.chip.reset()
        try machine.open(with: .personalisation(Self.factoryKey))
        #expect(try machine.read(.cardAccess) == SecurityInfos.pace().cardAccess)
        let made = try files(try machine.makeKey())
        for (file, bytes) in made where file != .cardAccess { try machine.write(bytes, as: file) }
        #expect(throws: ChipTerminal.Failure.status(0x6985)) { try machine.lock() }
    }

    @Test("files keep to their size, to the chip's room and to their names")
    func limits() throws {
        var machine = terminal()
        try machine.open(with: .personalisation(Self.factoryKey))
        let long = TLV.bytes(0x75, [UInt8](repeating: 0x5A, count: 70_000))
        try machine.write(long, as: .dg2)
        #expect(try machine.read(.dg2) == long)
        func status(_ command: CommandAPDU) -> UInt16 {
            do {
                _ = try machine.send(command)
                return 0x9000
            } catch ChipTerminal.Failure.status(let status) {
                return status
            } catch {
                return 0
            }
        }
        func create(_ fields: String) -> UInt16 {
            status(CommandAPDU(0xE0, 0, 0, data: TLV.bytes(0x62, Hex.bytes(fields))))
        }
        #expect(create("8002000483020102") == 0x6A89)
        #expect(create("8003018000830201" + "03") == 0x6A84)
        #expect(create("8002000083020101") == 0x6A80)
        #expect(create("8002000483029999") == 0x6A80)
        #expect(create("83020101") == 0x6A80)
        #expect(create("800200048302010180") == 0x6A80)
        #expect(create("8002000483020101") == 0x9000)
        #expect(status(CommandAPDU(0xD6, 0, 2, data: [1, 2])) == 0x9000)
        #expect(status(CommandAPDU(0xD6, 0, 3, data: [1, 2])) == 0x6B00)
        #expect(status(CommandAPDU(0xD7, 0, 0, data: Hex.bytes("5404ffffffff530101"))) == 0x6B00)
        #expect(status(CommandAPDU(0xD7, 0, 0, data: Hex.bytes("540101"))) == 0x6A80)
        #expect(status(CommandAPDU(0x24, 1, 2, data: Array("12345".utf8))) == 0x6A80)
        #expect(status(CommandAPDU(0x24, 1, 1, data: Array("12345".utf8))) == 0x6A80)
        #expect(status(CommandAPDU(0x24, 0, 2, data: Array("123456".utf8))) == 0x6A80)
        #expect(status(CommandAPDU(0x46, 0, 0, expected: 256)) == 0x6A80)
    }

    @Test("whatever the factory says, a blank chip answers with a status")
    func anything() throws {
        let random = FixedRandom("factory")
        var machine = terminal()
        try machine.open(with: .personalisation(Self.factoryKey))
        let instructions: [UInt8] = [0xE0, 0xD6, 0xD7, 0x24, 0x46, 0x44, 0xA4, 0xB0]
        let heads: [[UInt8]] = [[], [0x62, 0x08, 0x80, 0x02], [0x54, 0x02], [0x53, 0x04]]
        for round in 0..<1_000 {
            let drawn = random.bytes(40)
            let data = heads[Int(drawn[0]) % 4] + drawn[4..<(4 + Int(drawn[1]) % 36)]
            let command = CommandAPDU(
                instructions[round % instructions.count], drawn[2] & 0x81, drawn[3] & 3, data: data, expected: 256)
            do {
                _ = try machine.send(command)
            } catch ChipTerminal.Failure.status {
                continue
            }
        }
        // The session has survived all of it.
        try machine.write([0x31, 0x00], as: .dg15)
    }

    @Test("five wrong CANs block the CAN until the zone has opened the chip")
    func wrongAccessNumbers() throws {
        try personalise()
        var terminal = terminal("terminal")
        for _ in 0..<4 {
            #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.open(with: .can("999999")) }
        }
        // A right one begins the count anew.
        try terminal.open(with: .can("000001"))
        for _ in 0..<5 {
            #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.open(with: .can("999999")) }
            line.chip.reset()
        }
        #expect(throws: ChipTerminal.Failure.status(0x6983)) { try terminal.open(with: .can("000001")) }
        let inspection = try ChipInspection(through: &terminal, with: .can("000001"))
        let verdict = inspection.verdict(
            by: PassiveAuthentication(trust: specimen.trust, at: Specimen.now))
        #expect(verdict.outcome(of: .access) == .open(.accessBlocked))
        try terminal.open(with: .zone(zone))
        try terminal.open(with: .can("000001"))
    }

    @Test("ten wrong zones make the chip deaf until its power is cut")
    func wrongZones() throws {
        try personalise()
        let other = try Holder.zone("003300000001", "Nguyễn Thị Mẫu", born: "2000-02-28")
        var terminal = terminal("terminal")
        for _ in 0..<10 {
            #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.open(with: .zone(other)) }
        }
        #expect(throws: ChipTerminal.Failure.status(0x6983)) { try terminal.open(with: .zone(zone)) }
        try terminal.open(with: .can("000001"))
        line.chip.reset()
        try terminal.open(with: .zone(zone))
    }
}
