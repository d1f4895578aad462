import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Roles that a second person gives and takes")
struct RoleChangeTests {
    private static func requester(_ account: String, _ role: Role, in office: String = "bo") -> Requester {
        Requester(
            actor: Actor(account: account, role: role.rawValue, office: office), role: role, jurisdiction: .nation,
            ground: .duty(.operation))
    }

    /// The demonstration's administrator and ministry operator, who approves.
    private static let administrator = requester("quan-tri", .systemAdministrator)
    private static let operator2 = requester("can-bo-bo", .ministryOperator)
    private static let commune = "xa-\(AccessFixture.commune.code)"

    private static func asked(_ fixture: AccessFixture, for account: String = "kiem-toan") async throws -> RoleChange {
        try await fixture.access.ask(
            toGive: .approver, in: commune, to: account,
            until: Instant(microseconds: fixture.now.microseconds + 30 * 86_400_000_000), by: administrator)
    }

    @Test("What one asks and another approves is given, with both names in the act", arguments: TestStore.engines)
    func gives(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let change = try await RoleChangeTests.asked(fixture)
            #expect(try await access.officer(account: "kiem-toan")?.grants.count == 1, "nothing is given yet")
            #expect(try await access.roleChanges(waitingFor: RoleChangeTests.operator2) == [change])
            #expect(try await access.roleChanges(waitingFor: RoleChangeTests.administrator) == [])
            try await access.decide(roleChange: change.id, .accept, by: RoleChangeTests.operator2)
            let entry = try #require(try await access.officer(account: "kiem-toan"))
            #expect(entry.grants.map(\.role) == [.readOnlyAuditor, .approver])
            let basis = try await fixture.database.read { connection in
                try connection.rows(
                    "SELECT account, legal_basis FROM act WHERE legal_basis LIKE '%phê duyệt:%'"
                ) { try ($0.text(0), $0.text(1)) }
            }
            #expect(basis.first?.0 == "quan-tri")
            #expect(basis.first?.1.hasSuffix("phê duyệt: can-bo-bo, ministry_operator, bo") == true)
            await #expect(throws: ApprovalRefusal.alreadyDecided) {
                try await access.decide(roleChange: change.id, .accept, by: RoleChangeTests.operator2)
            }
            #expect(try await access.officer(account: "kiem-toan")?.grants.count == 2)
        }
    }

    @Test("A role is taken by two, or the reason of the rejection is kept", arguments: TestStore.engines)
    func takes(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let held = try #require(try await access.officer(account: "phe-duyet")?.grants.first)
            let first = try await access.ask(
                toTake: held.id, of: "phe-duyet", reason: "chuyển công tác", by: RoleChangeTests.administrator)
            await #expect(throws: ApprovalRefusal.reasonMissing) {
                try await access.decide(
                    roleChange: first.id, .reject(reason: " "), by: RoleChangeTests.operator2)
            }
            try await access.decide(
                roleChange: first.id, .reject(reason: "chưa có người thay"), by: RoleChangeTests.operator2)
            let kept = try await access.officer(account: "phe-duyet")?.grants
            #expect(kept == [held])
            let told = try await access.roleChanges(askedBy: RoleChangeTests.administrator)
            #expect(told.map(\.decision?.rejection) == ["chưa có người thay"])
            let second = try await access.ask(
                toTake: held.id, of: "phe-duyet", reason: "chuyển công tác", by: RoleChangeTests.administrator)
            try await access.decide(roleChange: second.id, .accept, by: RoleChangeTests.operator2)
            #expect(try await access.officer(account: "phe-duyet")?.grants.first?.revoked == fixture.now)
        }
    }

    @Test("Neither whoever asked nor whose role it is decides, nor who does not approve", arguments: TestStore.engines)
    func secondPerson(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let change = try await RoleChangeTests.asked(fixture, for: "can-bo-bo")
            let refused: [(Requester, AccessRefusal)] = [
                (RoleChangeTests.requester("quan-tri", .ministryOperator), .samePerson),
                (RoleChangeTests.operator2, .ownAccount),
                (RoleChangeTests.requester("kiem-toan", .readOnlyAuditor), .secondMayNotApprove),
                (RoleChangeTests.requester("phe-duyet", .approver, in: RoleChangeTests.commune), .secondMayNotApprove),
            ]
            for (requester, refusal) in refused {
                await #expect(throws: refusal) {
                    try await access.decide(roleChange: change.id, .accept, by: requester)
                }
                #expect(try await access.roleChanges(waitingFor: requester) == [])
            }
            // The database refuses by itself what the program would let pass.
            for account in ["quan-tri", "can-bo-bo"] {
                await #expect(throws: (any Error).self) {
                    try await fixture.database.write { connection in
                        try RoleChangeStore().decide(
                            change,
                            .init(
                                actor: Actor(account: account, role: "approver", office: "bo"), decided: fixture.now,
                                rejection: nil), on: connection)
                    }
                }
            }
        }
    }

    @Test("It lapses after its days, and with the role of whoever asked", arguments: TestStore.engines)
    func lapses(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let change = try await RoleChangeTests.asked(fixture)
            let held = try #require(try await access.officer(account: "quan-tri")?.grants.first)
            try await access.revoke(held.id, of: "quan-tri", reason: "thôi việc", by: AccessFixture.boss)
            await #expect(throws: ApprovalRefusal.askerGone) {
                try await access.decide(roleChange: change.id, .accept, by: RoleChangeTests.operator2)
            }
            fixture.advance(seconds: Int64(Approval.days) * 86_400)
            await #expect(throws: ApprovalRefusal.expired) {
                try await access.decide(roleChange: change.id, .accept, by: RoleChangeTests.operator2)
            }
            #expect(try await access.roleChanges(waitingFor: RoleChangeTests.operator2) == [])
            #expect(try await access.officer(account: "kiem-toan")?.grants.count == 1)
        }
    }

    @Test("An account is made with the role that is asked for, or not at all", arguments: TestStore.engines)
    func enrols(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let far = Instant(microseconds: fixture.now.microseconds + 400 * 86_400_000_000)
            await #expect(throws: AdministrationRefusal.grantTooLong) {
                _ = try await access.enrol(
                    account: "lan.nt", name: "Lan", askingFor: .approver, in: "bo", until: far,
                    by: RoleChangeTests.administrator)
            }
            let nobody = try await access.officer(account: "lan.nt")
            #expect(nobody?.officer == nil)
            let until = Instant(microseconds: fixture.now.microseconds + 86_400_000_000)
            let change = try await access.enrol(
                account: "lan.nt", name: "Lan", askingFor: .approver, in: "bo", until: until,
                by: RoleChangeTests.administrator)
            #expect(change.holder == "lan.nt")
            // Until it is decided the account is the ministry's, and no province gives it a link.
            let province = Requester(
                actor: Actor(account: "qt", role: "system_administrator", office: "tinh-01"),
                role: .systemAdministrator, jurisdiction: .places(of: AccessFixture.commune, [AccessFixture.commune]),
                ground: .duty(.operation))
            await #expect(throws: AccessRefusal.officeNotYours) {
                _ = try await access.issueEnrolment(for: "lan.nt", by: province)
            }
            #expect(try await access.officer(account: "lan.nt")?.grants == [])
        }
    }
}
