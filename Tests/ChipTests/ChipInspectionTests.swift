import Civil
import Testing

@testable import Chip

@Suite("A chip inspected as a terminal does")
struct ChipInspectionTests {
    let specimen: Specimen
    let zone: MRZ

    init() throws {
        specimen = try Specimen()
        zone = try ZoneFile(bytes: try #require(specimen.files[.dg1])).zone
    }

    private func chip(
        _ files: [ChipFile: [UInt8]]? = nil,
        key: SoftwareSigner? = try? SoftwareSigner(
            secret: [UInt8](repeating: 9, count: 32))
    ) -> VirtualChip {
        VirtualChip(
            files: files ?? specimen.files, zone: zone, can: "000001", key: key, random: FixedRandom("chip").bytes)
    }

    private func verdict(_ chip: VirtualChip, with password: ChipPassword) throws -> CardVerdict {
        var chip = chip
        var terminal = ChipTerminal(random: FixedRandom("terminal").bytes) { chip.respond(to: $0) }
        return try ChipInspection(through: &terminal, with: password)
            .verdict(by: PassiveAuthentication(trust: specimen.trust, at: Specimen.now))
    }

    @Test("a chip with its key is genuine and no copy; fingers were not asked for")
    func genuine() throws {
        for password in [ChipPassword.zone(zone), .can("000001")] {
            let verdict = try verdict(chip(), with: password)
            #expect(verdict.isGenuine)
            for check in [CardCheck.access, .activeAuthentication, .chipAuthentication, .hash(dataGroup: 2)] {
                #expect(verdict.outcome(of: check) == .passed, "\(check.name)")
            }
            #expect(verdict.outcome(of: .hash(dataGroup: 3)) == .open(.groupNotRead))
            #expect(verdict.lines.first?.check == .access)
        }
    }

    @Test("a copy with another key, or with none, is found out by both protocols")
    func copies() throws {
        for key in [try SoftwareSigner(secret: [UInt8](repeating: 4, count: 32)), nil] {
            let verdict = try verdict(chip(key: key), with: .can("000001"))
            #expect(verdict.hasFailed && !verdict.isGenuine)
            #expect(verdict.outcome(of: .activeAuthentication) == .failed(.keyNotProven))
            #expect(verdict.outcome(of: .chipAuthentication) == .failed(.keyNotProven))
            #expect(verdict.outcome(of: .signature) == .passed)
        }
    }

    @Test("a wrong code leaves everything open")
    func wrongCode() throws {
        let verdict = try verdict(chip(), with: .can("000002"))
        #expect(verdict.lines.count == 1)
        #expect(verdict.outcome(of: .access) == .open(.accessCodeWrong))
        #expect(!verdict.hasFailed && !verdict.isGenuine)
    }

    @Test("a chip that says nothing of PACE, and one that gives no keys to prove, are told apart")
    func without() throws {
        var files = specimen.files
        files[.cardAccess] = nil
        let closed = try verdict(chip(files), with: .can("000001")).outcome(of: .access)
        guard case .open(.unreadable(.unsupported)) = closed else {
            Issue.record("\(String(describing: closed))")
            return
        }
        files = specimen.files
        for file in [ChipFile.dg14, .dg15] { files[file] = nil }
        files[.sod] = try SecurityObject.bytes(
            for: files.filter { $0.key != .sod }, by: specimen.signer, at: Specimen.now)
        let verdict = try verdict(chip(files), with: .can("000001"))
        #expect(verdict.outcome(of: .activeAuthentication) == .open(.noChipKey))
        #expect(verdict.outcome(of: .chipAuthentication) == .open(.noChipKey))
        #expect(verdict.isGenuine)
    }

    @Test("a copy that keeps back a key or a file that was signed is found out")
    func withheld() throws {
        for (file, check) in [
            (ChipFile.dg14, CardCheck.chipAuthentication), (.dg15, .activeAuthentication),
            (.dg1, .hash(dataGroup: 1)), (.dg2, .hash(dataGroup: 2)), (.dg13, .hash(dataGroup: 13)),
        ] {
            var files = specimen.files
            files[file] = nil
            let verdict = try verdict(chip(files), with: .can("000001"))
            let fault: CardFault = if case .hash = check { .groupWithheld } else { .keyNotProven }
            #expect(verdict.outcome(of: check) == .failed(fault), "\(file)")
            #expect(!verdict.isGenuine)
        }
    }

    @Test("a chip that knows basic access control alone opens with its zone, and is as genuine as any")
    func basicAccess() throws {
        var files = specimen.files
        files[.cardAccess] = nil
        var chip = VirtualChip(
            files: files, zone: zone, can: "000001",
            key: try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32)), hasBasicAccess: true,
            random: FixedRandom("chip").bytes)
        let verdict = try verdict(chip, with: .zone(zone))
        #expect(verdict.isGenuine && verdict.outcome(of: .access) == .passed)
        #expect(verdict.outcome(of: .activeAuthentication) == .passed)
        #expect(verdict.outcome(of: .chipAuthentication) == .passed)
        let other = try Holder.zone("003300000001", "Nguyễn Thị Mẫu", born: "2000-02-28")
        #expect(try self.verdict(chip, with: .zone(other)).outcome(of: .access) == .open(.accessCodeWrong))
        // Ten wrong zones, and the chip waits for its power to be cut.
        var terminal = ChipTerminal(random: FixedRandom("terminal").bytes) { chip.respond(to: $0) }
        for _ in 0..<10 {
            #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.openBasically(with: other) }
        }
        #expect(throws: ChipTerminal.Failure.status(0x6983)) { try terminal.openBasically(with: zone) }
    }

    @Test("PACE over brainpoolP256r1, alone and beside P-256")
    func brainpool() throws {
        var files = specimen.files
        files[.cardAccess] = SecurityInfos.pace(on: .brainpoolP256r1).cardAccess
        for password in [ChipPassword.zone(zone), .can("000001")] {
            #expect(try verdict(chip(files), with: password).isGenuine)
        }
        #expect(try verdict(chip(files), with: .can("000002")).outcome(of: .access) == .open(.accessCodeWrong))
        let both = SecurityInfos(
            SecurityInfos.pace(on: .brainpoolP256r1).infos + SecurityInfos.pace(on: .p256).infos)
        #expect(both.paceCurves == [.brainpoolP256r1, .p256])
        files[.cardAccess] = both.cardAccess
        #expect(try verdict(chip(files), with: .can("000001")).isGenuine)
    }

    @Test("an altered file fails, and so does one that was not signed")
    func altered() throws {
        var files = specimen.files
        files[.dg2]?[60] ^= 1
        #expect(
            try verdict(chip(files), with: .can("000001")).outcome(of: .hash(dataGroup: 2)) == .failed(.hashDiffers))
        files = specimen.files
        files[.sod] = nil
        #expect(
            try verdict(chip(files), with: .can("000001")).outcome(of: .securityObject) == .failed(.noSecurityObject))
    }

    @Test("a file that claims to be longer than any is not read")
    func endless() {
        var files = specimen.files
        files[.com] = [0x60, 0x83, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 40)
        #expect(throws: ChipTerminal.Failure.wrongAnswer) { try verdict(chip(files), with: .can("000001")) }
    }

    @Test("what a card says of itself is read, with all its groups, and never beyond its end")
    func answerToReset() throws {
        let own = VirtualChip.answerToReset
        #expect(own.dropFirst().reduce(0, ^) == 0)
        let read = try #require(AnswerToReset(bytes: own))
        #expect(read.hasExtendedLength && read.historical == Hex.bytes("8073940140"))
        #expect(AnswerToReset(bytes: Hex.bytes("3b80800101"))?.hasExtendedLength == false)
        #expect(AnswerToReset(bytes: Hex.bytes("3b88800100739484400090009f"))?.hasExtendedLength == true)
        #expect(AnswerToReset(bytes: Hex.bytes("3b8480018071c0000a"))?.hasExtendedLength == false)
        for bad in ["", "3b", "3c00", "3b05", "3b8080", "3bff" + String(repeating: "ff", count: 40)] {
            #expect(AnswerToReset(bytes: Hex.bytes(bad)) == nil, "\(bad)")
        }
    }
}
