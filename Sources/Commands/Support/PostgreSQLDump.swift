import Foundation

/// A whole database of PostgreSQL as one file, written and read by PostgreSQL's own programs.
enum PostgreSQLDump {
    /// - Parameter path: A file that does not exist yet, in a folder that nobody else may read.
    static func write(_ url: String, to path: String) async throws {
        try await ExternalProgram.run("pg_dump", ["--format=custom", "--file=\(path)", "--dbname=\(url)"])
    }

    /// - Parameter url: A database in which there is nothing yet.
    static func restore(_ path: String, to url: String) async throws {
        try await ExternalProgram.run("pg_restore", ["--exit-on-error", "--no-owner", "--dbname=\(url)", path])
    }
}

/// Runs a program of the system as a process of its own.
enum ExternalProgram {
    static func run(_ name: String, _ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardOutput = FileHandle.standardError
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else {
            throw CommandFailure(
                code: "program_failed", exit: .unavailable,
                vietnamese:
                    "\(name) không chạy được (mã \(status)); cài gói postgresql-client và xem thông báo ở trên.",
                english: "\(name) failed (status \(status)); install postgresql-client and see its message above.")
        }
    }
}
