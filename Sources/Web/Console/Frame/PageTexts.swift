/// Lời của các trang: what stands in templates as `[[key]]`, in one language; a file of `key: text` lines.
struct PageTexts: Sendable, Equatable {
    /// Why a file of texts, or a template that uses it, cannot be read.
    enum Damage: Error, Hashable {
        case line(Int)
        case twice(String)
        case missing(key: String, template: String)
        case open(template: String)
    }

    private let texts: [String: String]

    init(_ file: String) throws(Damage) {
        var texts: [String: String] = [:]
        for (index, line) in file.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == " " }) || line.hasPrefix("#") { continue }
            guard let colon = line.firstRange(of: ": ") else { throw .line(index + 1) }
            let key = String(line[..<colon.lowerBound])
            let text = String(line[colon.upperBound...])
            guard !key.isEmpty, !text.isEmpty else { throw .line(index + 1) }
            guard texts.updateValue(text, forKey: key) == nil else { throw .twice(key) }
        }
        self.texts = texts
    }

    var keys: Set<String> { Set(texts.keys) }

    /// The template with its texts put in, escaped; tags inside a text are tags of the template.
    func filled(_ template: String, named name: String) throws(Damage) -> String {
        var result = ""
        var rest = template[...]
        while let opening = rest.firstRange(of: "[[") {
            result += rest[..<opening.lowerBound]
            guard let closing = rest[opening.upperBound...].firstRange(of: "]]") else { throw .open(template: name) }
            let key = String(rest[opening.upperBound..<closing.lowerBound])
            guard let text = texts[key] else { throw .missing(key: key, template: name) }
            result += HTMLText.escaped(text)
            rest = rest[closing.upperBound...]
        }
        return result + rest
    }

    /// The keys that a template uses.
    static func keys(in template: String) -> Set<String> {
        var keys: Set<String> = []
        var rest = template[...]
        while let opening = rest.firstRange(of: "[["),
            let closing = rest[opening.upperBound...].firstRange(of: "]]")
        {
            keys.insert(String(rest[opening.upperBound..<closing.lowerBound]))
            rest = rest[closing.upperBound...]
        }
        return keys
    }
}
