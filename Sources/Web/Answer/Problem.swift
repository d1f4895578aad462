import Access
import Cards
import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import NIOCore
import Population

/// Lời từ chối qua HTTP: an error as problem details (RFC 9457), without internal messages and without personal data.
struct Problem: Sendable {
    let status: Int
    let code: String
    let sentence: Sentence
    /// The article that a rule rests on.
    var legalBasis: String?
    /// What else a program needs to go on.
    var members: JSONMembers = [:]

    /// The problem that an error is to the caller.
    init(_ error: any Error) {
        switch error {
        case let refusal as any StatusRefusal:
            self.init(status: refusal.status, code: refusal.code, sentence: refusal.sentence)
        case let refusal as RecordingRefusal: self.init(refusal)
        case let refusal as AccessRefusal: self.init(refusal)
        case let refusal as Refusal:
            self.init(status: 422, code: refusal.code, sentence: refusal.sentence, legalBasis: refusal.legalBasis)
        case let error as DatabaseError: self.init(error)
        case is DamagedStream, is DamagedContent, is DamagedEntry:
            self.init(
                status: 500, code: "record_damaged",
                sentence: Sentence(
                    "Dữ liệu đã lưu của bản ghi này bị hỏng; báo người quản trị chạy dancu log verify.",
                    "Stored data of this record are damaged; ask the administrator to run dancu log verify."))
        case let damaged as RegisterDamaged:
            self.init(status: 500, code: damaged.code, sentence: damaged.sentence)
        case let refusal as any ExplainedRefusal:
            self.init(status: 422, code: refusal.code, sentence: refusal.sentence)
        case let error as any HTTPResponseError: self.init(http: error)
        default:
            self.init(
                status: 500, code: "internal_error",
                sentence: Sentence(
                    "Lỗi trong chương trình; thử lại, nếu còn lỗi thì báo người quản trị kèm mã incident.",
                    "An error inside the program; try again, then give the administrator the incident code."))
        }
    }

    private init(status: Int, code: String, sentence: Sentence, legalBasis: String? = nil) {
        self.status = status
        self.code = code
        self.sentence = sentence
        self.legalBasis = legalBasis
    }

    private init(_ refusal: RecordingRefusal) {
        switch refusal {
        case .access(let refusal): self.init(refusal)
        case .lostRace, .sentTwice: self.init(status: 409, code: refusal.code, sentence: refusal.sentence)
        case .maybeKnown(let persons):
            self.init(status: 409, code: refusal.code, sentence: refusal.sentence)
            members["alike"] = .array(persons.map(DuplicateJSON.alike))
            members["another_than"] = .string(AlikePerson.mark(of: persons))
        case .request(.unreadable): self.init(status: 400, code: refusal.code, sentence: refusal.sentence)
        case .request: self.init(status: 422, code: refusal.code, sentence: refusal.sentence)
        case .rule(let rule):
            self.init(status: 422, code: rule.code, sentence: rule.sentence, legalBasis: rule.legalBasis)
        }
    }

    private init(_ refusal: AccessRefusal) {
        // Somebody of elsewhere is answered as nobody is.
        self.init(
            status: refusal.isMiss ? 404 : refusal == .lookUpsPaused ? 429 : 403, code: refusal.code,
            sentence: refusal.sentence)
    }

    /// The store's own texts may name files and servers, so the caller gets other ones.
    private init(_ error: DatabaseError) {
        switch error {
        case .diskFull:
            self.init(
                status: 507, code: error.code,
                sentence: Sentence(
                    "Ổ đĩa đầy, chưa có gì thay đổi; báo người quản trị giải phóng dung lượng rồi gửi lại.",
                    "The disk is full and nothing was changed; ask the administrator to free space, then repeat."))
        case .outcomeUnknown:
            self.init(
                status: 503, code: error.code,
                sentence: Sentence(
                    "Mất kết nối khi đang ghi; tra lại xem đã ghi chưa trước khi làm lại.",
                    "The connection was lost while writing; look whether it was recorded before you repeat it."))
        default:
            self.init(
                status: 503, code: error.code,
                sentence: Sentence(
                    "Kho dữ liệu chưa trả lời được, chưa có gì thay đổi; thử lại sau giây lát.",
                    "The store cannot answer now and nothing was changed; try again in a moment."))
        }
    }

    private init(http error: any HTTPResponseError) {
        switch error.status.code {
        case 404: self.init(WebRefusal.routeNotFound)
        case 413: self.init(WebRefusal.bodyTooLarge)
        case 400..<500:
            let refusal = WebRefusal.bodyMalformed(field: "body")
            self.init(status: error.status.code, code: refusal.code, sentence: refusal.sentence)
        default:
            self.init(
                status: 500, code: "internal_error",
                sentence: Sentence("Lỗi trong chương trình; thử lại.", "An error inside the program; try again."))
        }
    }

    /// The code of an error, for logs.
    static func code(of error: any Error) -> String { Problem(error).code }

    /// `application/problem+json`; `incident` finds the line in the program's log.
    func response(incident: String) throws -> Response {
        var members: JSONMembers = [
            "type": .string("urn:dancu:problem:\(code)"), "title": .string(title), "status": .integer(Int64(status)),
            "code": .string(code), "detail": .string("\(sentence.vietnamese) / \(sentence.english)"),
            "detail_vi": .string(sentence.vietnamese), "detail_en": .string(sentence.english),
            "incident": .string(incident),
        ]
        for (name, value) in self.members { members[name] = value }
        if let legalBasis { members["legal_basis"] = .string(legalBasis) }
        var response = JSONAnswer.response(.object(members), status: HTTPResponse.Status(code: status))
        response.headers[.contentType] = "application/problem+json; charset=utf-8"
        if status == 503 { response.headers[.retryAfter] = "2" }
        return response
    }

    /// The code as words.
    private var title: String {
        let words = code.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// Turns whatever is thrown into a problem; the log gets its code and incident, nothing else.
struct Problems: RouterMiddleware {
    let random: @Sendable (_ count: Int) -> [UInt8]
    let logger: Logger

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            let incident = Incident.number(random)
            Incident.log(problem, incident, context, logger)
            return try problem.response(incident: incident)
        }
    }
}
