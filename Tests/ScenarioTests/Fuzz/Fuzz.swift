import Testing

/// How long parsers are fuzzed: a few seconds in every run, minutes with more seeds in the long one.
enum Fuzz {
    /// One seed, or six; a failure names the one to run again.
    static let seeds: [UInt64] = Shared.isFull ? Array(1...6) : [1]

    /// That many rounds in a short run, ten times as many in a long one.
    static func rounds(_ short: Int) -> Range<Int> { 0..<(Shared.isFull ? short * 10 : short) }

    /// Records a failure with the input that led to it; silent, and cheap, otherwise.
    static func hold(
        _ isHeld: Bool, _ rule: String, _ input: @autoclosure () -> String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        if isHeld { return }
        Issue.record("\(rule): \(Fuzz.shown(input()))", sourceLocation: location)
    }

    static func hold(
        _ isHeld: Bool, _ rule: String, _ input: [UInt8], _ location: SourceLocation = #_sourceLocation
    ) {
        if isHeld { return }
        hold(false, rule, String(decoding: input, as: UTF8.self), location)
    }

    /// The scalars of a text, those that nobody sees as their numbers.
    private static func shown(_ text: String) -> String {
        text.unicodeScalars.prefix(400).map { $0.escaped(asASCII: true) }.joined()
    }
}

/// Makes bad inputs out of good ones: the same seed gives the same inputs.
struct Mutator {
    var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    /// Pieces that have troubled programs before.
    private static let pieces: [[UInt8]] =
        [
            "\u{0}", "\u{7F}", "\u{1B}[2J", "\r\n", "\r", "\n", "\t", "\"", "\"\"", "'", ",", ";", "\\", "\\u0000",
            "\\ud800", "/", "//", "-", "--", ".", "..", "%00", "%2e%2e/", "+", "=", "==", "— ", "x", "000", "null",
            "true",
            "{", "}", "[", "]", "{}", "[]", ":", "{\"a\":", "[[[[[[[[[[[[[[[[", "1e999", "-0", "0x10", "1.5",
            "99999999999999999999", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "9999-12-31",
            "0000-00-00", "29/02/1900", "31/12/9999", "00/00/0000", "005080000111", "０１２３", "\u{661}\u{662}",
            "\u{300}", "\u{301}", "\u{302}\u{301}", "\u{30C}", "\u{31B}\u{323}", "\u{323}\u{31B}", "\u{308}", "\u{327}",
            "\u{345}", "\u{1100}\u{1161}", "\u{AC00}\u{11A8}", "\u{200B}", "\u{200D}", "\u{2060}", "\u{FEFF}",
            "\u{202E}",
            "\u{202D}", "\u{2066}", "\u{2069}", "\u{A0}", "\u{3000}", "\u{2028}", "\u{85}", "\u{3164}", "\u{FFFD}",
            "\u{FFFF}", "\u{10FFFF}", "\u{E0041}", "😀", "👩‍👩‍👧", "🇻🇳", "ß", "ﬁ", "İ", "ı", "ǰ", "J\u{30C}", "Đ", "Ð", "Ɖ",
            "K",
            "Ω", "Лев", "李", "ห", "ễ", "e\u{302}\u{303}", "ắ", "Ự", "h'", "H’", "Nguyeenx", "Tra62n", "a.b-c'd",
        ].map { Array($0.utf8) }
        + [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE1, 0xBB], [0x80], [0xFE, 0xFF],
            [0xEF, 0xBB, 0xBF], [0xB8, 0xB5, 0xAD],
        ]

    /// One of the examples, changed in one to six places; now and then as it is.
    mutating func bytes(_ examples: [[UInt8]]) -> [UInt8] {
        var bytes = example(examples)
        for _ in 0..<random.number(0...6) { change(&bytes, examples) }
        return bytes
    }

    /// The same as a text; broken bytes become U+FFFD.
    mutating func text(_ examples: [String]) -> String {
        String(decoding: bytes(examples.map { Array($0.utf8) }), as: UTF8.self)
    }

    private mutating func example(_ examples: [[UInt8]]) -> [UInt8] {
        examples.randomElement(using: &random) ?? []
    }

    private mutating func part(of bytes: [UInt8]) -> Range<Int> {
        let from = random.number(0...bytes.count)
        let longest = min(bytes.count - from, random.number(0...4) == 0 ? bytes.count : 8)
        return from..<from + random.number(0...longest)
    }

    private mutating func change(_ bytes: inout [UInt8], _ examples: [[UInt8]]) {
        let at = random.number(0...bytes.count)
        let piece = Mutator.pieces.randomElement(using: &random) ?? []
        switch random.number(0...15) {
        case 0: if at < bytes.count { bytes[at] ^= 1 << UInt8(random.number(0...7)) }
        case 1: if at < bytes.count { bytes[at] = UInt8(random.number(0...255)) }
        case 2: bytes.insert(UInt8(random.number(0...255)), at: at)
        case 3...6: bytes.insert(contentsOf: piece, at: at)
        case 7: bytes.replaceSubrange(part(of: bytes), with: piece)
        case 8, 9: bytes.removeSubrange(part(of: bytes))
        case 10: bytes.insert(contentsOf: bytes[part(of: bytes)], at: at)
        case 11:
            let other = example(examples)
            bytes.replaceSubrange(part(of: bytes), with: other[part(of: other)])
        case 12: bytes = Array(bytes[..<at] + example(examples).dropFirst(random.number(0...bytes.count)))
        case 13:
            let times = random.number(0...9) == 0 ? random.number(1...3_000) : random.number(1...40)
            bytes.insert(contentsOf: (0..<times).flatMap { _ in piece }, at: at)
        case 14: bytes.removeLast(bytes.count - at)
        default:
            let first = part(of: bytes)
            bytes.append(contentsOf: bytes[first])
            bytes.removeSubrange(first)
        }
    }
}

extension StringProtocol {
    /// Whether both are the same scalar for scalar, which `==` does not ask.
    func isIdentical(to other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
