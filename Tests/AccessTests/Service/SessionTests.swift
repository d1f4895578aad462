import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Sessions of officers")
struct SessionTests {
    private static let agent = "Browser/1.0"

    private static func refusal(
        _ fixture: AccessFixture, _ secret: String, agent: String = SessionTests.agent
    ) async throws -> SignInRefusal? {
        do {
            _ = try await fixture.access.admission(secret: secret, agent: agent)
            return nil
        } catch let refusal as SignInRefusal {
            return refusal
        }
    }

    @Test("An officer who has signed in is admitted with role, office and places", arguments: TestStore.engines)
    func admits(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let started = try await fixture.access.signInForDemonstration(
                account: "can-bo-xa", agent: SessionTests.agent)
            let admission = try await fixture.access.admission(
                secret: started.secret.text, agent: SessionTests.agent)
            #expect(admission.session.officer.account == "can-bo-xa")
            #expect(admission.session.grant.role == .communeOfficer)
            #expect(admission.office.code == "xa-00004")
            let old = UnitCode("00013", .untilJune2025)
            #expect(admission.jurisdiction.includes(anyOf: [old]), "a former ward of the commune")
            let other = UnitCode("24283", .untilJune2025)
            #expect(!admission.jurisdiction.includes(anyOf: [other]))
            #expect(admission.jurisdiction.includes(anyOf: [other, AccessFixture.commune]))
        }
    }

    @Test("An officer with two roles goes on in the other one; it lasts no longer", arguments: TestStore.engines)
    func changesRole(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            let until = Instant(microseconds: fixture.now.microseconds + 30 * 86_400_000_000)
            let started = try await access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            #expect(try await !access.admission(secret: started.secret.text, agent: SessionTests.agent).hasOtherRoles)
            try await access.grant(.approver, in: "xa-00004", to: "can-bo-xa", until: until, by: AccessFixture.boss)
            #expect(try await access.admission(secret: started.secret.text, agent: SessionTests.agent).hasOtherRoles)
            let roles = try await access.roles(of: started.session.officer.id)
            #expect(Set(roles.map(\.grant.role)) == [.communeOfficer, .approver])
            fixture.advance(seconds: 11 * 60)
            let foreign = try await access.officer(account: "phe-duyet")?.grants.first?.id ?? 0
            await #expect(throws: SignInRefusal.noRole) {
                try await access.changeRole(to: foreign, in: started.session, agent: SessionTests.agent, address: "-")
            }
            let grant = try #require(roles.first { $0.grant.role == .approver }?.grant)
            let next = try await access.changeRole(
                to: grant.id, in: started.session, agent: SessionTests.agent, address: "-")
            let admission = try await access.admission(secret: next.secret.text, agent: SessionTests.agent)
            #expect(admission.session.grant.role == .approver)
            #expect(
                admission.session.started == started.session.started && !admission.session.isRecent(at: fixture.now))
            #expect(admission.session.formToken != started.session.formToken)
            #expect(try await SessionTests.refusal(fixture, started.secret.text) == .sessionEnded)
            await #expect(throws: SignInRefusal.sessionEnded) {
                try await access.changeRole(to: grant.id, in: started.session, agent: SessionTests.agent, address: "-")
            }
            let entries = try await access.signIns(of: started.session.officer.id)
            #expect(entries.contains { $0.reason == "role_changed" })
        }
    }

    @Test("Province and ministry see what lies in them", arguments: TestStore.engines)
    func levels(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            func jurisdiction(_ account: String) async throws -> Jurisdiction {
                let started = try await fixture.access.signInForDemonstration(account: account, agent: "a")
                return try await fixture.access.admission(secret: started.secret.text, agent: "a").jurisdiction
            }
            let hanoi = UnitCode("00001", .untilJune2025)
            let elsewhere = UnitCode("24283", .untilJune2025)
            let province = try await jurisdiction("kiem-tra-tinh")
            #expect(province.includes(anyOf: [hanoi]))
            #expect(!province.includes(anyOf: [elsewhere]))
            #expect(try await jurisdiction("can-bo-bo") == .nation)
        }
    }

    @Test("A revoked grant is refused from the next request on", arguments: TestStore.engines)
    func revokedGrant(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let started = try await fixture.access.signInForDemonstration(
                account: "phe-duyet", agent: SessionTests.agent)
            #expect(try await SessionTests.refusal(fixture, started.secret.text) == nil)
            try await fixture.access.revoke(
                started.session.grant.id, of: "phe-duyet", reason: "chuyển công tác", by: AccessFixture.boss)
            #expect(try await SessionTests.refusal(fixture, started.secret.text) == .noRole)
            let changes = try await fixture.changes(of: started.session.officer.id)
            #expect(
                changes.last
                    == .grantRevoked(
                        account: "phe-duyet", role: "approver", office: "xa-00004", reason: "chuyển công tác"))
        }
    }

    @Test(
        "A disabled officer, and an office that is closed, are refused from the next request on",
        arguments: TestStore.engines)
    func disabled(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            try await fixture.access.setDisabled(true, "can-bo-xa", reason: "mất thiết bị", by: AccessFixture.boss)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == .sessionEnded)
            await #expect(throws: SignInRefusal.noRole) {
                try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            }
            try await fixture.access.setDisabled(false, "can-bo-xa", reason: "đã thay", by: AccessFixture.boss)
            let two = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            #expect(try await SessionTests.refusal(fixture, two.secret.text) == nil)
            try await fixture.access.closeOffice(
                "xa-00004", until: fixture.now.dayInVietnam, by: AccessFixture.boss)
            #expect(try await SessionTests.refusal(fixture, two.secret.text) == .noRole)
        }
    }

    @Test("A session ends when it rests, when it is old, and with its grant", arguments: TestStore.engines)
    func ends(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            fixture.advance(seconds: 29 * 60)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == nil)
            fixture.advance(seconds: 29 * 60)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == nil, "the request before counts as use")
            fixture.advance(seconds: 30 * 60)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == .sessionEnded)
            let two = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            for _ in 0..<35 {
                fixture.advance(seconds: 20 * 60)
                #expect(try await SessionTests.refusal(fixture, two.secret.text) == nil)
            }
            fixture.advance(seconds: 20 * 60)
            #expect(try await SessionTests.refusal(fixture, two.secret.text) == .sessionEnded, "twelve hours")
        }
    }

    @Test("A clock that was set back ends no other's day and prolongs nothing", arguments: TestStore.engines)
    func clockMovedBack(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            fixture.advance(seconds: -3_600)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == .sessionEnded)
        }
    }

    @Test("A stolen cookie in another browser ends the session", arguments: TestStore.engines)
    func otherAgent(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            #expect(try await SessionTests.refusal(fixture, one.secret.text, agent: "Other/2") == .sessionEnded)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == .sessionEnded)
        }
    }

    @Test("What is no secret admits nobody", arguments: ["", "00", String(repeating: "0", count: 64), "dancu' OR 1=1"])
    func wrongSecrets(text: String) async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            let refusal = try await SessionTests.refusal(fixture, text)
            #expect(refusal != nil)
        }
    }

    @Test("One session more than there may be ends the oldest", arguments: TestStore.engines)
    func most(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            var started: [StartedSession] = []
            for _ in 0...Session.most {
                fixture.advance(seconds: 1)
                started.append(
                    try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent))
            }
            #expect(try await SessionTests.refusal(fixture, started[0].secret.text) == .sessionEnded)
            for one in started.dropFirst() { #expect(try await SessionTests.refusal(fixture, one.secret.text) == nil) }
            #expect(try await fixture.access.sessions(of: started[0].session.officer.id).count == Session.most)
            #expect(Set(started.map(\.secret.text)).count == started.count)
        }
    }

    @Test("An officer ends a session of their own", arguments: TestStore.engines)
    func endsByHand(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            try await fixture.access.endSession(one.session.key, reason: "đăng xuất", by: one.session.actor)
            #expect(try await SessionTests.refusal(fixture, one.secret.text) == .sessionEnded)
        }
    }

    @Test("The database keeps no secret of a session", arguments: TestStore.engines)
    func keepsNoSecret(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let one = try await fixture.access.signInForDemonstration(account: "can-bo-xa", agent: SessionTests.agent)
            let keys = try await fixture.database.read {
                try $0.rows("SELECT session_key FROM session") { try $0.blob(0) }
            }
            #expect(keys == [one.session.key.bytes])
            #expect(keys != [one.secret.bytes])
        }
    }
}
