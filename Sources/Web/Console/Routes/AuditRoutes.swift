import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Kiểm tra nhật ký: the conditions are posted, so that nothing of them stands in an address.
struct AuditRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("audit") { request, context in
            let requester = try context.officerOnDuty()
            try AccessPolicy.require(requester, toUse: .readAudit)
            let person = Handle(parsing: Asking.query("person", request) ?? "")?.text ?? ""
            let withoutFile = Asking.query("stated", request) == "yes"
            let input = FormInput(["person": person].merging(withoutFile ? ["stated": "yes"] : [:]) { $1 })
            return try page(input, requester, request, context)
        }
        router.post("audit") { request, context in
            let form = try await FormBody(request, context)
            let requester = try context.officerOnDuty()
            do {
                let answer = try await desk.register.audit(
                    try AuditRoutes.question(form.input), before: Int64(form["before"]), by: requester)
                return try page(form.input, requester, request, context, answer)
            } catch let refusal as AuditRefusal {
                return try page(form.input, requester, request, context, problem: refusal)
            }
        }
        router.post("audit/export") { request, context in try await export(request, context) }
    }

    private func page(
        _ input: FormInput, _ requester: Requester, _ request: Request, _ context: WebContext,
        _ answer: AuditAnswer? = nil, problem: AuditRefusal? = nil
    ) throws -> Response {
        let frame = desk.frame(AuditPage.title, request, context, section: .queues, failed: problem != nil)
        return try desk.answer(
            AuditPage(
                frame: frame, input: input, answer: answer, exports: requester.role.may(.exportAudit),
                problem: problem?.sentence, units: desk.register.units),
            status: problem == nil ? .ok : .unprocessableContent)
    }

    private func export(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        do {
            let answer = try await desk.register.exportAudit(
                try AuditRoutes.question(form.input), reason: form["reason"], by: requester)
            var response = PlainAnswer.text(AuditCSV.text(answer.entries), type: "text/csv; charset=utf-8")
            response.headers[.contentDisposition] = "attachment; filename=\"audit-\(answer.receipt).csv\""
            return response
        } catch let refusal as AuditRefusal {
            return try page(form.input, requester, request, context, problem: refusal)
        }
    }

    static func question(_ input: FormInput) throws(AuditRefusal) -> AuditQuestion {
        var question = AuditQuestion()
        question.log = AuditQuestion.Log(rawValue: input["log"]) ?? .looks
        question.account = filled(input["account"])
        question.office = filled(input["office"])
        question.words = filled(input["words"])
        question.withoutFile = input["stated"] == "yes"
        question.kind = ActKind(rawValue: input["kind"])
        question.since = try day(input["since"])
        question.until = try day(input["until"])
        if let text = filled(input["person"]) {
            guard let handle = Handle(parsing: text) else { throw .malformed }
            question.person = handle
        }
        return question
    }

    private static func filled(_ text: String) -> String? { text.isEmpty ? nil : text }

    /// `02/03/2026`, or nothing.
    private static func day(_ text: String) throws(AuditRefusal) -> CalendarDate? {
        guard let text = filled(text) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let day = parts[0], let month = parts[1], let year = parts[2],
            let date = CalendarDate(year: year, month: month, day: day)
        else { throw .malformed }
        return date
    }
}
