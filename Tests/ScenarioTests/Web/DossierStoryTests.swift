import Access
import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Population
import TestStores
import Testing

@testable import Web

/// An officer works in a file: opened from a person's page, chosen for the session, moved to its end.
@Suite("Files at the console")
struct DossierStoryTests {
    private static func purposes(_ fixture: WebFixture) async throws -> [String] {
        try await fixture.register.database.read { connection in
            try connection.rows("SELECT purpose FROM look ORDER BY look_id") { try $0.text(0) }
        }
    }

    /// Opens a file for the person and answers its path.
    private static func open(_ browser: ConsoleStoryTests.Browser, for handle: String) async throws -> String {
        let form = try await browser.get("/files/new?person=\(handle)")
        let key = try #require(ConsoleStoryTests.hidden("key", in: String(buffer: form.body)))
        let answer = try await browser.post(
            "/files/new", ["procedure": "permanent_residence", "person": handle, "key": key])
        #expect(answer.status == .seeOther)
        return try #require(answer.headers[.location])
    }

    @Test("Looks made in a file carry its purpose and code until it is left or ends", arguments: TestStore.engines)
    func purposes(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo")
            let handle = try #require(try await fixture.persons().first)
            let path = try await DossierStoryTests.open(browser, for: handle)
            let code = try #require(DossierCode(parsing: path.dropFirst("/files/".count)))
            let page = String(buffer: try await browser.get(path).body)
            #expect(page.contains(code.description) && page.contains("/persons/\(handle)"))

            let person = String(buffer: try await browser.get("/persons/\(handle)").body)
            #expect(person.contains(code.description), "the frame shows the open file")
            let inside = try await DossierStoryTests.purposes(fixture).last
            #expect(inside == "Đăng ký thường trú, hồ sơ \(code)")

            let left = try await browser.post("/files/leave", [:])
            #expect(left.status == .seeOther)
            _ = try await browser.get("/persons/\(handle)")
            let outside = try await DossierStoryTests.purposes(fixture).last
            #expect(outside == Purpose.withoutFile + ApprovalStage.purpose)

            _ = try await browser.post(path, ["step": "choose", "version": "1"])
            _ = try await browser.post(path, ["step": "refused", "version": "1", "note": "không đủ điều kiện"])
            let ended = try await browser.post(path, ["step": "choose", "version": "2"])
            #expect(ended.status == .conflict)
            _ = try await browser.get("/persons/\(handle)")
            let after = try await DossierStoryTests.purposes(fixture).last
            #expect(after == Purpose.withoutFile + ApprovalStage.purpose)
        }
    }

    @Test("A file stands in the queues of its office, and another office finds none", arguments: TestStore.engines)
    func offices(engine: Engine) async throws {
        try await ConsoleStoryTests.with(engine) { fixture, browser in
            var browser = browser
            try await browser.signIn(as: "can-bo-bo")
            let handle = try #require(try await fixture.persons().first)
            let path = try await DossierStoryTests.open(browser, for: handle)
            let list = String(buffer: try await browser.get("/files").body)
            #expect(list.contains(path))
            let missing = try await browser.post(path, ["step": "refused", "version": "1", "note": ""])
            #expect(missing.status == .unprocessableContent)
            let stale = try await browser.post(path, ["step": "in_work", "version": "7"])
            #expect(stale.status == .conflict)

            try await browser.signIn(as: "can-bo-xa")
            for other in [path, "/files/000000000000", "/files/x"] {
                let seen = try await browser.get(other)
                let moved = try await browser.post(other, ["step": "take", "version": "1"])
                #expect(seen.status == .notFound && moved.status == .notFound, "\(other)")
            }
            let none = String(buffer: try await browser.get("/files").body)
            #expect(!none.contains(path))

            try await browser.signIn(as: "quan-tri")
            for closed in ["/files", "/files/new", path] {
                let answer = try await browser.get(closed)
                #expect(answer.status == .forbidden, "\(closed)")
            }
        }
    }
}
