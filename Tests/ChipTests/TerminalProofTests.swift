import Civil
import Foundation
import Testing

@testable import Chip

/// A country's authority over terminals, with a verifier and a terminal below it.
struct TerminalIssuer {
    let keys: [SoftwareSigner]
    let authority: TerminalCertificate
    let verifier: TerminalCertificate
    let terminal: TerminalCertificate

    static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    static func content(
        _ holder: String, _ key: SoftwareSigner, _ role: TerminalCertificate.Role,
        _ rights: TerminalCertificate.Rights = .fingers, from: String = "2026-11-30", to: String = "2027-11-30"
    ) throws -> TerminalCertificate.Content {
        TerminalCertificate.Content(
            holder: holder, key: key.publicKey, role: role, rights: rights, period: try day(from)...day(to))
    }

    init(
        verifierRights: TerminalCertificate.Rights = .fingers, verifierRole: TerminalCertificate.Role = .verifier,
        from: String = "2026-11-30", to: String = "2029-11-30", terminalFrom: String = "2026-12-01",
        terminalTo: String = "2026-12-31"
    ) throws {
        keys = try (1...3).map { try SoftwareSigner(secret: [UInt8](repeating: UInt8($0) + 40, count: 32)) }
        authority = try TerminalCertificate(
            try Self.content("VNCVCA00001", keys[0], .authority, .all, from: from, to: to), issuer: "VNCVCA00001",
            signer: keys[0])
        verifier = try TerminalCertificate(
            try Self.content("VNDV00001", keys[1], verifierRole, verifierRights, from: from, to: to),
            issuer: "VNCVCA00001", signer: keys[0])
        terminal = try TerminalCertificate(
            try Self.content("VNIS00001", keys[2], .terminal, .all, from: terminalFrom, to: terminalTo),
            issuer: "VNDV00001", signer: keys[1])
    }
}

@Suite("Terminals that prove their right to read fingers")
struct TerminalProofTests {
    let specimen: Specimen
    let line: VirtualChipTests.Line
    let chipKey: ECPublicKey

    init() throws {
        specimen = try Specimen()
        let zone = try ZoneFile(bytes: try #require(specimen.files[.dg1])).zone
        let key = try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32))
        chipKey = key.publicKey
        line = VirtualChipTests.Line(
            VirtualChip(
                files: specimen.files, zone: zone, can: "000001", key: key,
                authority: try TerminalIssuer().authority, random: FixedRandom("chip").bytes))
    }

    /// A terminal with an open session, after chip authentication.
    private func opened(_ seed: String = "terminal") throws -> ChipTerminal {
        var terminal = ChipTerminal(random: FixedRandom(seed).bytes, transmit: line.transmit)
        try terminal.open(with: .can("000001"))
        try terminal.authenticate(chipKey: chipKey)
        return terminal
    }

    @Test("a terminal with a chain from the chip's authority reads the fingers, in that session alone")
    func reads() throws {
        let issuer = try TerminalIssuer()
        var terminal = try opened()
        #expect(terminal.authority == Array("VNCVCA00001".utf8))
        #expect(throws: ChipTerminal.Failure.status(0x6982)) { try terminal.read(.dg3) }
        try terminal.prove([issuer.verifier, issuer.terminal], with: issuer.keys[2])
        #expect(try terminal.read(.dg3) == specimen.files[.dg3])
        #expect(try terminal.read(.dg1) == specimen.files[.dg1])
        var other = try opened("other")
        #expect(throws: ChipTerminal.Failure.status(0x6982)) { try other.read(.dg3) }
    }

    @Test("an inspection with a right reads the fingers and holds them against what was signed")
    func inspection() throws {
        let issuer = try TerminalIssuer()
        let trust = TrustStore(authorities: [specimen.authorityCertificate], lists: [specimen.list])
        let authentication = PassiveAuthentication(trust: trust, at: Specimen.now)
        func inspected(_ rights: TerminalRights?) throws -> ChipInspection {
            var terminal = ChipTerminal(random: FixedRandom("inspection").bytes, transmit: line.transmit)
            return try ChipInspection(through: &terminal, with: .can("000001"), rights: rights)
        }
        let plain = try inspected(nil)
        #expect(plain.files[.dg3] == nil)
        #expect(plain.verdict(by: authentication).outcome(of: .terminalAuthentication) == nil)
        let chain = [issuer.verifier, issuer.terminal]
        let own = TerminalRights(authority: issuer.authority, chain: chain, key: issuer.keys[2])
        let stranger = TerminalRights(authority: issuer.authority, chain: chain, key: issuer.keys[1])
        let found = try inspected(own)
        #expect(found.files[.dg3] == specimen.files[.dg3])
        #expect(found.verdict(by: authentication).outcome(of: .terminalAuthentication) == .passed)
        #expect(found.verdict(by: authentication).outcome(of: .hash(dataGroup: 3)) == .passed)
        let refused = try inspected(stranger)
        #expect(refused.files[.dg3] == nil)
        #expect(
            refused.verdict(by: authentication).outcome(of: .terminalAuthentication) == .open(.rightNotTaken))
    }

    @Test("without chip authentication, with another key, or without the right, fingers stay closed")
    func refused() throws {
        let issuer = try TerminalIssuer()
        let chain = [issuer.verifier, issuer.terminal]
        var early = ChipTerminal(random: FixedRandom("early").bytes, transmit: line.transmit)
        try early.open(with: .can("000001"))
        #expect(throws: ChipTerminal.Failure.status(0x6985)) { try early.prove(chain, with: issuer.keys[2]) }

        var impostor = try opened()
        #expect(throws: ChipTerminal.Failure.status(0x6300)) { try impostor.prove(chain, with: issuer.keys[1]) }
        #expect(throws: ChipTerminal.Failure.status(0x6982)) { try impostor.read(.dg3) }

        let poor = try TerminalIssuer(verifierRights: .iris)
        var terminal = try opened()
        try terminal.prove([poor.verifier, poor.terminal], with: poor.keys[2])
        #expect(throws: ChipTerminal.Failure.status(0x6982)) { try terminal.read(.dg3) }
    }

    @Test("a challenge serves once, and a later failure takes the right away")
    func once() throws {
        let issuer = try TerminalIssuer()
        var terminal = try opened()
        try terminal.prove([issuer.verifier, issuer.terminal], with: issuer.keys[2])
        #expect(throws: ChipTerminal.Failure.status(0x6985)) {
            try terminal.send(CommandAPDU(0x82, 0, 0, data: [UInt8](repeating: 1, count: 64)))
        }
        _ = try terminal.send(CommandAPDU(0x84, 0, 0, expected: 8))
        #expect(throws: ChipTerminal.Failure.status(0x6300)) {
            try terminal.send(CommandAPDU(0x82, 0, 0, data: [UInt8](repeating: 1, count: 64)))
        }
        #expect(throws: ChipTerminal.Failure.status(0x6982)) { try terminal.read(.dg3) }
    }

    @Test("chains with a link missing, a stranger in it, or a day that is over are refused")
    func chains() throws {
        let issuer = try TerminalIssuer()
        var terminal = try opened()
        #expect(throws: ChipTerminal.Failure.status(0x6A88)) {
            try terminal.prove([issuer.terminal], with: issuer.keys[2])
        }
        let direct = try TerminalCertificate(
            try TerminalIssuer.content("VNIS00002", issuer.keys[2], .terminal), issuer: "VNCVCA00001",
            signer: issuer.keys[0])
        #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.prove([direct], with: issuer.keys[2]) }
        let stranger = try TerminalCertificate(
            try TerminalIssuer.content("VNDV00002", issuer.keys[1], .verifier), issuer: "VNCVCA00001",
            signer: issuer.keys[2])
        #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.prove([stranger], with: issuer.keys[1]) }
        // The chip learns that it is the day of the newest certificate of its own country.
        let late = try TerminalIssuer(terminalFrom: "2027-02-01", terminalTo: "2027-02-28")
        try terminal.prove([late.verifier, late.terminal], with: late.keys[2])
        #expect(throws: ChipTerminal.Failure.status(0x6300)) {
            try terminal.prove([issuer.verifier, issuer.terminal], with: issuer.keys[2])
        }
    }

    @Test("the days of another country's terminals are not believed")
    func foreign() throws {
        let foreign = try TerminalIssuer(
            verifierRole: .foreignVerifier, terminalFrom: "2027-02-01", terminalTo: "2027-02-28")
        var terminal = try opened()
        try terminal.prove([foreign.verifier, foreign.terminal], with: foreign.keys[2])
        #expect(try terminal.read(.dg3) == specimen.files[.dg3])
        let issuer = try TerminalIssuer()
        var own = try opened("own")
        try own.prove([issuer.verifier, issuer.terminal], with: issuer.keys[2])
    }

    @Test("the authority's next key takes over when its last one signed it")
    func link() throws {
        let issuer = try TerminalIssuer()
        let next = try SoftwareSigner(secret: [UInt8](repeating: 77, count: 32))
        let link = try TerminalCertificate(
            try TerminalIssuer.content("VNCVCA00002", next, .authority, .all, to: "2032-11-30"),
            issuer: "VNCVCA00001", signer: issuer.keys[0])
        let verifier = try TerminalCertificate(
            try TerminalIssuer.content("VNDV00003", issuer.keys[1], .verifier), issuer: "VNCVCA00002", signer: next)
        let own = try TerminalCertificate(
            try TerminalIssuer.content("VNIS00003", issuer.keys[2], .terminal), issuer: "VNDV00003",
            signer: issuer.keys[1])
        var terminal = try opened()
        try terminal.prove([link, verifier, own], with: issuer.keys[2])
        #expect(try terminal.read(.dg3) == specimen.files[.dg3])
        #expect(try opened("later").authority == Array("VNCVCA00002".utf8))
    }

    @Test("in clear nothing is proved, and a chip without an authority believes nobody")
    func closed() throws {
        let issuer = try TerminalIssuer()
        let commands = [
            CommandAPDU(0x2A, 0, 0xBE, data: issuer.verifier.parts), CommandAPDU(0x84, 0, 0, expected: 8),
            CommandAPDU(0x82, 0, 0, data: [UInt8](repeating: 1, count: 64)),
        ]
        for command in commands { #expect(ResponseAPDU(bytes: line.transmit(command.bytes))?.status == 0x6982) }
        let zone = try ZoneFile(bytes: try #require(specimen.files[.dg1])).zone
        line.chip = VirtualChip(
            files: specimen.files, zone: zone, can: "000001",
            key: try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32)), random: FixedRandom("alone").bytes)
        var terminal = try opened()
        #expect(terminal.authority == nil)
        #expect(throws: ChipTerminal.Failure.status(0x6A88)) {
            try terminal.prove([issuer.verifier, issuer.terminal], with: issuer.keys[2])
        }
    }

    @Test("the factory writes the authority, and only one that signed itself")
    func personalised() throws {
        let issuer = try TerminalIssuer()
        let factory = [UInt8](repeating: 3, count: 16)
        line.chip = try #require(
            VirtualChip(personalisationKey: factory, random: FixedRandom("blank").bytes))
        var machine = ChipTerminal(random: FixedRandom("machine").bytes, transmit: line.transmit)
        try machine.open(with: .personalisation(factory))
        let altered = issuer.authority.bytes.dropLast() + [0]
        for bytes in [issuer.verifier.bytes, Array(altered), [1]] {
            #expect(throws: ChipTerminal.Failure.status(0x6A80)) {
                try machine.send(CommandAPDU(0xDA, 0x7F, 0x21, data: bytes))
            }
        }
        let zone = try ZoneFile(bytes: try #require(specimen.files[.dg1])).zone
        var key: ECPublicKey?
        try machine.personalise(zone: zone, can: "000001", authority: issuer.authority) { made in
            key = made
            return specimen.files
        }
        var terminal = ChipTerminal(random: FixedRandom("terminal").bytes, transmit: line.transmit)
        try terminal.open(with: .can("000001"))
        try terminal.authenticate(chipKey: try #require(key))
        try terminal.prove([issuer.verifier, issuer.terminal], with: issuer.keys[2])
        #expect(try terminal.read(.dg3) == specimen.files[.dg3])
    }
}

@Suite("Certificates of terminals")
struct TerminalCertificateTests {
    @Test("what was written is read, and damaged bytes are refused")
    func roundTrip() throws {
        let issuer = try TerminalIssuer()
        for certificate in [issuer.authority, issuer.verifier, issuer.terminal] {
            #expect(try TerminalCertificate(bytes: certificate.bytes) == certificate)
            for place in certificate.bytes.indices {
                var bytes = certificate.bytes
                bytes[place] ^= 1
                guard let read = try? TerminalCertificate(bytes: bytes) else { continue }
                let signer = certificate == issuer.terminal ? issuer.verifier : issuer.authority
                #expect(!read.isIssued(by: signer, on: certificate.effective), "\(place)")
            }
            for length in certificate.bytes.indices {
                #expect(throws: ChipFault.self) {
                    try TerminalCertificate(bytes: Array(certificate.bytes.prefix(length)))
                }
            }
        }
    }

    @Test("a certificate holds to its last day, of the roles that may sign it")
    func issued() throws {
        let issuer = try TerminalIssuer()
        #expect(issuer.terminal.isIssued(by: issuer.verifier, on: try TerminalIssuer.day("2026-12-31")))
        #expect(!issuer.terminal.isIssued(by: issuer.verifier, on: try TerminalIssuer.day("2027-01-01")))
        #expect(!issuer.terminal.isIssued(by: issuer.authority, on: try TerminalIssuer.day("2026-12-31")))
        #expect(issuer.terminal.rights == .all && issuer.verifier.rights == .fingers)
    }

    @Test("OpenPACE verifies our certificates, and we verify its own", .enabled(if: Oracle.hasOpenPACE))
    func openPACE() throws {
        // OpenPACE goes by the machine's clock.
        let (from, to) = ("2020-01-01", "2098-12-31")
        let issuer = try TerminalIssuer(from: from, to: to, terminalFrom: from, terminalTo: to)
        try Oracle.withFolder { folder in
            for certificate in [issuer.authority, issuer.verifier] {
                _ = try folder.write(certificate.bytes, as: String(decoding: certificate.holder, as: UTF8.self))
            }
            for certificate in [issuer.authority, issuer.verifier, issuer.terminal] {
                let file = try folder.write(certificate.bytes, as: "certificate")
                let said = try Oracle.cvcPrint("--cvc", file, "--cvc-dir", folder.path + "/")
                #expect(said.contains("certificate verified"), "\(said)")
                #expect(said.contains("Read fingerprint"))
            }
            let key = folder.appending(path: "key").path
            try Oracle.openssl(
                "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-outform", "DER", "-out", key)
            func make(_ name: String, _ arguments: String...) throws -> TerminalCertificate {
                let file = folder.appending(path: "\(name).cvcert").path
                try Oracle.cvcCreate(
                    [
                        "--chr", name, "--expires", "981231", "--sign-with", key, "--scheme", "ECDSA_SHA_256",
                        "--read-finger", "--out-cert", file,
                    ] + arguments)
                return try TerminalCertificate(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: file))))
            }
            let root = try make("VNCVCA00009", "--role", "cvca", "--type", "is")
            let verifier = try make(
                "VNDV00009", "--role", "dv_domestic", "--key", key, "--sign-as",
                folder.appending(path: "VNCVCA00009.cvcert").path)
            #expect(root.isIssued(by: root, on: root.effective) && root.role == .authority)
            #expect(verifier.isIssued(by: root, on: root.effective) && verifier.role == .verifier)
            #expect(verifier.rights == .fingers)
        }
    }
}
