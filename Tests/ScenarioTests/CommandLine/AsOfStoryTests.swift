import Database
import Foundation
import TestStores
import Testing

@Suite("What was known yesterday, through the command line", .serialized)
struct AsOfStoryTests {
    private struct Story4 {
        let place: Place
        let people: [String]
        /// When the sheets were taken in.
        let start: String

        init(_ place: Place) async throws {
            self.place = place
            // With a house, so that there is a dwelling.
            let file = Story.file.replacing("\"Phường Phúc Xá", with: "\"Số 5, Phường Phúc Xá")
            let path = try place.file("story.csv", file.utf8)
            #expect(try await place.run("batch", "import", path).status == 0)
            people = try await place.rows("story").compactMap(\.person)
            let entries = try await place.run("person", "history", people[0], "--json").objects.first?["entries"]
            start = (entries as? [[String: Any]])?.first?["recorded"] as? String ?? ""
        }

        func show(_ what: String, _ handle: String, _ asOf: [String] = []) async throws -> [String: Any] {
            let outcome = try await place.run([what, "show", handle, "--json"] + asOf)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            return outcome.objects.first ?? [:]
        }

        func record(_ json: String) async throws -> [String: Any] {
            let outcome = try await place.run("act", "record", "--json", input: json)
            #expect(outcome.status == 0, "\(json): \(outcome.output)\(outcome.errors)")
            return outcome.objects.first ?? [:]
        }
    }

    /// The answer without what differs from one look to the next.
    private func told(_ answer: [String: Any]) throws -> String {
        var answer = answer
        for key in ["receipt", "effective_at", "known_at"] { answer[key] = nil }
        let data = try JSONSerialization.data(withJSONObject: answer, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    @Test("a household and its members are what they were, to the letter", arguments: TestStore.engines)
    func households(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let story = try await Story4(place)
            let (cuong, dung) = (story.people[2], story.people[3])
            let home = (try await story.show("person", cuong)["household"] as? [String: Any])?["handle"] as? String
            let household = try #require(home)
            let (before, person) = (
                try told(try await story.show("household", household)), try told(try await story.show("person", dung))
            )
            #expect(before.contains("Lê Thị Dung"))
            _ = try await story.record(
                #"{"kind":"details_corrected","persons":["\#(dung)"],"content":{"details":{"name":"Lê Thị Dụng"}}}"#)
            _ = try await story.record(
                #"{"kind":"household_member_left","effective":"2021-06-01","persons":["\#(dung)"],"#
                    + #""content":{"household":"\#(household)","person":"\#(dung)"}}"#)

            #expect(try await !told(story.show("household", household)).contains("Lê Thị"))
            let then = try await story.show("household", household, ["--known-at", story.start])
            #expect(try told(then) == before)
            #expect(then["known_at"] as? String == story.start, "\(then)")
            #expect(try await told(story.show("person", dung, ["--known-at", story.start])) == person)
            // Both at once: corrected now, and a member on that day.
            let day = try await story.show("household", household, ["--effective-at", "2021-05-31"])
            #expect(try told(day).contains("Lê Thị Dụng") && day["effective_at"] as? String == "2021-05-31")
            let dwelling = try await place.run("household", "dwelling", household, "--json", "--known-at", story.start)
            #expect(dwelling.output.contains("Lê Thị Dung") && dwelling.status == 0, "\(dwelling.output)")
        }
    }

    @Test("a child is a child from birth on, and from when the register knew", arguments: TestStore.engines)
    func children(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let story = try await Story4(place)
            let cuong = story.people[2]
            let before = try told(try await story.show("person", cuong))
            let child = try await story.record(
                """
                {"kind":"registered_at_birth","effective":"2021-01-05","content":{"father":{"person":"\(cuong)"},
                 "details":{"name":"Lê Văn Bé","birth":"2021-01-02","sex":"Nam",
                 "birth_registration_place":"Phường Phúc Xá, Quận Ba Đình, Hà Nội"}}}
                """)
            let handle = try #require(child["created"] as? String ?? (child["persons"] as? [String])?.first)
            func children(_ asOf: String...) async throws -> [String] {
                try await story.show("person", cuong, asOf)["children"] as? [String] ?? []
            }
            #expect(try await children() == [handle])
            #expect(try await children("--effective-at", "2021-02-01") == [handle])
            #expect(try await children("--effective-at", "2021-01-01") == [])
            #expect(try await children("--known-at", story.start) == [])
            #expect(try await told(story.show("person", cuong, ["--known-at", story.start])) == before)
            // The certificate names the father, who was told as a person of the register alone.
            let father = try await story.show("person", handle)["father"] as? [String: Any]
            #expect(father?["name"] as? String == "Lê Văn Cường", "\(father ?? [:])")
            let found = try await place.run("person", "search", "Le Van Be", "--parent", "le van cuong", "--json")
            #expect(found.output.contains(handle), "\(found.output)\(found.errors)")
            let text = try await place.run("person", "show", cuong)
            #expect(text.output.contains("Con / child") && text.output.contains(handle), "\(text.output)")
        }
    }

    @Test("a recognised father is told by every way out", arguments: TestStore.engines)
    func recognised(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let story = try await Story4(place)
            let (an, dung) = (story.people[0], story.people[3])
            _ = try await story.record(
                #"{"kind":"parent_recognised","effective":"2021-03-01","#
                    + #""content":{"child":"\#(dung)","parent":"\#(an)"}}"#)
            let parents = try await story.show("person", dung)["recognised_parents"] as? [[String: Any]]
            #expect(parents?.map { $0["handle"] as? String } == [an], "\(parents ?? [])")
            #expect(try await story.show("person", an)["children"] as? [String] == [dung])
            let text = try await place.run("person", "show", dung)
            #expect(text.output.contains("recognised parent") && text.output.contains(an), "\(text.output)")
        }
    }
}
