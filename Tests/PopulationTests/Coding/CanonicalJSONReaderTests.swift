import Civil
import Foundation
import Ledger
import Testing

@testable import Population

@Suite("Canonical JSON is read back as it was written")
struct CanonicalJSONReaderTests {
    private static func read<Value: CanonicalJSONReadable>(
        _ type: Value.Type, _ text: String
    ) throws -> Value {
        try Array(text.utf8).withUnsafeBytes { try CanonicalJSONReader.value(type, from: $0) }
    }

    @Test("states and contents with any fields present come back equal", arguments: 0..<8 as Range<UInt64>)
    func seeded(_ seed: UInt64) throws {
        var draw = CodingDraw(seed: seed)
        for _ in 0..<150 {
            let state = draw.person()
            #expect(try Self.read(PersonState.self, CanonicalJSON.text(of: state)) == state)
            let sheet = draw.collected()
            #expect(try Self.read(Collected.self, CanonicalJSON.text(of: sheet)) == sheet)
        }
    }

    @Test("every escape and every scalar of a text comes back")
    func texts() throws {
        let scalars = (Array(UInt32(0)..<0x300) + [0x2028, 0xFEFF, 0x1F600, 0x10FFFF]).compactMap(Unicode.Scalar.init)
        for scalar in scalars {
            let text = "a\(Character(scalar))b"
            let back = try Self.read(String.self, CanonicalJSON.text(of: text))
            #expect(Array(back.utf8) == Array(text.utf8))
        }
        #expect(try Self.read(String.self, #""\/\u0041\n""#) == "/A\n")
    }

    @Test("members that nobody knows are skipped, whatever is in them")
    func unknownMembers() throws {
        let text = #"{"aaa":{"x":[1,{"y":"}"}]},"name":"An","number":null,"person":7,"zzz":[[],"\"",-1.5e3,true]}"#
        #expect(try Self.read(PersonReference.self, text) == PersonReference(person: 7, name: "An"))
    }

    @Test(
        "what is cut short, nested too deep or of another type is refused, never a crash",
        arguments: [
            "", "{", "{\"name\"", "{\"name\":", "{\"name\":\"", "{\"name\":\"A\\", "{\"name\":\"A\\u00", "{\"name\":5}",
            "{\"person\":\"7\"}", "{\"person\":99999999999999999999}", "{\"person\":-}", "[]", "{} ", "nul",
            "{\"a\":" + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "}",
            "{\"name\":\"\\ud800\"}",
        ])
    func malformed(text: String) {
        #expect(throws: CanonicalJSONReader.Malformed.self) { try Self.read(PersonReference.self, text) }
    }

    @Test("every prefix and every changed byte of a state is read or refused", arguments: 0..<4 as Range<UInt64>)
    func damaged(_ seed: UInt64) throws {
        var draw = CodingDraw(seed: seed)
        let bytes = CanonicalJSON.bytes(of: draw.person())
        for end in bytes.indices {
            _ = bytes[..<end].withUnsafeBytes { try? CanonicalJSONReader.value(PersonState.self, from: $0) }
        }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= UInt8(1 << (place % 8))
            _ = changed.withUnsafeBytes { try? CanonicalJSONReader.value(PersonState.self, from: $0) }
        }
    }

    @Test("values of JSON are the bytes that JSONEncoder gives")
    func values() throws {
        let value = JSONValue.object([
            "b": .array([.null, .bool(true), .integer(-5), .number(1.5), .string("ệ\"\n/")]), "a": .object([:]),
            "B": .number(3),
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let decoded = try JSONDecoder().decode(JSONValue.self, from: Data(value.jsonBytes))
        let expected = try JSONDecoder().decode(JSONValue.self, from: try encoder.encode(value))
        #expect(decoded == expected)
        #expect(String(decoding: value.jsonBytes, as: UTF8.self) == #"{"B":3,"a":{},"b":[null,true,-5,1.5,"ệ\"\n/"]}"#)
    }
}
