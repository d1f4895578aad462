import Access
import Chip
import Civil
import Database
import Foundation
import Ledger
import Population
import Synchronization
import TestStores
import Testing

@testable import Cards

/// A small register with its card system, officers of every desk, an issuer, and a clock that the test moves.
struct CardStage: Sendable {
    let population: PopulationRegister
    let cards: CardRegister
    let issuer: Issuer
    private let clock: Clock

    final class Clock: Sendable {
        private let time: Mutex<Int64>
        private let state = Mutex<UInt64>(7)

        init(_ start: Instant) { time = Mutex(start.microseconds) }

        /// Every question takes a microsecond, so that nothing happens at one time.
        func now() -> Instant {
            Instant(
                microseconds: time.withLock {
                    $0 += 1
                    return $0
                })
        }

        func advance(minutes: Int) { time.withLock { $0 += Int64(minutes) * 60_000_000 } }

        func random(_ count: Int) -> [UInt8] {
            state.withLock { state in
                (0..<count).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: state >> 33)
                }
            }
        }
    }

    static let start = "2026-11-30T02:00:00Z"

    static func with(
        _ engine: Engine, people: Int = 6, search: (Database) -> (any BiometricSearch)? = { _ in nil },
        _ body: @Sendable (CardStage) async throws -> Void
    ) async throws {
        try await TestStore.with(engine, migrated: CardSchema.registerMigrations) { database in
            let clock = Clock(try #require(Instant(parsing: start)))
            let surroundings = Surroundings(now: { clock.now() }, random: { clock.random($0) })
            let numbers = EntryNumbers(surroundings)
            let store = RegisterStore(acts: ActStore(surroundings: surroundings, numbers: numbers))
            let opening = try await database.write { connection in
                try store.create(
                    RegisterIdentity(id: "test", kind: .demonstration, created: surroundings.now(), logKey: ""),
                    origins: [.acts: "dancu/test/acts", .looks: "dancu/test/looks"],
                    unitFiles: [UnitFileBytes(name: "units.tsv", bytes: Array(units.utf8))], by: LocalOperator.actor,
                    on: connection)
                return try #require(try store.opening(on: connection))
            }
            let population = PopulationRegister(
                database: database, surroundings: surroundings, numbers: numbers, kind: .demonstration,
                units: opening.makeUnitsInForce(), seal: nil,
                reactions: [CardReaction(surroundings: surroundings, numbers: numbers)])
            let stage = CardStage(
                population: population,
                cards: CardRegister(population: population, numbers: numbers, search: search(database)),
                issuer: try Issuer(at: surroundings.now()), clock: clock)
            try await stage.load(people)
            try await body(stage)
        }
    }

    func advance(days: Int = 0, minutes: Int = 0) { clock.advance(minutes: days * 1_440 + minutes) }

    private static let units =
        [
            "# set: from-2025-07-01", "# valid-from: 2025-07-01", "# basis: danh mục thử",
            "level\tcode\tparent\tkind\tname\tlatitude\tlongitude\tarea_km2",
            "province\t01\t\tThành phố\tThành phố Hà Nội", "commune\t00004\t01\tPhường\tPhường Ba Đình",
        ].joined(separator: "\n") + "\n"

    // MARK: People

    /// Number `place`, from zero: born in 1980 and the years after, one each year.
    static func number(_ place: Int) -> String {
        let year = 1980 + place % 20
        let tail = String(100_000 + place)
        return "0050\(String(year).suffix(2))\(tail)"
    }

    func person(_ place: Int) throws -> PersonSelector {
        try #require(PersonSelector(parsing: CardStage.number(place)))
    }

    /// A child of eight and one of three, whose numbers these are; their father is person 0.
    static let child = "005218000001"
    static let infant = "005223000001"

    private func load(_ people: Int) async throws {
        let home = "\"Số 8, Phường Ba Đình, Thành phố Hà Nội\""
        let head =
            "stt,ma_ho,quan_he_chu_ho,ho_ten,ngay_sinh,gioi_tinh,dan_toc,quoc_tich,ton_giao,so_dinh_danh,thuong_tru,"
            + "noi_o_hien_tai,noi_dang_ky_khai_sinh,ho_ten_cha,ngay_thu_thap"
        let names = ["An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khoa", "Linh", "Minh", "Nam"]
        var rows = (0..<people).map { place in
            let name = "Nguyễn \(place % 7 == 3 ? "Thị" : "Văn") \(names[place % 10]) \(names[place / 10 % 10])"
            return "\(place + 1),H\(place),Chủ hộ,\(name),12/05/\(1980 + place % 20),Nam,Kinh,Việt Nam,Không,"
                + "\(CardStage.number(place)),\(home),\(home),\(home),,15/09/2026"
        }
        for (name, birth, number) in [
            ("Bảo", "01/02/2018", CardStage.child), ("Huy", "01/02/2023", CardStage.infant),
        ] {
            rows.append(
                "\(rows.count + 1),H0,Con,Nguyễn Gia \(name),\(birth),Nam,Kinh,Việt Nam,Không,\(number),\(home),"
                    + "\(home),\(home),Nguyễn Văn An An,15/09/2026")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dancu-cards-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("phieu.csv")
        try Data(([head] + rows).joined(separator: "\n").appending("\n").utf8).write(to: file)
        let summary = try await population.importBatch(path: file.path, by: LocalOperator.requester)
        try #require(summary.held == 0, "\(summary)")
    }

    /// Records what happened to somebody, as an officer writes it.
    func record(_ kind: String, of number: String, _ content: String) async throws {
        let json = #"{"kind":"\#(kind)","effective":"2026-11-29","persons":["\#(number)"],"content":{\#(content)}}"#
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
        _ = try await population.record(request, by: LocalOperator.requester)
    }

    func die(_ number: String) async throws {
        try await record("died", of: number, #""certificate":"1/2026""#)
    }

    func die(_ place: Int) async throws { try await die(CardStage.number(place)) }

    func handle(_ place: Int) async throws -> String {
        try #require(try await population.look(at: try person(place), by: LocalOperator.requester)).handle
    }

    /// One person stands twice: the first of them is a duplicate, or after all is none.
    func merge(_ duplicate: String, into other: String, undoing: Bool = false) async throws {
        let kind = undoing ? "unmerged" : "merged_with"
        let json = #"{"kind":"\#(kind)","content":{"duplicate":"\#(duplicate)","into":"\#(other)"}}"#
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
        _ = try await population.record(request, by: LocalOperator.requester)
    }

    /// Whoever was recorded as dead is not.
    func comeBack(_ place: Int, certificate: String = "1/2026") async throws {
        try await record("returned", of: CardStage.number(place), #""certificate":"\#(certificate)""#)
    }

    // MARK: Officers

    static let office = "xa-00004"

    static func officer(_ account: String, _ role: Role, _ office: String = office) -> Requester {
        Requester(
            actor: Actor(account: account, role: role.rawValue, office: office), role: role, jurisdiction: .nation,
            ground: .stated(.cardApplication))
    }

    static let counter = officer("quay", .communeOfficer)
    static let decider = officer("duyet", .approver)
    static let factory = officer("xuong", .cardProducer, "c06")
    static let keeper = officer("kho", .stockKeeper, "c06")
    static let witness = officer("kho-2", .stockKeeper, "c06")
    static let controller = officer("kiem-tra", .qualityController, "c06")
    static let ministry = officer("bo", .ministryOperator, "bo")
    static let auditor = officer("kiem-toan", .readOnlyAuditor, "c06")

    // MARK: Steps

    static let face = Capture.specimen(for: 5)
    static let capture = Capture.withoutFingers(.noDevice, portrait: face)

    func request(_ ground: CardGround = .first) -> CardRequest { CardRequest(ground: ground, pickup: CardStage.office) }

    /// The handle of an application that waits for a decision.
    func submitted(_ place: Int, _ ground: CardGround = .first) async throws -> String {
        try await cards.applyInOneSitting(
            for: try person(place), request(ground), CardStage.capture, by: CardStage.counter
        ).handle
    }

    /// An application that is approved and ordered.
    func ordered(_ place: Int, _ ground: CardGround = .first) async throws -> Card {
        let application = try await submitted(place, ground)
        try await cards.approve(application, by: CardStage.decider)
        return try await cards.order(application, by: CardStage.decider)
    }

    /// A site with blanks in its vault.
    func openFactory(blanks: Int = 20, series: String = "loat-1", first: String = "AA00000001") async throws {
        try await cards.open(ProductionSite(code: "hn", name: "Hà Nội", capacity: 100), by: CardStage.factory)
        try await cards.receiveBlanks(
            first: first, count: blanks, series: series, note: "PN-1", by: CardStage.keeper)
        _ = try await cards.vaultBlanks(limit: blanks, by: CardStage.keeper)
    }

    /// A running batch with what waits.
    func runningBatch(blanks: Int) async throws -> String {
        let batch = try await cards.openBatch(at: "hn", size: 100, by: CardStage.factory)
        try await cards.issueBlanks(blanks, to: batch.code, by: CardStage.keeper)
        return batch.code
    }

    /// Lets a machine make the next card of a batch; what quality control reads from it.
    func make(_ batch: String) async throws -> (ticket: WorkTicket, reading: QualityReading, chip: PersonalisedChip) {
        let ticket = try await cards.lease(of: batch, to: "may-1", by: CardStage.factory)
        let chip = try Personalisation.chip(for: ticket, by: issuer.signer, at: clock.now())
        try await cards.finish(ticket.job.id, chip.made, by: CardStage.factory)
        let printed = try Personalisation.printed(ticket.content)
        let files = try chip.read(of: ticket.content) { clock.random($0) }
        return (ticket, QualityReading(zone: printed.zone, code: printed.code, files: files), chip)
    }

    func check(_ card: String, _ reading: QualityReading) async throws -> Set<RejectCode> {
        try await cards.check(card, reading, trust: issuer.trust, by: CardStage.controller)
    }

    /// Packs, sends and receives everything that is ready.
    func send(_ count: Int) async throws {
        let parcel = try await cards.pack(at: "hn", for: CardStage.office, by: CardStage.factory)
        try await cards.dispatch(parcel.code, tracking: "VD 1", by: CardStage.factory)
        try await cards.receive(parcel.code, counted: count, by: CardStage.counter)
    }

    /// A card that waits at its office for its holder; the factory is open and has a blank left.
    func atOffice(_ place: Int, _ ground: CardGround = .first) async throws -> Card {
        let ordered = try await ordered(place, ground)
        let batch = try await runningBatch(blanks: 1)
        let (ticket, reading, _) = try await make(batch)
        #expect(try await check(ticket.card, reading) == [])
        _ = try await cards.closeBatch(batch, by: CardStage.factory)
        try await send(1)
        return ordered
    }

    /// A card in the hand of its holder; the factory is open and has a blank left.
    func held(_ place: Int, _ ground: CardGround = .first, oldCard: OldCard = .none) async throws -> Card {
        let ordered = try await atOffice(place, ground)
        try await cards.handOver(ordered.handle, check: .face, oldCard: oldCard, by: CardStage.counter)
        return try await card(ordered.handle)
    }

    func card(_ handle: String) async throws -> Card {
        try await cards.database.read { try #require(try CardStore().card(handle: handle, on: $0)) }
    }

    func count(_ sql: String) async throws -> Int {
        try await cards.database.read { try $0.first(sql) { try $0.int(0) } ?? 0 }
    }
}

/// An issuer with its certificates, at a fixed time.
struct Issuer: Sendable {
    let signer: DocumentSigner
    let trust: TrustStore

    init(at now: Instant) throws {
        let start = Instant(microseconds: now.microseconds - 60_000_000)
        func until(_ years: Int64) -> Instant {
            Instant(microseconds: now.microseconds + years * 31_557_600 * 1_000_000)
        }
        func content(_ name: String, _ serial: [UInt8], _ holds: Int64, _ signs: Int64) -> CertificateContent {
            CertificateContent(
                subject: DistinguishedName(country: "VN", organization: "Dân cư", commonName: name), serial: serial,
                validity: start...until(holds), signing: start...until(signs),
                listAddress: "http://crl.invalid/csca.crl", parameters: .named)
        }
        let root = try SoftwareSigner(secret: [UInt8](repeating: 7, count: 32))
        let authority = CertificateAuthority(
            signer: root, name: DistinguishedName(country: "VN", organization: "Dân cư", commonName: "CSCA bản mẫu"),
            country: "VNM")
        let certificate = try authority.certify(
            root.publicKey, as: .authority, content("CSCA bản mẫu", [1], 35, 5))
        let key = try SoftwareSigner(secret: [UInt8](repeating: 8, count: 32))
        let own = try authority.certify(key.publicKey, as: .documentSigner, content("DS 1", [2], 25, 1))
        signer = try #require(DocumentSigner(key: key, certificate: own))
        let list = try authority.revocationList(number: 1, revoked: [:], at: now, until: until(1))
        trust = TrustStore(authorities: [certificate], lists: [list])
    }
}
