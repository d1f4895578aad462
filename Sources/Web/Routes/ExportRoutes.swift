import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Xuất danh sách công dân qua API: asked by one, decided by another, taken within a day; officers alone.
struct ExportRoutes: Sendable {
    let register: PopulationRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        api.get("exports") { _, context in try await exports(try context.officerOnDuty()) }
        changes.post("exports") { request, context in
            let form = try await JSONAnswer.body(ExportForm.self, of: request)
            let requester = try context.officerOnDuty()
            _ = try await register.ask(
                toExport: ExportRoutes.unit(form.unit, in: register), reason: form.reason, by: requester)
            return try await exports(requester)
        }
        changes.post("exports/{export}/decision") { request, context in
            let form = try await JSONAnswer.body(VerdictForm.self, of: request)
            let requester = try context.officerOnDuty()
            let id = try Asking.id("export", context, orThrow: ApprovalRefusal.unknown)
            try await register.decide(export: id, form.verdict, by: requester)
            return try await exports(requester)
        }
        // Each time it is taken is a look at everybody in it, so that no answer is kept.
        api.post("exports/{export}/file") { _, context in
            let id = try Asking.id("export", context, orThrow: PersonExportRefusal.unknown)
            let list = try await register.take(export: id, by: try context.officerOnDuty())
            for _ in list.persons { watch.looked() }
            return ExportRoutes.file(list)
        }
    }

    private func exports(_ requester: Requester) async throws -> Response {
        let now = register.surroundings.now()
        let answer = try await register.exports(by: requester)
        return JSONAnswer.response(
            .object([
                "asked": .array(answer.asked.map { OversightJSON.export($0, at: now, register.units) }),
                "waiting": .array(answer.waiting.map { OversightJSON.export($0, at: now, register.units) }),
            ]))
    }

    private struct ExportForm: RequestBody {
        /// A code, alone or as `set/code`.
        var unit: String
        var reason: String

        enum CodingKeys: CodingKey {
            case unit, reason
        }
    }

    /// The unit of a code as somebody writes it.
    static func unit(_ text: String, in register: PopulationRegister) -> UnitCode? {
        let code = text.filter { !$0.isWhitespace }
        return code.isEmpty ? nil : register.units.unit(named: code, on: register.surroundings.today)?.code
    }

    static func file(_ list: ExportedPersons) -> Response {
        var response = PlainAnswer.text(PersonCSV.text(list), type: "text/csv; charset=utf-8")
        response.headers[.contentDisposition] = "attachment; filename=\"persons-\(list.export.id).csv\""
        return response
    }
}
