import Civil
import Ledger
import Testing

@testable import Population

@Suite("The canonical bytes of contents")
struct ContentTests {
    private func damage(_ kind: ActKind, _ bytes: [UInt8]) -> DamagedContent? {
        do throws(DamagedContent) {
            _ = try ActContent(kind: kind, canonicalBytes: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("Every kind is read back as it was written, and written alike again", arguments: ActKind.ofPopulation)
    func roundTrips(kind: ActKind) throws {
        let content = Sample.content(kind)
        #expect(content.kind == kind)
        let bytes = try content.canonicalBytes()
        let read = try ActContent(kind: kind, canonicalBytes: bytes)
        #expect(read == content)
        #expect(try read.canonicalBytes() == bytes)
    }

    private static let stored: [(ActKind, String)] = [
        (.numberAssigned, #"{"body":{"number":"003090000111"},"form":"number_assigned/1"}"#),
        (
            .numberCancelled,
            #"{"body":{"ground":"false_papers","number":"003090000111","requested":false},"form":"number_cancelled/1"}"#
        ),
        (.detailsChanged, #"{"body":{"details":{"name":"Đặng Thị Đổi"}},"form":"details_changed/1"}"#),
        (
            .married,
            #"{"body":{"certificate":"7/2021","spouses":[{"person":1},{"person":2}]},"form":"married/1"}"#
        ),
        (
            .sheetDecided,
            #"{"body":{"person":1,"reason":"đã đối chiếu","sheet":16777218,"verdict":"same_person"},"#
                + #""form":"sheet_decided/1"}"#
        ),
        (.died, #"{"body":{"certificate":"5/2022"},"form":"died/1"}"#),
        (.annulled, #"{"body":{"act":102,"reason":"ghi nhầm"},"form":"annulled/1"}"#),
        (.nationalityChanged, #"{"body":{"nationality":"nationality-iso:LAO"},"form":"nationality_changed/1"}"#),
        (
            .stayNotified,
            #"{"body":{"address":{"detail":"Số 1","unit":{"code":"00004","set":"until-2025-06-30"},"#
                + #""written":"Số 1, Phường Mẫu"},"until":"2022-03-01"},"form":"stay_notified/1"}"#
        ),
        (
            .collected,
            #"{"body":{"details":{"birth":"1990-05-17","birthRegistrationPlace":{"detail":"Số 1","unit":"#
                + #"{"code":"00001","set":"until-2025-06-30"},"written":"Số 1, Phường Mẫu"},"#
                + #""maritalStatus":"never_married","#
                + #""name":"Đặng Thị Mẫu","sex":"F"},"handle":"070w3ge1r70w3ge1r70w3ge1r7","household":11,"#
                + #""numberTaken":false,"permanent":{"detail":"Số 1","unit":{"code":"00001","#
                + #""set":"until-2025-06-30"},"written":"Số 1, Phường Mẫu"},"person":1,"relation":"head","#
                + #""sheet":{"findings":[{"code":"no_day","field":"ngay_sinh"}],"id":16777217,"row":1,"#
                + #""written":"1,HO1"}},"form":"collected/1"}"#
        ),
    ]

    @Test("What was stored years ago reads and writes as it did", arguments: ContentTests.stored.indices)
    func isStable(index: Int) throws {
        let (kind, text) = ContentTests.stored[index]
        #expect(String(decoding: try Sample.content(kind).canonicalBytes(), as: UTF8.self) == text)
        #expect(try ActContent(kind: kind, canonicalBytes: Array(text.utf8)) == Sample.content(kind))
    }

    @Test("A form that this program does not know is damage, not a guess")
    func refusesUnknownForms() {
        for text in [
            #"{"body":{"number":"003090000111"},"form":"number_assigned/2"}"#,
            #"{"body":{"number":"003090000111"},"form":"number_cancelled/1"}"#,
            #"{"body":{"number":"003090000111"}}"#, #"{"form":"number_assigned/1"}"#, "[]", "null", "",
            #"{"body":{"number":7},"form":"number_assigned/1"}"#,
        ] {
            #expect(damage(.numberAssigned, Array(text.utf8)) != nil, "\(text)")
        }
    }

    @Test("The bytes of one kind are no other kind's")
    func keepsKindsApart() throws {
        for kind in ActKind.ofPopulation {
            let bytes = try Sample.content(kind).canonicalBytes()
            for other in ActKind.ofPopulation where other != kind {
                #expect(damage(other, bytes) != nil, "\(kind.rawValue) as \(other.rawValue)")
            }
        }
    }

    @Test(
        "Damaged bytes never crash: they are told, or read as something else",
        arguments: [
            ActKind.collected, .married, .stayNotified, .sheetHeld,
        ])
    func survivesDamage(kind: ActKind) throws {
        let bytes = try Sample.content(kind).canonicalBytes()
        for length in 0..<bytes.count { #expect(damage(kind, Array(bytes.prefix(length))) != nil) }
        for position in bytes.indices {
            for value in [UInt8(0), 0x22, 0x7B, 0xFF, bytes[position] ^ 1] {
                var damaged = bytes
                damaged[position] = value
                if let read = try? ActContent(kind: kind, canonicalBytes: damaged) { #expect(read.kind == kind) }
            }
        }
        #expect(damage(kind, Array(repeating: 0x5B, count: 100_000)) != nil)
    }

    @Test("A damaged value inside is told: a date, a code, a handle that cannot be")
    func refusesDamagedValues() throws {
        let text = String(decoding: try Sample.collected().canonicalBytes(), as: UTF8.self)
        for (good, bad) in [
            ("1990-05-17", "1990-02-30"), ("\"sex\":\"F\"", "\"sex\":\"X\""),
            ("\"relation\":\"head\"", "\"relation\":\"boss\""),
            ("\"handle\":\"070w", "\"handle\":\"u70w"), ("\"person\":1", "\"person\":99999999999999999999"),
            ("no_day", "no_night"),
        ] {
            #expect(text.contains(good), "\(good)")
            #expect(damage(.collected, Array(text.replacing(good, with: bad).utf8)) != nil, "\(bad)")
        }
    }
}
