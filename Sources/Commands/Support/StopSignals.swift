import Dispatch
import Foundation

/// The wish of a person (Ctrl-C) or of a service manager that the program ends, as a call in place of a sudden death.
struct StopSignals {
    private let sources: [any DispatchSourceSignal]

    /// Calls `stop` on each of the two signals, on another thread.
    init(_ stop: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            // Without this the signal ends the process before anybody hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: stop)
            source.resume()
            return source
        }
    }

    func cancel() {
        for source in sources { source.cancel() }
    }
}
