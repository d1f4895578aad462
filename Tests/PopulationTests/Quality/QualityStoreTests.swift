import Access
import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Population

@Suite("Quality of a register that is counted by hand")
struct QualityStoreTests {
    /// What a share is, written as its two counts.
    private func shares(_ figures: QualityFigures) -> [String] {
        QualityMeasure.allCases.filter { $0 != .coverage }.map { measure in
            let share = figures.share(of: measure)
            return "\(measure.vietnamese) \(share.part)/\(share.whole)"
        }
    }

    @Test(
        "a batch that was only collected: complete and clean in part, correct and alive not at all",
        arguments: TestStore.engines)
    func collected(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let nation = try await fixture.report()
            #expect(nation.figures.tally.persons == 4)
            #expect(nation.rule.mandatory.count == 13)
            #expect(shares(nation.figures) == ["đúng 0/40", "đủ 40/52", "sạch 3/4", "sống 0/4"])
            #expect(nation.figures.tally.neverVerified == 4)
            #expect(nation.figures.tally.medianDays == nil)
            // In 2021: 41 and 38, 11, and 66 years by the year of birth.
            #expect(nation.figures.tally.ages == [.from40: 1, .from25: 1, .under14: 1, .from60: 1])
            let counts = nation.fields.map { "\($0.field.rawValue) \($0.filled)" }
            #expect(counts.contains("sex 3") && counts.contains("religion 3") && counts.contains("marital_status 3"))
            #expect(counts.contains("place_of_origin 0") && counts.contains("parents_spouse_representative 3"))
            #expect(nation.fields.count == 13)
        }
    }

    @Test(
        "both sets: old units by their own code, a split one at its usual successor, said aloud",
        arguments: TestStore.engines)
    func sets(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let before = try await fixture.report(nil, QualityFixture.old)
            #expect(shares(before.figures) == ["đúng 0/40", "đủ 40/52", "sạch 3/4", "sống 0/4"])
            let phucXa = try await fixture.report("00001", QualityFixture.old)
            #expect(shares(phucXa.figures) == ["đúng 0/31", "đủ 31/39", "sạch 3/3", "sống 0/3"])
            #expect(phucXa.figures.tally.ambiguous == 0)
            let district = try await fixture.report("001", QualityFixture.old)
            #expect(district.figures.tally.persons == 4)
            #expect(district.children.map(\.figures.tally.persons) == [3, 1])
            let hongHa = try await fixture.report("00097")
            #expect(shares(hongHa.figures) == ["đúng 0/31", "đủ 31/39", "sạch 3/3", "sống 0/3"])
            let baDinh = try await fixture.report("00004")
            #expect(shares(baDinh.figures) == ["đúng 0/9", "đủ 9/13", "sạch 0/1", "sống 0/1"])
            #expect(baDinh.figures.tally.ambiguous == 1)
            let province = try await fixture.report("01")
            #expect(province.figures.tally.persons == 4 && province.figures.tally.ambiguous == 1)
            #expect(province.children.map(\.figures.tally.persons) == [1, 3, 0])
            #expect(province.office.vietnamese == "Công an thành phố Hà Nội")
            fixture.set("2025-09-01T03:00:00Z")
            #expect(try await fixture.report("00001", QualityFixture.old).office.vietnamese == "Công an phường Hồng Hà")
        }
    }

    @Test("acts from a source verify, close findings, and take the dead out", arguments: TestStore.engines)
    func acts(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let rows = try await fixture.load()
            try await QualityStoreTests.actsOfJanuary(rows, fixture)
            fixture.set("2021-02-01T03:00:00Z")
            let now = try await fixture.report()
            // Bình 11, Hoa 11, Hà 10 with her sex; verified are Bình's place and Hà's sex.
            #expect(shares(now.figures) == ["đúng 2/32", "đủ 32/39", "sạch 3/3", "sống 2/3"])
            // 17 and 62 days: the lower of two in the middle.
            #expect(now.figures.tally.medianDays == 17)
            #expect(now.figures.tally.neverVerified == 1)
            #expect(try await fixture.register.rebuild(writing: false).isClean)

            fixture.set("2023-01-15T03:00:00Z")
            #expect(
                try await fixture.report().figures.share(of: .alive) == Share(1, of: 3), "730 days are young, 775 not")
            fixture.set("2023-01-16T03:00:00Z")
            #expect(try await fixture.report().figures.share(of: .alive) == Share(0, of: 3))

            // The list of 2023 has 16 groups; the number counts now, and relation and members are two.
            fixture.set("2024-07-01T03:00:00Z")
            let later = try await fixture.report()
            #expect(later.rule.mandatory.count == 16)
            #expect(later.figures.share(of: .complete) == Share(13 + 12 + 11, of: 48))
        }
    }

    /// Hà's sex is corrected, Bình has moved, An has died.
    private static func actsOfJanuary(_ rows: [String?], _ fixture: QualityFixture) async throws {
        let handles = rows.map { $0 ?? "" }
        fixture.set("2021-01-20T03:00:00Z")
        try await fixture.record(
            #"""
            {"kind": "details_corrected", "effective": "2021-01-15", "persons": ["\#(handles[3])"],
             "content": {"details": {"sex": "Nữ"}}}
            """#)
        try await fixture.record(
            #"""
            {"kind": "moved", "effective": "2020-12-01", "persons": ["\#(handles[0])"],
             "content": {"address": "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"}}
            """#)
        try await fixture.record(
            #"{"kind": "died", "effective": "2021-01-18", "persons": ["\#(handles[2])"], "content": {}}"#)
    }

    @Test("numbers that are given in a run are verified, and show nothing of a life", arguments: TestStore.engines)
    func numbers(engine: Engine) async throws {
        try await QualityFixture.with(engine, at: "2024-08-01T03:00:00Z") { fixture in
            let rows = try await fixture.load()
            let place = "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"
            try await fixture.record(
                #"""
                {"kind": "details_corrected", "effective": "2024-07-01", "persons": ["\#(rows[2] ?? "")"],
                 "content": {"details": {"birth_registration_place": "\#(place)"}}}
                """#)
            let before = try await fixture.report()
            let run = try await fixture.register.runNumbers(
                in: UnitCode("00001", QualityFixture.old), by: LocalOperator.requester)
            #expect(run.given.count == 1)
            let after = try await fixture.report()
            #expect(after.figures.tally.filled == before.figures.tally.filled + 1)
            #expect(after.figures.tally.verified == before.figures.tally.verified + 1)
            #expect(after.figures.tally.alive == before.figures.tally.alive)
            #expect(try await fixture.register.rebuild(writing: false).isClean)
        }
    }

    @Test("a duplicate found by a later batch stands against the earlier record", arguments: TestStore.engines)
    func duplicates(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            #expect(try await fixture.report("00097").figures.tally.violating == 0)
            let again =
                "7,H9,Chủ hộ,Trần Văn Bình,12/05/1980,Nam,A,Đã kết hôn,Kinh,Việt Nam,Không,,005080000111,"
                + "\(QualityFixture.home),\(QualityFixture.home),,,,,15/10/2020,"
            try await fixture.load(QualityFixture.head + "\n" + again + "\n", name: "second")
            let report = try await fixture.report("00097")
            #expect(report.figures.tally.persons == 3)
            #expect(report.figures.tally.violating == 1)
            #expect(try await fixture.register.rebuild(writing: false).isClean)
        }
    }

    @Test("a measure that was changed by hand is found and put right", arguments: TestStore.engines)
    func rebuilds(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let good = try await fixture.report()
            try await fixture.register.database.write { connection in
                try connection.execute(
                    "UPDATE person_measure SET marks = 0 WHERE person_id = (SELECT min(person_id) FROM person_measure)")
                try connection.execute(
                    "DELETE FROM person_measure WHERE person_id = (SELECT max(person_id) FROM person_measure)")
                try connection.execute("INSERT INTO person_measure (person_id, unit, marks) VALUES (77, 5, 0)")
            }
            let check = try await fixture.register.rebuild(writing: false)
            #expect(Set(check.differences.map(\.what)) == [.different, .missing, .surplus])
            #expect(check.differences.allSatisfy { $0.place.hasPrefix("person_measure ") })
            _ = try await fixture.register.rebuild(writing: true)
            #expect(try await fixture.register.rebuild(writing: false).isClean)
            let mended = try await fixture.report()
            #expect(mended.figures == good.figures)
        }
    }

    @Test(
        "an empty register and a unit without people have no shares, and say nothing wrong",
        arguments: TestStore.engines)
    func empty(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let nation = try await fixture.report()
            #expect(nation.figures.tally == QualityTally())
            for measure in QualityMeasure.allCases { #expect(nation.figures.share(of: measure).value == nil) }
            try await fixture.load()
            let ngocHa = try await fixture.report("00118")
            for measure in QualityMeasure.allCases { #expect(ngocHa.figures.share(of: measure).perMillion == nil) }
            let list = try await fixture.register.worklist(
                of: QualityScope(unit: UnitCode("00118", QualityFixture.new)), by: LocalOperator.requester)
            #expect(list.items.isEmpty && list.receipt == nil)
            await #expect(throws: QualityRefusal.unitUnknown) { try await fixture.report("99999") }
            await #expect(throws: QualityRefusal.setUnknown) { try await fixture.report(nil, UnitSet(rawValue: "no")) }
        }
    }

    // MARK: Duplicates

    @Test(
        "who stands in a pair of the queue counts once against clean, until the pair is told apart",
        arguments: TestStore.engines)
    func waiting(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let rows = try await fixture.load()
            let register = fixture.register
            // Somebody against whom nothing stands, and Hà, of the other commune, against whom something does.
            let handles = try [rows[0], rows[3]].map { try #require($0.flatMap { Handle(parsing: $0) }) }
            try await register.database.write { connection in
                let persons = try handles.map {
                    try #require(try PersonStore().person(handle: $0, on: connection)).state
                }.sorted { $0.person < $1.person }
                let codes = persons.map { $0.permanentResidence?.address.unit?.code == "00001" ? "00097" : "00004" }
                func pair(_ left: Int64, _ right: Int64, isDrawn: Bool) -> DuplicatePair {
                    DuplicatePair(
                        left: left, right: right, perMillion: 900_000, harm: 1,
                        units: codes.map { UnitCode($0, QualityFixture.new) }, facts: [1], pattern: 7,
                        isDrawn: isDrawn, evidence: [])
                }
                // A pair that was drawn below the threshold is none that is told.
                let other = try #require(rows[1].flatMap { Handle(parsing: $0) })
                let third = try #require(try PersonStore().person(handle: other, on: connection)).state.person
                let drawn = [persons[0].person, third].sorted()
                try DuplicateStore().replace(
                    with: [
                        pair(persons[0].person, persons[1].person, isDrawn: false),
                        pair(drawn[0], drawn[1], isDrawn: true),
                    ], among: [], on: connection)
            }
            func clean(_ code: String? = nil) async throws -> String {
                shares(try await fixture.report(code).figures)[2]
            }
            #expect(try await clean() == "sạch 2/4")
            #expect(try await clean("00097") == "sạch 2/3")
            #expect(try await clean("00004") == "sạch 0/1")
            #expect(try await clean("01") == "sạch 2/4")
            _ = try await register.decide(
                duplicate: handles[0], handles[1], .different, reason: "hai người", by: LocalOperator.requester)
            #expect(try await clean() == "sạch 3/4")
            #expect(try await clean("00097") == "sạch 3/3")
        }
    }

    // MARK: Worklist

    @Test(
        "the worklist names the largest gain first, is a look, and is empty when nothing is to gain",
        arguments: TestStore.engines)
    func worklist(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let rows = try await fixture.load()
            let looks = try await fixture.looks()
            let list = try await fixture.register.worklist(
                of: QualityScope(unit: UnitCode("01", QualityFixture.new)), limit: 3, by: LocalOperator.requester)
            #expect(list.whole == 4)
            #expect(list.items.count == 3)
            // Hà: 4 missing and 13 unverified of 13, an open finding, never seen.
            #expect(list.items[0].handle == rows[3])
            #expect(list.items[0].gain.perMillion == 17 * 1_000_000 / 13 + 2_000_000)
            #expect(list.items[0].correct.map(\.code) == [.missingSex])
            #expect(list.items[0].collect.contains(.sex) && !list.items[0].collect.contains(.birthName))
            #expect(list.items[1].handle == rows[2])
            #expect(list.items[1].verify.contains(.birthName) && !list.items[1].verify.contains(.religion))
            #expect(list.items.map(\.gain) == list.items.map(\.gain).sorted(by: >))
            #expect(try await fixture.looks() == looks + 1)
            let named = try await fixture.register.database.read { connection in
                try connection.first(
                    "SELECT count(*) FROM look_person WHERE look_id = ?", [.integer(list.receipt ?? 0)]
                ) { try $0.int(0) }
            }
            #expect(named == 3, "the look names those whom the list names")
        }
    }
}
