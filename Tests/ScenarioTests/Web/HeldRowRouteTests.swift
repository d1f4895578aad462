import Access
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

/// Rows that an import held, decided by a program of the commune.
@Suite("Held rows over the API")
struct HeldRowRouteTests {
    /// Four rows: an impossible date, no name, the father of the sheets once more, and one with nothing wrong.
    static func fill(_ stage: ApprovalStage) async throws {
        let home = "Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội"
        func row(_ number: Int, _ fields: [String: String]) -> String {
            SheetWriter.row(
                number, household: "K\(number)", ["thuong_tru": home, "noi_o_hien_tai": home].merging(fields) { $1 })
        }
        let lines = [
            SheetWriter.heading, row(1, ["ho_ten": "Lò Văn Chờ", "ngay_sinh": "31/02/1980"]), row(2, ["ho_ten": ""]),
            row(3, ["ho_ten": "Trần Văn Bình", "ngay_sinh": "12/05/1980", "so_dinh_danh": WebSamples.father]),
            row(4, ["ho_ten": "Đặng Thị Đúng", "gioi_tinh": "Nữ"]),
        ]
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("held-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("cho-xem.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        _ = try await stage.fixture.register.importBatch(path: file.path, by: LocalOperator.requester)
    }

    @Test("they are listed by cause, corrected, joined to a person, rejected; each once", arguments: TestStore.engines)
    func decides(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await HeldRowRouteTests.fill(stage)
            let clerk = try await stage.signedIn("can-bo-xa")
            let listed = try await clerk.api(.get, "batches/cho-xem/held").json
            guard case .array(let rows)? = listed["rows"] else { throw Missing() }
            #expect(rows.compactMap { $0["place"] } == [.integer(1), .integer(2), .integer(3)])
            #expect(listed["causes"]?["impossible_date"] == .integer(1))
            #expect(rows[0]["written"]?["ngay_sinh"] == .string("31/02/1980"))
            let nameless = try await clerk.api(.get, "batches/cho-xem/held?cause=missing_name").json
            #expect(nameless["rows"] == .array([rows[1]]))
            #expect(try await clerk.api(.get, "batches/cho-xem/held?cause=year_only").status == 400)

            let path = "batches/cho-xem/held"
            let early = try await clerk.api(
                .post, "\(path)/1/decision", #"{"decision": "accept", "reason": "có thật"}"#)
            #expect(early.json["code"] == .string("sheet_correct_first"))
            let mended = #"{"decision": "correct", "fields": {"ngay_sinh": "28/02/1980"}, "reason": "giấy khai sinh"}"#
            let corrected = try await clerk.api(.post, "\(path)/1/decision", mended)
            #expect(corrected.status == 201, "\(corrected.text)")
            let person = try #require(corrected.json["person"]?.text)
            let shown = try await clerk.api(.get, "persons/\(person)").json
            #expect(shown["name"] == .string("Lò Văn Chờ"))
            let again = try await clerk.api(.post, "\(path)/1/decision", mended)
            #expect(again.json["code"] == .string("sheet_decided_already"), "\(again.text)")

            let third = try await clerk.api(.get, "\(path)/3").json
            guard case .array(let candidates)? = third["candidates"] else { throw Missing() }
            #expect(candidates.compactMap { $0["handle"]?.text } == [stage.father])
            let other = #"{"decision": "same", "person": "\#(person)", "reason": "nhầm"}"#
            #expect(
                try await clerk.api(.post, "\(path)/3/decision", other).json["code"]
                    == .string("sheet_candidate_unknown"))
            let same = #"{"decision": "same", "person": "\#(stage.father)", "reason": "một số định danh"}"#
            #expect(try await clerk.api(.post, "\(path)/3/decision", same).json["person"] == .string(stage.father))

            let unreasoned = try await clerk.api(.post, "\(path)/2/decision", #"{"decision": "reject"}"#)
            #expect(unreasoned.json["code"] == .string("sheet_reason_needed"))
            let rejected = #"{"decision": "reject", "reason": "phiếu bỏ trống"}"#
            #expect(try await clerk.api(.post, "\(path)/2/decision", rejected).json["person"] == .null)
            #expect(try await clerk.api(.get, "\(path)").json["rows"] == .array([]))
            let decided = try await clerk.api(.get, "\(path)/2").json
            #expect(decided["row"]?["decision"]?["decision"] == .string("rejected"))
            #expect(try await clerk.api(.get, "\(path)/4").json["code"] == .string("sheet_not_held"))
            let wrong = #"{"decision": "correct", "fields": {"stt": "9"}, "reason": "x"}"#
            #expect(try await clerk.api(.post, "\(path)/4/decision", wrong).status == 400)
        }
    }

    @Test("who reviews no rows sees and decides none", arguments: TestStore.engines)
    func refused(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await HeldRowRouteTests.fill(stage)
            let auditor = try await stage.signedIn("kiem-toan")
            #expect(try await auditor.api(.get, "batches/cho-xem/held").status == 403)
            #expect(try await auditor.api(.get, "batches/cho-xem/held/1").status == 403)
            let body = #"{"decision": "reject", "reason": "thử"}"#
            #expect(try await auditor.api(.post, "batches/cho-xem/held/1/decision", body).status == 403)
        }
    }

    private struct Missing: Error {}
}
