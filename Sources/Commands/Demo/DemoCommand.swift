import ArgumentParser
import Database
import Foundation
import Ledger
import Population

/// The command `dancu demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Trình diễn: invent a nation, and show what the register does when somebody tampers with it.",
        subcommands: [DemoGenerateCommand.self, DemoTamperCommand.self])
}

/// The command `dancu demo tamper`.
struct DemoTamperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tamper",
        abstract: "Đổi một byte trong bản sao: change one byte of a copy and see log verify name the place.",
        discussion: """
            Examples:
              dancu demo tamper
              dancu demo tamper --what tile

            The register itself is not touched. Exit code 0 when the change was found, 3 when it was not.
            """)

    enum Target: String, ExpressibleByArgument, CaseIterable {
        case content, envelope, tile, look, units
    }

    @Option(name: .long, help: "What is changed: content, envelope, tile, look or units.")
    var what: Target = .content

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let opened = try await OpenedRegister.open(register, creating: nil)
        try await opened.sequencer?.integrate()
        let copy = try await Copy.make(of: opened)
        let result: LogVerification
        let place: String
        do {
            place = try await change(copy.database)
            result = try await opened.verification(in: copy.database).verify()
        } catch {
            await copy.remove()
            throw error
        }
        await copy.remove()
        if !output.json {
            Console.line("Đã đổi một byte trong bản sao: \(place) / changed one byte of a copy.")
        }
        try LogOutput.tell(result, changed: place, asJSON: output.json)
        if result.isClean { throw ExitCode(CommandFailure.Exit.damaged.rawValue) }
    }

    /// Takes away the triggers that refuse it, then changes one byte in the middle of the log.
    private func change(_ database: Database) async throws -> String {
        let what = what
        return try await database.write { connection in
            let (table, key, column): (String, String, String) =
                switch what {
                case .content: ("act_content", "act_id", "content")
                case .envelope: ("act", "act_id", "content_commitment")
                case .tile: ("log_tile", "tile_index", "hashes")
                case .look: ("look", "look_id", "salt")
                case .units: ("unit_file", "position", "contents")
                }
            try dropTriggers(of: table, connection)
            let row = try connection.first(
                "SELECT \(key), \(column) FROM \(table) ORDER BY \(key) LIMIT 1 OFFSET (SELECT count(*) / "
                    + "2 FROM \(table))"
            ) { (try $0.int64(0), try $0.blob(1)) }
            guard let row else {
                throw CommandFailure(
                    code: "nothing_to_tamper", exit: .refused,
                    vietnamese: "Chưa có gì để đổi; nhập một lô phiếu trước.",
                    english: "There is nothing to change yet; import a batch first.")
            }
            var bytes = row.1
            bytes[bytes.count / 2] ^= 1
            let condition = table == "log_tile" ? " AND level = 0 AND log = 1" : ""
            try connection.execute(
                "UPDATE \(table) SET \(column) = ? WHERE \(key) = ?\(condition)", [.blob(bytes), .integer(row.0)])
            return "\(table) \(row.0), byte \(bytes.count / 2)"
        }
    }

    private func dropTriggers(of table: String, _ connection: Connection) throws {
        switch connection.engine {
        case .sqlite:
            let triggers = try connection.rows(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [.text(table)]
            ) { try $0.text(0) }
            for trigger in triggers { try connection.execute("DROP TRIGGER \(trigger)") }
        case .postgresql:
            try connection.execute("ALTER TABLE \(table) DISABLE TRIGGER USER")
        }
    }
}

/// A copy of a register to try things on.
private struct Copy {
    let database: Database
    let remove: @Sendable () async -> Void

    static func make(of register: OpenedRegister) async throws -> Copy {
        let name = "dancu_tamper_\(ProcessInfo.processInfo.processIdentifier)"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        do {
            switch register.database.location {
            case .sqlite: return try await sqlite(of: register, in: folder)
            case .postgresql(let url): return try await postgresql(of: register, url, name: name, in: folder)
            }
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    private static func sqlite(of register: OpenedRegister, in folder: URL) async throws -> Copy {
        let path = folder.appendingPathComponent("copy.sqlite").path
        try await register.database.backup(to: path)
        await register.database.close()
        let database = try await Database.open(.sqlite(path: path))
        return Copy(database: database) {
            await database.close()
            try? FileManager.default.removeItem(at: folder)
        }
    }

    /// Through a dump, since a database that somebody uses is no template for another.
    private static func postgresql(
        of register: OpenedRegister, _ url: String, name: String, in folder: URL
    ) async throws -> Copy {
        await register.database.close()
        guard var parts = URLComponents(string: url), parts.path.count > 1 else {
            throw DatabaseError.malformedLocation(url)
        }
        parts.path = "/postgres"
        let maintenance = try DatabaseLocation(parsing: parts.string ?? url)
        parts.path = "/\(name)"
        let target = parts.string ?? url
        try await Database.administer(maintenance, "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
        do {
            let dump = folder.appendingPathComponent("register.dump").path
            try await PostgreSQLDump.write(url, to: dump)
            try await PostgreSQLDump.restore(dump, to: target)
            try FileManager.default.removeItem(at: folder)
            let database = try await Database.open(try DatabaseLocation(parsing: target))
            return Copy(database: database) {
                await database.close()
                try? await Database.administer(maintenance, "DROP DATABASE \(name)")
            }
        } catch {
            try? await Database.administer(maintenance, "DROP DATABASE \(name)")
            throw error
        }
    }
}
