import Chip
import Foundation
import Reader

/// A virtual chip on a virtual reader of its own pcscd, and the line to it through PC/SC.
final class ChipOnReader {
    private let server: Process
    private let reader: VirtualReader
    private let connection: CardConnection

    /// Where vpcd waits; the next port is its second slot's.
    private static let port = 35_971
    private static let script = "Scripts/test-pcscd"
    private static let patience = 200

    /// Nil where pcscd or vpcd are missing.
    init?(in folder: URL, card: VirtualChip) throws {
        guard (try? ChildProcess.run(ChipOnReader.script, ["check"])) != nil else { return nil }
        // The path of a socket has to be short.
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("dancu-pcscd-\(getuid())")
        try? FileManager.default.removeItem(at: place)
        server = Process()
        server.executableURL = URL(fileURLWithPath: ChipOnReader.script)
        server.arguments = ["run", place.path, "\(ChipOnReader.port)"]
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        do {
            setenv("PCSCLITE_CSOCK_NAME", place.appendingPathComponent("run/pcscd/pcscd.comm").path, 1)
            let reader = try ChipOnReader.soon { () throws(ReaderRefusal) in
                try VirtualReader.connect(host: "127.0.0.1", port: ChipOnReader.port)
            }
            self.reader = reader
            Thread.detachNewThread {
                var card = card
                try? reader.serve(&card)
            }
            connection = try ChipOnReader.soon { () throws(ReaderRefusal) in try CardService().connect() }
        } catch {
            server.terminate()
            throw error
        }
    }

    func transmit(_ command: [UInt8]) throws -> [UInt8] { try connection.transmit(command) }

    func stop() {
        reader.stop()
        server.terminate()
        server.waitUntilExit()
    }

    /// Tries again until it works; pcscd looks for cards a few times a second.
    private static func soon<Value>(_ body: () throws(ReaderRefusal) -> Value) throws -> Value {
        for _ in 0..<patience {
            if let value = try? body() { return value }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return try body()
    }
}
