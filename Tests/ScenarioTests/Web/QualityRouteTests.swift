import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import TestStores
import Testing

@testable import Population
@testable import Web

@Suite("Quality over HTTP, and its pages")
struct QualityRouteTests {
    private static let district = "/quality/until-2025-06-30/001"

    @Test(
        "the page of a unit has its measures, map, list and offices, its own style, and reads nobody",
        arguments: TestStore.engines)
    func page(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let looks = try await fixture.looks()
            let page = try await client.get(QualityRouteTests.district)
            #expect(page.status == 200)
            for id in ["measures-head", "map-head", "units-head", "fields-head", "ages-head"] {
                #expect(page.text.contains(#"<h2 id="\#(id)">"#), "\(id)")
            }
            #expect(page.text.contains("Công an thành phố Hà Nội"), "districts answer through their province")
            #expect(page.text.contains(#"<a href="/quality/until-2025-06-30/00001">Phường Phúc Xá</a>"#))
            #expect(page.text.contains(#"<a href="/quality/until-2025-06-30/01">"#))
            #expect(page.text.contains("người trong đây không có thật"))
            #expect(!page.text.contains("<script") && !page.text.contains("style="))
            let hash = MerkleHash.plain(Array(QualityStyle.text.utf8)).base64
            #expect(page.headers[.contentSecurityPolicy]?.contains("'sha256-\(hash)'") == true)
            #expect(page.text.contains("<style>\(QualityStyle.text)</style>"))
            #expect(try await fixture.looks() == looks, "sums are no look")
            for name in ["Trần Văn Bình", "Lê Thị Hoa"] { #expect(!page.text.contains(name)) }
            let clean = try await client.get(QualityRouteTests.district + "?measure=s%E1%BA%A1ch")
            #expect(clean.status == 200)
            #expect(try await client.get("/quality").text.contains("Cả nước"))
            #expect(try await client.get("/").text.contains(#"<a href="/quality">"#))
        }
    }

    @Test(
        "what cannot be answered is said: unknown units and sets, days missing, to come, or none",
        arguments: TestStore.engines)
    func refusals(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            for (path, status, code) in [
                ("/api/v1/quality/until-2025-06-30/99999", 404, "unit_unknown"),
                ("/api/v1/quality/nowhere/01", 404, "unit_set_unknown"),
                ("/api/v1/quality?set=x", 404, "unit_set_unknown"),
                ("/quality/until-2025-06-30/99999", 404, "unit_unknown"),
                ("/api/v1/quality?on=2020-01-01", 404, "quality_day_missing"),
                ("/api/v1/quality?on=2999-01-01", 422, "quality_day_in_future"),
                ("/api/v1/quality?on=tomorrow", 400, "date_malformed"),
                ("/api/v1/quality/until-2025-06-30/01/worklist?limit=501", 400, "limit_malformed"),
                ("/api/v1/quality/until-2025-06-30/99999/worklist", 404, "unit_unknown"),
            ] {
                let answer = try await client.get(path)
                #expect(
                    answer.status == status && answer.code == code, "\(path): \(answer.status) \(answer.code ?? "")")
            }
        }
    }

    @Test("the worklist is a look at those whom it names", arguments: TestStore.engines)
    func worklist(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let looks = try await fixture.looks()
            let answer = try await client.get("/api/v1/quality/until-2025-06-30/01/worklist?limit=2")
            guard case .array(let items)? = answer.json["items"] else {
                Issue.record("no items: \(answer.text)")
                return
            }
            #expect(items.count == 2)
            #expect(try await fixture.looks() == looks + 1)
            let receipt = try #require(answer.json["receipt"]?.text)
            try await fixture.sequencer.integrate()
            #expect(try await client.get("/api/v1/logs/looks/entries/\(receipt)/proof").status == 200)
            #expect(!answer.text.contains(WebSamples.father), "no number in a worklist")
        }
    }

    @Test("the server records each new day once and tells so by its series", arguments: TestStore.engines)
    func recording(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let service = QualityRecording(register: fixture.register, logger: fixture.server.logger)
            let day = await service.work(after: nil)
            #expect(day?.description == "2025-09-01")
            #expect(await service.work(after: day) == day)
            let answer = try await client.get("/api/v1/quality/until-2025-06-30/001")
            guard case .array(let trend)? = answer.json["trend"] else { return }
            #expect(trend.count == 1 && trend[0]["day"]?.text == "2025-09-01")
            // A store that does not answer is tried again, and the server lives on.
            await fixture.register.database.close()
            #expect(await service.work(after: nil) == nil)
        }
    }

    // MARK: The whole country

    private static func units() throws -> UnitDirectory {
        var units = UnitDirectory()
        for name in ShippedUnits.names { try units.load(try #require(ShippedUnits.bytes(name))) }
        return units
    }

    /// A report of invented sums: every commune of today's set, or a province alone.
    private static func report(_ province: String?, people: (Int) -> Int) throws -> QualityReport {
        let units = try units()
        let day = try #require(CalendarDate(iso: "2026-03-01"))
        let rule = QualityTally.Rule(on: day)
        let below = units.units(of: .fromJuly2025).filter { unit in
            unit.level == .commune && (province == nil || unit.parent?.code == province)
        }
        func figures(_ persons: Int, _ index: Int) -> QualityFigures {
            var tally = QualityTally()
            let fields = Array(rule.mandatory.fields.prefix(rule.mandatory.count - index % 12))
            let measure = PersonMeasure(
                person: 1, unit: nil, birthYear: 1980, filled: PersonFieldSet(fields: fields), verified: [],
                isViolating: index % 3 == 0, lastVerified: nil)
            if persons > 0 { tally.add(measure, rule, count: persons) }
            return QualityFigures(tally: tally, mandatoryFields: rule.mandatory.count, expected: nil)
        }
        let lines = below.enumerated().map { index, unit in
            QualityLine(
                unit: unit, figures: figures(people(index), index),
                office: ResponsibleOffice(of: unit.code, in: units, on: day))
        }
        let provinces = units.units(of: .fromJuly2025).filter { $0.level == .province }
        return QualityReport(
            unit: province.flatMap { units.unit(UnitCode($0, .fromJuly2025)) }, set: .fromJuly2025, rule: rule,
            basis: nil,
            isFresh: true, measured: Instant(microseconds: 0), office: .nation, figures: figures(1_000, 1), unplaced: 0,
            children: province != nil
                ? lines
                : provinces.map { QualityLine(unit: $0, figures: figures(500, 1), office: .nation) },
            communes: lines, trend: [], targets: [])
    }

    @Test("a map of 3,321 communes has each of them once, its list beside it, and the page apart is small")
    func nation() throws {
        let report = try QualityRouteTests.report(nil) { $0 % 20 == 0 ? 0 : 100 + $0 }
        #expect(report.communes.count == 3_321)
        let html = QualityReportPage.html(report, units: try QualityRouteTests.units(), kind: .production)
        let map = try #require(html.range(of: #"<section aria-labelledby="map-head">"#))
        let end = try #require(html[map.upperBound...].range(of: "</section>"))
        let drawn = html[map.lowerBound..<end.lowerBound]
        let withoutCoordinates = report.communes.filter { $0.unit.latitude == nil }.count
        let circles = drawn.components(separatedBy: " cx=\"").count - 1
        let legend = 6 + drawn.components(separatedBy: "<td class=\"cell\">").count - 1
        #expect(circles - legend - 1 == 3_321 - withoutCoordinates, "one pattern has a dot of its own")
        let people = report.communes.filter { $0.figures.tally.persons > 0 }.count
        #expect(drawn.components(separatedBy: "<th scope=\"row\">").count - 1 == people)
        #expect(drawn.components(separatedBy: "<title>").count - 1 == people, "each circle says its name")
        #expect(drawn.contains("Đặc khu Hoàng Sa") && drawn.contains("Đặc khu Trường Sa"))
        #expect(html.utf8.count - drawn.utf8.count < 100_000)
        #expect(!html.contains("nan") && !html.contains("inf\""))
        #expect(!html.contains("trình diễn"), "a production register wears no banner")
    }

    @Test(
        "circles stay inside the picture, and every class has its sign, colour or not", arguments: ["66", "01", "48"])
    func province(code: String) throws {
        let report = try QualityRouteTests.report(code) { $0 * $0 }
        let drawing = QualityMap(measure: .complete, lines: report.communes, isNation: false)
        let svg = try #require(drawing.svg(id: "m", title: "t", description: "d"))
        let frame = try #require(svg.firstMatch(of: /viewBox="0 0 ([0-9]+) ([0-9]+)"/))
        let (width, height) = (Double(frame.1) ?? 0, Double(frame.2) ?? 0)
        for circle in svg.matches(of: /<circle class="c[0-5]" cx="([0-9.]+)" cy="([0-9.]+)" r="([0-9.]+)"/) {
            let (x, y) = (Double(circle.1) ?? -1, Double(circle.2) ?? -1)
            #expect((0...width).contains(x) && (0...height).contains(y))
        }
        for grade in 1...5 { #expect(QualityMap.sign(grade).contains("class=\"c\(grade)\"")) }
        #expect(QualityStyle.text.contains(".c2{fill:url(#p2)") && QualityMap.patterns.contains("id=\"p4\""))
    }

    @Test(
        "the class of a share",
        arguments: [(0, 1), (49, 1), (50, 2), (79, 2), (80, 3), (94, 3), (95, 4), (98, 4), (99, 5), (100, 5)])
    func grades(percent: Int, grade: Int) {
        #expect(QualityMap.grade(of: Share(percent, of: 100)) == grade)
        #expect(QualityMap.grade(of: Share(0, of: 0)) == 0)
    }

    @Test(
        "percent as people write it: cut off, never rounded up to all",
        arguments: [
            (0, 100, "0 %"), (1, 3, "33,3 %"), (1, 1, "100 %"), (99_999, 100_000, "99,9 %"), (1, 5_000, "< 0,1 %"),
            (0, 0, "–"),
            (1, 2, "50 %"), (983, 1_000, "98,3 %"),
        ])
    func percent(part: Int, whole: Int, text: String) {
        #expect(PercentText.vietnamese(Share(part, of: whole)) == text)
    }

    @Test("provinces of today add up what their old provinces expect")
    func expected() throws {
        let units = try QualityRouteTests.units()
        let day = try #require(CalendarDate(iso: "2026-03-01"))
        let rows = ExpectedPopulationFile.shipped(units: units)
        #expect(rows.count == 63)
        let new = ExpectedPopulations(rows, into: PlacementTable(into: .fromJuly2025, units: units), on: day)
        let old = ExpectedPopulations(rows, into: PlacementTable(into: .untilJune2025, units: units), on: day)
        #expect(old.figure(of: nil)?.persons == 98_380_000)
        #expect(new.figure(of: nil)?.persons == 98_380_000, "no province is lost by the merger")
        // Phú Yên went into Đắk Lắk.
        #expect(new.figure(of: UnitCode("66", .fromJuly2025))?.persons == 1_900_000 + 880_000)
    }

    @Test("every unit of both sets has an office that answers today")
    func offices() throws {
        let units = try QualityRouteTests.units()
        let day = try #require(CalendarDate(iso: "2026-03-01"))
        for period in units.periods {
            for unit in units.units(of: period.set) {
                let office = ResponsibleOffice(of: unit.code, in: units, on: day)
                let isKnown = office.vietnamese.hasPrefix("Công an ") && !office.vietnamese.hasPrefix("Công an quận")
                #expect(isKnown && !office.vietnamese.hasPrefix("Công an huyện"), "\(unit.code)")
            }
        }
        #expect(ResponsibleOffice(of: nil, in: units, on: day) == .nation)
    }
}
