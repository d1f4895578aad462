import Access
import Cards
import Chip
import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Population
import Synchronization
import TestStores

@testable import Web

/// A small register of invented people with its server, on an empty store of an engine.
struct WebFixture: Sendable {
    let register: PopulationRegister
    let server: WebServer
    let sequencer: Sequencer
    let batch: BatchSummary
    /// Whose cards quality control goes by; nobody's until a machine is there.
    let authorities: KnownAuthorities
    private let clock: SharedCounter

    /// Moves the clock on.
    func advance(minutes: UInt64) { _ = clock.add(minutes * 60_000_000) }

    /// Runs `body` with the register and a client of its routes; the store is removed afterwards.
    static func with(
        _ engine: Engine, kind: RegisterKind = .demonstration,
        _ body: @Sendable (WebFixture, any TestClientProtocol) async throws -> Void
    ) async throws {
        let (database, remove) = try await TestStore.open(engine, migrated: CardSchema.registerMigrations)
        do {
            let fixture = try await make(database, kind)
            try await Application(router: try fixture.server.router()).test(.router) { client in
                try await body(fixture, client)
            }
        } catch {
            await remove()
            throw error
        }
        await remove()
    }

    private static func make(_ database: Database, _ kind: RegisterKind) async throws -> WebFixture {
        let clock = startingClock()
        let surroundings = surroundings(clock)
        let id = "test"
        var signing: [LogName: LogSigningKey] = [:]
        for log in LogName.allCases {
            signing[log] = try LogSigningKey(
                name: try LogOrigin("dancu/\(id)/\(log.text)"), secret: Array(repeating: 7, count: 32))
        }
        let identity = RegisterIdentity(
            id: id, kind: kind, created: surroundings.now(),
            logKey: Data(signing[.acts]?.verificationKey.publicKey ?? []).base64EncodedString())
        let numbers = EntryNumbers(surroundings)
        let store = RegisterStore(acts: ActStore(surroundings: surroundings, numbers: numbers))
        let units = try await database.write { connection in
            try store.create(
                identity,
                origins: Dictionary(uniqueKeysWithValues: LogName.allCases.map { ($0, "dancu/\(id)/\($0.text)") }),
                unitFiles: WebSamples.unitFiles.map { UnitFileBytes(name: $0.name, bytes: Array($0.text.utf8)) },
                by: LocalOperator.actor, on: connection)
            return try store.opening(on: connection)?.makeUnitsInForce() ?? UnitsInForce(UnitDirectory(), number: 0)
        }
        let access = AccessRegister(
            database: database, surroundings: surroundings, numbers: numbers, units: units,
            isDemonstration: kind == .demonstration,
            passwordCost: PasswordHash.Cost(logN: 4, r: 8, p: 1) ?? .standard)
        let register = PopulationRegister(
            database: database, surroundings: surroundings, numbers: numbers, kind: kind,
            units: units, seal: LookSeal(publicKey: try LookSeal.publicKey(of: WebFixture.unsealing)),
            reactions: [CardReaction(surroundings: surroundings, numbers: numbers)])
        let sequencer = Sequencer(database: database, keys: signing, surroundings: surroundings)
        let batch = try await importSheets(into: register)
        try await sequencer.integrate()
        let authorities = KnownAuthorities()
        let server = try WebServer(
            register: register, access: access,
            cards: CardRegister(population: register, numbers: numbers, matcher: EverybodyMatches()),
            cardAuthorities: { authorities.trust },
            identity: identity, sequencer: sequencer, localOperator: .everybody,
            keys: signing.mapValues(\.verificationKey),
            host: "127.0.0.1", port: 8080)
        return WebFixture(
            register: register, server: server, sequencer: sequencer, batch: batch, authorities: authorities,
            clock: clock)
    }

    /// The server where somebody else is the local operator.
    func server(admitting localOperator: LocalOperatorRule) throws -> WebServer {
        try WebServer(
            register: register, access: server.access, cards: server.cards, identity: server.identity,
            sequencer: sequencer, localOperator: localOperator, keys: server.keys, host: server.host,
            port: server.port)
    }

    private static let folders = Atomic<Int>(0)

    private static func importSheets(into register: PopulationRegister) async throws -> BatchSummary {
        let number = folders.add(1, ordering: .relaxed).newValue
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("dancu-web-\(ProcessInfo.processInfo.processIdentifier)-\(number)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("Phúc Xá 1.csv")
        try Data(WebSamples.sheets.utf8).write(to: file)
        return try await register.importBatch(path: file.path, by: LocalOperator.requester)
    }

    /// The private key of the seal in tests.
    static let unsealing = [UInt8](repeating: 9, count: 32)

    private static func startingClock() -> SharedCounter {
        let start = CalendarDate(iso: "2025-09-01")?.daysSinceEpoch ?? 0
        return SharedCounter(UInt64(start) * 86_400_000_000)
    }

    /// A clock that goes on by a millisecond every time it is read, and the same randomness in every run.
    private static func surroundings(_ clock: SharedCounter) -> Surroundings {
        let random = SharedCounter(1)
        return Surroundings(
            now: { Instant(microseconds: Int64(clock.add(1_000))) },
            random: { count in
                (0..<count).map { _ in
                    var value = random.add(0x9E37_79B9_7F4A_7C15)
                    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
                    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
                    return UInt8(truncatingIfNeeded: value >> 40)
                }
            })
    }

    // MARK: What tests look at

    /// How many looks are recorded.
    func looks() async throws -> Int {
        try await register.database.read { try $0.first("SELECT count(*) FROM look") { try $0.int(0) } ?? 0 }
    }

    /// The handles of the accepted persons in the order of the sheets.
    func persons() async throws -> [String] {
        try await register.rows(ofBatch: batch.batch, after: 0, by: LocalOperator.requester).compactMap(\.person)
    }

    func household() async throws -> String {
        let rows = try await register.rows(ofBatch: batch.batch, after: 0, by: LocalOperator.requester)
        return rows.compactMap(\.household).first ?? ""
    }
}

/// The certificates that a server is given while it runs.
final class KnownAuthorities: Sendable {
    private let known = Mutex<TrustStore?>(nil)

    var trust: TrustStore? { known.withLock { $0 } }

    func set(_ trust: TrustStore) { known.withLock { $0 = trust } }
}

/// A number that several tasks count up.
private final class SharedCounter: Sendable {
    private let value: Mutex<UInt64>

    init(_ start: UInt64) { value = Mutex(start) }

    func add(_ step: UInt64) -> UInt64 {
        value.withLock {
            $0 &+= step
            return $0
        }
    }
}

/// An answer, read.
struct WebAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) ?? .null }
    var code: String? { json["code"]?.text }
    /// Where a redirect leads; empty where it is none.
    var location: String { headers[.location] ?? "" }
}

extension TestClientProtocol {
    func get(_ path: String, headers: HTTPFields = [:]) async throws -> WebAnswer {
        try await ask(.get, path, headers: headers, body: nil)
    }

    /// Posts a body as JSON, whatever it is.
    func post(_ path: String, _ body: String, type: String? = "application/json") async throws -> WebAnswer {
        var headers = HTTPFields()
        headers[.contentType] = type
        return try await ask(.post, path, headers: headers, body: ByteBuffer(string: body))
    }

    private func ask(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: ByteBuffer?
    ) async throws -> WebAnswer {
        let response = try await executeRequest(uri: path, method: method, headers: headers, body: body)
        return WebAnswer(
            status: response.status.code, headers: response.headers, bytes: Array(response.body.readableBytesView))
    }
}

/// Says of any two fingers that they are one.
private struct EverybodyMatches: FingerMatcher {
    func verify(_ probe: FingerPrint, against reference: FingerPrint) async throws -> Bool { true }
}
