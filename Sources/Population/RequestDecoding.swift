import Foundation

extension ActRequest {
    /// Reads a request as JSON; one that cannot be read is refused with the field that is wrong, where that is known.
    package static func read(_ json: Data) throws(RequestRefusal) -> ActRequest {
        do {
            return try JSONDecoder().decode(ActRequest.self, from: json)
        } catch {
            throw .unreadable((error as? DecodingError)?.field ?? "JSON")
        }
    }
}

extension DecodingError {
    /// Where the text is wrong, or what is missing there; empty when the whole is no JSON.
    package var path: [any CodingKey] {
        switch self {
        case .keyNotFound(let key, let context): context.codingPath + [key]
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath
        @unknown default: []
        }
    }

    /// The field that is missing or wrong, as `content.members[0].person`; nil when the whole is no JSON.
    fileprivate var field: String? {
        let field = path.reduce(into: "") { text, key in
            text += key.intValue.map { "[\($0)]" } ?? (text.isEmpty ? "" : ".") + key.stringValue
        }
        return field.isEmpty ? nil : field
    }
}
