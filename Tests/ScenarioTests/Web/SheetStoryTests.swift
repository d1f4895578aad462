import Access
import Database
import HTTPTypes
import Population
import TestStores
import Testing

@testable import Web

/// Somebody whom no batch has brought yet is collected at the counter.
@Suite("A sheet DC01 at the console")
struct SheetStoryTests {
    private static let birthPlace = "Phường Phúc Xá, Quận Ba Đình, Hà Nội"

    /// The sheet of somebody new, on the form as the page gives it.
    private static func fields(_ desk: ApprovalStage.Desk, name: String) async throws -> [String: String] {
        var fields = SessionAttackTests.filled(try await desk.page("/sheets/new").text)
        for (column, text) in [
            "ho_ten": name, "ngay_sinh": "12/03/1990", "gioi_tinh": "Nữ", "noi_dang_ky_khai_sinh": birthPlace,
            "que_quan": birthPlace, "dan_toc": "Kinh", "quoc_tich": "Việt Nam",
            "thuong_tru": "Số 9, Phường Hồng Hà, Thành phố Hà Nội", "ma_ho": "Q-1", "quan_he_chu_ho": "Chủ hộ",
            "step": "record",
        ] { fields[column] = text }
        return fields
    }

    @Test("what is complete becomes a person at once, and the same form once", arguments: TestStore.engines)
    func accepted(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let named = try await SheetStoryTests.fields(desk, name: "Lò Thị Mới")
            #expect(try await desk.post("/sheets/new", named.merging(["ho_ten": ""]) { $1 }).status == 422)
            #expect(try await desk.page("/work").text.contains("href=\"/sheets/new\""))
            let before = try await stage.acts()
            // The check tells how the register reads each answer, keeps nothing, and leads back with what was typed.
            let odd = named.merging(["noi_dang_ky_khai_sinh": "Phường Hồng Hà, HN", "step": "check"]) { $1 }
            let check = try await desk.post("/sheets/new", odd)
            #expect(check.status == 200 && check.text.contains("value=\"record\""), "\(check.text)")
            #expect(check.text.contains("đọc là: Phường Hồng Hà, Thành phố Hà Nội"), "\(check.text)")
            let held = try await desk.post("/sheets/new", odd.merging(["ngay_sinh": "31/02/1990"]) { $1 })
            #expect(held.status == 200 && held.text.contains("Phiếu này sẽ chờ xem xét."), "\(held.text)")
            let edited = try await desk.post("/sheets/new", odd.merging(["step": "edit"]) { $1 })
            #expect(edited.text.contains("value=\"Phường Hồng Hà, HN\""), "\(edited.text)")
            #expect(try await stage.acts() == before)
            let done = try await desk.post("/sheets/new", named)
            #expect(done.status == 303, "\(done.text)")
            let path = done.headers[.location] ?? ""
            #expect(path.hasPrefix("/persons/"), "\(path)")
            #expect(try await desk.page(path).text.contains("Lò Thị Mới"))
            let acts = try await stage.acts()
            #expect(acts > before)
            #expect(try await desk.post("/sheets/new", named).headers[.location] == path)
            #expect(try await stage.acts() == acts)
        }
    }

    @Test("whoever may be in the register already is told before a second record is made", arguments: TestStore.engines)
    func alike(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            let first = try await desk.post(
                "/sheets/new", try await SheetStoryTests.fields(desk, name: "Lò Thị Hồng Mới"))
            let path = first.headers[.location] ?? ""
            let before = try await stage.acts()
            // Day and month swapped, a mark lost, another household.
            var again = try await SheetStoryTests.fields(desk, name: "Lò Thị Hông Mới")
            again["ngay_sinh"] = "03/12/1990"
            again["ma_ho"] = "Q-2"
            let looks = try await stage.fixture.looks()
            let asked = try await desk.post("/sheets/new", again)
            #expect(asked.status == 422 && asked.text.contains("href=\"\(path)\""), "\(asked.text)")
            #expect(asked.text.contains("Lò Thị Hồng Mới · 12/03/1990"))
            #expect(try await stage.fixture.looks() == looks + 1)
            // A tick that stands for others is none.
            again["another"] = "yes"
            #expect(try await desk.post("/sheets/new", again).status == 422)
            #expect(try await stage.acts() == before)
            let look = try await desk.post("/sheets/new", again.merging(["step": "check"]) { $1 })
            #expect(look.status == 200 && look.text.contains("href=\"\(path)\""), "\(look.text)")
            again["another"] = SessionAttackTests.filled(asked.text, everyBoxTicked: true)["another"]
            let second = try await desk.post("/sheets/new", again)
            #expect(second.status == 303 && second.headers[.location]?.hasPrefix("/persons/") == true, "\(second.text)")
            #expect(second.headers[.location] != path)
            // Somebody whom the officer may not see is told without anything about them.
            try await stage.enrol("can-bo-khac", .communeOfficer, in: "xa-00004")
            let elsewhere = try await stage.signedIn("can-bo-khac")
            var third = try await SheetStoryTests.fields(elsewhere, name: "Lò Thị Hồng Mới")
            third["ma_ho"] = "Q-3"
            let hidden = try await elsewhere.post("/sheets/new", third)
            #expect(hidden.status == 422 && hidden.text.contains("Một người ở địa bàn khác"), "\(hidden.text)")
            #expect(!hidden.text.contains(path))
        }
    }

    @Test("what cannot be is held, and waits beside its finding", arguments: TestStore.engines)
    func held(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let desk = try await stage.signedIn("can-bo-xa")
            var fields = try await SheetStoryTests.fields(desk, name: "Lò Văn Chờ")
            fields["ngay_sinh"] = "31/02/1990"
            let answer = try await desk.post("/sheets/new", fields)
            #expect(answer.status == 303, "\(answer.text)")
            let path = answer.headers[.location] ?? ""
            #expect(path.contains("/held/"), "\(path)")
            #expect(try await desk.page(path).text.contains("Lò Văn Chờ"))
            let auditor = try await stage.signedIn("kiem-toan")
            #expect(try await auditor.page("/sheets/new").status == 403)
            #expect(try await auditor.post("/sheets/new", fields).status == 403)
        }
    }
}
