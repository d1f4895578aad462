import Foundation
import Testing

/// A source of numbers that repeats itself for a seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// How long readers are fuzzed: seconds in every run, ten times as long with six seeds in the long one.
enum Fuzz {
    static let isFull = ProcessInfo.processInfo.environment["DANCU_TEST_FULL"] == "1"
    static let seeds: [UInt64] = isFull ? Array(1...6) : [1]

    static func rounds(_ short: Int) -> Range<Int> { 0..<(isFull ? short * 10 : short) }

    /// Records a failure with the input that led to it.
    static func hold(_ isHeld: Bool, _ rule: String, _ input: [UInt8], _ location: SourceLocation = #_sourceLocation) {
        if isHeld { return }
        let digits = input.prefix(300).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        Issue.record("\(rule): \(digits.joined())", sourceLocation: location)
    }
}

/// Makes bad bytes out of good ones: the same seed gives the same bytes.
struct ByteMutator {
    var numbers: SeededNumbers

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
    }

    /// Heads of CBOR that promise much, flags and lengths at their limits, and pieces of JSON.
    private static let pieces: [[UInt8]] =
        [
            [0], [0xFF], [0x1F], [0x5F], [0x7F], [0x9F], [0xBF], [0xA0], [0xA1], [0x80], [0x81], [0xC0], [0xF9, 0, 0],
            [0xF4], [0xF5], [0xF6], [0xF7], [0x18], [0x1B], [0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xBB, 0x80, 0, 0, 0, 0, 0, 0, 0],
            [0x5A, 0xFF, 0xFF, 0xFF, 0xFF], [0x9A, 0, 1, 0, 0], [0x03, 0xFF], [0x04, 0x00], [0x00, 0x10], [0x61, 0xC0],
            [0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
        ]
        + [
            "{", "}", "[", "\"", "\\u0000", "\\ud800", "null", "true", ",", ":", "{\"a\":", "1e999", "\"type\":",
            "webauthn.get", "webauthn.create", "\"crossOrigin\":true", "https://", "=",
        ].map { Array($0.utf8) }

    /// One of the examples, changed in up to six places.
    mutating func bytes(_ examples: [[UInt8]]) -> [UInt8] {
        var bytes = example(examples)
        for _ in 0..<numbers.number(0...6) { change(&bytes, examples) }
        return bytes
    }

    private mutating func example(_ examples: [[UInt8]]) -> [UInt8] { examples.randomElement(using: &numbers) ?? [] }

    private mutating func part(of bytes: [UInt8]) -> Range<Int> {
        let from = numbers.number(0...bytes.count)
        return from..<from + numbers.number(0...min(bytes.count - from, 12))
    }

    private mutating func change(_ bytes: inout [UInt8], _ examples: [[UInt8]]) {
        let at = numbers.number(0...bytes.count)
        let piece = ByteMutator.pieces.randomElement(using: &numbers) ?? []
        switch numbers.number(0...9) {
        case 0, 1: if at < bytes.count { bytes[at] ^= 1 << UInt8(numbers.number(0...7)) }
        case 2: if at < bytes.count { bytes[at] = UInt8(numbers.number(0...255)) }
        case 3, 4: bytes.insert(contentsOf: piece, at: at)
        case 5: bytes.replaceSubrange(part(of: bytes), with: piece)
        case 6: bytes.removeSubrange(part(of: bytes))
        case 7: bytes.removeLast(bytes.count - at)
        case 8:
            let other = example(examples)
            bytes.replaceSubrange(part(of: bytes), with: other[part(of: other)])
        default:
            let times = numbers.number(0...9) == 0 ? numbers.number(1...5_000) : numbers.number(1...20)
            bytes.insert(contentsOf: (0..<times).flatMap { _ in piece }, at: at)
        }
    }
}
