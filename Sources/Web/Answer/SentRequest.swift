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

    private static var header: HTTPField.Name? { HTTPField.Name("Idempotency-Key") }

    /// - Throws: `WebRefusal` of the body, `SentBefore.keyMalformed`.
    init(_ type: Form.Type, of request: Request, by requester: Requester) async throws {
        let bytes = try await JSONAnswer.bytes(of: request)
        form = try JSONAnswer.read(type, from: bytes)
        guard let name = Self.header, let text = request.headers[name] else {
            key = nil
            return
        }
        let content = Array("\(request.method) \(request.uri.path)\n".utf8) + Array(bytes.readableBytesView)
        // Quotes of a structured field are not part of the key.
        let bare =
            text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? text.dropFirst().dropLast() : text[...]
        guard let key = SentForm(programKey: String(bare), of: requester, content: content) else {
            throw SentBefore.keyMalformed
        }
        self.key = key
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
