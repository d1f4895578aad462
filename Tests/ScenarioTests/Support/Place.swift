import Cards
import Civil
import Database
import Foundation
import TestStores
import Testing

/// A place for one register: its store, its keys, and a folder for files; all of it is removed at the end.
struct Place: Sendable {
    let engine: Engine
    let folder: URL
    /// What `--database` gets.
    let database: String

    var keys: URL { folder.appendingPathComponent("keys") }
    var keyFile: URL { keys.appendingPathComponent("log.key") }

    /// The acts of a register in which there is nobody yet: what it is, each file of units, the key of typed searches.
    static let ownActs = 2 + ShippedUnits.names.count

    /// Runs `body` with a new place on that engine; on PostgreSQL the schema is there already, where nobody says that
    /// the store must be empty.
    static func with<Result>(
        _ engine: Engine, empty: Bool = false, _ body: (Place) async throws -> Result
    ) async throws -> Result {
        let folder = try Folder.make()
        let place: Place
        var remove: TestStore.Cleanup?
        switch engine {
        case .sqlite:
            place = Place(
                engine: engine, folder: folder,
                database: "sqlite:" + folder.appendingPathComponent("register.sqlite").path)
        case .postgresql:
            let (location, cleanup) = try await TestStore.location(
                engine, migrated: empty ? [] : CardSchema.registerMigrations)
            remove = cleanup
            guard case .postgresql(let url) = location else { throw CocoaError(.fileNoSuchFile) }
            place = Place(engine: engine, folder: folder, database: url)
        }
        do {
            let result = try await body(place)
            await remove?()
            Folder.remove(folder)
            return result
        } catch {
            await remove?()
            Folder.remove(folder)
            throw error
        }
    }

    /// Another store with the same folder and keys; the caller's `body` gets an empty one.
    func withEmptyStore(_ body: (Place) async throws -> Void) async throws {
        try await Place.with(engine, empty: true) { other in
            try await body(Place(engine: engine, folder: folder, database: other.database))
        }
    }

    /// A new database on a server of the test's own; it goes with the server.
    static func on(_ maintenance: String, database name: String, folder: URL) async throws -> Place {
        try await Database.administer(
            try DatabaseLocation(parsing: maintenance), "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8'")
        let url = TestStore.replacingDatabase(in: maintenance, with: name)
        return Place(engine: .postgresql, folder: folder, database: url)
    }

    /// Takes away what `on` made, so that what the server has to recover after a kill does not grow.
    func drop(from maintenance: String) async throws {
        let name = TestStore.database(in: database)
        try await Database.administer(
            try DatabaseLocation(parsing: maintenance), "DROP DATABASE \(name) WITH (FORCE)")
        Folder.remove(folder)
    }

    // MARK: Running

    var options: [String] { ["--database", database, "--keys", keys.path] }

    func start(_ arguments: String...) throws -> Program.Run { try start(arguments) }

    func start(_ arguments: [String]) throws -> Program.Run {
        try Program.start(arguments + options, in: folder)
    }

    /// Runs the program on this register to its end.
    @discardableResult
    func run(_ arguments: [String], input: String? = nil) async throws -> Program.Outcome {
        try await Program.start(arguments + options, in: folder, input: input).outcome()
    }

    @discardableResult
    func run(_ arguments: String..., input: String? = nil) async throws -> Program.Outcome {
        try await run(arguments, input: input)
    }

    /// Writes a file into the folder and gives its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        return url.path
    }

    // MARK: Asking

    /// The counts of one batch; nil when the register does not have it.
    func batch(_ name: String) async throws -> Counts? {
        try await batches()[name]
    }

    func batches() async throws -> [String: Counts] {
        let outcome = try await run("batch", "list", "--json")
        let counts = outcome.objects.compactMap(Counts.init)
        return Dictionary(counts.map { ($0.batch, $0) }) { first, _ in first }
    }

    func rows(_ batch: String) async throws -> [RowAnswer] {
        try await run("batch", "rows", batch, "--json").objects.compactMap(RowAnswer.init)
    }

    /// How many acts and looks the log has, by its own verification.
    func leaves() async throws -> [String: Int] {
        let outcome = try await run("log", "verify", "--json")
        return outcome.objects.first?["leaves"] as? [String: Int] ?? [:]
    }

    /// Holds that the log verifies and that every table follows from the acts.
    func expectSound(_ comment: String = "", location: SourceLocation = #_sourceLocation) async throws {
        let log = try await run("log", "verify", "--json")
        #expect(log.status == 0, "\(comment) log verify: \(log.output)\(log.errors)", sourceLocation: location)
        let rebuild = try await run("register", "rebuild", "--check", "--json")
        #expect(rebuild.status == 0, "\(comment) rebuild: \(rebuild.output)\(rebuild.errors)", sourceLocation: location)
    }
}

/// Folders of tests.
enum Folder {
    static func make() throws -> URL {
        let name = "dancu-scenario-" + UUID().uuidString.prefix(8)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        return folder
    }

    static func remove(_ folder: URL) {
        try? FileManager.default.removeItem(at: folder)
    }
}

/// The counts of a batch, as `batch import --json` gives them.
struct Counts: Hashable, Sendable {
    let batch: String
    let rows: Int
    let done: Int
    let accepted: Int
    let acceptedWithFindings: Int
    let held: Int
    let persons: Int
    let households: Int
    let encoding: String
    let findings: [String: Int]

    init?(_ object: [String: Any]) {
        guard let batch = object["batch"] as? String, let rows = object["rows"] as? Int,
            let done = object["done"] as? Int, let accepted = object["accepted"] as? Int,
            let marked = object["accepted_with_findings"] as? Int, let held = object["held"] as? Int,
            let persons = object["persons"] as? Int, let households = object["households"] as? Int,
            let encoding = object["encoding"] as? String, let findings = object["findings"] as? [String: Int]
        else { return nil }
        self.batch = batch
        self.rows = rows
        self.done = done
        self.accepted = accepted
        acceptedWithFindings = marked
        self.held = held
        self.persons = persons
        self.households = households
        self.encoding = encoding
        self.findings = findings
    }

    /// Whether every row has exactly one fate.
    var addUp: Bool { accepted + acceptedWithFindings + held == rows && done == rows }
}

/// One row of a batch, as `batch rows --json` gives it, without what is drawn at random.
struct RowAnswer: Hashable, Sendable {
    let row: Int
    let place: Int
    let fate: String
    let person: String?
    let household: String?
    let name: String?
    let birth: String?
    let sex: String?
    let permanent: String?
    let current: String?
    let relation: String?
    /// Sorted.
    let findings: [String]

    init?(_ object: [String: Any]) {
        guard let row = object["row"] as? Int, let place = object["place"] as? Int,
            let fate = object["fate"] as? String, let findings = object["findings"] as? [[String: Any]]
        else { return nil }
        self.row = row
        self.place = place
        self.fate = fate
        person = object["person"] as? String
        household = object["household"] as? String
        name = object["name"] as? String
        birth = object["date_of_birth"] as? String
        sex = object["sex"] as? String
        permanent = (object["permanent_commune"] as? [String: Any])?["code"] as? String
        current = (object["current_commune"] as? [String: Any])?["code"] as? String
        relation = object["relation"] as? String
        self.findings = findings.compactMap { $0["code"] as? String }.sorted()
    }

    /// The same on every engine and in every run: all but the handles.
    var withoutHandles: String {
        "\(place)|\(row)|\(fate)|\(name ?? "-")|\(birth ?? "-")|\(sex ?? "-")|\(permanent ?? "-")|\(current ?? "-")|"
            + "\(relation ?? "-")|\(person == nil)|\(household == nil)|\(findings.joined(separator: " "))"
    }
}
