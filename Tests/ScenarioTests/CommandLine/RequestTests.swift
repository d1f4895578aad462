import Database
import Foundation
import TestStores
import Testing

@Suite("Requests that must not be recorded as they are", .serialized)
struct RequestTests {
    private func people(_ place: Place) async throws -> [String] {
        let outcome = try await place.run("batch", "import", try place.file("story.csv", Story.file.utf8))
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try await place.rows("story").compactMap(\.person)
    }

    private func code(_ outcome: Program.Outcome) -> String? {
        (outcome.objects.first?["error"] as? [String: String])?["code"]
    }

    @Test("values that cannot be, unknown fields and too many persons are refused", arguments: TestStore.engines)
    func refused(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let (an, bich, dung) = (people[0], people[1], people[3])
            func changed(_ details: String) -> String {
                #"{"kind":"details_changed","effective":"2022-01-01","persons":["\#(an)"],"#
                    + #""content":{"details":{\#(details)}}}"#
            }
            let child = """
                {"kind":"registered_at_birth","effective":"2021-01-05","content":{"father":{"person":"\(an)"},
                 "details":{"name":"Nguyễn Thị Bé","birth":"2021-01-02","sex":"Nữ",
                 "birth_registration_place":"Phường Phúc Xá, Quận Ba Đình, Hà Nội"}}}
                """
            let born = try await place.run("act", "record", "--json", input: child)
            #expect(born.status == 0, "\(born.output)")
            let home = "Phường Phúc Xá, Quận Ba Đình, Hà Nội"
            let stay =
                #"{"kind":"stay_notified","effective":"2022-04-10","persons":["\#(an)"],"#
                + #""content":{"address":"\#(home)","until":"2022-04-05"}}"#
            let moved =
                #"{"kind":"moved","effective":"2022-04-10","persons":["\#(an)"],"#
                + #""content":{"address":"\#(home)","util":"2023"}}"#
            let corrected = #"{"kind":"details_corrected","persons":["\#(an)"],"content":{"details":{"birth":"#
            let adopted = #"{"kind":"adopted","effective":"2022-06-01","content":{"child":"\#(dung)","parents":[]}}"#
            let twice =
                #"{"kind":"number_assigned","persons":["\#(bich)","\#(dung)"],"content":{"number":"005196000888"}}"#
            let requests: [(String, String)] = [
                (changed(#""name":"Nguyễn 123""#), "request_unreadable"),
                (changed(#""name":"""#), "request_unreadable"),
                (changed(#""phone":"""#), "request_unreadable"), (changed(#""phone":"12""#), "request_unreadable"),
                (changed(#""email":"khong co""#), "request_unreadable"),
                (changed(#""old_number":"12""#), "request_unreadable"),
                (changed(#""birth":"31/02/1990""#), "request_unreadable"),
                (changed(#""nme":"Nguyễn Văn Ân""#), "request_unreadable"), (moved, "request_unreadable"),
                (changed(#""other_name":"An","otherName":"Ân""#), "request_unreadable"),
                (stay, "ends_before_it_begins"), (corrected + #""2099-01-01"}}}"#, "birth_in_future"),
                (corrected + #""2022-01-01"}}}"#, "parent_not_older"), (adopted, "adoption_needs_parents"),
                (twice, "one_person_only"),
                (
                    #"{"kind":"number_assigned","persons":["\#(bich)"],"content":{"number":"5196000888"}}"#,
                    "request_unreadable"
                ),
            ]
            let acts = try await place.leaves()["acts"]
            for (request, expected) in requests {
                let outcome = try await place.run("act", "record", "--json", input: request)
                #expect(outcome.status == 1, "\(request): \(outcome.output)")
                #expect(code(outcome) == expected, "\(request): \(outcome.output)")
            }
            #expect(try await place.leaves()["acts"] == acts)

            // A number with spaces is the number; a person who is named twice is one.
            let spaced =
                #"{"kind":"number_assigned","persons":["\#(bich)","\#(bich)"],"content":{"number":"005 175 000 888"}}"#
            let outcome = try await place.run("act", "record", "--json", input: spaced)
            #expect(outcome.status == 0, "\(outcome.output)")
            let shown = try await place.run("number", "show", "005175000888", "--json").objects.first
            #expect(shown?["person"] as? String == bich && shown?["state"] as? String == "in_force", "\(shown ?? [:])")
            try await place.expectSound()
        }
    }
}
