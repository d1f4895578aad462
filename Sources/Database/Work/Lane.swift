import Dispatch
import Foundation
import Synchronization

/// Threads for one kind of work, each with a connection of its own, and the work that waits for them.
///
/// Blocking calls run here and never on the threads of Swift's tasks.
final class Lane: Sendable {
    typealias Job = @Sendable (Session) -> Void

    private struct State {
        var jobs: [Job] = []
        var parts: [GroupedPart] = []
        var isGroupsTurn = false
        var lastGroup = 0
        var hasGathered = false
        var isClosed = false
        var running = 0
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private enum Work {
        case job(Job)
        case group([GroupedPart])
        case gather
        case nothing
        case end
    }

    /// Callers of the last group come back a moment after its commit; waiting for them once saves a commit.
    private static let gathering = 0.000_2

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let threads: Int
    private let waitingLimit: Int
    private let groupLimit: Int

    init(
        _ name: String, threads: Int, options: DatabaseOptions,
        open: @escaping @Sendable () throws(DatabaseError) -> any Driver
    ) {
        self.threads = threads
        waitingLimit = options.waitingLimit
        groupLimit = options.groupLimit
        state.withLock { $0.running = threads }
        for number in 1...threads {
            let thread = Thread { [self] in work(Session(open: open, pause: Lane.pause)) }
            thread.name = "\(name) \(number)"
            thread.start()
        }
    }

    /// Puts a job at the end of the line, or says why not.
    func submit(_ job: @escaping Job) -> DatabaseError? {
        accept { $0.jobs.append(job) }
    }

    /// Puts one caller's part into the next group, or says why not.
    func submit(_ part: GroupedPart) -> DatabaseError? {
        accept { $0.parts.append(part) }
    }

    private func accept(_ add: (inout sending State) -> Void) -> DatabaseError? {
        let refusal: DatabaseError? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.jobs.count + state.parts.count >= waitingLimit { return .contended }
            add(&state)
            return nil
        }
        if refusal == nil { wake.signal() }
        return refusal
    }

    /// Refuses further work; what waits is still done.
    func shut() {
        state.withLock { $0.isClosed = true }
        for _ in 0..<threads { wake.signal() }
    }

    /// Shuts, and returns when all connections are closed.
    func close() async {
        shut()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.running > 0 { state.closers.append(continuation) }
                return state.running == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func work(_ session: Session) {
        loop: while true {
            switch next() {
            case .job(let job): job(session)
            case .group(let parts): session.group(parts)
            case .gather: Thread.sleep(forTimeInterval: Lane.gathering)
            case .nothing: wake.wait()
            case .end: break loop
            }
        }
        session.close()
        let closers = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    /// Jobs and groups take turns where both wait.
    private func next() -> Work {
        state.withLock { state in
            if !state.parts.isEmpty, state.jobs.isEmpty || state.isGroupsTurn {
                if state.parts.count < state.lastGroup, !state.hasGathered {
                    state.hasGathered = true
                    return .gather
                }
                state.hasGathered = false
                state.isGroupsTurn = false
                let group = Array(state.parts.prefix(groupLimit))
                state.parts.removeFirst(group.count)
                state.lastGroup = group.count
                return .group(group)
            }
            if !state.jobs.isEmpty {
                state.isGroupsTurn = true
                return .job(state.jobs.removeFirst())
            }
            return state.isClosed ? .end : .nothing
        }
    }

    private static func pause(_ duration: Duration) {
        Thread.sleep(forTimeInterval: Double(duration.milliseconds) / 1000 + 0.0005)
    }
}
