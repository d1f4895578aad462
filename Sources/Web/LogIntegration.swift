import Ledger
import Logging
import ServiceLifecycle

/// Gives the entries that wait their places, every second, so that each is under a checkpoint within two.
struct LogIntegration: Service {
    let sequencer: Sequencer?
    let watch: ServerWatch
    let logger: Logger

    func run() async throws {
        guard sequencer != nil else {
            // Without the key there is nothing to do, but the service must live as long as the server.
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await integrateOnce()
                } catch {
                    watch.integrationFailed()
                    logger.error("log integration failed", metadata: ["code": .string(Problem.code(of: error))])
                }
                try? await Task.sleep(for: Sequencer.interval)
            }
        }
    }

    /// Integrates everything that waits now.
    func integrateOnce() async throws {
        guard let sequencer else { return }
        try await sequencer.integrate()
        watch.integrated()
    }
}
