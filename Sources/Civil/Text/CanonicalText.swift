/// Giá trị viết thành một chuỗi chuẩn: a value that is stored, hashed and sent as one plain string.
///
/// `init(canonical:)` accepts exactly what `canonical` writes; looser forms go through the value's own parser.
package protocol CanonicalText: Hashable, Sendable, Codable {
    /// The one text of the value.
    var canonical: String { get }
    /// The value of exactly that text, or nil.
    init?(canonical: String)
}

extension CanonicalText {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(canonical: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not the canonical text of \(Self.self)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(canonical)
    }
}
