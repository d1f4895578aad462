import Database
import HTTPTypes
import Hummingbird
import Ledger

/// The two logs for whoever checks the register: checkpoints, keys, tiles (C2SP tlog-tiles), proofs (C2SP tlog-proof).
struct LogRoutes: Sendable {
    let database: Database
    let keys: [LogName: LogVerificationKey]

    func add(to api: RouterGroup<WebContext>) {
        api.get("logs/{log}/checkpoint") { _, context in
            let log = try log(context)
            let last = try await database.read { try LogReader(connection: $0).lastCheckpoint(of: log) }
            guard let last else { throw WebRefusal.logEmpty }
            return PlainAnswer.text(last.note)
        }
        api.get("logs/{log}/key") { _, context in
            guard let key = keys[try log(context)] else { throw WebRefusal.logNotFound }
            return PlainAnswer.text(key.text + "\n")
        }
        api.get("logs/{log}/tile/**") { _, context in try await tile(context) }
        api.get("logs/{log}/entries/{entry}/proof") { _, context in
            let log = try log(context)
            guard let entry = Int64(context.parameters.get("entry") ?? "") else { throw WebRefusal.entryNotLogged }
            let receipt = try await database.read { try LogReader(connection: $0).receipt(of: entry, in: log) }
            guard let receipt else { throw WebRefusal.entryNotLogged }
            return PlainAnswer.text(receipt.text)
        }
    }

    private func log(_ context: WebContext) throws(WebRefusal) -> LogName {
        guard let log = LogName(text: context.parameters.get("log") ?? "") else { throw .logNotFound }
        return log
    }

    /// A full tile never changes; one at the right edge grows, and its width is part of its path.
    private func tile(_ context: WebContext) async throws -> Response {
        let log = try log(context)
        let path = "tile/" + context.parameters.getCatchAll().joined(separator: "/")
        guard let tile = try? TileCoordinate(path: path) else { throw WebRefusal.tileNotFound }
        do {
            let hashes = try await database.read { try LogReader(connection: $0).hashes(of: tile, in: log) }
            return PlainAnswer.bytes(
                Digest32.joined(hashes), type: "application/octet-stream",
                cache: tile.isFull ? "public, max-age=31536000, immutable" : "no-store")
        } catch LogFault.tileMissing {
            throw WebRefusal.tileNotFound
        }
    }
}
