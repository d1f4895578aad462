import Civil
import Hummingbird
import Ledger
import Population

/// Administrative units: resolving addresses and showing units; no person's data, so no look.
struct UnitRoutes: Sendable {
    let register: PopulationRegister

    func add(to api: RouterGroup<WebContext>) {
        api.post("units/resolve") { request, _ in try await resolve(request) }
        api.get("units/{set}/{code}") { _, context in
            let code = UnitCode(Asking.part("code", context), UnitSet(rawValue: Asking.part("set", context)))
            guard let unit = register.units.unit(code) else { throw WebRefusal.unitNotFound }
            return JSONAnswer.response(
                UnitJSON.unit(unit, units: register.units, today: register.surroundings.today))
        }
    }

    private struct ResolveForm: RequestBody {
        var text: String
        var on: String?

        enum CodingKeys: CodingKey {
            case text, on
        }
    }

    private func resolve(_ request: Request) async throws -> Response {
        let form = try await JSONAnswer.body(ResolveForm.self, of: request)
        var day = register.surroundings.today
        if let text = form.on, !text.isEmpty {
            guard let date = CalendarDate(iso: text) else { throw WebRefusal.dateMalformed(field: "on") }
            day = date
        }
        let resolution = UnitResolver(directory: register.units).resolve(form.text, on: day)
        return JSONAnswer.response(UnitJSON.resolution(resolution, units: register.units))
    }
}
