import Access
import Civil
import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import NIOCore
import Population
import TestStores
import Testing

@testable import Web

/// Rules, quality, batches and held rows at the console, through HTTP and without a browser.
@Suite("What officers read and decide at the console")
struct ConsolePagesStoryTests {
    private static let refresh = HTTPField.Name("Refresh") ?? .location
    private static let batch = "/batches/\(PathText.encoded("Phúc Xá 1"))"

    private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    @Test("Every role reads the rules of any day, and the help", arguments: TestStore.engines)
    func rules(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { _, browser in
            var browser = browser
            for officer in DemonstrationOfficer.all {
                try await browser.signIn(as: officer.account)
                #expect(try await browser.get("/rules").status == .ok)
                #expect(try await browser.get("/help").status == .ok)
            }
            let past = text(try await browser.get("/rules?on=01%2F01%2F2020"))
            #expect(past.contains("01/01/2020") && past.contains("Luật 59/2014/QH13, Điều 9"))
            let wrong = try await browser.get("/rules?on=99%2F99%2F2020")
            #expect(wrong.status == .badRequest && text(wrong).contains("99/99/2020"))
        }
    }

    @Test("Quality, map and worklist: sums leave no look, the worklist does", arguments: TestStore.engines)
    func quality(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-xa")
            let before = try await fixture.looks()
            let unit = "/quality/from-2025-07-01/00097"
            for path in ["/quality", "/quality/map", "/quality/map?measure=clean", unit] {
                let page = try await browser.get(path)
                #expect(page.status == .ok, "\(path)")
                #expect(text(page).contains("class=\"sections\""), "\(path)")
            }
            #expect(text(try await browser.get("/quality/map")).contains("<circle"))
            #expect(try await fixture.looks() == before)
            let list = try await browser.get(unit + "/worklist")
            #expect(list.status == .ok && text(list).contains("href=\"/persons/"))
            #expect(try await fixture.looks() == before + 1)
            #expect(try await browser.get("/quality/from-2025-07-01/00004/worklist").status == .forbidden)
            #expect(try await browser.get("/quality/from-2025-07-01/99999").status == .notFound)
            try await browser.signIn(as: "kiem-toan")
            #expect(try await browser.get("/quality").status == .ok)
            #expect(try await browser.get(unit + "/worklist").status == .forbidden)
        }
    }

    private func multipart(_ name: String, _ contents: String, token: String) -> (type: String, body: String) {
        let lines = [
            "--edge", "Content-Disposition: form-data; name=\"csrf\"", "", token, "--edge",
            "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"", "Content-Type: text/csv", "",
            contents, "--edge--", "",
        ]
        return ("multipart/form-data; boundary=edge", lines.joined(separator: "\r\n"))
    }

    @Test(
        "A file is uploaded, imported behind the page, and the same file again changes nothing",
        arguments: TestStore.engines)
    func uploads(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo")
            let sheets = WebSamples.sheets.replacing("Nguyễn Thu Hà", with: "Nguyễn Thu Hằng")
            func send(_ name: String, _ contents: String, token: String? = nil) async throws -> TestResponse {
                let form = multipart(name, contents, token: token ?? browser.token)
                return try await browser.send("/batches", form.type, form.body)
            }
            #expect(try await send("lô hai.csv", sheets, token: String(repeating: "0", count: 64)).status == .forbidden)
            let bad = try await send("lô hai.csv", "a,b\n1,2\n")
            #expect(bad.status == .unprocessableContent && text(bad).contains("class=\"problems\""))
            #expect(try await send("../../etc/x;y.csv", sheets).status == .unprocessableContent)
            for _ in 0..<2 {
                let sent = try await send("lô hai.csv", sheets)
                let path = try #require(sent.headers[.location])
                #expect(sent.status == .seeOther && path == "/batches/\(PathText.encoded("lô hai"))")
                // Each look at the page lets the import go on; the page itself says when to look again.
                var page = try await browser.get(path)
                for _ in 0..<5_000 where page.headers[ConsolePagesStoryTests.refresh] != nil {
                    page = try await browser.get(path)
                }
                #expect(page.status == .ok && page.headers[ConsolePagesStoryTests.refresh] == nil)
            }
            let batch = try #require(try await fixture.register.batch(named: "lô hai"))
            #expect(batch.done == 7 && batch.rows == 7)
            #expect(try await fixture.register.batches().count == 2)
            #expect(text(try await browser.get("/batches")).contains("lô hai"))
            try await browser.signIn(as: "kiem-toan")
            #expect(try await browser.get("/batches").status == .forbidden)
        }
    }

    @Test(
        "A held row is opened, decided with a reason, and told to whoever comes second",
        arguments: TestStore.engines)
    func decides(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo")
            let unlooked = try await fixture.looks()
            let list = text(try await browser.get(ConsolePagesStoryTests.batch + "/held"))
            #expect(try await fixture.looks() == unlooked + 1, "a list of rows is a look")
            #expect(list.contains("/held/4\"") && list.contains("/held/6\"") && !list.contains("/held/1\""))
            let row = ConsolePagesStoryTests.batch + "/held/4"
            let before = try await fixture.looks()
            let page = text(try await browser.get(row))
            #expect(page.contains("Trần Gia An") && page.contains("value=\"same-"))
            #expect(try await fixture.looks() == before + 2, "at the row, and at whom it may be about")
            let done = try await browser.post(
                row, ["step": "decide", "verdict": "reject", "reason": "phiếu ghi hai lần"])
            // On to the next row, which tells what was decided here.
            let next = try #require(done.headers[.location])
            #expect(done.status == .seeOther && next.contains("/held/6?done="), "\(next)")
            let after = text(try await browser.get(next))
            #expect(after.contains("Đã ghi quyết định:") && after.contains("href=\"\(row)\""), "\(after)")
            let decided = text(try await browser.get(row))
            #expect(decided.contains("phiếu ghi hai lần") && decided.contains("can-bo-bo"))
            let second = try await browser.post(
                row, ["step": "decide", "verdict": "accept", "reason": "người khác"])
            #expect(second.status == .conflict)
            #expect(text(second).contains(HTMLText.escaped(SheetDecisionRefusal.decidedAlready.sentence.vietnamese)))
            let summary = try await fixture.register.summary(ofBatch: fixture.batch.batch.id)
            #expect(summary.held == 2 && summary.waiting == 1)
            try await browser.signIn(as: "phe-duyet")
            let refused = try await browser.post(
                ConsolePagesStoryTests.batch + "/held/6", ["step": "decide", "verdict": "reject", "reason": "x"])
            #expect(refused.status == .forbidden)
        }
    }

    @Test("A form of files is read part by part, and refused where it is none")
    func parts() throws {
        let body =
            Data("--e\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n--e\r\n".utf8)
            + Data("Content-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n\r\n--e--\r\n".utf8)
        let parts = try UploadBody.parts(of: body, "e")
        #expect(parts.map(\.name) == ["a", "file"] && parts.map(\.fileName) == [nil, "x.csv"])
        #expect(parts.map { String(decoding: $0.contents, as: UTF8.self) } == ["1\r\n2", ""])
        for broken in ["", "--e", "--e\r\nx", "--e\r\nContent-Disposition: form-data\r\n\r\n1\r\n--e--", "--f--"] {
            #expect(throws: WebRefusal.formMalformed) { try UploadBody.parts(of: Data(broken.utf8), "e") }
        }
        #expect(UploadBody.boundary(of: "multipart/form-data; boundary=\"a b\"") == "a b")
        #expect(UploadBody.boundary(of: "text/plain; boundary=a") == nil)
        #expect(UploadBody.plainName("C:\\x\\y.csv") == "y.csv" && UploadBody.plainName("../..") == "")
    }
}
