import Foundation
import Synchronization

/// A child process that is waited for itself.
///
/// `Process` waits until everything that the child started has ended too, and a database server goes on.
final class Child: Sendable {
    private let identifier: pid_t
    /// Whether the process was collected; its number may be another's from then on.
    private let isCollected = Mutex(false)

    private init(_ identifier: pid_t) {
        self.identifier = identifier
    }

    /// Starts a program with its input, output and errors in files.
    static func spawn(
        _ arguments: [String], environment: [String], folder: String, streams: [String]
    ) throws -> Child {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (stream, path) in streams.enumerated() {
            let mode = stream == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
            posix_spawn_file_actions_addopen(&actions, Int32(stream), path, mode, 0o600)
        }
        let arguments = ["/usr/bin/env", "-C", folder] + arguments
        let texts = (arguments + environment).map { strdup($0) }
        defer { for text in texts { free(text) } }
        let words = Array(texts[..<arguments.count]) + [nil]
        let variables = Array(texts[arguments.count...]) + [nil]
        var identifier: pid_t = 0
        guard posix_spawn(&identifier, arguments[0], &actions, nil, words, variables) == 0 else {
            throw CocoaError(.executableNotLoadable)
        }
        return Child(identifier)
    }

    /// Waits for the end; gives the exit code, or the signal's number, negative.
    ///
    /// To be called once.
    func wait() -> Int32 {
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        return isCollected.withLock { collected in
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
            collected = true
            return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
        }
    }

    /// Figures of the process's memory.
    enum Memory: String {
        case now = "VmRSS:"
        /// What `wait4` tells instead is at least the memory of whoever started the process.
        case peak = "VmHWM:"
    }

    /// The memory of the process in bytes; nil when it has ended.
    func memory(_ figure: Memory) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(figure.rawValue) })
        else { return nil }
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }

    /// Asks the process to end.
    func interrupt() {
        isCollected.withLock { collected in
            if !collected { _ = Foundation.kill(identifier, SIGTERM) }
        }
    }

    func kill() {
        isCollected.withLock { collected in
            if !collected { _ = Foundation.kill(identifier, SIGKILL) }
        }
    }
}
