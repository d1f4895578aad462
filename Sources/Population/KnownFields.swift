extension Decoder {
    /// Refuses a field that the form does not have: a slip in its name must not lose what was written.
    ///
    /// - Throws: `DecodingError.dataCorrupted` at the first of those fields, by name.
    package func requireKnownFields<Field: CodingKey>(_ fields: Field.Type) throws {
        let unknown = try container(keyedBy: WrittenField.self).allKeys.filter {
            Field(stringValue: $0.stringValue) == nil
        }
        guard let first = unknown.min(by: { $0.stringValue < $1.stringValue }) else { return }
        throw DecodingError.dataCorrupted(
            .init(codingPath: codingPath + [first], debugDescription: "there is no such field"))
    }
}

/// A field as it was written.
private struct WrittenField: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
