import Access
import Database
import Foundation
import HTTPTypes
import Population
import TestStores
import Testing

@testable import Web

@Suite("Names of relatives who live elsewhere")
struct RelativeNameTests {
    @Test(
        "an officer reads the name of a linked relative, on record by name alone; one under protection keeps theirs",
        arguments: TestStore.engines)
    func story(engine: Engine) async throws {
        try await ApprovalStage.with(engine) { stage in
            let register = stage.fixture.register
            let people = try await stage.fixture.persons()
            let desk = try await stage.signedIn("can-bo-bo")
            var handles: [String: String] = [:]
            for person in people {
                let name = try await desk.api(.get, "persons/\(person)").json["name"]?.text
                if let name { handles[name] = person }
            }
            let child = try #require(handles["Trần Gia An"])
            let mother = try #require(handles["Nguyễn Thu Hà"])
            #expect(try await !desk.page("/persons/\(child)").text.contains("Nguyễn Thu Hà"))
            let recognition =
                #"{"kind":"parent_recognised","effective":"2021-01-05","#
                + #""content":{"child":"\#(child)","parent":"\#(mother)"}}"#
            _ = try await register.record(
                try ActRequest.read(Data(recognition.utf8)), by: LocalOperator.requester)
            #expect(try await desk.page("/persons/\(child)").text.contains("Nguyễn Thu Hà"))
            // The page of a parent names the child, though they are of two households.
            #expect(try await desk.page("/persons/\(mother)").text.contains("Trần Gia An"))
            let last = try await register.database.read { connection in
                try connection.rows("SELECT fields FROM look ORDER BY look_id DESC LIMIT 1") { try $0.text(0) }
            }
            #expect(last.first?.contains("name") == true && last.first?.contains("birth") == false, "\(last)")

            // The commune's officer reads it while she lives there, and not when she has moved away or is protected.
            let officer = try await stage.signedIn("can-bo-xa")
            func names() async throws -> Bool {
                try await officer.page("/persons/\(child)").text.contains("Nguyễn Thu Hà")
            }
            func move(to place: String) async throws {
                for kind in ["permanent_residence_registered", "moved"] {
                    let act =
                        #"{"kind":"\#(kind)","effective":"2025-08-01","persons":["\#(mother)"],"#
                        + #""content":{"address":"\#(place), Thành phố Hà Nội"}}"#
                    _ = try await register.record(try ActRequest.read(Data(act.utf8)), by: LocalOperator.requester)
                }
            }
            try await move(to: "Phường Ba Đình")
            #expect(try await !names(), "she lives elsewhere")
            try await move(to: "Phường Hồng Hà")
            #expect(try await names())
            let request = try await register.ask(
                toSeal: Handle(parsing: mother), until: nil, reason: "nạn nhân được bảo vệ",
                by: try await stage.requester("phe-duyet"))
            try await register.decide(seal: request.id, .accept, by: try await stage.requester("phe-duyet-2"))
            #expect(try await !names(), "she is protected")
            let found = try await officer.api(
                .post, "persons/search", #"{"name": "tran gia an", "parent": "nguyen thu ha"}"#)
            #expect(!found.text.contains("parent_equal"), "nor is her name confirmed: \(found.text)")
        }
    }
}
