import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Whose administration is refused")
struct AdministrationRightTests {
    private static let province = UnitCode("01", UnitSet(rawValue: "from-2025-07-01"))

    /// An administrator of the province's office, in whose places the demonstration's commune lies.
    private static func administrator(_ fixture: AccessFixture) -> Requester {
        let places: Set<UnitCode> = [province, AccessFixture.commune]
        return Requester(
            actor: Actor(account: "quan-tri-tinh", role: "system_administrator", office: "tinh-01"),
            role: .systemAdministrator, jurisdiction: .places(of: province, places), ground: .duty(.operation))
    }

    @Test(
        "An account of elsewhere is neither disabled nor given a link, nothing is written", arguments: TestStore.engines
    )
    func elsewhere(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let asking = AdministrationRightTests.administrator(fixture)
            let before = try await count(fixture)
            for account in ["can-bo-bo", "kiem-toan"] {
                await #expect(throws: AccessRefusal.officeNotYours) {
                    try await access.setDisabled(true, account, reason: "thử", by: asking)
                }
                await #expect(throws: AccessRefusal.officeNotYours) {
                    _ = try await access.issueEnrolment(for: account, by: asking)
                }
            }
            #expect(try await count(fixture) == before)
            try await access.setDisabled(true, "can-bo-xa", reason: "mất thiết bị", by: asking)
            let officer = try await access.officer(account: "can-bo-xa")?.officer
            #expect(officer?.disabled == fixture.now)
        }
    }

    @Test("A role is given and taken by two, and never by an officer at the counter", arguments: TestStore.engines)
    func roles(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let asking = AdministrationRightTests.administrator(fixture)
            let until = Instant(microseconds: fixture.now.microseconds + 86_400_000_000)
            let commune = "xa-\(AccessFixture.commune.code)"
            await #expect(throws: AccessRefusal.secondPersonNeeded) {
                try await access.grant(.approver, in: commune, to: "can-bo-xa", until: until, by: asking)
            }
            await #expect(throws: AccessRefusal.officeNotYours) {
                try await access.grant(.ministryOperator, in: "bo", to: "can-bo-xa", until: until, by: asking)
            }
            let held = try #require(try await access.officer(account: "can-bo-xa")?.grants.first)
            await #expect(throws: AccessRefusal.secondPersonNeeded) {
                try await access.revoke(held.id, of: "can-bo-xa", reason: "thôi việc", by: asking)
            }
            let counter = Requester(
                actor: Actor(account: "phe-duyet", role: "approver", office: commune), role: .approver,
                jurisdiction: .nation, ground: .duty(.counter))
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await access.grant(.approver, in: commune, to: "can-bo-xa", until: until, by: counter)
            }
            await #expect(throws: AccessRefusal.roleMayNotDo) {
                try await access.enrol(account: "lan.nt", name: "Lan", by: counter)
            }
            #expect(try await access.officer(account: "can-bo-xa")?.grants == [held])
        }
    }

    @Test("An administrator gives up their own role alone", arguments: TestStore.engines)
    func ownRole(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let asking = Requester(
                actor: Actor(account: "quan-tri", role: "system_administrator", office: "bo"),
                role: .systemAdministrator, jurisdiction: .nation, ground: .duty(.operation))
            await #expect(throws: AccessRefusal.ownAccount) {
                _ = try await access.issueEnrolment(for: "quan-tri", by: asking)
            }
            let held = try #require(try await access.officer(account: "quan-tri")?.grants.first)
            try await access.revoke(held.id, of: "quan-tri", reason: "chuyển công tác", by: asking)
            #expect(try await access.officer(account: "quan-tri")?.grants.first?.revoked == fixture.now)
        }
    }

    private func count(_ fixture: AccessFixture) async throws -> Int {
        try await fixture.database.read { try $0.first("SELECT count(*) FROM act") { try $0.int(0) } ?? 0 }
    }
}
