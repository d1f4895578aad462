/// How long a line, a function and a file may be.
enum Sizes {
    static let fileLines = 800
    static let functionLines = 70
    static let columns = 120

    static func problems(of file: TextFile) -> [String] {
        var problems: [String] = []
        let lines = file.lines
        let count = lines.last?.isEmpty == true ? lines.count - 1 : lines.count
        if count > fileLines { problems.append("\(file.path): \(count) lines, at most \(fileLines)") }
        for (index, line) in lines.enumerated() where line.utf8.count > columns && line.count > columns {
            problems.append("\(file.path):\(index + 1): \(line.count) columns, at most \(columns)")
        }
        for function in functions(file.text) where function.length > functionLines {
            problems.append(
                "\(file.path):\(function.line): \(function.length) lines in one function, at most \(functionLines)")
        }
        return problems
    }

    /// Each function, initialiser, deinitialiser and subscript that has a body: its first line and its length.
    static func functions(_ text: String) -> [(line: Int, length: Int)] {
        let code = SwiftCode(text).bytes
        var found: [(line: Int, length: Int)] = []
        var line = 1
        var position = 0
        while position < code.count {
            if code[position] == UInt8(ascii: "\n") { line += 1 }
            guard SwiftCode.isWord(code[position]) else {
                position += 1
                continue
            }
            let end = wordEnd(code, from: position)
            let isMember = position > 0 && code[position - 1] == UInt8(ascii: ".")
            if !isMember, starts.contains(String(decoding: code[position..<end], as: UTF8.self)),
                let body = bodyRange(code, from: end)
            {
                found.append((line, 1 + code[position..<body.upperBound].count { $0 == UInt8(ascii: "\n") }))
            }
            position = end
        }
        return found
    }

    private static let starts: Set<String> = ["func", "init", "deinit", "subscript"]

    /// Words that begin the next declaration: what came before had no body.
    private static let next: Set<String> = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "enum", "class", "actor", "extension",
        "protocol", "typealias", "associatedtype", "import",
    ]

    private static func wordEnd(_ code: [UInt8], from start: Int) -> Int {
        var end = start
        while end < code.count, SwiftCode.isWord(code[end]) { end += 1 }
        return end
    }

    /// From the opening to after the closing brace, or nil for a requirement without a body.
    private static func bodyRange(_ code: [UInt8], from start: Int) -> Range<Int>? {
        var position = start
        var depth = 0
        while position < code.count {
            switch code[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return nil }
            case UInt8(ascii: "{") where depth == 0: return position..<closing(code, from: position)
            case UInt8(ascii: "}") where depth == 0: return nil
            case let byte where SwiftCode.isWord(byte):
                let end = wordEnd(code, from: position)
                if depth == 0, next.contains(String(decoding: code[position..<end], as: UTF8.self)) { return nil }
                position = end
                continue
            default: break
            }
            position += 1
        }
        return nil
    }

    private static func closing(_ code: [UInt8], from opening: Int) -> Int {
        var depth = 0
        for position in opening..<code.count {
            if code[position] == UInt8(ascii: "{") { depth += 1 }
            if code[position] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return position + 1 }
            }
        }
        return code.count
    }
}
