import Database
import Foundation
import TestStores

/// A PostgreSQL server of one test's own, to be killed.
struct OwnServer {
    let folder: URL
    private var data: URL { folder.appendingPathComponent("pg") }

    /// Whether there is a PostgreSQL to start.
    static var isPossible: Bool {
        TestStore.engines.contains(.postgresql)
            && FileManager.default.fileExists(atPath: Shared.repository.appendingPathComponent("Scripts").path)
    }

    private func script(_ action: String) async throws -> Program.Outcome {
        try await Program.start(
            [action, data.path], in: folder,
            executable: Shared.repository.appendingPathComponent("Scripts/test-postgres").path
        ).outcome()
    }

    /// Starts the server, as often as it takes while what is left of a killed one goes away.
    func start() async throws -> String {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: .seconds(90))
        while true {
            let outcome = try await script("start")
            let url = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
            if outcome.status == 0 { return url }
            if clock.now > deadline { throw DatabaseError.unavailable(outcome.errors) }
            clearLock()
        }
    }

    /// Takes away the lock of a killed server whose process number is another program's by now; a server that was
    /// killed before it had written its lock is still there and is killed now.
    private func clearLock() {
        guard let server = lockHolder else { return }
        if OwnServer.command(of: server).contains(data.path) {
            kill()
        } else {
            try? FileManager.default.removeItem(at: lock)
        }
    }

    func stop() async {
        _ = try? await script("stop")
    }

    /// Ends every process of the server as a power cut would; the number in a lock that was left behind may be another
    /// program's by now, which is let alone.
    func kill() {
        guard let server = lockHolder, OwnServer.command(of: server).contains(data.path) else { return }
        for process in [server] + OwnServer.children(of: server) { Foundation.kill(process, SIGKILL) }
    }

    private var lock: URL { data.appendingPathComponent("data/postmaster.pid") }

    /// The process whose number stands in the lock.
    private var lockHolder: Int32? {
        guard let text = try? String(contentsOf: lock, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    /// Empty when there is no such process any more.
    private static func command(of process: Int32) -> String {
        (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
    }

    private static func children(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let afterName = text.lastIndex(of: ")")
            else { return false }
            return text[afterName...].split(separator: " ").dropFirst(2).first == "\(parent)"
        }
    }
}

/// A small disk of memory, mounted for one test; only root may.
struct SmallDisk {
    let path: String

    /// Whether this process may mount.
    static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? Folder.make() else { return false }
        defer { Folder.remove(folder) }
        let disk = SmallDisk(path: folder.path)
        guard disk.mount("size=1m") else { return false }
        disk.unmount()
        return true
    }()

    @discardableResult
    func mount(_ options: String) -> Bool {
        SmallDisk.run("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", path])
    }

    @discardableResult
    func remount(_ options: String) -> Bool {
        SmallDisk.run("/bin/mount", ["-o", "remount,\(options)", path])
    }

    func unmount() {
        _ = SmallDisk.run("/bin/umount", ["-l", path])
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
