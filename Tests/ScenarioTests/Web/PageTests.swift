import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Pages and reports")
struct PageTests {
    private static let banner = "Cơ sở dữ liệu trình diễn — người trong đây không có thật"
    private static let evil = #""><script>alert('x')</script>&"#

    @Test("every tag of a template exists in its model, and none puts text into the page as it is")
    func tags() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let page = PageTests.page(fixture)
            let line = try #require(page.batches.first)
            let names = Set(Mirror(reflecting: page).children.compactMap(\.label))
                .union(Mirror(reflecting: line).children.compactMap(\.label))
            for template in Pages.templates {
                let text = try Pages.template(template)
                #expect(!text.contains("{{" + "{"))
                #expect(!text.contains("{{" + "&"))
                let tags = text.split(separator: "{{").dropFirst().map { $0.prefix { $0 != "}" } }
                #expect(!tags.isEmpty)
                for tag in tags {
                    let name = String(tag.drop { "#^/".contains($0) })
                    #expect(names.contains(name), "\(template): \(name)")
                }
            }
        }
    }

    private static func page(_ fixture: WebFixture, naming name: String? = nil) -> StartPage {
        var summary = fixture.batch
        if let name { summary.batch.name = name }
        return StartPage(
            identity: fixture.server.identity, counts: .init(), batches: [summary], address: "127.0.0.1:8080")
    }

    @Test(
        "the start page has the counts, the batches and the banner, and takes only its own style",
        arguments: TestStore.engines)
    func start(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let page = try await client.get("/")
            #expect(page.status == 200)
            #expect(page.text.contains(PageTests.banner))
            #expect(page.text.contains(#"<a href="/batches/Ph%C3%BAc%20X%C3%A1%201/report">Phúc Xá 1</a>"#))
            #expect(page.text.contains("<dd>\(fixture.batch.persons)</dd>"))
            #expect(!page.text.contains("<script"))
            #expect(!page.text.contains("style="))
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(page.headers[.xContentTypeOptions] == "nosniff")
            #expect(page.headers.contains { $0.name.canonicalName == "referrer-policy" && $0.value == "same-origin" })
            let sheet = try await client.get("/assets/dancu.css")
            #expect(sheet.status == 200)
            #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
        }
    }

    @Test("a production register wears no banner")
    func production() async throws {
        try await WebFixture.with(.sqlite, kind: .production) { _, client in
            #expect(try await !client.get("/").text.contains(PageTests.banner))
            let report = try await client.get("/batches/Ph%C3%BAc%20X%C3%A1%201/report")
            #expect(!report.text.contains(PageTests.banner))
        }
    }

    @Test("names with signs of HTML are harmless on every page")
    func escaping() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            let evil = PageTests.evil
            let start = try Pages().start(PageTests.page(fixture, naming: evil))
            var summary = fixture.batch
            summary.batch.name = evil
            summary.batch.encoding = evil
            let report = BatchReport.html(
                summary: summary, statistics: BatchStatistics(on: fixture.register.surroundings.today),
                kind: .demonstration, made: fixture.register.surroundings.now())
            for html in [start, report] {
                #expect(!html.contains("<script"))
                #expect(!html.contains("alert('x')"))
                #expect(html.contains("&lt;script&gt;"))
            }
        }
    }

    @Test("a mark behind a sign of HTML does not hide it")
    func marks() {
        #expect(HTMLText.escaped("<\u{300}b") == "&lt;\u{300}b")
        #expect(HTMLText.escaped("\"\u{301}'&\u{0}") == "&quot;\u{301}&#39;&amp;\u{FFFD}")
        #expect(PathText.encoded("Phúc Xá/..\"\u{301}") == "Ph%C3%BAc%20X%C3%A1%2F..%22%CC%81")
    }

    @Test("a text with signs of HTML stays text in JSON answers")
    func json() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let person = try #require(try await fixture.persons().first)
            let act = #"""
                {"kind": "absence_declared", "effective": "2021-01-01", "persons": ["\#(person)"],
                 "content": {"reason": "<script>alert(1)</script>"}}
                """#
            #expect(try await client.post("/api/v1/acts", act).status == 201)
            let answer = try await client.get("/api/v1/persons/\(person)")
            #expect(answer.json["absence"]?["reason"] == .string("<script>alert(1)</script>"))
            #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        }
    }

    @Test(
        "a report has every chart with its table, its own style under a policy, and leaves looks",
        arguments: TestStore.engines)
    func report(engine: Engine) async throws {
        try await WebFixture.with(engine) { fixture, client in
            let before = try await fixture.looks()
            let report = try await client.get("/batches/Ph%C3%BAc%20X%C3%A1%201/report")
            #expect(report.status == 200)
            #expect(try await fixture.looks() == before + 1)
            for id in ["fates", "findings", "ages", "precision", "permanent", "current", "households"] {
                #expect(report.text.contains(#"aria-labelledby="\#(id)-title""#), "\(id)")
            }
            #expect(
                report.text.components(separatedBy: "role=\"img\"").count
                    == report.text.components(separatedBy: "<table").count
            )
            for code in fixture.batch.findings.keys {
                #expect(report.text.contains(HTMLText.escaped(code.sentence.vietnamese)))
            }
            #expect(report.text.contains(PageTests.banner))
            #expect(!report.text.contains("<script"))
            let hash = MerkleHash.plain(Array(BatchReport.style.utf8)).base64
            #expect(report.headers[.contentSecurityPolicy]?.contains("'sha256-\(hash)'") == true)
            #expect(report.text.contains("<style>\(BatchReport.style)</style>"))
        }
    }

    @Test("the figures of a report add up")
    func figures() async throws {
        try await WebFixture.with(.sqlite) { fixture, _ in
            var statistics = BatchStatistics(on: fixture.register.surroundings.today)
            let rows = try await fixture.register.rows(
                ofBatch: fixture.batch.batch, after: 0, by: LocalOperator.requester)
            for row in rows { statistics.add(row) }
            let batch = fixture.batch
            #expect(statistics.rows == batch.batch.rows)
            #expect(statistics.precision.values.reduce(0, +) == batch.batch.rows)
            #expect(statistics.permanent.total == batch.batch.rows)
            #expect(statistics.permanent.ambiguous == 1)
            #expect(statistics.ages.map(\.total).reduce(0, +) + statistics.ageUnknown == batch.persons)
            let sizes = statistics.householdsBySize
            #expect(sizes.reduce(0, +) == batch.households)
            #expect(sizes.enumerated().map { ($0.offset + 1) * $0.element }.reduce(0, +) == batch.persons)
        }
    }

    @Test("rows come page by page, and a page looks only at the persons it shows")
    func pages() async throws {
        try await WebFixture.with(.sqlite) { fixture, client in
            let path = "/api/v1/batches/Ph%C3%BAc%20X%C3%A1%201/rows"
            var rows: [JSONValue] = []
            var after: Int64 = 0
            while true {
                let page = try await client.get("\(path)?after=\(after)&limit=2")
                guard case .array(let list)? = page.json["rows"] else { break }
                rows += list
                let shown = list.filter { $0["person"] != .null }.count
                let looked = try await fixture.register.database.read { connection in
                    try connection.first(
                        "SELECT count(*) FROM look_person WHERE look_id = (SELECT max(look_id) FROM look)"
                    ) { try $0.int(0) }
                }
                if shown > 0 { #expect(looked == shown) }
                guard case .integer(let next)? = page.json["next"] else { break }
                after = next
            }
            #expect(rows.count == fixture.batch.batch.rows)
            for query in ["limit=0", "limit=501", "after=-1", "limit=x"] {
                #expect(try await client.get("\(path)?\(query)").code == "limit_malformed")
            }
        }
    }
}
