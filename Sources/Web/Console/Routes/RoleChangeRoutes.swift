import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Vai trò chờ phê duyệt: the list, and the decision on one of it.
struct RoleChangeRoutes: Sendable {
    let desk: ConsoleDesk

    func add(to router: Router<WebContext>) {
        router.get("role-changes") { request, context in try await page(request, context) }
        router.post("role-changes/{change}") { request, context in try await decide(request, context) }
    }

    private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let id = try Asking.id("change", context, orThrow: ApprovalRefusal.unknown)
        let verdict: Verdict = form["verdict"] == "accept" ? .accept : .reject(reason: form["reason"])
        do {
            let requester = try context.officerOnDuty()
            try await desk.access.decide(roleChange: id, verdict, by: requester)
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await page(request, context, refusal, typed: (id, form["reason"]))
        }
        return ConsoleDesk.redirect(to: "/role-changes")
    }

    private func page(
        _ request: Request, _ context: WebContext, _ refusal: (any ExplainedRefusal)? = nil,
        typed: (change: Int64, reason: String)? = nil
    ) async throws -> Response {
        let requester = try context.officerOnDuty()
        let (waiting, asked) = try await desk.access.roleChanges(by: requester)
        let frame = desk.frame(
            RoleChangesPage.title, request, context,
            section: requester.role.may(.changeRoles) ? .administration : .queues, failed: refusal != nil)
        return try desk.answer(
            RoleChangesPage(
                frame: frame, waiting: waiting, asked: asked, now: desk.register.surroundings.now(),
                units: desk.register.units, problem: refusal?.sentence, typed: typed),
            status: ConsoleDesk.status(of: refusal))
    }
}
