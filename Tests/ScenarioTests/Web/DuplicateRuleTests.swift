import Access
import Civil
import Database
import HTTPTypes
import Ledger
import TestStores
import Testing

@testable import Population
@testable import Web

/// Two people state from which probability on the register merges by itself.
@Suite("The rules of automatic merging")
struct DuplicateRuleTests {
    private func approver(_ account: String, _ jurisdiction: Jurisdiction = .nation) -> Requester {
        Requester(
            actor: Actor(account: account, role: Role.approver.rawValue, office: "bo"), role: .approver,
            jurisdiction: jurisdiction, ground: .duty(.dataQuality))
    }

    @Test("one asks, another agrees; the asker never does, and switching off takes one", arguments: TestStore.engines)
    func twoPeople(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let (first, second) = (approver("bo-1"), approver("bo-2"))
            #expect(try await register.duplicateRules(by: first).inForce == nil)
            let rule = try await register.stateDuplicateRule(threshold: 0.9995, reason: "thử", by: first)
            #expect(rule.needsSecondPerson && rule.perMillion == 999_500)
            #expect(try await register.duplicateRules(by: first).inForce == nil)
            await #expect(throws: AccessRefusal.samePerson) {
                try await register.decideDuplicateRule(rule.id, accept: true, by: first)
            }
            await #expect(throws: AccessRefusal.outsideJurisdiction) {
                try await register.decideDuplicateRule(
                    rule.id, accept: true, by: try await stage.requester("phe-duyet"))
            }
            // The database refuses the asker too.
            await #expect(throws: DatabaseError.self) {
                try await register.database.write {
                    try DuplicateRuleStore().insert(
                        DuplicateRule.Decision(
                            isAccepted: true, actor: first.actor, decided: register.surroundings.now()),
                        on: rule, connection: $0)
                }
            }
            try await register.decideDuplicateRule(rule.id, accept: true, by: second)
            #expect(try await register.duplicateRules(by: first).inForce?.id == rule.id)
            await #expect(throws: DuplicateRefusal.ruleUnknown) {
                try await register.decideDuplicateRule(rule.id, accept: false, by: second)
            }
            _ = try await register.stateDuplicateRule(threshold: nil, reason: "tắt", by: second)
            #expect(try await register.duplicateRules(by: first).inForce == nil)
        }
    }

    @Test("a commune's approver sees the rules and states none", arguments: TestStore.engines)
    func pages(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("phe-duyet")
            let page = try await desk.page("/duplicate-rules")
            #expect(page.status == 200 && page.text.contains("Không hợp nhất tự động"), "\(page.text)")
            #expect(!page.text.contains("name=\"threshold\""))
            let form = ["decision": "state", "threshold": "0,9995", "reason": "thử"]
            #expect(try await desk.post("/duplicate-rules", form).status == 403)
            #expect(
                try await desk.api(.post, "duplicate-rules", #"{"threshold": 0.9995, "reason": "thử"}"#).status == 403)
            #expect(try await stage.signedIn("kiem-toan").page("/duplicate-rules").status == 403)
        }
    }

    @Test("a merge that was undone counts against precision", arguments: TestStore.engines)
    func undone(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let pair = try await DuplicateQueueTests.fill(stage, [(0, 2), (1, 2)])[0]
            let (one, other) = try (#require(Handle(parsing: pair[0])), #require(Handle(parsing: pair[1])))
            let whole = LocalOperator.requester
            func found() async throws -> SampledShare? {
                try await register.duplicateEstimates(by: whole).strata[3].found
            }
            // Somebody with a number goes on.
            let father = try #require(Handle(parsing: stage.father))
            let remains = [one, other].contains(father) ? father : one
            _ = try await register.decide(duplicate: one, other, .same, remains: remains, reason: "một", by: whole)
            #expect(try await found() == SampledShare(part: 1, whole: 1))
            let gone = remains == one ? other : one
            _ = try await register.record(
                ActRequest(
                    kind: .unmerged,
                    content: .object(["duplicate": .string(gone.text), "into": .string(remains.text)])), by: whole)
            #expect(try await found() == SampledShare(part: 0, whole: 1))
            let estimates = try await register.duplicateEstimates(by: whole)
            #expect(estimates.units.first?.precision?.value == 0)
            #expect(estimates.recall == nil)
        }
    }

    @Test("recall is what was told of what there is, by those that were drawn")
    func recall() {
        func stratum(_ from: Double, _ waiting: Int, _ below: Int, _ part: Int, _ whole: Int) -> DuplicateStratum {
            DuplicateStratum(
                from: from, waiting: waiting, below: below, found: SampledShare(part: part, whole: whole), told: nil)
        }
        let at = Instant(microseconds: 1)
        let sweep = DuplicateSweep(
            started: at, finished: at, persons: 10, compared: 10, pairs: 100, keysRecall: 0.5, expectedPrecision: 1,
            expectedRecall: 1, below: 200)
        let estimates = DuplicateEstimates(
            units: [], strata: [stratum(0, 0, 200, 1, 10), stratum(0.9, 100, 0, 50, 50)], sweeps: [sweep])
        // 100 that wait and 50 that were merged are told; of 200 others a tenth is real; half of all is compared.
        let recall = estimates.recall
        #expect(abs((recall?.value ?? 0) - 0.5 * 150 / 170) < 1e-9)
        #expect(recall.map { $0.bounds.lowerBound < $0.value && $0.value < $0.bounds.upperBound } == true)
        let none = DuplicateEstimates(units: [], strata: [stratum(0, 0, 200, 0, 0)], sweeps: [sweep])
        #expect(none.recall == nil)
    }
}
