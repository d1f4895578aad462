/// Swift text whose comments and string contents are blanked, so that what is left is code on its own lines.
///
/// A scanner, not a parser: raw and multi-line strings, interpolations and nested comments are followed;
/// regex literals are not.
struct SwiftCode: Sendable {
    /// As many bytes and lines as the original.
    let bytes: [UInt8]

    init(_ source: String) {
        var scanner = Scanner(input: Array(source.utf8))
        scanner.scan()
        bytes = scanner.output
    }

    var lines: [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }
}

private struct Scanner {
    let input: [UInt8]
    var output: [UInt8] = []
    var position = 0

    init(input: [UInt8]) {
        self.input = input
        output.reserveCapacity(input.count)
    }

    mutating func scan() {
        while position < input.count { code() }
    }

    private func sees(_ text: StaticString, at offset: Int = 0) -> Bool {
        let start = position + offset
        guard start + text.utf8CodeUnitCount <= input.count else { return false }
        for index in 0..<text.utf8CodeUnitCount where input[start + index] != text.utf8Start[index] { return false }
        return true
    }

    private mutating func keep() {
        output.append(input[position])
        position += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < input.count {
            output.append(input[position] == UInt8(ascii: "\n") ? input[position] : UInt8(ascii: " "))
            position += 1
        }
    }

    /// One step in code: a comment, a string or one byte.
    private mutating func code() {
        if sees("//") {
            while position < input.count, input[position] != UInt8(ascii: "\n") { blank() }
        } else if sees("/*") {
            comment()
        } else if sees("\"") {
            string(hashes: 0)
        } else if sees("#") {
            var hashes = 0
            while position + hashes < input.count, input[position + hashes] == UInt8(ascii: "#") { hashes += 1 }
            if sees("\"", at: hashes) {
                blank(hashes)
                string(hashes: hashes)
            } else {
                keep()
            }
        } else {
            keep()
        }
    }

    private mutating func comment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                blank(2)
            } else if sees("*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && position < input.count
    }

    private func seesHashes(_ count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { sees("#", at: offset + $0) }
    }

    private mutating func string(hashes: Int) {
        let isBlock = sees("\"\"\"")
        let quotes = isBlock ? 3 : 1
        for _ in 0..<quotes { keep() }
        while position < input.count {
            let closes = isBlock ? sees("\"\"\"") : sees("\"")
            if closes, seesHashes(hashes, at: quotes) {
                for _ in 0..<quotes { keep() }
                blank(hashes)
                return
            }
            if !isBlock, input[position] == UInt8(ascii: "\n") { return }
            if sees("\\"), seesHashes(hashes, at: 1) {
                if sees("(", at: 1 + hashes) {
                    blank(1 + hashes)
                    interpolation()
                } else {
                    blank(2 + hashes)
                }
            } else {
                blank()
            }
        }
    }

    /// The code of an interpolation stays code.
    private mutating func interpolation() {
        var depth = 0
        repeat {
            if sees("(") { depth += 1 }
            if sees(")") { depth -= 1 }
            code()
        } while depth > 0 && position < input.count
    }
}
