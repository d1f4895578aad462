import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger

/// Người thay khi vắng mặt: asked of a second person, like every role.
struct DeputyRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("deputy") { request, context in try page(request, context) }
        router.post("deputy") { request, context in try await ask(request, context) }
    }

    private func page(
        _ request: Request, _ context: WebContext, _ form: FormBody? = nil, _ refusal: (any ExplainedRefusal)? = nil
    ) throws -> Response {
        let admission = try context.officer()
        try AccessPolicy.require(try context.officerOnDuty(), toUse: .appointDeputy)
        return try desk.answer(
            DeputyPage(
                frame: desk.frame(DeputyPage.title, request, context, failed: refusal != nil),
                role: admission.session.grant.role, office: admission.office.name,
                input: form?.input ?? FormInput(), problem: refusal), status: ConsoleDesk.status(of: refusal))
    }

    private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        do {
            _ = try await desk.access.ask(
                toDeputise: form["account"], until: try AdministrationForm.until(form.input),
                by: try context.officerOnDuty())
        } catch let refusal as AdministrationRefusal {
            return try page(request, context, form, refusal)
        }
        return ConsoleDesk.redirect(to: "/role-changes")
    }
}
