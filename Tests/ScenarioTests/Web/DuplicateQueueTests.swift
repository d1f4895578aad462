import Access
import Civil
import Database
import HTTPTypes
import Ledger
import TestStores
import Testing

@testable import Population
@testable import Web

/// Officers work through pairs of records that may be one person's.
@Suite("The queue of possible duplicates")
struct DuplicateQueueTests {
    /// Puts pairs of the sheets' people into the queue, as a sweep would; their handles.
    static func fill(_ stage: ApprovalStage, _ pairs: [(Int, Int)]) async throws -> [[String]] {
        let persons = try await stage.fixture.persons()
        let register = stage.fixture.register
        return try await register.database.write { connection in
            var found: [DuplicatePair] = []
            var handles: [[String]] = []
            for (one, other) in pairs {
                let ids = try [persons[one], persons[other]].map { text in
                    let handle = try #require(Handle(parsing: text))
                    return (try #require(try PersonStore().person(handle: handle, on: connection)).state.person, text)
                }.sorted { $0.0 < $1.0 }
                found.append(
                    DuplicatePair(
                        left: ids[0].0, right: ids[1].0, perMillion: 900_000, harm: 2,
                        units: [ApprovalStage.home, ApprovalStage.home], facts: [1, 2, 3], pattern: 77,
                        evidence: [
                            DuplicateEvidence(
                                feature: "date", vietnamese: "đổi chỗ ngày và tháng", english: "day and month swapped",
                                bits: 7.5)
                        ]))
                handles.append(ids.map(\.1))
            }
            try DuplicateStore().replace(with: found, among: [], on: connection)
            return handles
        }
    }

    @Test("asked by one, merged by another; the pair goes when it is asked", arguments: TestStore.engines)
    func merged(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let pair = try await DuplicateQueueTests.fill(stage, [(0, 2)])[0]
            let desk = try await stage.signedIn("phe-duyet")
            #expect(try await desk.page("/work").text.contains("href=\"/duplicates\""))
            let list = try await desk.page("/duplicates").text
            let path = "/duplicates/\(pair[0])/\(pair[1])"
            #expect(list.contains(path) && list.contains("đổi chỗ ngày và tháng"))
            let looks = try await stage.fixture.looks()
            let page = try await desk.page(path)
            #expect(page.status == 200 && page.text.contains("Trần Văn Bình"), "\(page.text)")
            #expect(try await stage.fixture.looks() == looks + 2)

            #expect(try await desk.post(path, ["verdict": "same-\(pair[0])", "reason": ""]).status == 422)
            #expect(try await desk.post(path, ["verdict": "same", "reason": "một"]).status == 422)
            let asked = try await desk.post(path, ["verdict": "same-\(pair[0])", "reason": "một giấy khai sinh"])
            #expect(asked.status == 303, "\(asked.text)")
            let approval = asked.headers[.location] ?? ""
            #expect(approval.hasPrefix("/approvals/"))
            #expect(try await !desk.page("/duplicates").text.contains(path))
            #expect(try await desk.post(path, ["verdict": "different", "reason": "thôi"]).status == 404)

            let id = try #require(Int64(approval.dropFirst("/approvals/".count)))
            let second = try await stage.requester("phe-duyet-2")
            _ = try await stage.fixture.register.decide(id, .accept, by: second)
            let officer = try await stage.requester("phe-duyet")
            #expect(try await stage.fixture.register.duplicates(by: officer).listings.isEmpty)
            let gone = try #require(Handle(parsing: pair[1]))
            let answer = try await stage.fixture.register.look(at: .handle(gone), by: officer)
            #expect(answer?.state.mergedInto != nil)
        }
    }

    @Test("a merge that is rejected waits again; told apart, it does not", arguments: TestStore.engines)
    func rejected(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let pair = try await DuplicateQueueTests.fill(stage, [(0, 2)])[0].compactMap { Handle(parsing: $0) }
            let (first, second) = (try await stage.requester("phe-duyet"), try await stage.requester("phe-duyet-2"))
            let outcome = try await register.decide(
                duplicate: pair[0], pair[1], .same, remains: pair[0], reason: "một người", by: first)
            guard case .asked(let approval) = outcome else {
                Issue.record("nobody was asked")
                return
            }
            #expect(try await register.duplicateCount(for: first) == 0)
            _ = try await register.decide(approval.id, .reject(reason: "hai người"), by: second)
            #expect(try await register.duplicateCount(for: first) == 1)

            let officer = try await stage.requester("can-bo-xa")
            _ = try await register.decide(duplicate: pair[0], pair[1], .unclear, reason: "chưa gặp", by: first)
            #expect(try await register.duplicates(by: officer).listings.map(\.isUnclear) == [true])
            // A commune's officer may tell apart, but not ask for a merge.
            await #expect(throws: RecordingRefusal.access(.roleMayNotRecord)) {
                try await register.decide(
                    duplicate: pair[0], pair[1], .same, remains: pair[1], reason: "một người", by: officer)
            }
            _ = try await register.decide(duplicate: pair[0], pair[1], .different, reason: "hai anh em", by: officer)
            #expect(try await register.duplicateCount(for: first) == 0)
            await #expect(throws: DuplicateRefusal.unknown) {
                try await register.duplicate(pair[0], pair[1], by: first)
            }
        }
    }

    @Test("a page of pairs goes on behind the last one, though that was decided", arguments: TestStore.engines)
    func pages(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let pairs = try await DuplicateQueueTests.fill(stage, [(0, 1), (0, 2), (1, 2)])
            let officer = try await stage.requester("phe-duyet")
            let all = try await register.duplicates(by: officer)
            #expect(Set(all.listings.map(\.handles)) == Set(pairs) && all.next == nil)
            var paged: [[String]] = []
            var place: ListPlace?
            repeat {
                let page = try await register.duplicates(after: place, limit: 1, by: officer)
                let pair = try #require(page.listings.first).handles.compactMap { Handle(parsing: $0) }
                paged.append(pair.map(\.text))
                place = page.next.flatMap { ListPlace(text: $0.text, of: DuplicateQueue.placeCount) }
                #expect((place == nil) == (page.next == nil))
                _ = try await register.decide(
                    duplicate: pair[0], pair[1], .different, reason: "hai người", by: officer)
            } while place != nil
            #expect(paged == all.listings.map(\.handles))
        }
    }

    @Test("pairs of other places are nobody's, and auditors do not review", arguments: TestStore.engines)
    func elsewhere(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let pair = try await DuplicateQueueTests.fill(stage, [(0, 2)])[0].compactMap { Handle(parsing: $0) }
            let other = try await stage.requester("phe-duyet-khac")
            #expect(try await register.duplicates(by: other).listings.isEmpty)
            await #expect(throws: DuplicateRefusal.unknown) {
                try await register.duplicate(pair[0], pair[1], by: other)
            }
            await #expect(throws: DuplicateRefusal.unknown) {
                try await register.decide(duplicate: pair[0], pair[1], .different, reason: "a", by: other)
            }
            #expect(try await stage.signedIn("kiem-toan").page("/duplicates").status == 403)
            #expect(try await register.duplicateCount(for: try await stage.requester("kiem-toan")) == 0)
        }
    }

    @Test("alike pairs are told apart together, after a sample was opened", arguments: TestStore.engines)
    func together(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let pairs = try await DuplicateQueueTests.fill(stage, [(0, 1), (0, 2), (1, 2)])
            let desk = try await stage.signedIn("phe-duyet")
            var form = ["alike": "77", "verdict": "different", "reason": "ba người của một hộ"]
            for pair in pairs { form["pair-\(pair[0])-\(pair[1])"] = "1" }
            let early = try await desk.post("/duplicates", form)
            #expect(early.status == 422 && early.text.contains("Mở xem ít nhất 3"), "\(early.text)")
            for pair in pairs { #expect(try await desk.page("/duplicates/\(pair[0])/\(pair[1])").status == 200) }
            #expect(try await desk.post("/duplicates", form.merging(["verdict": "same"]) { $1 }).status == 422)
            #expect(try await desk.post("/duplicates", form.merging(["alike": "78"]) { $1 }).status == 422)
            #expect(try await desk.post("/duplicates", form).status == 303)
            #expect(try await desk.page("/duplicates").text.contains("Không có cặp nào") == false)
            #expect(
                try await stage.fixture.register.duplicateCount(for: try await stage.requester("phe-duyet")) == 0)
        }
    }

    @Test(
        "by day no server sweeps",
        arguments: [
            ("2026-03-01T17:59:59Z", false), ("2026-03-01T18:00:00Z", true), ("2026-03-01T21:59:59Z", true),
            ("2026-03-01T22:00:00Z", false), ("2026-03-02T05:00:00Z", false),
        ])
    func night(time: String, isNight: Bool) throws {
        #expect(NightlySweep.isNight(try #require(Instant(parsing: time))) == isNight)
    }

    @Test("a server sweeps once a day", arguments: TestStore.engines)
    func nightly(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            #expect(try await register.lastDuplicateSweep() == nil)
            let night = NightlySweep(register: register, logger: stage.fixture.server.logger)
            let today = register.surroundings.today
            #expect(await night.sweepIfNew(after: nil) == today)
            let first = try #require(try await register.lastDuplicateSweep())
            #expect(try await first.persons == stage.fixture.persons().count)
            // Of another process, or of this one a minute later.
            #expect(await night.sweepIfNew(after: nil) == today)
            #expect(await night.sweepIfNew(after: today) == today)
            let sweeps = try await register.database.read {
                try $0.first("SELECT count(*) FROM duplicate_sweep") { try $0.int(0) }
            }
            #expect(sweeps == 1)
        }
    }

    @Test("estimates count what waits and what officers found", arguments: TestStore.engines)
    func estimates(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let officer = try await stage.requester("phe-duyet")
            let pairs = try await DuplicateQueueTests.fill(stage, [(0, 2), (1, 2)])
            let before = try await register.duplicateEstimates(by: officer)
            #expect(before.units.map(\.unit) == [ApprovalStage.home])
            #expect(before.units.first?.pairs == 2)
            #expect(abs((before.units.first?.expected ?? 0) - 1.8) < 1e-9)
            #expect(before.strata.map(\.waiting) == [0, 0, 0, 2, 0] && before.precision == nil)
            let told = pairs[0].compactMap { Handle(parsing: $0) }
            _ = try await register.decide(duplicate: told[0], told[1], .different, reason: "hai anh em", by: officer)
            let after = try await register.duplicateEstimates(by: officer)
            #expect(after.units.first?.pairs == 1)
            #expect(after.strata[3].found == SampledShare(part: 0, whole: 1) && after.strata[3].told == 0.9)
            #expect(after.precision?.value == 0 && (after.precision?.bounds.upperBound ?? 0) > 0.7)
            let page = try await stage.signedIn("phe-duyet").page("/duplicates/estimates")
            #expect(page.status == 200 && page.text.contains("Phường Hồng Hà"), "\(page.text)")
            // Elsewhere there is nothing to be seen; whoever reviews nothing sees no sums either.
            let other = try await stage.requester("phe-duyet-khac")
            #expect(try await register.duplicateEstimates(by: other).units.isEmpty)
            #expect(try await stage.signedIn("kiem-toan").page("/duplicates/estimates").status == 403)
        }
    }

    @Test("Wilson's bounds")
    func bounds() {
        #expect(SampledShare(part: 0, whole: 0).bounds == 0...1)
        let half = SampledShare(part: 50, whole: 100).bounds
        #expect(abs(half.lowerBound - 0.4038) < 1e-3 && abs(half.upperBound - 0.5962) < 1e-3)
        let all = SampledShare(part: 20, whole: 20).bounds
        #expect(abs(all.lowerBound - 0.8389) < 1e-3 && all.upperBound > 0.999)
    }
}
