import Foundation

/// The map from the requirements of OWASP ASVS to tests and controls, as docs/security.md has it.
enum SecurityMap {
    static let kinds = ["test", "control", "not applicable", "open"]

    struct Line: Equatable {
        let id: String
        let level: String
        let kind: String
        /// The name that stands in the link, and the path of its file from the root; nil without a link.
        let name: String?
        let path: String?
        let what: String
    }

    /// The lines of the tables, in their order.
    static func lines(_ text: String) -> [Line] {
        text.split(separator: "\n").compactMap { row in
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
            guard cells.count == 7, cells[1].hasPrefix("V"), cells[1].contains(".") else { return nil }
            let parts = cells[4].split(separator: "](")
            let isLink = parts.count == 2 && cells[4].hasPrefix("[") && cells[4].hasSuffix(")")
            return Line(
                id: cells[1], level: cells[2], kind: cells[3], name: isLink ? String(parts[0].dropFirst()) : nil,
                path: isLink ? path(parts[1].dropLast()) : nil, what: cells[5])
        }
    }

    /// What is wrong with the lines, held against the list of requirements (`id level` a line).
    ///
    /// - Parameter text: the file of a path, nil when there is none.
    static func problems(of lines: [Line], requirements: String, text: (String) -> String?) -> [String] {
        let asked = requirements.split(separator: "\n").map(String.init)
        let given = lines.map { "\($0.id) \($0.level)" }
        var problems = Set(asked).subtracting(given).sorted().map { "\($0) has no line" }
        problems += Set(given).subtracting(asked).sorted().map { "\($0) is no requirement" }
        problems += Dictionary(grouping: given) { $0 }.filter { $1.count > 1 }.keys.sorted().map {
            "\($0) stands twice"
        }
        for line in lines {
            if line.what.count < 5 { problems.append("\(line.id) says nothing") }
            switch line.kind {
            case "test":
                guard let name = line.name, let path = line.path, path.hasPrefix("Tests/"), let file = text(path) else {
                    problems.append("\(line.id) names no file of tests")
                    continue
                }
                if !isTest(name, in: file) { problems.append("\(line.id): \(path) has no test \(name)") }
            case "control":
                if line.path.flatMap(text) == nil { problems.append("\(line.id) names no file") }
            case "not applicable", "open":
                if line.path != nil { problems.append("\(line.id) is \(line.kind) and has a link") }
            default: problems.append("\(line.id) is of no kind")
            }
        }
        return problems
    }

    /// Whether a function of that name stands under `@Test`.
    private static func isTest(_ name: String, in file: String) -> Bool {
        file.components(separatedBy: "@Test").dropFirst().contains { part in
            part.components(separatedBy: " func ").dropFirst().first?.hasPrefix("\(name)(") ?? false
        }
    }

    /// The rows of the table of sums that the lines make.
    static func sums(_ lines: [Line]) -> [String] {
        func row(_ title: String, _ part: [Line]) -> String {
            let one = part.filter { $0.level == "1" }.count
            let two = part.filter { $0.level == "2" }.count
            return "| \(title) | \(one) | \(two) | \(one + two) |"
        }
        return kinds.map { kind in row(kind, lines.filter { $0.kind == kind }) } + [row("**all**", lines)]
    }

    private static func trimmed(_ cell: Substring) -> String {
        var text = cell.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// A link of a file in docs/, from the root.
    private static func path(_ link: Substring) -> String {
        link.hasPrefix("../") ? String(link.dropFirst(3)) : "docs/\(link)"
    }
}
