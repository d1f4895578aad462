import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Population

/// JSON as it leaves the server: one value, keys sorted.
enum JSONAnswer {
    static let contentType = "application/json; charset=utf-8"

    static func response(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.jsonBytes)))
    }

    /// The body of a request; what cannot be read is refused with the name of the field.
    static func body<Value: RequestBody>(_ type: Value.Type, of request: Request) async throws -> Value {
        try read(type, from: try await bytes(of: request))
    }

    /// The bytes of a body that says that it is JSON.
    static func bytes(of request: Request) async throws(WebRefusal) -> ByteBuffer {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw .notJSON
        }
        return try await BodyBytes.read(request, upTo: WebServer.longestBody)
    }

    static func read<Value: RequestBody>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        do {
            return try JSONDecoder().decode(StrictBody<Value>.self, from: Data(buffer.readableBytesView)).form
        } catch let error as DecodingError {
            throw WebRefusal.bodyMalformed(field: field(of: error))
        }
    }

    /// The place of the error, at most a few words: it is the caller's own text.
    private static func field(of error: DecodingError) -> String {
        let names = error.path.compactMap { $0.intValue == nil ? $0.stringValue : nil }.prefix(4)
        return names.isEmpty ? "body" : String(names.joined(separator: ".").prefix(80))
    }
}

/// Text and bytes as they leave the server.
enum PlainAnswer {
    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    static func bytes(_ bytes: [UInt8], type: String, cache: String = "no-store") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: cache],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
