import Access
import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Population

@Suite("The daily series, coverage and targets")
struct QualitySeriesTests {
    @Test("a day is recorded once, and its day is that of Vietnam", arguments: TestStore.engines)
    func days(engine: Engine) async throws {
        try await QualityFixture.with(engine, at: "2021-02-01T16:59:59Z") { fixture in
            let rows = try await fixture.load()
            let first = try await fixture.register.recordQualityDay()
            #expect(first.day.description == "2021-02-01" && first.isNew && first.persons == 4)
            try await fixture.record(
                #"{"kind": "died", "effective": "2021-02-01", "persons": ["\#(rows[2] ?? "")"], "content": {}}"#)
            let again = try await fixture.register.recordQualityDay()
            #expect(again.day == first.day && !again.isNew && again.persons == 4)
            fixture.set("2021-02-01T17:00:00Z")
            let next = try await fixture.register.recordQualityDay()
            #expect(next.day.description == "2021-02-02" && next.isNew && next.persons == 3)
            fixture.set("2021-01-30T03:00:00Z")
            await #expect(throws: QualityRefusal.clockSetBack(last: next.day)) {
                try await fixture.register.recordQualityDay()
            }
            fixture.set("2021-02-02T03:00:00Z")

            let report = try await fixture.report()
            #expect(report.trend.map(\.day.description) == ["2021-02-01", "2021-02-02"])
            #expect(report.trend.map(\.figures.tally.persons) == [4, 3])
            // The past day is as it was, for every unit, and the present one as it is.
            let past = try await fixture.report(nil, on: "2021-02-01")
            #expect(!past.isFresh)
            #expect(past.figures.share(of: .complete) == Share(40, of: 52))
            #expect(past.figures.tally.ages == [.from40: 1, .from25: 1, .under14: 1, .from60: 1])
            let old = try await fixture.report("001", QualityFixture.old, on: "2021-02-01")
            #expect(old.figures.share(of: .clean) == Share(3, of: 4))
            #expect(old.children.map(\.figures.tally.persons) == [3, 1])
            let split = try await fixture.report("00004", on: "2021-02-01")
            #expect(split.figures.tally.ambiguous == 1)
            fixture.set("2021-01-30T03:00:00Z")
            #expect(try await fixture.register.recordQualityDay(evenBeforeLast: true).isNew, "the later day was wrong")
        }
    }

    @Test("a day that was not recorded is said to be missing, and one to come refused", arguments: TestStore.engines)
    func missing(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            await #expect(throws: QualityRefusal.dayMissing(first: nil)) {
                try await fixture.report(nil, on: "2021-01-09")
            }
            try await fixture.register.recordQualityDay()
            fixture.set("2021-01-12T03:00:00Z")
            await #expect(throws: QualityRefusal.dayMissing(first: day("2021-01-10"))) {
                try await fixture.report(nil, on: "2021-01-11")
            }
            await #expect(throws: QualityRefusal.dayInFuture) { try await fixture.report(nil, on: "2021-01-13") }
            #expect(QualityRefusal.dayMissing(first: day("2021-01-10")).sentence.english.contains("2021-01-10"))
        }
    }

    @Test("two processes that record one day at once leave it once", arguments: TestStore.engines)
    func race(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 { group.addTask { try await fixture.register.recordQualityDay().isNew } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.filter { $0 }.count == 1)
            let rows = try await fixture.register.database.read { connection in
                try connection.first("SELECT count(*) FROM quality_day WHERE unit_code = ''") { try $0.int(0) }
            }
            #expect(rows == 2, "one for each set")
        }
    }

    // MARK: Coverage

    private static func file(_ lines: String, set: String = "until-2025-06-30", year: String = "2021") -> [UInt8] {
        Array("# set: \(set)\n# year: \(year)\n# source: số liệu thử\ncode\tage\tpersons\n\(lines)\n".utf8)
    }

    @Test(
        "coverage: given, added up from units that were merged, by age group, or not known",
        arguments: TestStore.engines)
    func coverage(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let register = fixture.register
            #expect(try await fixture.report("00097").figures.share(of: .coverage).value == nil)
            let figures = "00001\tall\t10\n00376\tall\t20\n00004\t0-13\t2\n00004\t14-24\t1\n00004\t25-39\t1\n"
            #expect(
                try await register.loadExpectedPopulation(
                    QualitySeriesTests.file(figures + "00004\t40-59\t1\n00004\t60+\t3")) == 7)
            let hongHa = try await fixture.report("00097")
            #expect(hongHa.figures.share(of: .coverage) == Share(3, of: 30), "both wards that went into it whole")
            #expect(try await fixture.report("00004").figures.expected == nil, "a part of a split ward is nobody's")
            let trucBach = try await fixture.report("00004", QualityFixture.old)
            #expect(trucBach.figures.share(of: .coverage) == Share(1, of: 8), "the age groups together")
            #expect(trucBach.figures.expected?.ages[.from60] == 3)
            let district = try await fixture.report("001", QualityFixture.old)
            #expect(district.figures.expected?.persons == 18, "the wards together")
            // A later year counts from its own year on; the same figure again is replaced.
            try await register.loadExpectedPopulation(QualitySeriesTests.file("00001\tall\t99", year: "2022"))
            #expect(try await fixture.report("00001", QualityFixture.old).figures.expected?.persons == 10)
            try await register.loadExpectedPopulation(QualitySeriesTests.file("00001\tall\t12"))
            #expect(try await fixture.report("00001", QualityFixture.old).figures.expected?.persons == 12)
            fixture.set("2022-01-01T03:00:00Z")
            #expect(try await fixture.report("00001", QualityFixture.old).figures.expected?.year == 2022)
        }
    }

    @Test(
        "a file that is not sound is refused whole",
        arguments: [
            ("00001\tall\tmany", "until-2025-06-30", "2021", "unit_file_malformed"),
            ("00001\tall\t-1", "until-2025-06-30", "2021", "unit_file_malformed"),
            ("99999\tall\t5", "until-2025-06-30", "2021", "unit_file_unknown_unit"),
            ("00001\told\t5", "until-2025-06-30", "2021", "expected_population_ages_unknown"),
            ("00001\tall\t5\n00001\tall\t6", "until-2025-06-30", "2021", "unit_file_duplicate"),
            ("00001\tall\t5", "nowhere", "2021", "unit_file_unknown_set"),
            ("00001\tall\t5", "until-2025-06-30", "soon", "expected_population_year_malformed"),
        ])
    func badFiles(lines: String, set: String, year: String, code: String) async throws {
        try await QualityFixture.with(.sqlite) { fixture in
            let error = await #expect(throws: ExpectedPopulationRefusal.self) {
                try await fixture.register.loadExpectedPopulation(
                    QualitySeriesTests.file("00004\tall\t5\n" + lines, set: set, year: year))
            }
            #expect(error?.code == code)
            #expect(error?.sentence.vietnamese.isEmpty == false)
            let kept = try await fixture.register.database.read { try QualityStore().expected(on: $0).count }
            #expect(kept == 0)
        }
    }

    // MARK: Targets

    @Test("a target is under way, reached, missed, or reached late, by the series", arguments: TestStore.engines)
    func targets(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let rows = try await fixture.load()
            let register = fixture.register
            let scope = QualityScope(nationIn: QualityFixture.new)
            func target(_ perMillion: Int, _ due: String) -> QualityTarget {
                QualityTarget(
                    unit: nil, set: QualityFixture.new, measure: .clean, due: day(due), perMillion: perMillion)
            }
            try await register.setTarget(target(900_000, "2021-01-31"), by: LocalOperator.requester)
            try await register.setTarget(target(700_000, "2021-01-31"), by: LocalOperator.requester)
            try await register.setTarget(target(900_000, "2021-03-31"), by: LocalOperator.requester)
            try await register.setTarget(target(740_000, "2021-01-31"), by: LocalOperator.requester)
            #expect(try await register.quality(of: scope).targets.map(\.standing) == [.reached, .open], "75 %")
            try await register.setTarget(target(900_000, "2021-01-31"), by: LocalOperator.requester)
            #expect(try await register.quality(of: scope).targets.map(\.standing) == [.open, .open])
            try await register.recordQualityDay()
            fixture.set("2021-02-02T03:00:00Z")
            #expect(try await register.targets().map(\.standing) == [.missed, .open])
            try await fixture.record(
                #"""
                {"kind": "details_corrected", "effective": "2021-01-15", "persons": ["\#(rows[3] ?? "")"],
                 "content": {"details": {"sex": "Nữ"}}}
                """#)
            #expect(try await register.targets().map(\.standing) == [.reachedLate, .reached])
            await #expect(throws: QualityRefusal.targetOutOfRange) {
                try await register.setTarget(target(1_000_001, "2021-01-31"), by: LocalOperator.requester)
            }
        }
    }

    @Test("a target that was reached in time stays so after the days that a trend shows", arguments: TestStore.engines)
    func oldTarget(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load()
            let target = QualityTarget(
                unit: nil, set: QualityFixture.new, measure: .clean, due: day("2021-01-31"), perMillion: 700_000)
            try await fixture.register.setTarget(target, by: LocalOperator.requester)
            try await fixture.register.recordQualityDay()
            let after = day("2021-02-01").daysSinceEpoch
            for offset in 0...PopulationRegister.mostDays {
                fixture.set("\(CalendarDate(daysSinceEpoch: after + offset))T03:00:00Z")
                try await fixture.register.recordQualityDay()
            }
            let report = try await fixture.report()
            #expect(report.trend.first.map { $0.day > target.due } == true)
            #expect(report.targets.map(\.standing) == [.reached])
        }
    }
}
