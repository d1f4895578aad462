import Access
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Pages for people, and the files that come with the program.
struct PageRoutes: Sendable {
    let server: WebServer
    let pages: Pages

    func add(to router: Router<WebContext>) {
        let counts = RegisterCounts(register: server.register)
        router.get("/") { _, _ in
            // Counts and names of batches are for this machine; to others the console is what there is.
            guard server.reach.isLocal else { return ConsoleDesk.redirect(to: OwnPath.first) }
            let page = StartPage(
                identity: server.identity, counts: try await counts.read(),
                batches: try await server.register.batches(),
                address: server.host.contains(":") ? "[\(server.host)]:\(server.port)" : "\(server.host):\(server.port)"
            )
            return PlainAnswer.text(try pages.start(page), type: "text/html; charset=utf-8")
        }
        router.get("batches/{name}/report") { _, context in
            let requester = try context.requester()
            let batch = try await server.register.batch(at: context)
            // The report has the sums of the whole batch.
            guard try await server.register.entry(of: batch, by: requester)?.summary != nil else {
                throw AccessRefusal.outsideJurisdiction
            }
            let html = try await BatchReport.html(
                of: batch, in: server.register, by: requester, onPage: { _ in server.watch.looked() })
            var response = PlainAnswer.text(html, type: "text/html; charset=utf-8")
            response.headers[.contentSecurityPolicy] = BatchReport.contentSecurityPolicy
            return response
        }
        router.get("assets/dancu.css") { _, _ in
            PlainAnswer.bytes(pages.styleSheet, type: "text/css; charset=utf-8", cache: "no-cache")
        }
        router.get("openapi.json") { _, _ in
            PlainAnswer.bytes(pages.openAPI, type: "application/json; charset=utf-8", cache: "no-cache")
        }
    }
}
