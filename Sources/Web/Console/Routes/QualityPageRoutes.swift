import Access
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Chất lượng và bản đồ: measures, charts and maps at the console, and the worklist behind the numbers.
///
/// Whoever is not signed in, but may ask as the local operator, gets the report that needs nothing else.
struct QualityPageRoutes: Sendable {
    let desk: ConsoleDesk
    let reports: QualityRoutes

    private var shelf: QualityShelf { reports.shelf }

    func add(to router: Router<WebContext>) {
        router.get("quality") { request, context in
            try await page(try reports.nation(request), request, context)
        }
        router.get("quality/map") { request, context in
            try await map(try reports.nation(request), request, context)
        }
        router.get("quality/{set}/{code}") { request, context in
            try await page(reports.unit(context), request, context)
        }
        router.post("quality/targets") { request, context in
            try await setTarget(try reports.nation(request), request, context)
        }
        router.post("quality/{set}/{code}/targets") { request, context in
            try await setTarget(reports.unit(context), request, context)
        }
        router.get("quality/{set}/{code}/map") { request, context in
            try await map(reports.unit(context), request, context)
        }
        router.get("quality/{set}/{code}/worklist") { request, context in
            try await worklist(reports.unit(context), request, context)
        }
    }

    private func requester(_ context: WebContext) throws -> Requester {
        let requester = try context.officerOnDuty()
        try AccessPolicy.require(requester, toUse: .seeQuality)
        return requester
    }

    private func page(
        _ scope: QualityScope, _ request: Request, _ context: WebContext, _ form: FormBody? = nil,
        _ problem: TargetForm.Problem? = nil
    ) async throws -> Response {
        if context.admission == nil, context.isLocalOperator { return try await reports.page(scope, request, context) }
        let requester = try requester(context)
        let day = try day(request)
        let report = try await shelf.report(of: scope, on: day)
        let decision = AccessPolicy.decide(requester, use: .seeWorklist, for: scope.unit)
        let hasWorklist = scope.unit != nil && decision == .allowed(needsSecondPerson: false)
        let targeting = AccessPolicy.decide(requester, use: .setTargets, for: scope.unit)
        let setsTargets = report.isFresh && targeting == .allowed(needsSecondPerson: false)
        return try desk.answer(
            QualityPage(
                frame: frame(report, request, context, failed: problem != nil), report: report,
                hasWorklist: hasWorklist, setsTargets: setsTargets, input: form?.input ?? FormInput(),
                problem: problem, units: desk.register.units), status: problem == nil ? .ok : .unprocessableContent)
    }

    /// What a measure of a unit should reach, shown at once.
    private func setTarget(_ scope: QualityScope, _ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await FormBody(request, context)
        let requester = try context.officerOnDuty()
        let target: QualityTarget
        do throws(TargetForm.Problem) {
            target = try TargetForm.target(of: scope, form.input)
        } catch {
            return try await page(scope, request, context, form, error)
        }
        try await desk.register.setTarget(target, by: requester)
        shelf.forget(scope)
        return ConsoleDesk.redirect(to: QualityPage.path(of: scope.unit))
    }

    private func map(_ scope: QualityScope, _ request: Request, _ context: WebContext) async throws -> Response {
        _ = try requester(context)
        let report = try await shelf.report(of: scope, on: try day(request))
        let measure = Asking.query("measure", request).flatMap { QualityMeasure(word: $0) } ?? .complete
        let language = desk.language(request, context)
        let drawing = shelf.map(of: scope, report, measure, language) {
            QualityMapPage.drawing(report, measure: measure, units: desk.register.units, in: language)
        }
        return try desk.answer(
            QualityMapPage(
                frame: frame(report, request, context), report: report, measure: measure, drawing: drawing,
                units: desk.register.units))
    }

    /// Naming persons is a look, durable before the page is sent.
    private func worklist(_ scope: QualityScope, _ request: Request, _ context: WebContext) async throws -> Response {
        let requester = try context.officerOnDuty()
        let list = try await desk.register.worklist(
            of: scope, after: try Asking.place(request, of: Worklist.placeCount), limit: WorklistPage.longest,
            by: requester)
        if list.receipt != nil { desk.server.watch.looked() }
        let frame = desk.frame(WorklistPage.title, request, context, section: .quality)
        return try desk.answer(
            WorklistPage(frame: frame, list: list, unit: scope.unit, units: desk.register.units))
    }

    private func frame(
        _ report: QualityReport, _ request: Request, _ context: WebContext, failed: Bool = false
    ) -> PageFrame {
        let name = report.unit.map { Sentence($0.name, $0.name) } ?? QualityPage.nation
        return desk.frame(
            Sentence("Chất lượng: \(name.vietnamese)", "Quality: \(name.english)"), request, context, section: .quality,
            failed: failed)
    }

    /// A past day of the series; nil is today.
    private func day(_ request: Request) throws(WebRefusal) -> CalendarDate? { try PageDates.day("on", request) }
}
