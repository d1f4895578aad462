import Access
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// Tệp được tải lên: one file of a form that was sent as `multipart/form-data` (RFC 7578), within a limit.
struct UploadBody: Sendable {
    let fileName: String
    let contents: Data

    /// Longest upload, in bytes; larger files are imported at the machine.
    static let longest = 32 << 20

    /// Reads the form and holds it to the session that it was shown in.
    init(_ request: Request, _ context: WebContext) async throws {
        let form = try await UploadForm(request, context)
        guard let file = form.parts.first(where: { $0.name == "file" }), let name = file.fileName else {
            throw WebRefusal.formMalformed
        }
        fileName = UploadBody.plainName(name)
        contents = file.contents
    }

    /// The last part of whatever path a browser sends.
    static func plainName(_ name: String) -> String {
        let last = name.split { "/\\".contains($0) }.last.map(String.init) ?? ""
        return last.allSatisfy { $0 == "." } ? "" : last
    }

    // MARK: Parts

    struct Part: Sendable {
        let name: String
        let fileName: String?
        let contents: Data
    }

    /// More parts than these no form of ours has: ten fingers with a file and a reason each.
    private static let mostParts = 24

    static func boundary(of type: String) -> String? {
        guard type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for parameter in type.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else { continue }
            let text = pair[1].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
            return (1...70).contains(text.utf8.count) ? text : nil
        }
        return nil
    }

    static func parts(of body: Data, _ boundary: String) throws(WebRefusal) -> [Part] {
        let mark = Data("--\(boundary)".utf8)
        let lineEnd = Data("\r\n".utf8)
        let blank = Data("\r\n\r\n".utf8)
        let end = Data("\r\n--\(boundary)".utf8)
        guard var place = body.range(of: mark)?.upperBound else { throw .formMalformed }
        var parts: [Part] = []
        while body[place...].starts(with: lineEnd) {
            guard let head = body.range(of: blank, in: place..<body.endIndex),
                let close = body.range(of: end, in: head.upperBound - 2..<body.endIndex), parts.count < mostParts
            else { throw .formMalformed }
            let header = String(decoding: body[place..<head.lowerBound], as: UTF8.self)
            guard let name = parameter("name", of: header) else { throw .formMalformed }
            let contents = close.lowerBound < head.upperBound ? Data() : Data(body[head.upperBound..<close.lowerBound])
            parts.append(Part(name: name, fileName: parameter("filename", of: header), contents: contents))
            place = close.upperBound
        }
        guard body[place...].starts(with: Data("--".utf8)) else { throw .formMalformed }
        return parts
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        guard
            let line = header.split(separator: "\r\n").first(where: {
                $0.lowercased().hasPrefix("content-disposition:")
            })
        else { return nil }
        guard let start = line.range(of: "; \(name)=\"") else { return nil }
        let rest = line[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }
}

/// Biểu mẫu có tệp: every part of a form that was sent as `multipart/form-data`, held to the session it was shown in.
struct UploadForm: Sendable {
    let parts: [UploadBody.Part]

    init(_ request: Request, _ context: WebContext) async throws {
        guard let type = request.headers[.contentType], let boundary = UploadBody.boundary(of: type) else {
            throw WebRefusal.formMalformed
        }
        let buffer = try await BodyBytes.read(request, upTo: UploadBody.longest)
        parts = try UploadBody.parts(of: Data(buffer.readableBytesView), boundary)
        try context.requireFormToken(Self.text("csrf", parts))
    }

    /// What was typed or chosen; empty when nothing was.
    subscript(name: String) -> String { Self.text(name, parts) }

    /// A file that was chosen; nil when none was.
    func file(_ name: String) -> [UInt8]? {
        parts.first { $0.name == name && $0.fileName != nil && !$0.contents.isEmpty }.map { Array($0.contents) }
    }

    private static func text(_ name: String, _ parts: [UploadBody.Part]) -> String {
        parts.first { $0.name == name }.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
    }
}
