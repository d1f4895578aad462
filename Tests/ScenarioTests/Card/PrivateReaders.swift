import Foundation
import Testing

/// A resource manager (pcscd) of a test's own, with a virtual reader (vpcd) on a free port.
struct PrivateReaders {
    private let run: Program.Run
    private let place: URL
    /// Where vpcd waits for the card.
    let port: Int
    private var socket: String { place.appendingPathComponent("readers/run/pcscd/pcscd.comm").path }

    private static let script = Shared.repository.appendingPathComponent("Scripts/test-pcscd").path
    private static let tool = "/usr/bin/opensc-tool"

    /// Whether the programs are there and may run so.
    static let isPossible: Bool = {
        guard FileManager.default.fileExists(atPath: tool) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = ["check"]
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Starts it, and ends it after the body.
    static func with(in folder: URL, _ body: (PrivateReaders) async throws -> Void) async throws {
        let readers = try PrivateReaders(in: folder)
        do {
            try await readers.waitUntilReady()
            try await body(readers)
        } catch {
            try await readers.stop()
            throw error
        }
        try await readers.stop()
    }

    private init(in folder: URL) throws {
        place = folder
        port = try PrivateReaders.freePort()
        let own = folder.appendingPathComponent("readers").path
        run = try Program.start(["run", own, "\(port)"], in: folder, executable: PrivateReaders.script)
    }

    private func waitUntilReady() async throws {
        let deadline = ContinuousClock.now.advanced(by: PrivateReaders.patience)
        while !FileManager.default.fileExists(atPath: socket) {
            guard ContinuousClock.now < deadline, run.memory != nil else {
                throw RawConnection.Failed(step: "start of pcscd: \(run.messages)")
            }
            await Task.yield()
        }
    }

    private func stop() async throws {
        run.stop()
        _ = try await run.outcome(within: 30)
    }

    /// Starts a program that finds this pcscd and no other.
    func start(_ arguments: [String], executable: String = Program.path) throws -> Program.Run {
        try Program.start(
            ["PCSCLITE_CSOCK_NAME=\(socket)", executable] + arguments, in: place, executable: "/usr/bin/env")
    }

    /// Runs OpenSC's tool.
    func openSC(_ arguments: [String]) async throws -> Program.Outcome {
        try await start(arguments, executable: PrivateReaders.tool).outcome()
    }

    /// How long a state may take to come.
    private static let patience = Duration.seconds(60)

    /// Waits for a card to lie on the reader, or to be gone: vpcd is asked a few times a second.
    func waitForCard(_ isThere: Bool) async throws {
        let deadline = ContinuousClock.now.advanced(by: PrivateReaders.patience)
        while ContinuousClock.now < deadline {
            let list = try await openSC(["-l"])
            if list.output.contains(/\n0 +Yes/) == isThere { return }
        }
        Issue.record("the reader never had that state: card \(isThere)")
    }

    /// Two ports next to each other that nobody has: vpcd takes one for each of its two slots.
    private static func freePort() throws -> Int {
        for _ in 0..<50 {
            if let port = bound(0), bound(port + 1) != nil { return port }
        }
        throw CocoaError(.featureUnsupported)
    }

    /// The port that could be had, and is free again.
    private static func bound(_ wanted: Int) -> Int? {
        guard let wanted = UInt16(exactly: wanted) else { return nil }
        let line = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(line) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(line, plain, length) == 0 && getsockname(line, plain, &length) == 0
            }
        }
        return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }
}
