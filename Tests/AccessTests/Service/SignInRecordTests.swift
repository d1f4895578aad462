import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Sign-ins on record")
struct SignInRecordTests {
    @Test("Signing in and out, and what ends sessions, is on record", arguments: TestStore.engines)
    func sessions(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let access = stage.access
            let first = try await access.signInForDemonstration(
                account: "can-bo-xa", agent: "a", address: "192.0.2.77")
            let again = try await access.signInForDemonstration(
                account: "can-bo-xa", agent: "a", address: "192.0.2.77", replacing: first.secret.text)
            await #expect(throws: SignInRefusal.sessionEnded) {
                try await access.admission(secret: first.secret.text, agent: "a")
            }
            stage.fixture.advance(seconds: 1)
            let elsewhere = try await access.signInForDemonstration(
                account: "can-bo-xa", agent: "b", address: "2001:db8:1:2::3")
            let places = try await access.sessions(of: first.session.officer.id).map(\.place)
            #expect(places == ["192.0.2.0/24", "2001:db8:1::/48"])
            try await access.endOthers(than: again.session, address: "192.0.2.77")
            await #expect(throws: SignInRefusal.sessionEnded) {
                try await access.admission(secret: elsewhere.secret.text, agent: "b")
            }
            try await access.signOut(again.session, address: "192.0.2.77")
            try await access.signOut(again.session, address: "192.0.2.77")
            #expect(
                try await stage.record(of: first.session.officer.id) == [
                    "signed_in demonstration", "ended demonstration replaced", "signed_in demonstration",
                    "signed_in demonstration", "ended demonstration by_owner", "signed_out demonstration",
                ])
        }
    }

    @Test("Somebody else's session is not ended", arguments: TestStore.engines)
    func others(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let mine = try await stage.session()
            let other = try await stage.access.signInForDemonstration(account: "phe-duyet", agent: "b")
            try await stage.access.endOthers(than: mine, only: other.session.key, address: "-")
            let admitted = try await stage.access.admission(secret: other.secret.text, agent: "b")
            #expect(admitted.session.officer.account == "phe-duyet")
        }
    }

    @Test("A refusal names the officer when there is one, and never what was typed", arguments: TestStore.engines)
    func refusals(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            for account in ["can-bo-xa", "khong-co-ai"] {
                await #expect(throws: SignInRefusal.wrong) {
                    try await stage.access.signIn(
                        account: account, password: "một mật khẩu sai", code: "123456", agent: "a",
                        address: "192.0.2.77")
                }
            }
            let officer = try #require(try await stage.access.officer(account: "can-bo-xa")).officer
            #expect(try await stage.record(of: officer.id) == ["refused password_and_code sign_in_wrong"])
            let rows = try await stage.fixture.database.read { connection in
                try connection.rows("SELECT officer_id, reason, place FROM sign_in_entry ORDER BY entry_id") { row in
                    "\(try row.int64OrNull(0) == nil ? "nobody" : "somebody") \(try row.text(1)) \(try row.text(2))"
                }
            }
            #expect(rows == ["somebody sign_in_wrong 192.0.2.0/24", "nobody sign_in_wrong 192.0.2.0/24"])
        }
    }

    @Test("A try during a pause is not looked at and leaves no entry", arguments: TestStore.engines)
    func pauses(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            for _ in 0..<9 {
                _ = try await PasskeyStage.code {
                    _ = try await stage.access.signIn(
                        account: "can-bo-xa", password: "một mật khẩu sai", code: "1", agent: "a", address: "192.0.2.1")
                }
            }
            let officer = try #require(try await stage.access.officer(account: "can-bo-xa")).officer
            #expect(try await stage.record(of: officer.id).count == 5)
        }
    }

    @Test("Entries are neither changed nor deleted until their two years are over", arguments: TestStore.engines)
    func appendOnly(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let session = try await stage.session()
            let database = stage.fixture.database
            let now = stage.fixture.now.microseconds
            for statement in [
                "UPDATE sign_in_entry SET event = 'refused', reason = 'x'", "DELETE FROM sign_in_entry",
                "INSERT INTO sign_in_retention (cut_at, made_at) VALUES (\(now + 1), \(now + 2))",
            ] {
                await #expect(throws: DatabaseError.self) {
                    try await database.write { try $0.execute(statement) }
                }
            }
            stage.fixture.advance(seconds: 729 * 86_400)
            try await stage.grant()
            _ = try await stage.session()
            #expect(try await stage.record(of: session.officer.id).count == 2)
            stage.fixture.advance(seconds: 2 * 86_400)
            _ = try await stage.session()
            #expect(try await stage.record(of: session.officer.id).count == 2, "the first one is over")
        }
    }

    @Test(
        "Of an address only its network is kept",
        arguments: [
            ("192.0.2.77", "192.0.2.0/24"), ("::ffff:192.0.2.77", "192.0.2.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
            ("2001:DB8::1", "2001:db8::/48"), ("::1", "::/48"), ("fe80::1%eth0", "fe80::/48"), ("-", "-"), ("", "-"),
            ("1.2.3", "-"), ("1.2.3.4.5", "-"), ("999.1.1.1", "-"), ("a:<b>", "-"),
        ])
    func truncates(address: String, place: String) {
        #expect(NetworkPlace.truncated(address) == place)
    }
}

extension PasskeyStage {
    /// The demonstration's grants end after two months; this gives them anew.
    fileprivate func grant() async throws {
        try await access.prepareDemonstration(around: AccessFixture.commune, by: AccessFixture.boss)
    }
}
