import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Chờ tôi phê duyệt: the list, and one approval with what it would change.
struct ApprovalPageRoutes: Sendable {
    let desk: ConsoleDesk
    let samples: OpenedSamples

    func add(to router: Router<WebContext>) {
        router.get("approvals") { request, context in
            let requester = try context.officerOnDuty()
            let all = try await desk.register.approvals(waitingFor: requester)
            let page = ListPage(all, after: try Asking.place(request, of: 2))
            let asked = try await desk.register.approvals(askedBy: requester)
            return try desk.answer(
                ApprovalsPage(
                    frame: desk.frame(ApprovalsPage.title, request, context, section: .queues), page: page,
                    of: all, asked: asked, now: desk.register.surroundings.now(), units: desk.register.units))
        }
        router.get("approvals/{approval}") { request, context in
            try await page(try Asking.approval(context), request, context)
        }
        router.post("approvals/{approval}/again") { request, context in
            _ = try await FormBody(request, context)
            let id = try Asking.approval(context)
            let page = try await AskedForm(approval: id).reopen(of: try context.officer().session, in: desk.access)
            return ConsoleDesk.redirect(to: page ?? "/approvals/\(id)")
        }
        router.get("approvals/{approval}/alike") { request, context in
            try await alike(try Asking.approval(context), request, context)
        }
        router.post("approvals/{approval}/alike") { request, context in try await acceptTogether(request, context) }
        router.post("approvals/{approval}") { request, context in try await decide(request, context) }
    }

    private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = try Asking.approval(context)
        let form = try await FormBody(request, context)
        let isAccepted = form["verdict"] == "accept"
        let verdict: Verdict = isAccepted ? .accept : .reject(reason: form["reason"])
        do {
            let outcome = try await desk.register.decide(id, verdict, by: try context.officerOnDuty())
            if outcome.receipt != nil { desk.server.watch.recorded() }
        } catch let refusal as any ExplainedRefusal where !(refusal is SignInRefusal) {
            return try await page(
                id, request, context, refusal.sentence, at: isAccepted ? "#changes" : "#reason",
                reason: form["reason"], status: Problem(refusal).status)
        } catch let refusal as RecordingRefusal {
            return try await page(
                id, request, context, refusal.sentence, reason: form["reason"], status: Problem(refusal).status)
        }
        return ConsoleDesk.redirect(to: "/approvals/\(id)")
    }

    // MARK: Many of a kind

    private func alike(
        _ id: Int64, _ request: Request, _ context: WebContext, _ refusal: ApprovalRefusal? = nil
    ) async throws -> Response {
        let waiting = try await desk.register.approvals(like: id, waitingFor: try context.officerOnDuty())
        let frame = desk.frame(
            ApprovalsTogetherPage.title, request, context, section: .queues, failed: refusal != nil)
        return try desk.answer(
            ApprovalsTogetherPage(
                frame: frame, first: id, waiting: waiting,
                opened: samples.approvals.opened(in: try context.sessionKey()),
                problem: refusal?.sentence, units: desk.register.units), status: ConsoleDesk.status(of: refusal))
    }

    private func acceptTogether(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let ids = Set(form.ticked("approval-").compactMap { Int64($0) })
        do {
            let outcome = try await desk.register.acceptTogether(
                ids, opened: samples.approvals.opened(in: try context.sessionKey()), by: try context.officerOnDuty())
            for _ in outcome.accepted { desk.server.watch.recorded() }
            return try desk.answer(
                ApprovedTogetherPage(
                    frame: desk.frame(ApprovalsTogetherPage.title, request, context, section: .queues),
                    outcome: outcome))
        } catch let refusal as ApprovalRefusal {
            return try await alike(try Asking.approval(context), request, context, refusal)
        }
    }

    private func page(
        _ id: Int64, _ request: Request, _ context: WebContext, _ problem: Sentence? = nil,
        at field: String = "#changes", reason: String = "", status: Int = 200
    ) async throws -> Response {
        let answer = try await desk.register.approval(id, by: try context.officerOnDuty())
        for _ in answer.persons { desk.server.watch.looked() }
        samples.approvals.open(id, in: try context.sessionKey())
        let (session, now) = (try context.officer().session, desk.register.surroundings.now())
        var asksAgain = answer.approval.canBeAskedAgain(at: now)
        if asksAgain { asksAgain = try await AskedForm(approval: id).isKept(of: session, in: desk.access) }
        let frame = desk.frame(
            answer.approval.kind.title, request, context, section: .queues, failed: problem != nil)
        return try desk.answer(
            ApprovalPage(
                frame: frame, answer: answer, now: now, problem: problem, problemHref: field, reason: reason,
                asksAgain: asksAgain, units: desk.register.units),
            status: HTTPResponse.Status(code: status))
    }
}
