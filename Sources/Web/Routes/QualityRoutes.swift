import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Quality and coverage: sums only, so no look; the worklist names persons and is one.
struct QualityRoutes: Sendable {
    let register: PopulationRegister
    /// What pages have drawn already; a new target makes them draw anew.
    let shelf: QualityShelf
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        changes.post("quality/targets") { request, context in try await setTarget(request, context) }
        api.get("quality") { request, context in
            try allow(context)
            return try await answer(try nation(request), request)
        }
        api.get("quality/targets") { _, context in
            try allow(context)
            return try await targets()
        }
        api.get("quality/{set}/{code}") { request, context in
            try allow(context)
            return try await answer(unit(context), request)
        }
        api.get("quality/{set}/{code}/worklist") { request, context in
            let limit = try Asking.number(
                "limit", request, in: 1...PopulationRegister.longestWorklist, otherwise: 50)
            let list = try await register.worklist(
                of: unit(context), after: try Asking.place(request, of: Worklist.placeCount), limit: limit,
                by: try context.requester())
            if list.receipt != nil { watch.looked() }
            return JSONAnswer.response(WorklistJSON.list(list))
        }
    }

    private func targets(status: HTTPResponse.Status = .ok) async throws -> Response {
        let targets = try await register.targets()
        return JSONAnswer.response(
            .object(["targets": .array(targets.map { QualityJSON.target($0, register.units) })]), status: status)
    }

    private struct TargetForm: RequestBody {
        var measure: QualityMeasure
        /// The share to reach, such as 0.985.
        var value: Double
        /// The last day.
        var by: String
        var set: String
        /// The unit's code; nil for the nation.
        var unit: String?

        enum CodingKeys: CodingKey {
            case measure, value, by, set, unit
        }

        func target() throws -> QualityTarget {
            guard let day = try Asking.day(by, "by") else { throw WebRefusal.dateMalformed(field: "by") }
            guard value.isFinite, (0...2).contains(value) else { throw QualityRefusal.targetOutOfRange }
            let set = UnitSet(rawValue: set)
            return QualityTarget(
                unit: unit.map { UnitCode($0, set) }, set: set, measure: measure, due: day,
                perMillion: Int((value * 1_000_000).rounded()))
        }
    }

    /// Đặt chỉ tiêu: what a measure of a unit should reach, and by when; a new one takes the place of the one before.
    private func setTarget(_ request: Request, _ context: WebContext) async throws -> Response {
        let target = try await JSONAnswer.body(TargetForm.self, of: request).target()
        try await register.setTarget(target, by: try context.requester())
        var scope = QualityScope(nationIn: target.set)
        scope.unit = target.unit
        shelf.forget(scope)
        return try await targets(status: .created)
    }

    /// Sums are nobody's data, but they are for officers.
    private func allow(_ context: WebContext) throws {
        try AccessPolicy.require(try context.requester(), toUse: .seeQuality)
    }

    func nation(_ request: Request) throws(WebRefusal) -> QualityScope {
        let today = register.units.set(on: register.surroundings.today)
        let asked = Asking.query("set", request).flatMap { $0.isEmpty ? nil : UnitSet(rawValue: $0) }
        guard let set = asked ?? today else { throw .unitNotFound }
        return QualityScope(nationIn: set)
    }

    func unit(_ context: WebContext) -> QualityScope {
        QualityScope(unit: UnitCode(Asking.part("code", context), UnitSet(rawValue: Asking.part("set", context))))
    }

    private func report(_ scope: QualityScope, _ request: Request) async throws -> QualityReport {
        var day: CalendarDate?
        if let text = Asking.query("on", request), !text.isEmpty {
            guard let date = CalendarDate(iso: text) else { throw WebRefusal.dateMalformed(field: "on") }
            day = date
        }
        return try await register.quality(of: scope, on: day)
    }

    private func answer(_ scope: QualityScope, _ request: Request) async throws -> Response {
        JSONAnswer.response(QualityJSON.report(try await report(scope, request), units: register.units))
    }

    /// The report as one page that needs nothing else.
    func page(_ scope: QualityScope, _ request: Request, _ context: WebContext) async throws -> Response {
        try allow(context)
        let measure = Asking.query("measure", request).flatMap { QualityMeasure(word: $0) } ?? .complete
        let html = QualityReportPage.html(
            try await report(scope, request), units: register.units, kind: register.kind, measure: measure,
            hasLinks: true)
        var response = PlainAnswer.text(html, type: "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] = QualityReportPage.contentSecurityPolicy
        return response
    }
}
