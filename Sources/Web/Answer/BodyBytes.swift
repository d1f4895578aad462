import Hummingbird
import NIOCore

/// The bytes of a request's body, within a limit.
enum BodyBytes {
    /// - Throws: `WebRefusal.bodyTooLarge`, or `bodyUnreadable` for a body that breaks off or is framed wrongly.
    static func read(_ request: Request, upTo limit: Int) async throws(WebRefusal) -> ByteBuffer {
        var request = request
        do {
            return try await request.collectBody(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw .bodyTooLarge
        } catch {
            throw .bodyUnreadable
        }
    }
}
