import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Access

@Suite("Counting what may be guessing")
struct GuessTests {
    private static func requester(_ account: String, _ role: Role = .communeOfficer) -> Requester {
        Requester(
            actor: Actor(account: account, role: role.rawValue, office: "xa-00004"), role: role, jurisdiction: .nobody,
            ground: .duty(.counter))
    }

    /// Whether the account is refused now; counts one of that kind when it is not.
    private static func isRefused(
        _ kind: GuessKind, _ account: String, _ role: Role = .communeOfficer, in fixture: AccessFixture
    ) async throws -> Bool {
        let watch = GuessWatch(surroundings: fixture.access.surroundings)
        let requester = requester(account, role)
        return try await fixture.database.write { connection in
            if try watch.refusal(of: requester, on: connection) == .lookUpsPaused { return true }
            try watch.count(kind, of: requester, on: connection)
            return false
        }
    }

    private static let reviewer = requester("bao-ve-du-lieu", .dataProtectionOfficer)

    @Test("the limit refuses the account alone, and for the rest of the hour", arguments: TestStore.engines)
    func limits(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            for kind in GuessKind.allCases {
                let account = "can-bo-\(kind.most)"
                for _ in 0..<kind.most {
                    #expect(try await !GuessTests.isRefused(kind, account, in: fixture))
                    fixture.advance(seconds: 10)
                }
                #expect(try await GuessTests.isRefused(kind, account, in: fixture))
                #expect(try await !GuessTests.isRefused(kind, "can-bo-khac", in: fixture), "another account")
                fixture.advance(seconds: 3_600 - Int64(kind.most) * 10 - 1)
                #expect(try await GuessTests.isRefused(kind, account, in: fixture))
                fixture.advance(seconds: 1)
                #expect(try await !GuessTests.isRefused(kind, account, in: fixture), "the hour is over")
            }
            let alarms = try await fixture.access.openAlarms()
            #expect(alarms == GuessKind.allCases.count)
        }
    }

    @Test("misses that are spread out raise nothing, and a clock set back makes no pause longer")
    func spread() async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            for _ in 0..<100 {
                #expect(try await !GuessTests.isRefused(.misses, "can-bo-xa", in: fixture))
                fixture.advance(seconds: 240)
            }
            #expect(try await fixture.access.openAlarms() == 0)
            for _ in 0..<GuessKind.misses.most {
                _ = try await GuessTests.isRefused(.misses, "can-bo-xa", in: fixture)
            }
            #expect(try await GuessTests.isRefused(.misses, "can-bo-xa", in: fixture))
            fixture.advance(seconds: -86_400)
            #expect(try await !GuessTests.isRefused(.misses, "can-bo-xa", in: fixture))
        }
    }

    @Test("the local operator is not counted, and a system may name as many exactly as it has births")
    func exceptions() async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            for _ in 0...GuessKind.exactNames.most {
                #expect(try await !GuessTests.isRefused(.misses, "local", .localOperator, in: fixture))
                #expect(try await !GuessTests.isRefused(.exactNames, "ho-tich", .civilStatusSystem, in: fixture))
            }
            let alarms = try await fixture.access.openAlarms()
            #expect(alarms == 0)
        }
    }

    @Test("one alarm an hour, which tells how many there were and is answered once", arguments: TestStore.engines)
    func alarms(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            let access = fixture.access
            for _ in 0..<(GuessKind.misses.most + 7) {
                _ = try await GuessTests.isRefused(.misses, "can-bo-xa", in: fixture)
            }
            let alarm = try #require(try await access.alarms(by: GuessTests.reviewer).open.lines.first)
            #expect(try await access.openAlarms() == 1)
            #expect(alarm.actor == GuessTests.requester("can-bo-xa").actor && alarm.kind == .misses)
            #expect(alarm.tries == GuessKind.misses.most + 7)
            await #expect(throws: AlarmRefusal.noteMissing) {
                try await access.answer(alarm: alarm.id, note: " ", by: GuessTests.reviewer)
            }
            await #expect(throws: AlarmRefusal.noteMissing) {
                try await access.answer(
                    alarm: alarm.id, note: String(repeating: "a", count: Alarm.longestNote + 1),
                    by: GuessTests.reviewer)
            }
            await #expect(throws: AlarmRefusal.own) {
                try await access.answer(
                    alarm: alarm.id, note: "ổn", by: GuessTests.requester("can-bo-xa", .dataProtectionOfficer))
            }
            await #expect(throws: AlarmRefusal.unknown) {
                try await access.answer(alarm: 1, note: "ổn", by: GuessTests.reviewer)
            }
            try await access.answer(alarm: alarm.id, note: "đã hỏi  người đó", by: GuessTests.reviewer)
            await #expect(throws: AlarmRefusal.answered) {
                try await access.answer(alarm: alarm.id, note: "ổn", by: GuessTests.reviewer)
            }
            let after = try await access.alarms(by: GuessTests.reviewer)
            #expect(after.open.lines == [] && after.answered.first?.answer?.note == "đã hỏi người đó")
            let officer = try #require(try await access.officer(account: "can-bo-xa"))
            #expect(
                try await fixture.changes(of: officer.officer.id).last
                    == .alarmAnswered(
                        account: "can-bo-xa", alarm: String(alarm.id), kind: "misses", note: "đã hỏi người đó"))
        }
    }

    @Test("nobody but the data-protection officer sees or answers alarms")
    func roles() async throws {
        try await AccessFixture.with(.sqlite) { fixture in
            for role in Role.allCases where ![.dataProtectionOfficer, .localOperator].contains(role) {
                let other = GuessTests.requester("ai-do", role)
                await #expect(throws: AccessRefusal.roleMayNotDo) { try await fixture.access.alarms(by: other) }
                await #expect(throws: AccessRefusal.roleMayNotDo) {
                    try await fixture.access.answer(alarm: 1, note: "ổn", by: other)
                }
            }
        }
    }

    @Test("the database itself keeps alarms, answers once, and never by whom it is about", arguments: TestStore.engines)
    func structure(engine: Engine) async throws {
        try await AccessFixture.with(engine) { fixture in
            for _ in 0..<GuessKind.misses.most {
                _ = try await GuessTests.isRefused(.misses, "can-bo-xa", in: fixture)
            }
            let alarm = try #require(try await fixture.access.alarms(by: GuessTests.reviewer).open.lines.first)
            for statement in ["DELETE FROM alarm", "UPDATE alarm SET account = 'x'"] {
                await #expect(throws: DatabaseError.self) {
                    try await fixture.database.write { try $0.execute(statement, []) }
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await fixture.database.write { connection in
                    let own = Alarm.Answer(actor: alarm.actor, answered: fixture.now, note: "ổn")
                    try GuessStore().answer(alarm, own, on: connection)
                }
            }
        }
    }
}
