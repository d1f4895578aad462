import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Files of an office")
struct DossierServiceTests {
    private static func officer(
        _ account: String, _ role: Role = .communeOfficer, office: String = "xa-00004"
    ) -> Requester {
        Requester(
            actor: Actor(account: account, role: role.rawValue, office: office), role: role, jurisdiction: .nobody,
            ground: .duty(.counter))
    }

    private static let an = officer("can-bo-an")
    private static let binh = officer("phe-duyet-binh", .approver)
    private static let elsewhere = officer("can-bo-xa-khac", office: "xa-00118")

    private static func open(
        _ procedure: Procedure = .permanentResidence, by requester: Requester = an, in fixture: AccessFixture
    ) async throws -> Dossier {
        try await fixture.access.openDossier(
            DossierRequest(procedure: procedure, applicant: .named(" Lò  Thị Thử ")), by: requester)
    }

    private static func refusal(_ body: () async throws -> Void) async -> DossierRefusal? {
        do {
            try await body()
            return nil
        } catch let refusal as DossierRefusal { return refusal } catch {
            Issue.record(error)
            return nil
        }
    }

    @Test("The whole way of a file, every step on record", arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let opened = try await DossierServiceTests.open(in: fixture)
            #expect(opened.stage == .received && opened.officer == "can-bo-an" && opened.workingDays == 7)
            #expect(opened.applicant == .named("Lò Thị Thử"))
            var dossier = try await access.moveDossier(
                opened.code, to: .inWork, from: 1, by: DossierServiceTests.an)
            fixture.advance(seconds: 86_400)
            dossier = try await access.moveDossier(
                opened.code, to: .waiting, note: "thiếu giấy tờ chỗ ở", from: 2, by: DossierServiceTests.an)
            fixture.advance(seconds: 10 * 86_400)
            dossier = try await access.takeOverDossier(opened.code, from: 3, by: DossierServiceTests.binh)
            dossier = try await access.moveDossier(
                opened.code, to: .inWork, from: 4, by: DossierServiceTests.binh)
            dossier = try await access.moveDossier(
                opened.code, to: .returned, note: "xem lại số nhà", from: 5, by: DossierServiceTests.an)
            let counts = try await access.dossierCounts(by: DossierServiceTests.binh)
            #expect(counts.returned.count == 1 && counts.all.count == 1 && counts.overdue.count == 0)
            dossier = try await access.moveDossier(
                opened.code, to: .closed, from: 6, by: DossierServiceTests.binh)
            let read = try await access.dossier(opened.code, by: DossierServiceTests.an)
            #expect(read == dossier)
            #expect(
                read.steps.map(\.stage) == [.received, .inWork, .waiting, .waiting, .inWork, .returned, .closed])
            #expect(read.steps.map(\.actor.account).suffix(2) == ["can-bo-an", "phe-duyet-binh"])
            let left = try await access.dossiers(by: DossierServiceTests.an)
            #expect(left.page.lines.isEmpty && left.counts.all.count == 0)
        }
    }

    @Test("The list has the first due on top, and counts what is late", arguments: TestStore.engines)
    func queues(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let open = DossierServiceTests.open
            let noClock = try await open(.dataCollected, DossierServiceTests.an, fixture)
            let slow = try await open(.permanentResidence, DossierServiceTests.an, fixture)
            let quick = try await open(.temporaryResidence, DossierServiceTests.binh, fixture)
            _ = try await open(.permanentResidence, DossierServiceTests.elsewhere, fixture)
            fixture.advance(seconds: 7 * 86_400)
            let (page, counts) = try await fixture.access.dossiers(by: DossierServiceTests.an)
            let lines = page.lines
            #expect(lines.map(\.code) == [quick.code, slow.code, noClock.code])
            #expect(lines.map(\.due) == [quick.clock.due, slow.clock.due, nil])
            #expect(counts.mine.count == 2 && counts.all.count == 3 && counts.returned.count == 0)
            #expect(counts.overdue == DossierCounts.Queue(count: 1, oldestDue: quick.clock.due))
            for (queue, codes) in [
                (DossierQueue.mine, [slow.code, noClock.code]), (.overdue, [quick.code]), (.returned, []),
            ] {
                let page = try await fixture.access.dossiers(in: queue, by: DossierServiceTests.an).page
                #expect(page.lines.map(\.code) == codes && page.next == nil)
            }
        }
    }

    @Test("A page goes on behind the last one, whatever ended meanwhile", arguments: TestStore.engines)
    func pages(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            var opened: [DossierCode] = []
            for procedure in [Procedure.dataCollected, .permanentResidence, .permanentResidence, .dataCollected] {
                opened.append(
                    try await DossierServiceTests.open(
                        procedure, by: DossierServiceTests.an, in: fixture
                    ).code)
                fixture.advance(seconds: 1)
            }
            func page(after place: ListPlace?) async throws -> ListPage<DossierLine> {
                try await fixture.access.dossiers(after: place, limit: 2, by: DossierServiceTests.an).page
            }
            let first = try await page(after: nil)
            #expect(first.lines.map(\.code) == [opened[1], opened[2]])
            let place = try #require(first.next)
            #expect(ListPlace(text: place.text, of: 3) == place)
            _ = try await fixture.access.moveDossier(
                opened[2], to: .refused, note: "thiếu giấy tờ", from: 1, by: DossierServiceTests.an)
            let second = try await page(after: place)
            #expect(second.lines.map(\.code) == [opened[0], opened[3]] && second.next == nil)
        }
    }

    @Test("Another office, and a role without files, are told nothing", arguments: TestStore.engines)
    func others(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let dossier = try await DossierServiceTests.open(in: fixture)
            let unknown = DossierCode(random: [9, 9, 9, 9, 9, 9, 9])
            for code in [dossier.code, unknown] {
                let seen = await DossierServiceTests.refusal {
                    _ = try await fixture.access.dossier(code, by: DossierServiceTests.elsewhere)
                }
                let taken = await DossierServiceTests.refusal {
                    _ = try await fixture.access.takeOverDossier(code, from: 1, by: DossierServiceTests.elsewhere)
                }
                #expect(seen == .unknown && taken == .unknown)
            }
            let administrator = DossierServiceTests.officer("quan-tri", .systemAdministrator)
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await fixture.access.dossier(dossier.code, by: administrator)
            }
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await DossierServiceTests.open(by: administrator, in: fixture)
            }
        }
    }

    @Test("Of two who move a file at once, one wins", arguments: TestStore.engines)
    func race(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let dossier = try await DossierServiceTests.open(in: fixture)
            let results = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        await DossierServiceTests.refusal {
                            _ = try await fixture.access.takeOverDossier(
                                dossier.code, from: 1, by: DossierServiceTests.officer("can-bo-\(number)"))
                        } == nil
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(results.count { $0 } == 1)
            let stale = await DossierServiceTests.refusal {
                _ = try await fixture.access.moveDossier(
                    dossier.code, to: .refused, note: "thử", from: 1, by: DossierServiceTests.an)
            }
            #expect(stale == .hasChanged)
        }
    }

    @Test("A form opens one file, and an account has its limit", arguments: TestStore.engines)
    func limits(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let form = try #require(SentForm(key: SecretToken(random: Array(repeating: 3, count: 32)).text))
            let request = DossierRequest(procedure: .dataCorrected, applicant: .named("Lò Thị Thử"))
            _ = try await fixture.access.openDossier(request, form: form, by: DossierServiceTests.an)
            await #expect(throws: DatabaseError.self) {
                try await fixture.access.openDossier(request, form: form, by: DossierServiceTests.an)
            }
            for name in ["", "  ", "a\u{200B}", String(repeating: "a", count: 81)] {
                let refusal = await DossierServiceTests.refusal {
                    _ = try await fixture.access.openDossier(
                        DossierRequest(procedure: .dataCorrected, applicant: .named(name)),
                        by: DossierServiceTests.an)
                }
                #expect(refusal == .applicantMissing)
            }
            let counts = try await fixture.access.dossierCounts(by: DossierServiceTests.an)
            #expect(counts.all.count == 1)
            for _ in 1..<Dossier.mostOpen { _ = try await DossierServiceTests.open(in: fixture) }
            let refusal = await DossierServiceTests.refusal { _ = try await DossierServiceTests.open(in: fixture) }
            #expect(refusal == .tooManyOpen)
            _ = try await DossierServiceTests.open(by: DossierServiceTests.binh, in: fixture)
        }
    }

    @Test("A session works in the file it chose, until it leaves it or the file ends", arguments: TestStore.engines)
    func chosen(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let secret = try await access.signInForDemonstration(account: "can-bo-xa", agent: "a").secret.text
            func admission() async throws -> Admission {
                try await access.admission(secret: secret, agent: "a")
            }
            func ground() async throws -> Requester.Ground {
                try await admission().requester(for: .duty(.counter)).ground
            }
            let own = try await admission()
            let requester = own.requester(for: .duty(.counter))
            let dossier = try await DossierServiceTests.open(by: requester, in: fixture)
            #expect(try await ground() == .duty(.counter))
            _ = try await access.chooseDossier(dossier.code, in: own)
            #expect(try await ground() == dossier.ground)
            let stated = Requester.Ground.stated(.dataQuality)
            #expect(try await admission().requester(for: stated).ground == stated)
            let listed = try await access.sessions(of: own.session.officer.id)
            #expect(listed.map(\.agent) == ["a"])
            try await access.leaveDossier(own.session)
            #expect(try await ground() == .duty(.counter))

            let foreign = try await DossierServiceTests.open(by: DossierServiceTests.elsewhere, in: fixture)
            let unknown = await DossierServiceTests.refusal {
                _ = try await access.chooseDossier(foreign.code, in: own)
            }
            #expect(unknown == .unknown)

            _ = try await access.chooseDossier(dossier.code, in: own)
            _ = try await access.moveDossier(dossier.code, to: .refused, note: "thử", from: 1, by: requester)
            #expect(try await ground() == .duty(.counter))
            let ended = await DossierServiceTests.refusal { _ = try await access.chooseDossier(dossier.code, in: own) }
            #expect(ended == .ended)
        }
    }

    @Test("The database itself refuses to change a file or a step", arguments: TestStore.engines)
    func appendOnly(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let dossier = try await DossierServiceTests.open(in: fixture)
            for sql in [
                "UPDATE dossier SET office = 'xa-00118'", "DELETE FROM dossier_step",
                "UPDATE dossier_step SET account = 'khac'", "DELETE FROM dossier",
                "INSERT INTO dossier_step SELECT dossier_id, 2, 'refused', officer, account, role, office, 1, NULL "
                    + "FROM dossier_step",
                "INSERT INTO dossier_step SELECT dossier_id, 2, 'received', officer, account, role, office, 1, NULL "
                    + "FROM dossier_step",
            ] {
                await #expect(throws: DatabaseError.self, "\(sql)") {
                    try await fixture.database.write { try $0.execute(sql) }
                }
            }
            let read = try await fixture.access.dossier(dossier.code, by: DossierServiceTests.an)
            #expect(read == dossier)
        }
    }
}
