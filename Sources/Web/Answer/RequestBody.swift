import Population

/// The form of a request's body; a field that it does not have is refused.
protocol RequestBody: Decodable {
    associatedtype CodingKeys: CodingKey
}

extension ActRequest: RequestBody {}

/// A form, read from a body that has none but its fields.
struct StrictBody<Form: RequestBody>: Decodable {
    let form: Form

    init(from decoder: any Decoder) throws {
        try decoder.requireKnownFields(Form.CodingKeys.self)
        form = try Form(from: decoder)
    }
}
