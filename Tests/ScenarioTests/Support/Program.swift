import Foundation
import Synchronization

/// The built program, run as a process, as a clerk or a script runs it.
enum Program {
    /// What a run of the program came to.
    struct Outcome: Sendable {
        /// The exit code; the signal's number, negative, when a signal ended it.
        let status: Int32
        let output: String
        let errors: String
        /// The most memory that the process had, in bytes, where the run watched it; else 0.
        let peakMemory: Int

        /// The lines of the output as JSON objects.
        var objects: [[String: Any]] {
            output.split(whereSeparator: \.isNewline).compactMap { line in
                (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
            }
        }
    }

    /// The longest that any run may take before it is stopped and the test fails.
    static let deadline: Double = 240

    /// The program beside the test bundle, or the one that full runs name: it is as fast as that of real work, so that
    /// kills hit it at other moments.
    static var path: String {
        if let named = ProcessInfo.processInfo.environment["DANCU_TEST_PROGRAM"], !named.isEmpty { return named }
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("dancu").path
    }

    private static let counter = Atomic<Int>(0)

    /// Starts the program; what it writes goes into files of `folder`, so that no pipe can fill.
    static func start(
        _ arguments: [String], in folder: URL, input: String? = nil, executable: String = path
    ) throws -> Run {
        let run = counter.add(1, ordering: .relaxed).newValue
        let files = ["in", "out", "err"].map { folder.appendingPathComponent("run-\(run).\($0)") }
        try Data((input ?? "").utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        var variables = ProcessInfo.processInfo.environment
        for name in ["DANCU_DATABASE", "DANCU_KEYS"] { variables[name] = nil }
        let child = try Child.spawn(
            [executable] + arguments, environment: variables.map { "\($0)=\($1)" }, folder: folder.path,
            streams: files.map(\.path))
        return Run(child, output: files[1], errors: files[2])
    }

    /// A run of the program that may still be going on.
    final class Run: Sendable {
        private let child: Child
        private let output: URL
        private let errors: URL
        private let statuses: AsyncStream<Int32>
        private let peakMemory = Mutex(0)

        fileprivate init(_ child: Child, output: URL, errors: URL) {
            self.child = child
            self.output = output
            self.errors = errors
            let (statuses, ended) = AsyncStream<Int32>.makeStream()
            self.statuses = statuses
            Thread.detachNewThread {
                ended.yield(child.wait())
                ended.finish()
            }
        }

        /// Ends the process as a power cut would, after so many seconds; at once without them.
        func kill(after seconds: Double = 0) {
            let child = child
            guard seconds > 0 else {
                child.kill()
                return
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { child.kill() }
        }

        /// The messages that the process has written so far.
        var messages: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

        /// The port that a server announces; it says so within the patience of a start.
        func announcedPort() async throws -> Int {
            let deadline = ContinuousClock.now.advanced(by: .seconds(60))
            while ContinuousClock.now < deadline {
                if let port = messages.firstMatch(of: /http:\/\/[a-z0-9.]+:([0-9]+)/)?.1 { return Int(port) ?? 0 }
                guard memory != nil else { break }
                await Task.yield()
            }
            throw RawConnection.Failed(step: "start of the server: \(messages)")
        }

        /// The memory that the process has now, in bytes; nil when it has ended.
        var memory: Int? { child.memory(.now) }

        /// Looks at the memory again and again; the kernel itself keeps the most that there was.
        func watchMemory() {
            guard let peak = child.memory(.peak) else { return }
            peakMemory.withLock { $0 = max($0, peak) }
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { [weak self] in self?.watchMemory() }
        }

        /// Asks the process to end, as a service manager does.
        func stop() { child.interrupt() }

        /// The end of the run, which is stopped after so many seconds.
        func outcome(within seconds: Double = Program.deadline) async throws -> Outcome {
            let late = DispatchWorkItem { [child] in child.kill() }
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: late)
            var status: Int32 = .min
            for await ended in statuses { status = ended }
            late.cancel()
            return Outcome(
                status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
                errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
                peakMemory: peakMemory.withLock { $0 })
        }
    }
}
