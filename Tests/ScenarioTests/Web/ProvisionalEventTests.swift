import Access
import Database
import Foundation
import HTTPTypes
import Ledger
import Population
import TestStores
import Testing

@testable import Web

@Suite("Civil-status events that officers enter from documents")
struct ProvisionalEventTests {
    private func isProvisional(_ act: JSONValue?, _ person: String, _ desk: ApprovalStage.Desk) async throws -> Bool? {
        let history = try await desk.api(.get, "persons/\(person)/history").json
        guard case .array(let entries)? = history["entries"] else { return nil }
        let flag = entries.first { $0["act"] == act }?["provisional"]
        return flag.map { $0 == .bool(true) }
    }

    @Test(
        "are provisional in every way out until the civil-status side confirms them, once; officers cannot",
        arguments: TestStore.engines)
    func story(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            try await stage.enrol("ho-tich", .civilStatusSystem, in: "xa-00097")
            let book = try await stage.signedIn("ho-tich")
            let officer = try await stage.signedIn("can-bo-xa")
            let person = stage.father
            let death =
                #"{"kind": "died", "effective": "2021-02-20", "persons": ["\#(person)"], "#
                + #""content": {"certificate": "12/2021, sổ 3"}}"#
            let recorded = try await officer.api(.post, "acts", death)
            #expect(recorded.status == 201, "\(recorded.text)")
            let act = try #require(recorded.json["act"])
            #expect(try await isProvisional(act, person, officer) == true)
            let before = try await officer.page("/persons/\(person)").text
            #expect(before.contains("tạm ghi") && before.contains("cho đến khi bên hộ tịch xác nhận"))

            let confirmation =
                #"{"kind": "event_confirmed", "content": {"act": "\#(act.text ?? "")", "certificate": "12/2021"}}"#
            let forbidden = try await officer.api(.post, "acts", confirmation)
            #expect(forbidden.status == 403, "\(forbidden.text)")
            #expect(try await book.api(.post, "acts", confirmation, key: "xac-nhan-12").status == 201)
            #expect(try await isProvisional(act, person, officer) == false)
            let after = try await officer.page("/persons/\(person)").text
            #expect(!after.contains("cho đến khi bên hộ tịch xác nhận"))
            #expect(after.contains("Bên hộ tịch xác nhận") && after.contains("Đã chết"))
            let again = try await book.api(.post, "acts", confirmation, key: "xac-nhan-13")
            #expect(again.status == 422 && again.code == "already_confirmed", "\(again.text)")

            // What that side tells itself needs nobody's word.
            let back = #"{"kind": "returned", "persons": ["\#(person)"], "content": {"certificate": "8/2021"}}"#
            let own = try await book.api(.post, "acts", back, key: "su-kien-8")
            #expect(own.status == 201, "\(own.text)")
            #expect(try await isProvisional(own.json["act"], person, officer) == false)
        }
    }
}
