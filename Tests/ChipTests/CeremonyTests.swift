import Civil
import Crypto
import Foundation
import Testing

@testable import Chip

@Suite("Ceremonies: shares, plan and protocol")
struct CeremonyTests {
    /// Bytes that look random and are the same in each run.
    private static func bytes(_ count: Int, seed: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = Array(seed.utf8)
        while bytes.count < count {
            block = Array(SHA256.hash(data: block))
            bytes += block
        }
        return Array(bytes.prefix(count))
    }

    private static let key = SymmetricKey(data: bytes(32, seed: "key"))

    private func raw(_ key: SymmetricKey) -> [UInt8] { key.withUnsafeBytes { Array($0) } }

    private func subsets(_ count: Int, of shares: [SecretSharing.Share]) -> [[SecretSharing.Share]] {
        (0..<(1 << shares.count)).filter { $0.nonzeroBitCount == count }.map { bits in
            shares.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
        }
    }

    @Test("the field is that of AES, and every element but 0 has its inverse")
    func field() {
        #expect(SecretSharing.product(0x57, 0x83) == 0xC1 && SecretSharing.product(0x57, 0x13) == 0xFE)
        for element in UInt8(1)...255 {
            #expect(SecretSharing.product(element, SecretSharing.inverse(element)) == 1)
        }
        #expect(SecretSharing.inverse(0) == 0)
    }

    @Test("any m of n shares give the key back, m−1 never do", arguments: 2...6)
    func threshold(count: Int) throws {
        for threshold in 2...count {
            let shares = try SecretSharing.split(Self.key, into: count, threshold: threshold) {
                Self.bytes($0, seed: "\(count)/\(threshold)")
            }
            #expect(shares.map(\.index) == Array(1...UInt8(count)))
            for size in threshold...count {
                for some in subsets(size, of: shares) { #expect(raw(SecretSharing.combine(some)) == raw(Self.key)) }
            }
            for few in subsets(threshold - 1, of: shares) {
                #expect(raw(SecretSharing.combine(few)) != raw(Self.key))
            }
        }
    }

    @Test("m−1 shares leave every key as likely as before")
    func tellsNothing() throws {
        let shares = try SecretSharing.split(Self.key, into: 3, threshold: 3) { Self.bytes($0, seed: "x") }
        // Whatever the third share may be, each value of the key's first byte comes from exactly one.
        let keys = (0...255).map { value in
            var third = shares[2]
            third.value[0] = UInt8(value)
            return raw(SecretSharing.combine([shares[0], shares[1], third]))[0]
        }
        #expect(Set(keys).count == 256)
    }

    @Test("Python puts the shares together to the same key", .enabled(if: Oracle.hasPython("sys")))
    func python() throws {
        let shares = try SecretSharing.split(Self.key, into: 5, threshold: 3) { Self.bytes($0, seed: "python") }
        let words = [shares[4], shares[1], shares[2]].map { "\($0.index):\(Hex.text($0.value))" }
        // Logarithms to the base 3, another way than ours.
        let answer = try Oracle.python(
            """
            import sys
            exp, x = [], 1
            for _ in range(255):
                exp.append(x)
                x ^= (x << 1) ^ (0x11B if x & 0x80 else 0)
            log = {v: i for i, v in enumerate(exp)}
            mul = lambda a, b: exp[(log[a] + log[b]) % 255] if a and b else 0
            div = lambda a, b: exp[(log[a] - log[b]) % 255] if a else 0
            shares = {int(w.split(':')[0]): bytes.fromhex(w.split(':')[1]) for w in sys.argv[1].split()}
            key = bytearray(32)
            for i, value in shares.items():
                w = 1
                for j in shares:
                    if j != i: w = mul(w, div(j, i ^ j))
                for p in range(32): key[p] ^= mul(value[p], w)
            print(key.hex())
            """, words.joined(separator: " "))
        #expect(answer == Hex.text(raw(Self.key)) + "\n")
    }

    @Test("thresholds that share nothing are refused")
    func thresholds() {
        for (count, threshold) in [(3, 1), (2, 3), (1, 1), (17, 2), (0, 0)] {
            #expect(throws: CeremonyRefusal.thresholdImpossible) {
                try SecretSharing.split(Self.key, into: count, threshold: threshold) { Self.bytes($0, seed: "x") }
            }
        }
        // A random source that gives too little makes no shares.
        #expect(throws: CeremonyRefusal.thresholdImpossible) {
            try SecretSharing.split(Self.key, into: 3, threshold: 2) { _ in [] }
        }
    }

    private func share(_ holder: String = "holder-2", value: UInt8 = 7) -> HolderShare {
        HolderShare(
            label: HolderShare.Label(
                ceremony: "00ff", key: "csca-1", holder: holder, index: 2, threshold: 2),
            value: [UInt8](repeating: value, count: 32))
    }

    @Test("the file of a share opens with its holder's passphrase alone, and tells whose it is without")
    func shareFiles() throws {
        let text = try share().sealed(passphrase: "mật khẩu của Bình")
        #expect(HolderShare.label(of: text) == share().label)
        #expect(HolderShare.open(text, passphrase: "mật khẩu của Bình") == share())
        #expect(HolderShare.open(text, passphrase: "mật khẩu của Chi") == nil)
        // What is read without the passphrase is sealed with the share.
        for (word, other) in [("holder-2", "holder-3"), ("csca-1", "csca-2"), ("00ff", "00fe"), ("$2$2$", "$3$2$")] {
            #expect(HolderShare.open(text.replacing(word, with: other), passphrase: "mật khẩu của Bình") == nil)
        }
        #expect(HolderShare.label(of: "") == nil && HolderShare.label(of: String(repeating: "$", count: 9)) == nil)
        #expect(throws: SigningRefusal.passphraseTooShort) { try share().sealed(passphrase: "ngắn") }
        #expect(share().checksum != share(value: 8).checksum && share().checksum != share("holder-3").checksum)
    }

    @Test("a key that is sealed opens with its own key and context alone")
    func sealedKeys() throws {
        let key = UnsealingKey()
        let signer = try SoftwareSigner()
        let text = try key.seal(signer, as: "a/csca-1")
        #expect(try key.signer(text, as: "a/csca-1").publicKey == signer.publicKey)
        #expect(throws: SigningRefusal.keyNotOpened) { try key.signer(text, as: "b/csca-1") }
        #expect(throws: SigningRefusal.keyNotOpened) { try UnsealingKey().signer(text, as: "a/csca-1") }
        var bytes: [UInt8] = [1, 2, 3]
        bytes.wipe()
        #expect(bytes == [0, 0, 0])
    }

    // MARK: Plan

    static let plan = """
        {"authority":"CSCA Mẫu","country":"VN","country_on_cards":"VNM","parameters":"named",
        "list_address":"http://crl.invalid/csca.crl","threshold":2,"master":"Lê Thị Chủ",
        "holders":["Nguyễn Văn An","Trần Thị Bình","Phạm Văn Chi"],"witnesses":["Đỗ Thị Dung"],
        "auditors":["Vũ Văn Em"]}
        """

    @Test("a plan names its people by the words of their roles")
    func plans() throws {
        let plan = try CeremonyPlan(json: Array(Self.plan.utf8))
        #expect(
            plan.participants.map(\.word) == ["master", "holder-1", "holder-2", "holder-3", "witness-1", "auditor-1"])
        #expect(try plan.participant("holder-2").name == "Trần Thị Bình")
        #expect(throws: CeremonyRefusal.participantUnknown("holder-4")) { try plan.participant("holder-4") }
    }

    @Test(
        "a plan that does not hold is refused with its field",
        arguments: [
            ("\"threshold\":2", "\"threshold\":1", CeremonyRefusal.thresholdImpossible),
            ("\"threshold\":2", "\"threshold\":4", .thresholdImpossible),
            ("\"threshold\":2", "\"threshold\":\"2\"", .planMalformed("threshold")),
            ("\"threshold\":2,", "", .planMalformed("threshold")),
            ("Đỗ Thị Dung", "nguyễn văn an", .personTwice("nguyễn văn an")),
            ("\"country\":\"VN\"", "\"country\":\"vn\"", .planMalformed("country")),
            ("\"VNM\"", "\"VN\"", .planMalformed("country_on_cards")),
            ("\"named\"", "\"short\"", .planMalformed("parameters")),
            ("[\"Vũ Văn Em\"]", "[]", .planMalformed("auditors")),
            ("Lê Thị Chủ", "Lê\\nThị", .planMalformed("master")),
            ("CSCA Mẫu", String(repeating: "m", count: 45), .planMalformed("authority")),
            ("{\"authority\"", "[\"authority\"", .planMalformed("JSON")),
        ])
    func wrongPlans(part: String, other: String, refusal: CeremonyRefusal) {
        let text = Self.plan.replacing(part, with: other)
        #expect(text != Self.plan)
        #expect(throws: refusal) { try CeremonyPlan(json: Array(text.utf8)) }
    }

    // MARK: Protocol

    private func chain() -> [CeremonyLine] {
        var lines: [CeremonyLine] = []
        for (place, step) in [CeremonyStep.open, .authority, .signer, .list].enumerated() {
            lines.append(
                CeremonyLine(
                    after: lines.last, ceremony: "00ff", at: Instant(microseconds: Int64(place) * 1_000_000),
                    step: step, subject: "\(step.rawValue)-1", present: ["master", "holder-1"],
                    made: ["a.der": "aa"], shares: step == .authority ? ["holder-1": "bb"] : [:]))
        }
        return lines
    }

    @Test("a protocol is read back, and every changed byte is found in its line")
    func changedLines() throws {
        let lines = chain()
        let texts = lines.map(\.text)
        #expect(try CeremonyLine.chain(texts) == lines)
        for (number, text) in texts.enumerated() {
            for place in text.utf8.indices {
                var bytes = Array(text.utf8)
                bytes[text.utf8.distance(from: text.utf8.startIndex, to: place)] ^= 0x01
                var changed = texts
                changed[number] = String(decoding: bytes, as: UTF8.self)
                #expect(throws: CeremonyRefusal.protocolChanged(number + 1)) { try CeremonyLine.chain(changed) }
            }
        }
    }

    @Test("lines that are left out, moved, added or written anew are found")
    func movedLines() throws {
        let lines = chain()
        let texts = lines.map(\.text)
        #expect(throws: CeremonyRefusal.protocolChanged(2)) { try CeremonyLine.chain([texts[0], texts[2], texts[3]]) }
        #expect(throws: CeremonyRefusal.protocolChanged(1)) { try CeremonyLine.chain(Array(texts.dropFirst())) }
        #expect(throws: CeremonyRefusal.protocolChanged(3)) {
            try CeremonyLine.chain([texts[0], texts[1], texts[3], texts[2]])
        }
        #expect(throws: CeremonyRefusal.protocolChanged(2)) { try CeremonyLine.chain([texts[0], texts[0]]) }
        let early = CeremonyLine(
            after: lines[1], ceremony: "00ff", at: Instant(microseconds: 5), step: .signer, subject: "signer-1",
            present: ["master"], made: [:])
        #expect(throws: CeremonyRefusal.protocolChanged(3)) { try CeremonyLine.chain(texts[..<2] + [early.text]) }
        // A line that was written anew has a right hash of its own, and no longer fits the next one.
        let other = CeremonyLine(
            after: lines[0], ceremony: "00ff", at: Instant(microseconds: 5), step: .authority, subject: "csca-1",
            present: ["master"], made: [:])
        #expect(throws: CeremonyRefusal.protocolChanged(3)) {
            try CeremonyLine.chain([texts[0], other.text, texts[2], texts[3]])
        }
    }

    @Test("every refusal has a code of its own and says in both languages what to do")
    func refusals() {
        let all: [CeremonyRefusal] = [
            .planMalformed("x"), .personTwice("x"), .thresholdImpossible, .notOpened, .busy, .clockBehind,
            .participantUnknown("x"),
            .roleMissing(.witness), .sharesTooFew(have: 1, need: 2), .holderTwice("x"), .shareMalformed("x"),
            .shareForeign("x"), .shareNotOpened("x"), .shareWrong("x"), .passphrasesUneven(have: 1, need: 2),
            .passphraseTwice, .authorityThere, .authorityMissing, .authorityEnded, .signerMissing, .listMissing,
            .tokenNeeded, .certificateForeign("x"), .notAnAuthority("x"), .protocolChanged(1), .fileChanged("x"),
            .protocolOther,
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(Set(all.map(\.sentence.vietnamese)).count == all.count)
        #expect(Set(all.map(\.sentence.english)).count == all.count)
    }
}
