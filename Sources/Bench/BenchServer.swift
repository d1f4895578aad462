import Foundation

/// The program as a server.
final class BenchServer {
    private let process = Process()
    private let port: Int

    init(_ program: String, _ register: BenchRegister, port: Int) throws {
        self.port = port
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--port", "\(port)"] + register.options
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    func waitUntilItAnswers() async throws {
        for _ in 0..<200 {
            let answer = try? ChildProcess.run(
                "curl", ["--silent", "--output", "/dev/null", "http://127.0.0.1:\(port)/health"])
            if answer != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw ChildProcess.Failed(program: "serve", status: 1)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
