/// Any JSON value, for turning an officer's request into the content of an act and back.
package enum JSONValue: Hashable, Sendable, Codable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONMembers)

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(JSONMembers(try container.decode([String: JSONValue].self)))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let members):
            try container.encode(Dictionary(members.map { ($0.key, $0.value) }) { $1 })
        }
    }

    /// The value as JSON text: members sorted by the bytes of their names, no spaces.
    package var jsonBytes: [UInt8] { CanonicalJSON.bytes(of: self) }

    /// The object with one more member; what has no members, and nil, leave it as it is.
    package func with(_ value: JSONValue?, as name: String) -> JSONValue {
        guard case .object(var members) = self, let value else { return self }
        members[name] = value
        return .object(members)
    }

    package subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The same value with every key and its value put through `change`, from the leaves up.
    package func mapped(
        _ change: (_ key: String, _ value: JSONValue) throws -> (String, JSONValue)
    ) rethrows -> JSONValue {
        switch self {
        case .object(let object):
            var result: JSONMembers = [:]
            for (key, value) in object {
                let (newKey, newValue) = try change(key, try value.mapped(change))
                result[newKey] = newValue
            }
            return .object(result)
        case .array(let array): return .array(try array.map { try $0.mapped(change) })
        case .null, .bool, .integer, .number, .string: return self
        }
    }
}

extension JSONValue: CanonicalJSONValue {
    package func write(to json: inout CanonicalJSON) {
        switch self {
        case .null: json.null()
        case .bool(let value): json.truth(value)
        case .integer(let value): json.number(value)
        case .number(let value): json.fraction(value)
        case .string(let value): json.text(value)
        case .array(let values): json.array(values)
        case .object(let members):
            json.object { json in
                for member in members { json.member(member.key, member.value) }
            }
        }
    }
}

/// Names of fields: `camelCase` inside, `snake_case` in everything that programs read.
package enum FieldNames {
    package static func snake(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase {
                result.append("_")
                result.append(character.lowercased())
            } else {
                result.append(character)
            }
        }
        return result
    }

    package static func camel(_ name: String) -> String {
        let parts = name.split(separator: "_")
        guard let first = parts.first else { return name }
        return String(first) + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
