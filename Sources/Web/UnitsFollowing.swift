import Logging
import Population
import ServiceLifecycle

/// Goes on with units that another process loaded, within seconds, so that no server is started anew for them.
struct UnitsFollowing: Service {
    static let interval = Duration.seconds(2)

    let register: PopulationRegister
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Said once, not every two seconds.
            var said: String?
            while !Task.isCancelled {
                do {
                    try await register.followUnits()
                    said = nil
                } catch {
                    let code = Problem.code(of: error)
                    if code != said { logger.error("units not followed", metadata: ["code": .string(code)]) }
                    said = code
                }
                try? await Task.sleep(for: UnitsFollowing.interval)
            }
        }
    }
}
