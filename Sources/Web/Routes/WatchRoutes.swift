import Access
import Cards
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// What machines ask the server about itself.
struct WatchRoutes: Sendable {
    let server: WebServer

    func add(to router: Router<WebContext>) {
        router.get("health") { _, _ in
            let check = HealthCheck(
                register: server.register, identity: server.identity, sequencer: server.sequencer, watch: server.watch,
                cards: server.cards)
            let (isHealthy, answer) = await check.check()
            return JSONAnswer.response(answer, status: isHealthy ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { _, context in
            // Where others than this machine reach the server, its figures stay on the machine.
            guard server.reach.isLocal || ForwardedAddress.isLoopback(context.address) else {
                throw WebRefusal.routeNotFound
            }
            // What the server counts itself is told even while the store is silent.
            var sizes = try? await LogSizes(database: server.register.database).sizes()
            if let signer = try? await server.cards.signerStanding() { sizes?.signerDaysLeft = signer.daysLeft }
            if let alarms = try? await server.access.openAlarms() { sizes?.alarms = alarms }
            return PlainAnswer.text(
                MetricsText.text(server.watch.counts, sizes: sizes), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }
}
