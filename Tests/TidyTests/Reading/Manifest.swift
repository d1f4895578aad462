/// What Package.swift says about its targets, read from its text.
struct Manifest: Sendable {
    enum Kind: String, Sendable { case target, executableTarget, systemLibrary, testTarget }

    struct Target: Sendable {
        let name: String
        let kind: Kind
        let dependencies: Set<String>
        /// The `/** … */` line above the target.
        let purpose: String?
    }

    let targets: [String: Target]

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var products: [String: String] = [:]
        var found: [String: Target] = [:]
        for (index, line) in lines.enumerated() {
            if let product = Self.product(line) { products[product.variable] = product.name }
            guard let kind = Self.kind(line) else { continue }
            let body = Self.call(from: index, in: lines)
            guard let name = Self.between("name: \"", "\"", in: body) else { continue }
            found[name] = Target(
                name: name, kind: kind, dependencies: Self.dependencies(body, products: products),
                purpose: index > 0 ? Self.purpose(lines[index - 1]) : nil)
        }
        targets = found
    }

    private static func product(_ line: String) -> (variable: String, name: String)? {
        guard line.hasPrefix("let "), line.contains("Target.Dependency.product("),
            let variable = between("let ", " =", in: line), let name = between("name: \"", "\"", in: line)
        else { return nil }
        return (variable, name)
    }

    private static func kind(_ line: String) -> Kind? {
        let start = line.drop { $0 == " " }
        return [Kind.target, .executableTarget, .systemLibrary, .testTarget].first {
            start.hasPrefix(".\($0.rawValue)(")
        }
    }

    /// The text of the call that starts on the line, to its closing parenthesis.
    private static func call(from index: Int, in lines: [String]) -> String {
        var depth = 0
        var body = ""
        for line in lines[index...] {
            for character in line {
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                body.append(character)
                if depth == 0, character == ")" { return body }
            }
            body.append(" ")
        }
        return body
    }

    private static func dependencies(_ body: String, products: [String: String]) -> Set<String> {
        guard let list = between("dependencies: [", "]", in: body) else { return [] }
        let names = list.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        return Set(names.map { $0.hasPrefix("\"") ? $0.filter { $0 != "\"" } : products[$0] ?? $0 })
    }

    private static func purpose(_ line: String) -> String? {
        between("/**", "*/", in: line).map { String($0.drop { $0 == " " }) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    static func between(_ opening: String, _ closing: String, in text: String) -> String? {
        guard let start = text.firstRange(of: opening)?.upperBound,
            let end = text[start...].firstRange(of: closing)?.lowerBound
        else { return nil }
        return String(text[start..<end])
    }
}
