import Dispatch
import Synchronization

/// A value that is worked out on another core while this one does something else.
final class Beside<Value: Sendable>: Sendable {
    private let result = Mutex<Value?>(nil)
    private let done = DispatchSemaphore(value: 0)
    private let work: @Sendable () -> Value

    init(_ work: @escaping @Sendable () -> Value) {
        self.work = work
        DispatchQueue.global().async {
            let value = work()
            self.result.withLock { $0 = value }
            self.done.signal()
        }
    }

    /// The value, once it is there; asked for once.
    func value() -> Value {
        done.wait()
        return result.withLock { $0 } ?? work()
    }
}
