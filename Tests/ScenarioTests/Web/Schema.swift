import Population

/// Holds values against the schemas of an OpenAPI description, and remembers which properties it has seen.
struct Schema {
    let schemas: JSONValue
    private(set) var seen: Set<String> = []
    private(set) var problems: [String] = []

    init(of description: JSONValue) {
        schemas = description["components"]?["schemas"] ?? .null
    }

    /// Every property that the named schemas document, as `Person.name`.
    static func properties(of schemas: JSONValue) -> Set<String> {
        guard case .object(let all) = schemas else { return [] }
        return all.reduce(into: []) { result, entry in
            guard case .object(let properties)? = entry.value["properties"] else { return }
            for name in properties.map(\.key) { result.insert("\(entry.key).\(name)") }
        }
    }

    mutating func check(_ value: JSONValue, against schema: JSONValue, at place: String) {
        problems += mismatches(value, schema, name: nil, place)
    }

    private mutating func mismatches(
        _ value: JSONValue, _ schema: JSONValue, name: String?, _ place: String
    ) -> [String] {
        if let reference = schema["$ref"]?.text {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let target = schemas[name] else { return ["\(place): \(reference) leads nowhere"] }
            return mismatches(value, target, name: name, place)
        }
        if case .array(let choices)? = schema["anyOf"] {
            var all: [String] = []
            for choice in choices {
                var trial = self
                let found = trial.mismatches(value, choice, name: name, place)
                if found.isEmpty {
                    self = trial
                    return []
                }
                all += found
            }
            return all
        }
        var found: [String] = []
        if let type = schema["type"], !allows(type, value) { return ["\(place): not \(type)"] }
        if case .array(let choices)? = schema["enum"], !choices.contains(value) {
            found.append("\(place): not in enum")
        }
        switch value {
        case .object(let object): found += members(of: object, schema, name, place)
        case .array(let items):
            guard let schema = schema["items"] else { break }
            for (index, item) in items.enumerated() {
                found += mismatches(item, schema, name: nil, "\(place)[\(index)]")
            }
        case .null, .bool, .integer, .number, .string: break
        }
        return found
    }

    private mutating func members(
        of object: JSONMembers, _ schema: JSONValue, _ name: String?, _ place: String
    ) -> [String] {
        var found: [String] = []
        if case .array(let required)? = schema["required"] {
            for key in required.compactMap(\.text) where object[key] == nil { found.append("\(place): no \(key)") }
        }
        for (key, value) in object {
            if let property = schema["properties"]?[key] {
                if let name { seen.insert("\(name).\(key)") }
                found += mismatches(value, property, name: nil, "\(place).\(key)")
            } else {
                switch schema["additionalProperties"] {
                case .bool(false)?: found.append("\(place): \(key) is not documented")
                case .object?:
                    found += mismatches(value, schema["additionalProperties"] ?? .null, name: nil, "\(place).\(key)")
                default: break
                }
            }
        }
        return found
    }

    private func allows(_ type: JSONValue, _ value: JSONValue) -> Bool {
        let names: [String]
        switch type {
        case .string(let name): names = [name]
        case .array(let list): names = list.compactMap(\.text)
        default: return false
        }
        return names.contains { name in
            switch (name, value) {
            case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
                ("string", .string), ("array", .array), ("object", .object):
                true
            default: false
            }
        }
    }
}
