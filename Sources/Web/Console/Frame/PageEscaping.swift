import Mustache

/// How text gets into a page: by Unicode scalars, as `HTMLText` does.
///
/// The library's own escaping goes by characters, and a quotation mark with a combining mark behind it is one character
/// that it lets through, while a browser sees the quotation mark alone.
struct PageEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String { HTMLText.escaped(text) }

    private static let name = "DANCU_HTML"

    /// The template under this escaping; the pragma comes first, because every template begins with its own.
    static func applied(to template: String) throws -> MustacheTemplate {
        MustacheContentTypes.register(PageEscaping(), named: name)
        return try MustacheTemplate(string: "{{%CONTENT_TYPE:\(name)}}" + template)
    }
}
