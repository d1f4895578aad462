import Access
import Database
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Population

/// Changes that a program may send again when their answer was lost: done once, and answered as they were.
///
/// The header is `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). The note of the request is written in
/// the transaction of the change; the answer is kept beside it for a day. What makes something that later requests go
/// on with, such as an act or a file, keeps its key itself (`SentRequest`).
struct AnsweredOnce: RouterMiddleware {
    let register: PopulationRegister

    /// Longer answers are not kept; sent again, such a request is told that it was done.
    private static let longestKept = 256 << 10

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard let text = SentKey.text(of: request) else { return try await next(request, context) }
        let body = try await BodyBytes.read(request, upTo: WebServer.longestBody)
        var request = request
        request.body = .init(buffer: body)
        let key = try SentKey.key(text, of: request, body, by: try context.requester())
        let (database, now) = (register.database, register.surroundings.now())
        if let kept = try await database.read({ try key.answer(on: $0) }) { return try AnsweredOnce.response(kept) }
        let along = Database.Along { try key.mark(0, at: now, on: $0) }
        let response: Response
        do {
            response = try await Database.$along.withValue(along) { try await next(request, context) }
        } catch  where SentForm.isSentTwice(error) {
            // The same request, sent at the same moment, was faster.
            guard let kept = try await database.read({ try key.answer(on: $0) }) else { throw error }
            return try AnsweredOnce.response(kept)
        }
        return try await keep(response, of: key, along)
    }

    private func keep(_ response: Response, of key: SentForm, _ along: Database.Along) async throws -> Response {
        let now = register.surroundings.now()
        let body = AnswerBytes()
        try await response.body.write(body)
        let bytes = body.bytes
        let isKept = bytes.readableBytes <= Self.longestKept
        try await register.database.write { connection in
            if !along.isWritten, try key.answer(on: connection) == nil { try key.mark(0, at: now, on: connection) }
            if isKept {
                try key.keep(
                    SentForm.Answer(status: response.status.code, body: Array(bytes.readableBytesView)),
                    on: connection)
            }
        }
        var answer = response
        answer.body = .init(byteBuffer: bytes)
        return answer
    }

    private static func response(_ kept: SentForm.Kept) throws(SentBefore) -> Response {
        guard case .answered(let answer) = kept else { throw .answerLost }
        guard !answer.body.isEmpty else { return Response(status: .init(code: answer.status)) }
        return Response(
            status: .init(code: answer.status),
            headers: [.contentType: JSONAnswer.contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}

/// Takes the bytes of an answer before they leave.
private final class AnswerBytes: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
