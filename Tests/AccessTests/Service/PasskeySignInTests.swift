import Civil
import Database
import Ledger
import TestAuthenticator
import TestStores
import Testing

@testable import Access

@Suite("Signing in with a passkey")
struct PasskeySignInTests {
    @Test("A key that was added in a session signs its officer in", arguments: TestStore.engines)
    func signsIn(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let session = try await stage.session()
            var device = try await stage.added(in: session, label: "  Khóa   màu xanh ")
            stage.fixture.advance(seconds: 5)
            let started = try await stage.signIn(try await stage.answer(&device))
            #expect(started.session.method == .passkey)
            #expect(started.session.officer.account == "can-bo-xa")
            let keys = try await stage.access.passkeys(of: session.officer.id)
            #expect(keys.map(\.label) == ["Khóa màu xanh"])
            #expect(keys.first?.used == stage.fixture.now)
            #expect(keys.first?.key.counter == 2)
            let changes = try await stage.fixture.changes(of: session.officer.id)
            #expect(changes.last == .passkeyAdded(account: "can-bo-xa", label: "Khóa màu xanh"))
        }
    }

    @Test("An answer works once, for the browser that asked, within five minutes", arguments: TestStore.engines)
    func once(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            var device = try await stage.added(in: try await stage.session())
            let answer = try await stage.answer(&device)
            #expect(try await stage.refusal(answer) == nil)
            #expect(try await stage.refusal(answer) == "passkey_challenge_wrong", "replayed")
            let other = try await stage.answer(&device)
            #expect(try await stage.refusal(other, agent: "Other/2") == "passkey_challenge_wrong")
            #expect(try await stage.refusal(other) == "passkey_challenge_wrong", "used up by the other browser")
            let late = try await stage.answer(&device)
            stage.fixture.advance(seconds: 300)
            #expect(try await stage.refusal(late) == "passkey_challenge_wrong")
            let invented = try device.sign(Array(repeating: 7, count: 32)).answer
            #expect(try await stage.refusal(invented) == "passkey_challenge_wrong")
        }
    }

    @Test("Of two answers to one challenge at the same time one signs in", arguments: TestStore.engines)
    func atOnce(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            var device = try await stage.added(in: try await stage.session())
            let answer = try await stage.answer(&device)
            let codes = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<4 { group.addTask { try await stage.refusal(answer) } }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.compactMap { $0 } == Array(repeating: "passkey_challenge_wrong", count: 3))
        }
    }

    @Test("A challenge for making a key signs nobody in, and the other way round", arguments: TestStore.engines)
    func purposes(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let session = try await stage.session()
            var device = try await stage.added(in: session)
            let making = try await stage.access.beginPasskey(in: session, at: stage.party, address: "192.0.2.1")
            #expect(try await stage.refusal(try device.sign(making.challenge).answer) == "passkey_challenge_wrong")
            let signing = try await stage.access.beginPasskeySignIn(
                at: stage.party, agent: PasskeyStage.agent, address: "192.0.2.1")
            let made = try device.register(signing.challenge).answer
            let code = try await PasskeyStage.code {
                try await stage.access.addPasskey(.init(answer: made), in: session, at: stage.party)
            }
            #expect(code == "passkey_challenge_wrong")
        }
    }

    @Test("Another site, an unverified user, another's key and a counter that went back are refused and on record")
    func lies() async throws {
        try await PasskeyStage.with(.sqlite) { stage in
            let session = try await stage.session()
            var device = try await stage.added(in: session)
            let other = try await stage.added(in: try await stage.session("phe-duyet"))
            #expect(try await stage.refusal(try await stage.answer(&device)) == nil)
            let lies: [(String, @Sendable (inout SoftAuthenticator) -> Void)] = [
                ("passkey_origin_wrong", { $0.origin = "https://dancu.example.org" }),
                ("passkey_user_not_verified", { $0.flags = 0b001 }),
                ("passkey_user_wrong", { [other] in $0.credential = other.credential }),
                ("passkey_user_wrong", { [other] in $0.user = other.user }),
                ("passkey_unknown", { $0.credential = Array(repeating: 1, count: 32) }),
                ("passkey_counter_went_back", { $0.counter = 1 }),
            ]
            for (code, lie) in lies {
                var copy = device
                lie(&copy)
                let refused = try await stage.refusal(try await stage.answer(&copy))
                #expect(refused == code)
            }
            let record = try await stage.record(of: session.officer.id)
            #expect(
                record == [
                    "signed_in demonstration", "signed_in passkey", "refused passkey passkey_origin_wrong",
                    "refused passkey passkey_user_not_verified", "refused passkey passkey_user_wrong",
                    "refused passkey passkey_counter_went_back",
                ])
        }
    }

    @Test("A disabled officer's key opens nothing; a removed key neither", arguments: TestStore.engines)
    func revoked(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let session = try await stage.session()
            var device = try await stage.added(in: session)
            var second = try await stage.added(in: session)
            let boss = AccessFixture.boss
            try await stage.access.setDisabled(true, "can-bo-xa", reason: "mất thiết bị", by: boss)
            #expect(try await stage.refusal(try await stage.answer(&device)) == "no_role")
            try await stage.access.setDisabled(false, "can-bo-xa", reason: "đã thay", by: boss)
            let keys = try await stage.access.passkeys(of: session.officer.id)
            let index = try #require(keys.map(\.key.credential).firstIndex(of: second.credential))
            try await stage.access.removePasskey(keys[index].id, in: session)
            #expect(try await stage.refusal(try await stage.answer(&second)) == "passkey_unknown")
            #expect(try await stage.refusal(try await stage.answer(&device)) == nil)
        }
    }

    @Test("Wrong answers from one address lead to pauses, right ones do not", arguments: TestStore.engines)
    func pauses(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            var device = try await stage.added(in: try await stage.session())
            var wrong = device
            wrong.origin = "https://dancu.example.org"
            for _ in 0..<25 { #expect(try await stage.refusal(try await stage.answer(&device)) == nil) }
            for _ in 0..<20 {
                #expect(try await stage.refusal(try await stage.answer(&wrong)) == "passkey_origin_wrong")
            }
            let right = try await stage.answer(&device)
            #expect(try await stage.refusal(right) == "sign_in_paused")
            stage.fixture.advance(seconds: 31)
            #expect(try await stage.refusal(right) == nil, "a pause uses no challenge up")
        }
    }

    @Test("One network has a limit of open challenges, which ends by itself")
    func challenges() async throws {
        try await PasskeyStage.with(.sqlite) { stage in
            func begin(_ address: String) async throws -> String? {
                try await PasskeyStage.code {
                    _ = try await stage.access.beginPasskeySignIn(at: stage.party, agent: "b", address: address)
                }
            }
            for number in 0..<AccessRegister.mostChallenges {
                #expect(try await begin("192.0.2.\(number % 256)") == nil)
            }
            #expect(try await begin("192.0.2.9") == "sign_in_paused")
            #expect(try await begin("198.51.100.9") == nil)
            stage.fixture.advance(seconds: 301)
            #expect(try await begin("192.0.2.9") == nil)
            let left = try await stage.fixture.database.read { connection in
                try connection.first("SELECT count(*) FROM passkey_challenge") { try $0.int(0) }
            }
            #expect(left == 1, "what has expired is gone")
        }
    }
}
