import Testing

@testable import Web

/// A template as a tree of its tags, walked along a model as the renderer would, but strict about names.
indirect enum TemplateNode {
    case value(String)
    /// Shown as it is, so a drawing and nothing else.
    case drawing(String)
    case section(String, [TemplateNode], inverted: Bool)
    case partial(String, blocks: [String: [TemplateNode]])
    case block(String)

    /// The tags of a template that has its texts already.
    static func parse(_ text: String) throws -> [TemplateNode] {
        var tags: [String] = []
        var rest = text[...]
        while let opening = rest.firstRange(of: "{{"), let closing = rest[opening.upperBound...].firstRange(of: "}}") {
            tags.append(String(rest[opening.upperBound..<closing.lowerBound]))
            rest = rest[closing.upperBound...]
        }
        var left = tags[...]
        let nodes = try nodes(&left, until: nil)
        try #require(left.isEmpty)
        return nodes
    }

    private static func nodes(_ tags: inout ArraySlice<String>, until end: String?) throws -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while let tag = tags.popFirst() {
            let name = String(tag.dropFirst().drop { $0 == " " })
            switch tag.first {
            case "#", "^":
                nodes.append(.section(name, try Self.nodes(&tags, until: name), inverted: tag.first == "^"))
            case "/":
                try #require(name == end, "{{\(tag)}} closes nothing")
                return nodes
            case "&": nodes.append(.drawing(name))
            case ">": nodes.append(.partial(name, blocks: [:]))
            case "<": nodes.append(.partial(name, blocks: try blocks(&tags, of: name)))
            case "$":
                _ = try Self.nodes(&tags, until: name)
                nodes.append(.block(name))
            default: nodes.append(.value(tag))
            }
        }
        try #require(end == nil, "{{#\(end ?? "")}} is never closed")
        return nodes
    }

    private static func blocks(_ tags: inout ArraySlice<String>, of parent: String) throws -> [String: [TemplateNode]] {
        var blocks: [String: [TemplateNode]] = [:]
        while let tag = tags.popFirst() {
            let name = String(tag.dropFirst())
            if tag.first == "/" {
                try #require(name == parent)
                return blocks
            }
            try #require(tag.first == "$", "\(parent) is given blocks only")
            blocks[name] = try nodes(&tags, until: name)
        }
        return blocks
    }
}

/// Walks templates along models and keeps what it saw.
struct TemplateWalk {
    let templates: [String: [TemplateNode]]
    /// Names that no model around has, with the template.
    var unknown: Set<String> = []
    /// Tags that were reached by some model.
    var seen: Set<String> = []

    init(language: PageLanguage) throws {
        let texts = try ConsolePages.texts(language)
        templates = try Dictionary(
            uniqueKeysWithValues: ConsolePages.templates.map { name in
                (name, try TemplateNode.parse(try texts.filled(try ConsolePages.source(name), named: name)))
            })
    }

    mutating func walk(_ page: any ConsolePage) {
        walk(type(of: page).template, [page], blocks: [:])
    }

    private mutating func walk(_ name: String, _ stack: [Any], blocks: [String: (String, [TemplateNode])]) {
        guard let nodes = templates[name] else {
            unknown.insert("template \(name)")
            return
        }
        walk(nodes, in: name, stack, blocks)
    }

    private mutating func walk(
        _ nodes: [TemplateNode], in template: String, _ stack: [Any], _ blocks: [String: (String, [TemplateNode])]
    ) {
        for node in nodes {
            switch node {
            case .value(let name): _ = find(name, stack, template)
            case .drawing(let name):
                _ = find(name, stack, template)
                let value = find(String(name.dropLast(".svg".count)), stack, template)
                if let value, !(value is PageDrawing) { unknown.insert("\(template): \(name) is no drawing") }
            case .block(let name):
                if let (origin, nodes) = blocks[name] { walk(nodes, in: origin, stack, [:]) }
            case .partial(let name, let given):
                walk(name, stack, blocks: given.mapValues { (template, $0) })
            case .section(let name, let inner, let inverted):
                let value = find(name, stack, template)
                if inverted {
                    walk(inner, in: template, stack, blocks)
                } else if let value {
                    section(value, inner, template, stack, blocks)
                }
            }
        }
    }

    private mutating func section(
        _ value: Any, _ inner: [TemplateNode], _ template: String, _ stack: [Any],
        _ blocks: [String: (String, [TemplateNode])]
    ) {
        if value is Bool {
            walk(inner, in: template, stack, blocks)
        } else if let elements = value as? [Any] {
            for element in elements { walk(inner, in: template, stack + [element], blocks) }
        } else {
            walk(inner, in: template, stack + [value], blocks)
        }
    }

    /// The value of a tag, nil when it is an absent optional.
    private mutating func find(_ name: String, _ stack: [Any], _ template: String) -> Any? {
        seen.insert("\(template): \(name)")
        if name == "." { return stack.last }
        let parts = name.split(separator: ".").map(String.init)
        for object in stack.reversed() {
            guard case .some(let first) = TemplateWalk.child(parts[0], of: object) else { continue }
            var value: Any? = first
            for part in parts.dropFirst() {
                guard let object = value else { return nil }
                guard case .some(let next) = TemplateWalk.child(part, of: object) else {
                    unknown.insert("\(template): \(name)")
                    return nil
                }
                value = next
            }
            return value
        }
        unknown.insert("\(template): \(name)")
        return nil
    }

    /// Nil when there is no such property, `.some(nil)` when it is there and empty.
    private static func child(_ name: String, of object: Any) -> Any?? {
        guard let found = Mirror(reflecting: object).children.first(where: { $0.label == name }) else { return nil }
        let mirror = Mirror(reflecting: found.value)
        if mirror.displayStyle == .optional { return .some(mirror.children.first?.value) }
        return .some(found.value)
    }

    /// Every tag of every template.
    var all: Set<String> {
        templates.reduce(into: []) { names, template in TemplateWalk.collect(template.value, template.key, &names) }
    }

    private static func collect(_ nodes: [TemplateNode], _ template: String, _ names: inout Set<String>) {
        for node in nodes {
            switch node {
            case .value(let name), .drawing(let name): names.insert("\(template): \(name)")
            case .section(let name, let inner, _):
                names.insert("\(template): \(name)")
                collect(inner, template, &names)
            case .partial(_, let blocks): for block in blocks.values { collect(block, template, &names) }
            case .block: break
            }
        }
    }
}
