import Access
import Hummingbird
import Population

/// Finding persons who are half remembered; a search is a look, and durable before its answer leaves.
struct SearchRoutes: Sendable {
    let register: PopulationRegister
    let watch: ServerWatch

    func add(to api: RouterGroup<WebContext>) {
        // POST, so that no name stands in an address.
        api.post("persons/search") { request, context in
            let form = try await JSONAnswer.body(SearchForm.self, of: request)
            let answer = try await register.search(
                try form.search(in: register), by: context.requester(stating: try Asking.purpose(form.purpose)))
            watch.looked()
            return JSONAnswer.response(SearchJSON.answer(answer, in: register))
        }
    }
}
