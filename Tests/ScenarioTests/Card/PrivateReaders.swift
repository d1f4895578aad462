import Foundation
import Testing

/// A resource manager (pcscd) of a test's own, with one virtual reader (vpcd) on a free port.
///
/// pcscd keeps its socket in a fixed folder under `/run`; in a mount namespace that folder is the test's own, so that
/// the machine's own pcscd is neither needed nor touched.
struct PrivateReaders {
    private let run: Program.Run
    private let place: URL
    /// Where vpcd waits for the card.
    let port: Int
    /// The socket as others see it.
    let socket: String

    private static let driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
    private static let server = "/usr/sbin/pcscd"

    /// A namespace needs root, or the right to be root in one of one's own.
    private static let namespace = ["/usr/bin/unshare"] + (geteuid() == 0 ? [] : ["--user", "--map-root-user"])
    private static let empty = "mount -t tmpfs none /run && mkdir /run/pcscd"

    /// Whether the programs are there and may have a namespace.
    static let isPossible: Bool = {
        let files = [driver, server, "/usr/bin/opensc-tool", namespace[0]]
        guard files.allSatisfy(FileManager.default.fileExists) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: namespace[0])
        process.arguments = namespace.dropFirst() + ["--mount", "sh", "-c", empty]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Starts it, and ends it after the body.
    static func with(in folder: URL, _ body: (PrivateReaders) async throws -> Void) async throws {
        let readers = try await PrivateReaders(in: folder)
        do {
            try await body(readers)
        } catch {
            try await readers.stop()
            throw error
        }
        try await readers.stop()
    }

    private init(in folder: URL) async throws {
        place = folder
        port = try PrivateReaders.freePort()
        let configuration = folder.appendingPathComponent("reader.conf")
        let text = """
            FRIENDLYNAME "Dancu"
            DEVICENAME /dev/null:\(port)
            LIBPATH \(PrivateReaders.driver)
            CHANNELID \(port)

            """
        try Data(text.utf8).write(to: configuration)
        let number = folder.appendingPathComponent("pcscd.pid").path
        let script =
            "\(PrivateReaders.empty) && echo $$ >'\(number)' && "
            + "exec \(PrivateReaders.server) --foreground --config '\(configuration.path)'"
        run = try Program.start(
            PrivateReaders.namespace.dropFirst() + ["--mount", "sh", "-c", script], in: folder,
            executable: PrivateReaders.namespace[0])
        let process = try await wait("pcscd") {
            let text = try? String(contentsOfFile: number, encoding: .utf8)
            return text.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        let socket = "/proc/\(process)/root" + "/run/pcscd/pcscd.comm"
        self.socket = socket
        _ = try await wait("the socket of pcscd") { FileManager.default.fileExists(atPath: socket) ? true : nil }
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

    /// Asks again until there is an answer; fails after a minute.
    private static let patience = Duration.seconds(60)

    /// Waits for a card to lie on the reader, or to be gone: vpcd is asked a few times a second.
    func waitForCard(_ isThere: Bool) async throws {
        let deadline = ContinuousClock.now.advanced(by: PrivateReaders.patience)
        while ContinuousClock.now < deadline {
            let list = try await start(["-l"], executable: "/usr/bin/opensc-tool").outcome()
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

/// Looks again and again until there is something; fails after a minute.
private func wait<Value>(_ what: String, for look: () -> Value?) async throws -> Value {
    let deadline = ContinuousClock.now.advanced(by: .seconds(60))
    while ContinuousClock.now < deadline {
        if let value = look() { return value }
        await Task.yield()
    }
    throw RawConnection.Failed(step: what)
}
