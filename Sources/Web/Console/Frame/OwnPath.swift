import Hummingbird

/// Đường dẫn của chính máy chủ: the only kind of address that a page links back to or a redirect goes to.
///
/// `//elsewhere/…` and `/\elsewhere` look like paths, and browsers take them for the address of another server.
enum OwnPath {
    /// Where somebody goes who asked for another place.
    static let first = "/work"

    static let longest = 500

    /// The text if it is a path of this very server, else the first page.
    static func of(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            text.utf8.count <= OwnPath.longest, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return first }
        return text
    }

    /// The path that a request asked for, to come back to.
    static func of(_ request: Request) -> String { of(request.uri.path) }
}
