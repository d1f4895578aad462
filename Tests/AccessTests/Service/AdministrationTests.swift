import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Offices, officers and grants")
struct AdministrationTests {
    private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    @Test("A reorganisation ends one period of an office and begins another", arguments: TestStore.engines)
    func periods(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let first = try AdministrationTests.day("2021-02-25")
            let change = try AdministrationTests.day("2025-07-01")
            let district = UnitCode("001", .untilJune2025)
            let office = Office(
                code: "huyen-001", name: "Công an Quận Ba Đình", level: .district, unit: district, since: first)
            try await access.open(office, by: AccessFixture.boss)
            await #expect(throws: AdministrationRefusal.officePeriodsOverlap) {
                try await access.open(
                    Office(code: "huyen-001", name: "Khác", level: .district, unit: district, since: change),
                    by: AccessFixture.boss)
            }
            try await access.closeOffice("huyen-001", until: change, by: AccessFixture.boss)
            await #expect(throws: AdministrationRefusal.officeUnknown) {
                try await access.closeOffice("huyen-001", until: change, by: AccessFixture.boss)
            }
            let periods = try await access.offices(all: true).filter { $0.code == "huyen-001" }
            #expect(periods.map(\.until) == [change])
            let before = try AdministrationTests.day("2025-06-30")
            #expect(periods[0].isInForce(on: before))
            #expect(!periods[0].isInForce(on: change))
        }
    }

    @Test("An office has a unit of its own level, and a code of its own")
    func refusesOffices() async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            let since = try AdministrationTests.day("2021-02-25")
            func refusal(_ code: String, _ name: String, _ level: OfficeLevel, _ unit: UnitCode?) async -> (any Error)?
            {
                do {
                    try await fixture.access.open(
                        Office(code: code, name: name, level: level, unit: unit, since: since), by: AccessFixture.boss)
                    return nil
                } catch {
                    return error
                }
            }
            let commune = AccessFixture.commune
            let province = UnitCode("01", .untilJune2025)
            let nowhere = UnitCode("99999", .untilJune2025)
            #expect(await refusal("X", "Tên", .commune, commune) as? AdministrationRefusal == .officeCodeMalformed)
            #expect(await refusal("xa ba", "Tên", .commune, commune) as? AdministrationRefusal == .officeCodeMalformed)
            #expect(await refusal("xa-1", "", .commune, commune) as? AdministrationRefusal == .nameMalformed)
            #expect(await refusal("xa-1", "Tên", .commune, province) as? AdministrationRefusal == .unitUnknown)
            #expect(await refusal("xa-1", "Tên", .commune, nil) as? AdministrationRefusal == .unitUnknown)
            #expect(await refusal("xa-1", "Tên", .commune, nowhere) as? AdministrationRefusal == .unitUnknown)
            #expect(await refusal("bo-2", "Tên", .ministry, commune) as? AdministrationRefusal == .unitUnknown)
            #expect(await refusal("dsq", "Đại sứ quán", .mission, nil) == nil)
        }
    }

    @Test("An account is a short name and no number; nobody takes another's", arguments: TestStore.engines)
    func accounts(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            for wrong in ["", "ab", "Lan", "lan nt", "005087000123", "lan_nt", String(repeating: "a", count: 41)] {
                await #expect(throws: AdministrationRefusal.accountMalformed) {
                    try await fixture.access.enrol(account: wrong, name: "Lan", by: AccessFixture.boss)
                }
            }
            try await fixture.access.enrol(account: "lan.nt", name: " Nguyễn   Thị Lan ", by: AccessFixture.boss)
            await #expect(throws: AdministrationRefusal.accountTaken) {
                try await fixture.access.enrol(account: "lan.nt", name: "Khác", by: AccessFixture.boss)
            }
            let entry = try await fixture.access.officer(account: "lan.nt")
            #expect(entry?.officer.name == "Nguyễn Thị Lan")
            #expect(entry?.grants.isEmpty == true)
        }
    }

    @Test("A grant ends by itself, at most a year away, in an office that works", arguments: TestStore.engines)
    func grants(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            try await access.enrol(account: "lan.nt", name: "Lan", by: AccessFixture.boss)
            let now = fixture.now.microseconds
            func until(days: Int64) -> Instant { Instant(microseconds: now + days * 86_400_000_000) }
            for wrong in [until(days: -1), until(days: 0), until(days: 367)] {
                await #expect(throws: AdministrationRefusal.grantTooLong) {
                    try await access.grant(.approver, in: "bo", to: "lan.nt", until: wrong, by: AccessFixture.boss)
                }
            }
            await #expect(throws: AdministrationRefusal.officeUnknown) {
                try await access.grant(
                    .approver, in: "xa-nao", to: "lan.nt", until: until(days: 1), by: AccessFixture.boss)
            }
            await #expect(throws: AdministrationRefusal.officerUnknown) {
                try await access.grant(
                    .approver, in: "bo", to: "lan.nt", until: until(days: 1), deputyFor: "lan.nt",
                    by: AccessFixture.boss)
            }
            let grant = try await access.grant(
                .approver, in: "bo", to: "lan.nt", until: until(days: 1), deputyFor: "phe-duyet",
                by: AccessFixture.boss)
            #expect(grant.isInForce(at: fixture.now))
            #expect(!grant.isInForce(at: until(days: 1)))
            let changes = try await fixture.changes(of: grant.officer)
            #expect(changes.count == 2)
        }
    }

    @Test(
        "The demonstration is prepared once, and is refused in a register of real people", arguments: TestStore.engines)
    func demonstration(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let before = try await fixture.access.officers().flatMap(\.grants).count
            try await fixture.access.prepareDemonstration(around: AccessFixture.commune, by: AccessFixture.boss)
            #expect(try await fixture.access.officers().flatMap(\.grants).count == before)
            #expect(before == DemonstrationOfficer.all.count)
            fixture.advance(seconds: 61 * 86_400)
            try await fixture.access.prepareDemonstration(around: AccessFixture.commune, by: AccessFixture.boss)
            #expect(try await fixture.access.officers().flatMap(\.grants).count == 2 * before, "grants that have ended")
            await #expect(throws: SignInRefusal.demonstrationOnly) {
                try await fixture.access.signInForDemonstration(account: "lan.nt", agent: "a")
            }
        }
    }

    @Test("Every change of a right is an act of the log, with its content", arguments: TestStore.engines)
    func isLogged(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let counts = try await fixture.database.read { connection in
                try connection.rows("SELECT count(*) FROM log_pending") { try $0.int(0) }
                    + connection.rows("SELECT count(*) FROM act WHERE kind = 'access_changed'") { try $0.int(0) }
            }
            #expect(counts[0] == counts[1])
            #expect(counts[1] == 3 + 2 * DemonstrationOfficer.all.count)
        }
    }
}
