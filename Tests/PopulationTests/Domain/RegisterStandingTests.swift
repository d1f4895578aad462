import Civil
import Ledger
import Testing

@testable import Population

@Suite("What the register is, held against its acts")
struct RegisterStandingTests {
    private static let identity = RegisterIdentity(
        id: "abc", kind: .production, created: Instant(microseconds: 5), logKey: "key")
    private static let files = [
        UnitFileBytes(name: "old.tsv", bytes: [1, 2]).entry(at: 1),
        UnitFileBytes(name: "new.tsv", bytes: [3]).entry(at: 2),
    ]
    private static let changes = [RegisterChange(identity)] + files.map { RegisterChange.unitsLoaded($0) }

    private static let seal = RegisterChange.SealKeyEntry(position: 1, publicKey: Array(repeating: 7, count: 32))

    private func standing(
        _ changes: [RegisterChange?] = changes, identity: RegisterIdentity? = identity,
        rows: [RegisterChange.UnitFileEntry] = files, keys: [RegisterChange.SealKeyEntry] = []
    ) -> RegisterStanding {
        let acts = changes.enumerated().map { (act: ActID(rawValue: Int64($0.offset) + 10), change: $0.element) }
        return RegisterStanding(changes: acts, identity: identity, rows: rows, keys: keys)
    }

    private func places(
        _ changes: [RegisterChange?] = changes, identity: RegisterIdentity? = identity,
        rows: [RegisterChange.UnitFileEntry] = files
    ) -> [String] {
        standing(changes, identity: identity, rows: rows).damages.map(\.place)
    }

    @Test("a register that is as its acts say has no damage")
    func sound() {
        #expect(places() == [])
    }

    @Test(
        "each part of what it is, changed, is named",
        arguments: [
            (RegisterIdentity(id: "abd", kind: .production, created: identity.created, logKey: "key"), "register_id"),
            (RegisterIdentity(id: "abc", kind: .demonstration, created: identity.created, logKey: "key"), "kind"),
            (
                RegisterIdentity(id: "abc", kind: .production, created: Instant(microseconds: 6), logKey: "key"),
                "created_at"
            ),
            (RegisterIdentity(id: "abc", kind: .production, created: identity.created, logKey: "ley"), "log_key"),
        ])
    func parts(row: RegisterIdentity, column: String) {
        #expect(places(identity: row) == ["register \(column)"])
    }

    @Test("a key for typed searches that was changed, taken away, put in or made twice is named by its place")
    func seals() {
        let (made, other) = (RegisterChange.sealKeyMade(Self.seal), Array(repeating: UInt8(9), count: 32))
        let swapped = RegisterChange.SealKeyEntry(position: 1, publicKey: other)
        let second = RegisterChange.SealKeyEntry(position: 2, publicKey: other)
        let sound = standing(Self.changes + [made], keys: [Self.seal])
        #expect(sound.damages == [] && sound.seal?.publicKey == Array(repeating: 7, count: 32))
        func found(
            _ changes: [RegisterChange], _ keys: [RegisterChange.SealKeyEntry]
        ) -> [RegisterDamage] {
            standing(Self.changes + changes, keys: keys).damages
        }
        func damage(_ key: Int, _ state: RegisterDamage.State, isAlone: Bool = false) -> RegisterDamage {
            RegisterDamage(kind: .sealChanged, place: "seal key \(key)", state: state, isAlone: isAlone)
        }
        #expect(found([made], [swapped]) == [damage(1, .changed)])
        #expect(found([made], []) == [damage(1, .missing)])
        #expect(found([made], [Self.seal, second]) == [damage(2, .surplus)])
        #expect(found([], [Self.seal]) == [damage(1, .surplus, isAlone: true)])
        #expect(found([], [Self.seal]).allSatisfy(\.isUnvouchedKey) && !damage(2, .surplus).isUnvouchedKey)
        #expect(found([made, .sealKeyMade(swapped)], [Self.seal]).map(\.place) == ["act 14"])
        #expect(
            standing(Self.changes + [made, .sealKeyMade(second)], keys: [Self.seal, second]).seal?.publicKey == other)
    }

    @Test("a file that was changed, renamed, moved, taken away or put in is named by its place")
    func files() {
        let (old, new) = (Self.files[0], Self.files[1])
        let changed = UnitFileBytes(name: "old.tsv", bytes: [1, 3]).entry(at: 1)
        let renamed = UnitFileBytes(name: "Old.tsv", bytes: [1, 2]).entry(at: 1)
        let third = UnitFileBytes(name: "third.tsv", bytes: [4]).entry(at: 3)
        #expect(places(rows: [changed, new]) == ["unit file 1 (old.tsv)"])
        #expect(places(rows: [renamed, new]) == ["unit file 1 (old.tsv)"])
        #expect(places(rows: [old]) == ["unit file 2 (new.tsv)"])
        #expect(places(rows: [old, new, third]) == ["unit file 3 (third.tsv)"])
        let swapped = [
            UnitFileBytes(name: "new.tsv", bytes: [3]).entry(at: 1),
            UnitFileBytes(name: "old.tsv", bytes: [1, 2]).entry(at: 2),
        ]
        #expect(places(rows: swapped) == ["unit file 1 (old.tsv)", "unit file 2 (new.tsv)"])
    }

    @Test("the first act counts; another that says the same place anew is damage")
    func secondAct() {
        let other = RegisterIdentity(id: "abc", kind: .demonstration, created: Self.identity.created, logKey: "key")
        let forged = UnitFileBytes(name: "old.tsv", bytes: [9]).entry(at: 1)
        #expect(places(Self.changes + [RegisterChange(other)]) == ["act 13"])
        #expect(
            places(Self.changes + [.unitsLoaded(forged)], rows: [forged, Self.files[1]]).sorted() == [
                "act 13", "unit file 1 (old.tsv)",
            ])
    }

    @Test("acts that are gone or cannot be read are damage")
    func lostActs() {
        #expect(places([nil] + Self.changes.dropFirst().map { Optional($0) }) == ["act 10", "register"])
        #expect(places([]) == ["register", "unit file 1 (old.tsv)", "unit file 2 (new.tsv)"])
    }

    @Test("only a file that the log has can be put back, by its bytes whatever its name")
    func puttingBack() {
        let (old, new) = (Self.files[0], Self.files[1])
        let surplus = standing(rows: [old, new, UnitFileBytes(name: "third.tsv", bytes: [4]).entry(at: 3)])
        #expect(surplus.damages.map(\.canBePutBack) == [false])
        #expect(surplus.damages.map(\.state) == [.surplus])
        let missing = standing(rows: [new])
        #expect(missing.damages.map(\.canBePutBack) == [true])
        #expect(missing.damages.map(\.state) == [.missing])
        #expect(missing.damaged(sha256: UnitFileBytes(name: "other", bytes: [1, 2]).sha256) == [old])
        #expect(missing.damaged(sha256: new.sha256) == [] && missing.isSound(sha256: new.sha256), "it is there")
        #expect(!RegisterDamaged(damages: surplus.damages).sentence.english.contains("unit load"))
        #expect(RegisterDamaged(damages: missing.damages).sentence.english.contains("unit load"))
        let gone = standing(identity: nil)
        #expect(gone.identity == Self.identity && gone.damages.map(\.place) == ["register"])
        #expect(!RegisterDamaged(damages: gone.damages).sentence.english.contains("unit load"))
    }

    @Test("a change comes back from the bytes that are hashed")
    func bytes() throws {
        for change in Self.changes { #expect(try RegisterChange(bytes: try change.bytes()) == change) }
        #expect(
            String(decoding: try Self.changes[0].bytes(), as: UTF8.self)
                == #"{"created":{"at":5,"kind":"production","logKey":"key","register":"abc"}}"#)
    }
}
