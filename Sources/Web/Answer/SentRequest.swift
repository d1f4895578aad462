import Access
import HTTPTypes
import Hummingbird
import NIOCore

/// A request that a program may send again when its answer was lost: it is answered with what it made the first time.
///
/// The header is `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a text of the program's choice, kept
/// for a day.
struct SentRequest<Form: RequestBody & Sendable>: Sendable {
    let form: Form
    /// Nil where the program gave no key.
    private let key: SentForm?

    /// - Throws: `WebRefusal` of the body, `SentBefore.keyMalformed`.
    init(_ type: Form.Type, of request: Request, by requester: Requester) async throws {
        let bytes = try await JSONAnswer.bytes(of: request)
        form = try JSONAnswer.read(type, from: bytes)
        key = try SentKey.text(of: request).map { try SentKey.key($0, of: request, bytes, by: requester) }
    }

    /// Does the work once; sent again, the answer is what `made` finds.
    func once<Answer: Sendable>(
        made: (SentForm) async throws -> Answer?, _ work: (Form, SentForm?) async throws -> Answer
    ) async throws -> (answer: Answer, isRepeated: Bool) {
        guard let key else { return (try await work(form, nil), false) }
        if let answer = try await made(key) { return (answer, true) }
        do {
            return (try await work(form, key), false)
        } catch {
            // The same request, sent at the same moment, may have been faster.
            guard let answer = try await made(key) else { throw error }
            return (answer, true)
        }
    }
}

/// The key of a request, as its header states it.
enum SentKey {
    static func text(of request: Request) -> String? {
        HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
    }

    /// The key for this very request: another one with the same text is refused.
    static func key(
        _ text: String, of request: Request, _ body: ByteBuffer, by requester: Requester
    ) throws(SentBefore) -> SentForm {
        let content = Array("\(request.method) \(request.uri.path)\n".utf8) + Array(body.readableBytesView)
        // Quotes of a structured field are not part of the key.
        let bare =
            text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? text.dropFirst().dropLast() : text[...]
        guard let key = SentForm(programKey: String(bare), of: requester, content: content) else {
            throw .keyMalformed
        }
        return key
    }
}
