import Civil
import Crypto
import Foundation
import Testing

@testable import Chip

/// Random bytes that are the same in every run.
final class FixedRandom: @unchecked Sendable {  // one test at a time has it
    private var count = 0
    private let seed: String

    init(_ seed: String) { self.seed = seed }

    func bytes(_ length: Int) -> [UInt8] {
        count += 1
        return Array(SHA512.hash(data: Data("\(seed) \(count)".utf8)).prefix(length))
    }
}

@Suite("Arithmetic and keys of the chip's protocols")
struct ChipArithmeticTests {
    @Test("multiples of the generator are those of swift-crypto")
    func multiples() throws {
        let generator = try #require(Curve.p256.generator)
        let random = FixedRandom("multiples")
        var secrets = (0..<12).map { _ in random.bytes(32) }
        secrets += [1, 2, 3].map { [UInt8](repeating: 0, count: 31) + [$0] }
        // The order less one, whose multiple is the generator turned over.
        secrets.append(Hex.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550"))
        for secret in secrets {
            let expected = try SoftwareSigner(secret: secret).publicKey
            #expect(PACE.publicKey(secret, over: generator) == expected)
        }
        #expect(PACE.publicKey([0], over: generator) == nil)
        #expect(
            PACE.publicKey(
                Hex.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"), over: generator) == nil)
    }

    @Test("what two sides agree on is that of swift-crypto, and sums obey the group")
    func agreement() throws {
        let random = FixedRandom("agreement")
        for _ in 0..<6 {
            let (one, two) = (random.bytes(32), random.bytes(32))
            let mine = try P256.KeyAgreement.PrivateKey(rawRepresentation: one)
            let other = try SoftwareSigner(secret: two).publicKey
            let expected = try mine.sharedSecretFromKeyAgreement(
                with: P256.KeyAgreement.PublicKey(x963Representation: other.point))
            #expect(PACE.agreed(one, other) == expected.withUnsafeBytes { Array($0) })
            let base = try SoftwareSigner(secret: one).publicKey
            let group = try #require(CurveGroup(.p256))
            #expect(group.sum([([1], base), ([1], other)]) == group.sum([([1], other), ([1], base)]))
            #expect(group.sum([([1], base), ([1], base)]) == group.sum([([2], base)]))
            #expect(
                group.sum([([1], base), ([2], base), ([1], other)]) == group.sum([([1], other), ([3], base)]))
        }
    }

    @Test("the curve of Brainpool: its base point, its order, and that others' points are on it")
    func brainpool() throws {
        let curve = Curve.brainpoolP256r1
        let generator = try #require(curve.generator)
        let group = try #require(CurveGroup(curve))
        let order = try #require(curve.numbers.last)
        #expect(group.sum([(order, generator)]) == nil)
        #expect(group.sum([(order, generator), ([1], generator)]) == generator)
        // Keys, what they share and a signature as the Python package cryptography has them.
        let alice = Hex.bytes("041eb8b1e2bc681bce8e39963b2e9fc415b05283313dd1a8bcc055f11ae49699")
        let bob = Hex.bytes("06f5240eacdb9837bc96d48274c8aa834b6c87ba9cc3eedd81f99a16b8d804d3")
        let (first, second) = (PACE.publicKey(alice, over: generator), PACE.publicKey(bob, over: generator))
        let mine = try #require(second.flatMap { PACE.agreed(alice, $0) })
        #expect(first.flatMap { PACE.agreed(bob, $0) } == mine)
        #expect(Hex.text(mine) == "05e940915549e9f6a4a75693716e37466aba79b4bf2919877a16dd2cc2e23708")
        let signature = Hex.bytes(
            "30460221008ca7a1e6f1397952f54b4396d937385bc7bd278f2472fdd49c54000e50bab7"
                + "62022100947210bfd9b2bb3a68cb2f15826ba94f546a3071d9d7c410112ede16f0ba6307")
        let signer = try #require(first)
        #expect(signer.isValid(signature: signature, of: Array("Specimen".utf8), hash: .sha256))
        #expect(!signer.isValid(signature: signature, of: Array("specimen".utf8), hash: .sha256))
        #expect(!generator.isValid(signature: signature, of: Array("Specimen".utf8), hash: .sha256))
        var wrong = generator.point
        wrong[40] ^= 1
        #expect(ECPublicKey(curve: curve, point: wrong) == nil)
        #expect(ECPublicKey(curve: curve, point: [4] + curve.prime + curve.prime) == nil)
    }

    @Test("basic access control is that of Doc 9303-11, appendix D")
    func basicAccess() throws {
        let secret = Array(Insecure.SHA1.hash(data: Array("L898902C<369080619406236".utf8)))
        #expect(Hex.text(secret.prefix(16)) == "239ab9cb282daf66231dc5a4df6bfbae")
        #expect(Hex.text(TripleDES.key(Array(secret.prefix(16)), 1)) == "ab94fdecf2674fdfb9b391f85d7f76f2")
        #expect(Hex.text(TripleDES.key(Array(secret.prefix(16)), 2)) == "7962d9ece03d1acd4c76089dce131543")
        let keys = BasicAccess(accessSecret: secret)
        let (chip, terminal) = (Hex.bytes("4608f91988702212"), Hex.bytes("781723860c06c226"))
        let (own, other) =
            (Hex.bytes("0b795240cb7049b01c19b33e32804f0b"), Hex.bytes("0b4f80323eb3191cb04970cb4052790b"))
        let sent = keys.sealed(terminal, chip, secret: own)
        #expect(
            Hex.text(sent) == "72c29c2371cc9bdb65b779b8e8d37b29ecc154aa56a8799fae2f498f76ed92f2" + "5f1448eea8ad90a7")
        let answer = keys.sealed(chip, terminal, secret: other)
        #expect(
            Hex.text(answer) == "46b9342a41396cd7386bf5803104d7cedc122b9132139baf2eedc94ee178534f" + "2f2d235d074d7449")
        #expect(try #require(keys.opened(answer, own: terminal)) == (chip, other))
        #expect(keys.opened(answer, own: chip) == nil)
        #expect(BasicAccess(accessSecret: [1] + secret).opened(answer, own: terminal) == nil)
        var channel = SecureChannel(chip: (chip, other), terminal: (terminal, own))
        let select = channel.wrap(CommandAPDU(0xA4, 0x02, 0x0C, data: [0x01, 0x1E]))
        #expect(Hex.text(select.bytes) == "0ca4020c158709016375432908c044f68e08bf8b92d635ff24f800")
    }

    @Test("the key of a nonce is that of Doc 9303-11, appendix G")
    func workedExample() {
        let text = Array("T22000129364081251010318".utf8)
        let hash = Array(Insecure.SHA1.hash(data: text))
        #expect(Hex.text(hash) == "7e2d2a41c74ea0b38cd36f863939bfa8e9032aad")
        let key = SessionCipher.key(hash, 3)
        #expect(Hex.text(key) == "89ded1b26624ec1e634c1989302849dd")
        let nonce = SessionCipher.decrypt(
            Hex.bytes("95a3a016522ee98d01e76cb6b98b42c3"), key: key, iv: [UInt8](repeating: 0, count: 16))
        #expect(Hex.text(nonce) == "3f00c4d39d153f2b2a214a078d899b22")
    }

    @Test("commands of every form are read as they are written")
    func commands() throws {
        for data in [[], [7], [UInt8](repeating: 1, count: 255), [UInt8](repeating: 2, count: 256)] as [[UInt8]] {
            for expected in [nil, 1, 255, 256, 257, 65_536] {
                let command = CommandAPDU(0xB0, 1, 2, data: data, expected: expected)
                #expect(CommandAPDU(bytes: command.bytes) == command, "\(data.count) \(expected ?? -1)")
            }
        }
        for bad in [[], [0], [0, 1, 2], [0, 1, 2, 3, 5, 1], [0, 1, 2, 3, 0, 0, 9, 1], [0, 1, 2, 3, 1, 1, 1, 1]] {
            #expect(CommandAPDU(bytes: bad.map { UInt8($0) }) == nil, "\(bad)")
        }
    }
}

@Suite("The virtual chip and a terminal")
struct VirtualChipTests {
    /// The chip behind a terminal, with what passed between them.
    final class Line {
        var chip: VirtualChip
        var sent: [[UInt8]] = []
        /// Changes an answer on its way.
        var alter: ([UInt8]) -> [UInt8] = { $0 }

        init(_ chip: VirtualChip) { self.chip = chip }

        func transmit(_ bytes: [UInt8]) -> [UInt8] {
            sent.append(bytes)
            return alter(chip.respond(to: bytes))
        }
    }

    let specimen: Specimen
    let zone: MRZ
    let line: Line

    init() throws {
        specimen = try Specimen()
        zone = try ZoneFile(bytes: try #require(specimen.files[.dg1])).zone
        let random = FixedRandom("chip")
        line = Line(
            VirtualChip(
                files: specimen.files, zone: zone, can: "000001",
                key: try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32)), random: random.bytes))
    }

    private func terminal(portion: Int = 223, seed: String = "terminal") -> ChipTerminal {
        ChipTerminal(portion: portion, random: FixedRandom(seed).bytes, transmit: line.transmit)
    }

    @Test(
        "a terminal that knows zone or CAN reads what was written, and it is genuine", arguments: [223, 1_000, 40_000])
    func reads(portion: Int) throws {
        for password in [ChipPassword.zone(zone), .can("000001")] {
            var terminal = terminal(portion: portion)
            try terminal.open(with: password)
            var files: [ChipFile: [UInt8]] = [:]
            for file in [ChipFile.com, .sod, .dg1, .dg2, .dg13, .dg14, .dg15] { files[file] = try terminal.read(file) }
            for (file, bytes) in files { #expect(bytes == specimen.files[file], "\(file)") }
            let verdict = PassiveAuthentication(trust: specimen.trust, at: Specimen.now).verdict(on: files)
            #expect(verdict.isGenuine)
        }
    }

    @Test("a file longer than 32 kB is read with the odd instruction")
    func longFile() throws {
        var files = specimen.files
        let image = Specimen.image + [UInt8](repeating: 0x11, count: 30_000)
        files[.dg2] = try #require(FaceFile(image: image, width: 9, height: 9, sex: nil)).bytes
        line.chip = VirtualChip(
            files: files, zone: zone, can: "000001", key: try SoftwareSigner(), random: FixedRandom("long").bytes)
        for portion in [200, 5_000] {
            var terminal = terminal(portion: portion)
            try terminal.open(with: .can("000001"))
            #expect(try terminal.read(.dg2) == files[.dg2])
        }
    }

    @Test("a wrong password opens nothing")
    func wrongPassword() throws {
        let other = try Holder.zone("003300000001", "Nguyễn Thị Mẫu", born: "2000-02-28")
        for password in [ChipPassword.zone(other), .can("000002"), .can("")] {
            var terminal = terminal()
            #expect(throws: ChipTerminal.Failure.status(0x6300)) { try terminal.open(with: password) }
            #expect(throws: ChipTerminal.Failure.status(0x6982)) { try terminal.read(.dg1) }
        }
    }

    @Test("in clear the chip shows EF.CardAccess alone")
    func inClear() throws {
        func answer(_ bytes: [UInt8]) -> String { Hex.text(line.transmit(bytes)) }
        #expect(answer([0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1C]) == "9000")
        let access = Hex.text(try #require(specimen.files[.cardAccess]))
        #expect(answer([0x00, 0xB0, 0x00, 0x00, 0x00]) == access + "9000")
        #expect(answer([0x00, 0xB0, 0x9C, 0x00, 0x00]) == access + "9000")
        #expect(answer([0x00, 0xB0, 0x00, 0x10, 0x08]).hasSuffix("02010c" + "6282"))
        #expect(answer([0x00, 0xB0, 0x01, 0x00, 0x00]) == "6b00")
        #expect(answer([0x00, 0xA4, 0x00, 0x0C, 0x02, 0x3F, 0x00]) == "6d00")
        #expect(answer([0x00, 0xA4, 0x04, 0x0C, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01]) == "9000")
        for identifier: [UInt8] in [[0x01, 0x01], [0x01, 0x0D], [0x01, 0x1E], [0x09, 0x09]] {
            #expect(answer([0x00, 0xA4, 0x02, 0x0C, 0x02] + identifier) == "6982")
        }
        #expect(answer([0x00, 0xB0, 0x81, 0x00, 0x00]) == "6982")
        #expect(answer([0xFF, 0xCA, 0x01, 0x00, 0x00]) == "6e00")
        #expect(answer([0x00, 0x88, 0x00, 0x00, 0x08, 1, 2, 3, 4, 5, 6, 7, 8, 0x00]) == "6982")
        #expect(answer([0x0C, 0xB0, 0x00, 0x00, 0x00]) == "6987")
        #expect(answer([0x00]) == "6700")
    }

    @Test("fingers stay closed")
    func fingers() throws {
        var terminal = terminal()
        try terminal.open(with: .can("000001"))
        #expect(throws: ChipTerminal.Failure.status(0x6982)) { try terminal.read(.dg3) }
        #expect(try terminal.read(.dg1) == specimen.files[.dg1])
    }

    @Test("the chip proves its keys; a copy with another key is found out")
    func copies() throws {
        let file = try ActiveKeyFile(bytes: try #require(specimen.files[.dg15]))
        let infos = try SecurityInfos(dataGroup14: try #require(specimen.files[.dg14]))
        let chipKey = try #require(infos.chipKey)
        var terminal = terminal()
        try terminal.open(with: .can("000001"))
        #expect(try terminal.hasKey(of: file))
        try terminal.authenticate(chipKey: chipKey)
        #expect(try terminal.read(.dg1) == specimen.files[.dg1])

        line.chip = VirtualChip(
            files: specimen.files, zone: zone, can: "000001", key: try SoftwareSigner(),
            random: FixedRandom("copy").bytes)
        var second = self.terminal(seed: "second")
        try second.open(with: .can("000001"))
        #expect(try !second.hasKey(of: file))
        try second.authenticate(chipKey: chipKey)
        #expect(throws: ChipTerminal.Failure.self) { try second.read(.dg1) }
    }

    @Test("an altered command ends the session, an altered answer is not believed")
    func altered() throws {
        var terminal = terminal()
        try terminal.open(with: .can("000001"))
        _ = try terminal.read(.dg1)
        let last = try #require(line.sent.last)
        // The same command again: the count is another.
        #expect(Hex.text(line.transmit(last)) == "6988")
        #expect(throws: ChipTerminal.Failure.self) { try terminal.read(.dg1) }

        for place in [3, 20, 40] {
            try terminal.open(with: .can("000001"))
            line.alter = { bytes in
                var bytes = bytes
                if place < bytes.count - 2 { bytes[place] ^= 1 }
                return bytes
            }
            #expect(throws: ChipTerminal.Failure.self) { try terminal.read(.dg1) }
            line.alter = { $0 }
        }
    }

    @Test("a command in clear ends the session")
    func downgrade() throws {
        var terminal = terminal()
        try terminal.open(with: .can("000001"))
        #expect(Hex.text(line.transmit([0x00, 0xB0, 0x81, 0x00, 0x00])) == "6982")
        #expect(throws: ChipTerminal.Failure.self) { try terminal.read(.dg1) }
    }

    @Test("steps out of order and points that are none are refused")
    func outOfOrder() throws {
        func answer(_ command: CommandAPDU) -> UInt16? { ResponseAPDU(bytes: line.transmit(command.bytes))?.status }
        let environment = CommandAPDU(
            0x22, 0xC1, 0xA4, data: TLV.bytes(0x80, OID.paceGenericMapping.content) + TLV.bytes(0x83, [2]))
        func step(_ field: [UInt8]) -> UInt16? {
            answer(CommandAPDU(0x86, 0, 0, data: TLV.bytes(0x7C, field), expected: 256))
        }
        #expect(step([]) == 0x6985)
        #expect(answer(environment) == 0x9000)
        #expect(step(TLV.bytes(0x85, [UInt8](repeating: 0, count: 8))) == 0x6985)
        #expect(answer(environment) == 0x9000 && step([]) == 0x9000)
        #expect(step(TLV.bytes(0x81, [4] + [UInt8](repeating: 1, count: 64))) == 0x6A80)
        #expect(answer(environment) == 0x9000 && step([]) == 0x9000)
        #expect(step(TLV.bytes(0x81, [4])) == 0x6A80)
        let other = CommandAPDU(0x22, 0xC1, 0xA4, data: TLV.bytes(0x80, [1, 2]) + TLV.bytes(0x83, [2]))
        #expect(answer(other) == 0x6A80)
    }

    @Test("whatever bytes come, the chip answers with a status")
    func anything() throws {
        let random = FixedRandom("anything")
        for round in 0..<2_000 {
            var bytes = random.bytes(round % 40)
            if bytes.count > 1, round % 2 == 0 {
                bytes[0] = [0x00, 0x0C, 0x10][round % 3]
                bytes[1] = [0xA4, 0xB0, 0xB1, 0x22, 0x86, 0x88, 0xE0, 0xD6, 0xD7, 0x24, 0x46, 0x44][round / 2 % 12]
            }
            #expect(line.transmit(bytes).count >= 2)
        }
    }
}
