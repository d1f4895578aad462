import Civil
import Foundation
import Ledger
import Testing

@testable import Population

@Suite("Canonical JSON is byte for byte what JSONEncoder gives")
struct CanonicalJSONTests {
    private static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    private static func expectSame(_ value: some CanonicalJSONValue) throws {
        let expected = try encoded(value)
        let written = CanonicalJSON.bytes(of: value)
        if written != expected {
            #expect(String(decoding: written, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
            #expect(written == expected)
        }
    }

    /// The content as `JSONEncoder` writes it.
    private struct Form<Body: Encodable>: Encodable {
        var body: Body
        var form: String
    }

    private static func expectSame(_ content: ActContent, _ body: some Encodable) throws {
        let bytes = try content.canonicalBytes()
        #expect(try bytes == encoded(Form(body: body, form: "\(content.kind.rawValue)/1")))
        #expect(try ActContent(kind: content.kind, canonicalBytes: bytes) == content)
    }

    @Test("every Unicode scalar below 4096 and some above, alone and between letters")
    func scalars() throws {
        let values = Array(UInt32(0)..<4_096) + [0x1E00, 0x2028, 0x2029, 0xFEFF, 0xFFFD, 0x1F600, 0x10FFFF]
        for scalar in values.compactMap(UnicodeScalar.init) {
            try CanonicalJSONTests.expectSame([String(Character(scalar)), "a\(Character(scalar))b\(Character(scalar))"])
        }
    }

    @Test("whole numbers of every length and sign", arguments: [Int64.min, -10, -1, 0, 9, 10, 1_234_567, .max])
    func numbers(_ number: Int64) throws {
        try CanonicalJSONTests.expectSame([number, number / 3, number / 1_000])
    }

    @Test("arrays in arrays, empty ones, truths")
    func arrays() throws {
        try CanonicalJSONTests.expectSame([[1, 2], [], [3]] as [[Int]])
        try CanonicalJSONTests.expectSame([] as [String])
        try CanonicalJSONTests.expectSame([true, false])
    }

    @Test("contents and states of an import, with any fields present", arguments: 0..<8 as Range<UInt64>)
    func seeded(_ seed: UInt64) throws {
        var draw = CodingDraw(seed: seed)
        for _ in 0..<150 {
            let (collected, held, formation) = (draw.collected(), draw.held(), draw.formation())
            try CanonicalJSONTests.expectSame(.collected(collected), collected)
            try CanonicalJSONTests.expectSame(.sheetHeld(held), held)
            try CanonicalJSONTests.expectSame(.householdFormed(formation), formation)
            try CanonicalJSONTests.expectSame(.householdSplit(formation), formation)
            try CanonicalJSONTests.expectSame(draw.person())
            try CanonicalJSONTests.expectSame(draw.household())
        }
    }

    @Test("no field is forgotten: values with every field filled are the same too")
    func complete() throws {
        var draw = CodingDraw(seed: 1, isFull: true)
        let (collected, held, formation) = (draw.collected(), draw.held(), draw.formation())
        let (person, household) = (draw.person(), draw.household())
        // A field that the test itself does not fill would prove nothing.
        #expect(unfilled(collected, "collected") + unfilled(held, "held") + unfilled(formation, "formation") == [])
        #expect(unfilled(person, "person") + unfilled(household, "household") == [])
        try CanonicalJSONTests.expectSame(collected)
        try CanonicalJSONTests.expectSame(held)
        try CanonicalJSONTests.expectSame(formation)
        try CanonicalJSONTests.expectSame(person)
        try CanonicalJSONTests.expectSame(household)
    }

    /// The places of fields without a value, at any depth.
    private func unfilled(_ value: Any, _ place: String) -> [String] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let inner = mirror.children.first else { return [place] }
            return unfilled(inner.value, place)
        case .collection where mirror.children.isEmpty:
            return [place]
        default:
            return mirror.children.flatMap { unfilled($0.value, place + "." + ($0.label ?? "")) }
        }
    }
}
