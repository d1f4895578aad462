/// Calls that have no place in the sources, and the files that may make them, each with its reason.
enum BannedCalls {
    struct Ban: Sendable {
        /// Matched in code (strings and comments do not count), not inside a longer word.
        let call: String
        /// What, in the same line, makes the call a good one.
        var unless: String?
        let instead: String
        /// Path prefixes where the call stands with a reason.
        var allowed: [String: String] = [:]
    }

    static let bans: [Ban] = [
        Ban(call: "try!", instead: "handle the error"),
        Ban(call: "as!", instead: "as? and a refusal"),
        Ban(call: "fatalError(", instead: "a thrown error; damaged data must not stop the country"),
        Ban(
            call: "preconditionFailure(", instead: "a thrown error",
            allowed: ["Sources/dancu/": "the entry point, before anything is open"]),
        Ban(
            call: "print(", instead: "the caller's output",
            allowed: ["Sources/Commands/": "the command line speaks on stdout", "Sources/dancu/": "the entry point"]),
        Ban(call: "debugPrint(", instead: "nothing"),
        Ban(call: "Date()", instead: "the clock that comes in by parameter", allowed: assembly),
        Ban(call: "Date.now", instead: "the clock that comes in by parameter", allowed: assembly),
        Ban(call: "UUID()", instead: "the source of identifiers that comes in by parameter", allowed: assembly),
        Ban(
            call: ".random(in:", unless: "using:", instead: "the randomness that comes in by parameter",
            allowed: randomness),
        Ban(call: ".random()", instead: "the randomness that comes in by parameter", allowed: randomness),
        Ban(
            call: ".randomElement(", unless: "using:", instead: "the randomness that comes in by parameter",
            allowed: randomness),
        Ban(
            call: ".shuffled(", unless: "using:", instead: "the randomness that comes in by parameter",
            allowed: randomness),
        Ban(
            call: "SystemRandomNumberGenerator", instead: "the randomness that comes in by parameter",
            allowed: randomness),
    ]

    private static let assembly = [
        "Sources/Commands/": "the one place where parts are put together",
        "Sources/TestStores/": "names of databases that live for one test",
        "Sources/Bench/": "measures the program and puts it together as the command line does",
    ]

    private static let randomness = assembly.merging([
        "Sources/Database/Work/": "waiting times of retries; nothing that is stored depends on them"
    ]) { first, _ in first }

    static func problems(of file: TextFile) -> [String] {
        let code = SwiftCode(file.text).lines
        let original = file.lines
        return code.enumerated().flatMap { index, line -> [String] in
            let place = "\(file.path):\(index + 1)"
            var problems = bans.filter { ban in
                contains(ban.call, in: line) && !(ban.unless.map(line.contains) ?? false)
                    && !ban.allowed.keys.contains { file.path.hasPrefix($0) }
            }.map { "\(place): \($0.call) is banned; use \($0.instead)" }
            if forcesUnwrap(line) { problems.append("\(place): an optional is unwrapped by force") }
            for promise in ["@unchecked Sendable", "nonisolated(unsafe)"] where line.contains(promise) {
                let above = index > 0 ? original[index - 1].drop { $0 == " " } : ""
                if !original[index].contains("//"), !above.hasPrefix("//") {
                    problems.append("\(place): \(promise) needs its reason beside it")
                }
            }
            return problems
        }
    }

    /// Whether the call stands in the line and is not the end of a longer word.
    static func contains(_ call: String, in line: String) -> Bool {
        line.ranges(of: call).contains { range in
            if call.hasPrefix(".") || range.lowerBound == line.startIndex { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && before != "_" && !(before == "." && call == "print(")
        }
    }

    /// An exclamation mark straight after a name or a closing bracket, but no `!=` and no `try!` or `as!`.
    static func forcesUnwrap(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "!"), index > 0 else { return false }
            if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") { return false }
            let before = bytes[index - 1]
            guard SwiftCode.isWord(before) || [")", "]", "}", "?"].contains(Character(Unicode.Scalar(before))) else {
                return false
            }
            let head = String(decoding: bytes[..<index], as: UTF8.self)
            return !["try", "as"].contains { head == $0 || head.hasSuffix(" \($0)") || head.hasSuffix("(\($0)") }
        }
    }
}
