import Access
import Civil
import HTTPTypes
import Hummingbird
import Population

/// Persons and households; the look of every answer is durable before the answer leaves.
struct PersonRoutes: Sendable {
    let register: PopulationRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>) {
        api.post("persons/lookup") { request, context in try await lookup(request, context) }
        api.get("persons/{handle}") { request, context in
            let handle = try Asking.handle(context)
            return try await answer(.handle(handle), asOf: try Asking.asOf(request), by: try context.requester())
        }
        api.get("persons/{handle}/history") { _, context in
            try await history(try Asking.handle(context), by: try context.requester())
        }
        api.get("households/{handle}/dwelling") { request, context in
            try await dwelling(
                try Asking.handle(context), asOf: try Asking.asOf(request), by: try context.requester())
        }
        api.get("households/{handle}") { request, context in
            try await household(
                try Asking.handle(context), asOf: try Asking.asOf(request), by: try context.requester())
        }
    }

    private struct LookupForm: RequestBody {
        var number: String?
        var handle: String?
        var effectiveAt: String?
        var knownAt: String?
        var purpose: String?
        /// The sensitive groups that are asked for by name.
        var asked: [FieldGroup]?

        enum CodingKeys: String, CodingKey {
            case number, handle, purpose, asked
            case effectiveAt = "effective_at"
            case knownAt = "known_at"
        }
    }

    private func lookup(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await JSONAnswer.body(LookupForm.self, of: request)
        let asOf = try Asking.asOf(effectiveAt: form.effectiveAt, knownAt: form.knownAt)
        let requester = try context.requester(stating: try Asking.purpose(form.purpose))
        let asked = FieldGroups(groups: form.asked ?? [])
        return try await answer(try selector(form), asOf: asOf, asking: asked, by: requester)
    }

    private func selector(_ form: LookupForm) throws(WebRefusal) -> PersonSelector {
        switch (form.number, form.handle) {
        case (let number?, nil):
            guard let number = try? PersonalIdentificationNumber(parsing: number) else { throw .numberMalformed }
            return .number(number)
        case (nil, let text?):
            guard let handle = Handle(parsing: text) else { throw .handleMalformed }
            return .handle(handle)
        case (nil, nil), (_?, _?): throw .selectorMissing
        }
    }

    private func answer(
        _ selector: PersonSelector, asOf: AsOf, asking asked: FieldGroups = [], by requester: Requester
    ) async throws -> Response {
        guard let answer = try await register.look(at: selector, asOf: asOf, asking: asked, by: requester)
        else { throw WebRefusal.personNotFound }
        watch.looked()
        return JSONAnswer.response(
            PersonJSON.person(answer, asOf: asOf, in: register))
    }

    private func history(_ handle: Handle, by requester: Requester) async throws -> Response {
        guard
            let answer = try await register.history(of: .handle(handle), by: requester)
        else { throw WebRefusal.personNotFound }
        watch.looked()
        return JSONAnswer.response(PersonJSON.history(answer, in: register))
    }

    private func dwelling(_ handle: Handle, asOf: AsOf, by requester: Requester) async throws -> Response {
        guard let answer = try await register.look(atDwellingOf: handle, asOf: asOf, by: requester) else {
            throw WebRefusal.householdNotFound
        }
        watch.looked()
        return JSONAnswer.response(PersonJSON.dwelling(answer, asOf: asOf, in: register))
    }

    private func household(_ handle: Handle, asOf: AsOf, by requester: Requester) async throws -> Response {
        guard
            let answer = try await register.look(
                atHousehold: handle, asOf: asOf, by: requester)
        else { throw WebRefusal.householdNotFound }
        watch.looked()
        return JSONAnswer.response(
            PersonJSON.household(answer, asOf: asOf, in: register))
    }
}
