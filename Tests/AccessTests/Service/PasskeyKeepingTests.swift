import Civil
import Database
import Ledger
import TestAuthenticator
import TestStores
import Testing

@testable import Access

@Suite("Keys of an officer")
struct PasskeyKeepingTests {
    private static func enrol(_ token: String, _ stage: PasskeyStage) async throws -> SoftAuthenticator {
        let options = try await stage.access.beginPasskeyEnrolment(
            token: token, at: stage.party, address: PasskeyStage.address)
        var device = try stage.device(for: options)
        let answer = try device.register(options.challenge).answer
        try await stage.access.enrolPasskey(token: token, .init(answer: answer), at: stage.party)
        return device
    }

    @Test("A link makes a key, once; the ways of before are gone and sessions end", arguments: TestStore.engines)
    func enrols(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            var old = try await stage.added(in: try await stage.session())
            let running = try await stage.signIn(try await stage.answer(&old))
            let token = try await stage.link()
            var device = try await PasskeyKeepingTests.enrol(token, stage)
            #expect(try await stage.refusal(try await stage.answer(&device)) == nil)
            #expect(try await stage.refusal(try await stage.answer(&old)) == "passkey_unknown")
            await #expect(throws: SignInRefusal.sessionEnded) {
                try await stage.access.admission(secret: running.secret.text, agent: PasskeyStage.agent)
            }
            await #expect(throws: EnrolmentLink.Refusal.used) {
                try await PasskeyKeepingTests.enrol(token, stage)
            }
        }
    }

    @Test("Two browsers with one link: one of them makes its key", arguments: TestStore.engines)
    func oneLink(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let token = try await stage.link()
            let codes = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await PasskeyStage.code { _ = try await PasskeyKeepingTests.enrol(token, stage) }
                    }
                }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(codes.filter { $0 == nil }.count == 1)
            #expect(codes.compactMap { $0 } == Array(repeating: "enrolment_link_used", count: 3))
            let officer = try #require(try await stage.access.officer(account: "can-bo-xa"))
            #expect(try await stage.access.passkeys(of: officer.officer.id).count == 1)
        }
    }

    @Test("A challenge of one link or session is nothing in another", arguments: TestStore.engines)
    func bound(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let mine = try await stage.link()
            let others = try await stage.link("phe-duyet")
            let options = try await stage.access.beginPasskeyEnrolment(
                token: mine, at: stage.party, address: PasskeyStage.address)
            var device = try stage.device(for: options)
            let answer = try device.register(options.challenge).answer
            let code = try await PasskeyStage.code {
                try await stage.access.enrolPasskey(token: others, .init(answer: answer), at: stage.party)
            }
            #expect(code == "passkey_challenge_wrong")
            let session = try await stage.session()
            let added = try await stage.access.beginPasskey(
                in: session, at: stage.party, address: PasskeyStage.address)
            let second = try device.register(added.challenge).answer
            let other = try await stage.session("phe-duyet")
            let refused = try await PasskeyStage.code {
                try await stage.access.addPasskey(.init(answer: second), in: other, at: stage.party)
            }
            #expect(refused == "passkey_challenge_wrong")
        }
    }

    @Test("One key belongs to one account, and all keys of an account have its name", arguments: TestStore.engines)
    func taken(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let session = try await stage.session()
            let device = try await stage.added(in: session)
            let again = try await stage.access.beginPasskey(
                in: session, at: stage.party, address: PasskeyStage.address)
            #expect(again.user == device.user)
            #expect(again.existing == [device.credential])
            let other = try await stage.session("phe-duyet")
            let options = try await stage.access.beginPasskey(
                in: other, at: stage.party, address: PasskeyStage.address)
            #expect(options.user != device.user)
            var copy = device
            let answer = try copy.register(options.challenge).answer
            let code = try await PasskeyStage.code {
                try await stage.access.addPasskey(.init(answer: answer), in: other, at: stage.party)
            }
            #expect(code == "passkey_taken")
        }
    }

    @Test(
        "Keys are named and removed by their owner alone, the last way to sign in never", arguments: TestStore.engines)
    func keeps(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let access = stage.access
            let session = try await stage.session()
            _ = try await stage.added(in: session)
            let key = try #require(try await access.passkeys(of: session.officer.id).first)
            let other = try await stage.session("phe-duyet")
            func code(_ body: () async throws -> Void) async throws -> String? { try await PasskeyStage.code(body) }
            let named = try await code { try await access.renamePasskey(key.id, to: "x", in: other) }
            let removed = try await code { try await access.removePasskey(key.id, in: other) }
            #expect(named == "passkey_gone")
            #expect(removed == "passkey_gone")
            for wrong in ["", "  ", String(repeating: "a", count: 41), "a\u{200B}b"] {
                let refused = try await code { try await access.renamePasskey(key.id, to: wrong, in: session) }
                #expect(refused == "passkey_label_malformed", "\(wrong)")
            }
            try await access.renamePasskey(key.id, to: "Máy ở quầy", in: session)
            #expect(try await access.passkeys(of: session.officer.id).map(\.label) == ["Máy ở quầy"])
            let last = try await code { try await access.removePasskey(key.id, in: session) }
            #expect(last == "last_way_to_sign_in")
            _ = try await stage.added(in: session)
            try await access.removePasskey(key.id, in: session)
            #expect(try await access.passkeys(of: session.officer.id).count == 1)
            let changes = try await stage.fixture.changes(of: session.officer.id)
            #expect(changes.last == .passkeyRemoved(account: "can-bo-xa", label: "Máy ở quầy"))
        }
    }

    @Test("Keys change only shortly after signing in, and there are at most ten", arguments: TestStore.engines)
    func limits(engine: Engine) async throws {
        try await PasskeyStage.with(engine) { stage in
            let session = try await stage.session()
            for _ in 0..<OwnPasskey.most { _ = try await stage.added(in: session) }
            let many = try await PasskeyStage.code { _ = try await stage.added(in: session) }
            #expect(many == "passkeys_too_many")
            let key = try #require(try await stage.access.passkeys(of: session.officer.id).first)
            stage.fixture.advance(seconds: 600)
            let late = try await PasskeyStage.code { _ = try await stage.added(in: session) }
            #expect(late == "sign_in_not_recent")
            let removing = try await PasskeyStage.code {
                try await stage.access.removePasskey(key.id, in: session)
            }
            #expect(removing == "sign_in_not_recent")
        }
    }
}
