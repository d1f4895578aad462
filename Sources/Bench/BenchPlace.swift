import Access
import Civil
import Database
import Foundation
import Ledger
import Population

/// Where measuring happens: a register of invented people on each engine, made by the program itself.
struct BenchPlace: Sendable {
    let folder: URL
    let people: Int
    let program: String
    /// The maintenance database of a server; nil when there is none.
    let postgres: String?
    let runs: Int

    static let seed = 1

    init(folder: String, people: Int, program: String, postgres: String?, runs: Int) throws {
        self.folder = URL(fileURLWithPath: folder)
        self.people = people
        self.program = URL(fileURLWithPath: program).path
        self.postgres = postgres
        self.runs = runs
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    var engines: [Engine] { postgres == nil ? [.sqlite] : [.sqlite, .postgresql] }

    /// A file of DC01 rows of so many invented people.
    func sheets(_ people: Int) throws -> URL {
        let target = folder.appendingPathComponent("sheets-\(people)")
        let file = target.appendingPathComponent("invented-\(BenchPlace.seed).csv")
        if FileManager.default.fileExists(atPath: file.path) { return file }
        try ChildProcess.run(
            program,
            [
                "demo", "generate", "--people", "\(people)", "--seed", "\(BenchPlace.seed)", "--csv", target.path,
                "--single",
            ])
        return file
    }

    /// The register of `people` on an engine, filled the first time.
    func register(_ engine: Engine) async throws -> BenchRegister {
        let location: String
        switch engine {
        case .sqlite: location = "sqlite:" + folder.appendingPathComponent("register-\(people).sqlite").path
        case .postgresql: location = try await database(named: "dancu_bench_\(people)", fresh: false)
        }
        let register = BenchRegister(
            location: location, keys: folder.appendingPathComponent("keys-\(people)-\(engine)").path)
        let file = try sheets(people)
        try ChildProcess.run(program, ["batch", "import", file.path, "--json"] + register.options)
        return register
    }

    /// An empty place on an engine.
    func emptyRegister(_ engine: Engine, _ name: String) async throws -> BenchRegister {
        let keys = folder.appendingPathComponent("keys-\(name)-\(engine)")
        try? FileManager.default.removeItem(at: keys)
        switch engine {
        case .sqlite:
            let file = folder.appendingPathComponent("\(name).sqlite")
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + ending) }
            return BenchRegister(location: "sqlite:" + file.path, keys: keys.path)
        case .postgresql:
            return BenchRegister(
                location: try await database(named: "dancu_bench_\(name)", fresh: true), keys: keys.path)
        }
    }

    /// The URL of a database on the server, made when it is not there.
    func database(named name: String, fresh: Bool) async throws -> String {
        guard let postgres else { throw DatabaseError.unavailable("no PostgreSQL server is given") }
        let maintenance = try DatabaseLocation(parsing: postgres)
        if fresh { try await Database.administer(maintenance, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
        let store = try await Database.open(maintenance)
        let isThere = try await store.read {
            try $0.first("SELECT 1 FROM pg_database WHERE datname = ?", [.text(name)]) { _ in true } ?? false
        }
        await store.close()
        if !isThere {
            try await Database.administer(
                maintenance, "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
        }
        return postgres.replacing("/postgres?", with: "/\(name)?")
    }

    /// The arguments by which PostgreSQL's own programs reach a database.
    func clientOptions(_ database: String) -> [String] {
        let parts = URLComponents(string: postgres ?? "")
        let items = parts?.queryItems ?? []
        var options = ["--username=postgres", "--dbname=\(database)"]
        if let port = items.first(where: { $0.name == "port" })?.value {
            options += ["--host=127.0.0.1", "--port=\(port)"]
        } else if let host = items.first(where: { $0.name == "host" })?.value {
            options += ["--host=\(host)"]
        }
        return options
    }
}

/// A register that is measured.
struct BenchRegister: Sendable {
    let location: String
    let keys: String

    var options: [String] { ["--database", location, "--keys", keys] }

    func open() async throws -> Database { try await Database.open(try DatabaseLocation(parsing: location)) }

    /// The register's own service, put together here, with a clock that is so many seconds ahead.
    func population(_ database: Database, later seconds: Int64 = 0) async throws -> PopulationRegister {
        let surroundings = Surroundings.measuring(later: seconds)
        let numbers = EntryNumbers(surroundings)
        let store = RegisterStore(acts: ActStore(surroundings: surroundings, numbers: numbers))
        let opening = try await database.read { try store.opening(on: $0) }
        return PopulationRegister(
            database: database, surroundings: surroundings, numbers: numbers,
            kind: opening?.identity.kind ?? .demonstration,
            units: opening?.makeUnitsInForce() ?? UnitsInForce(UnitDirectory(), number: 0), seal: opening?.seal)
    }
}

extension Surroundings {
    /// The machine's random source and its clock, so many seconds ahead.
    static func measuring(later seconds: Int64 = 0) -> Surroundings {
        Surroundings(
            now: { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) + seconds * 1_000_000) },
            random: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            })
    }
}

/// Programs that are run beside this one.
enum ChildProcess {
    struct Failed: Error {
        let program: String
        let status: Int32
    }

    /// Runs a program to its end; what it wrote.
    @discardableResult
    static func run(_ program: String, _ arguments: [String], input: String? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        if let input {
            let pipe = Pipe()
            process.standardInput = pipe
            try process.run()
            pipe.fileHandleForWriting.write(Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        } else {
            process.standardInput = FileHandle.nullDevice
            try process.run()
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(
                program: ([program] + arguments.prefix(3)).joined(separator: " "), status: process.terminationStatus)
        }
        return String(decoding: data, as: UTF8.self)
    }
}
