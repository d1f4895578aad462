import Database
import Foundation
import TestStores
import Testing

/// Four invented people in three households, as a commune hands them in.
enum Story {
    static let an = "005070000123"
    static let file =
        SheetWriter.heading + "\n"
        + [
            SheetWriter.row(
                1, household: "H1",
                ["ho_ten": "Nguyễn Văn An", "ngay_sinh": "12/05/1970", "so_dinh_danh": an]),
            SheetWriter.row(
                2, household: "H2",
                ["ho_ten": "Trần Thị Bích", "ngay_sinh": "03/09/1975", "gioi_tinh": "Nữ"]),
            SheetWriter.row(3, household: "H3", ["ho_ten": "Lê Văn Cường", "ngay_sinh": "1948"]),
            SheetWriter.row(
                4, household: "H3",
                [
                    "ho_ten": "Lê Thị Dung", "ngay_sinh": "20/11/1996", "gioi_tinh": "Nữ", "quan_he_chu_ho": "Con đẻ",
                ]),
        ].joined(separator: "\n") + "\n"

    static func moved(_ person: String, _ day: String, to address: String) -> String {
        #"{"kind":"moved","effective":"\#(day)","persons":["\#(person)"],"content":{"address":"\#(address)"}}"#
    }

    static func married(_ one: String, _ other: String, _ day: String) -> String {
        let spouses = #"[{"person":"\#(one)"},{"person":"\#(other)"}]"#
        return #"{"kind":"married","effective":"\#(day)","content":{"spouses":\#(spouses)}}"#
    }

    static func died(_ person: String, _ day: String) -> String {
        let content = #"{"certificate":"12/2022"}"#
        return #"{"kind":"died","effective":"\#(day)","persons":["\#(person)"],"content":\#(content)}"#
    }
}

@Suite("A life through the command line", .serialized)
struct StoryTests {
    /// A question about a person; the same question has the same answer for ever, once both times are given.
    private struct Question: Hashable {
        let person: String
        var effectiveAt: String?
        var knownAt: String?
    }

    private func ask(_ question: Question, _ place: Place) async throws -> String {
        var arguments = ["person", "show", question.person, "--json"]
        if let day = question.effectiveAt { arguments += ["--effective-at", day] }
        if let known = question.knownAt { arguments += ["--known-at", known] }
        let outcome = try await place.run(arguments)
        #expect(outcome.status == 0, "\(question): \(outcome.errors)")
        var answer = outcome.objects.first ?? [:]
        for key in ["receipt", "effective_at", "known_at", "version"] { answer[key] = nil }
        let data = try JSONSerialization.data(withJSONObject: answer, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    /// Records an act from standard input; gives its number and when it was recorded.
    private func record(_ json: String, _ place: Place) async throws -> (act: String, recorded: String) {
        let outcome = try await place.run("act", "record", "--json", input: json)
        #expect(outcome.status == 0, "\(json): \(outcome.output)\(outcome.errors)")
        let object = outcome.objects.first ?? [:]
        return (object["act"] as? String ?? "", object["recorded"] as? String ?? "")
    }

    private func people(_ place: Place) async throws -> [String] {
        let path = try place.file("story.csv", Story.file.utf8)
        let outcome = try await place.run("batch", "import", path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try await place.rows("story").compactMap(\.person)
    }

    /// When the register learned of the person.
    private func collected(_ person: String, _ place: Place) async throws -> String {
        let entries = try await place.run("person", "history", person, "--json").objects.first?["entries"]
        return (entries as? [[String: Any]])?.first?["recorded"] as? String ?? ""
    }

    @Test(
        "past days answer anew, past knowledge stays, also after backup, wipe and restore", arguments: TestStore.engines
    )
    func asOf(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            try #require(people.count == 4)
            let (an, bich, cuong) = (people[0], people[1], people[2])
            let start = try await collected(an, place)
            let before = try await ask(Question(person: an), place)
            let cuongBefore = try await ask(Question(person: cuong), place)

            let address = "Số 5, Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"
            let move = try await record(
                Story.moved(Story.an, "2021-03-01", to: address),
                place)
            #expect(try await ask(Question(person: an, effectiveAt: "2021-02-28"), place) == before)
            let moved = try await ask(Question(person: an, effectiveAt: "2021-03-01"), place)
            #expect(moved != before && moved.contains("22315"))
            #expect(try await ask(Question(person: an, knownAt: start), place) == before)

            let correction = try await record(
                #"{"kind":"details_corrected","persons":["\#(an)"],"content":{"details":{"birth":"1970-12-05"}}}"#,
                place)
            let early = Question(person: an, effectiveAt: "2020-12-01")
            #expect(try await ask(early, place).contains(#""date_of_birth":"1970-12-05""#))
            let asKnown = Question(person: an, effectiveAt: "2020-12-01", knownAt: move.recorded)
            #expect(try await ask(asKnown, place).contains(#""date_of_birth":"1970-05-12""#))

            _ = try await record(
                Story.married(an, bich, "2021-05-01"),
                place)
            #expect(try await ask(Question(person: bich, effectiveAt: "2021-05-01"), place).contains(an))
            #expect(try await !ask(Question(person: bich, effectiveAt: "2021-04-30"), place).contains(an))
            #expect(try await !ask(Question(person: bich, knownAt: correction.recorded), place).contains(an))

            let death = try await record(
                Story.died(cuong, "2022-05-01"),
                place)
            #expect(try await ask(Question(person: cuong), place).contains(#""status":"dead""#))
            #expect(try await ask(Question(person: cuong, effectiveAt: "2022-04-30"), place) == cuongBefore)
            #expect(try await ask(Question(person: cuong, knownAt: start), place) == cuongBefore)

            _ = try await record(
                #"{"kind":"annulled","content":{"act":"\#(move.act)","reason":"ghi nhầm người"}}"#, place)
            #expect(try await !ask(Question(person: an), place).contains("22315"))
            #expect(try await ask(Question(person: an, knownAt: death.recorded), place).contains("22315"))
            try await place.expectSound()

            // Two of the days with each point of knowledge, for each person.
            var questions: [Question] = []
            for person in [an, bich, cuong] {
                for known in [nil, start, move.recorded, death.recorded] {
                    questions.append(Question(person: person, effectiveAt: nil, knownAt: known))
                    questions.append(Question(person: person, effectiveAt: "2021-05-01", knownAt: known))
                }
            }
            try await survivesRestore(place, questions)
        }
    }

    /// Backs up with the key, wipes store and key, restores, and asks again.
    private func survivesRestore(_ place: Place, _ questions: [Question]) async throws {
        var answers: [Question: String] = [:]
        for question in questions { answers[question] = try await ask(question, place) }
        let acts = try await place.leaves()["acts"]
        let backup = place.folder.appendingPathComponent("backup").path
        #expect(try await place.run("backup", backup, "--dry-run").status == 0)
        #expect(!FileManager.default.fileExists(atPath: backup), "a trial writes nothing")
        let saved = try await place.run("backup", backup, "--with-key", "--json")
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(saved.objects.first?["folder"] as? String == backup)
        #expect(try await place.run("backup", backup).status == 1, "a backup is never written over")
        try FileManager.default.removeItem(at: place.keys)
        if place.engine == .sqlite {
            let path = place.database.dropFirst("sqlite:".count)
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
            try await restored(backup, place, answers, acts)
        } else {
            try await place.withEmptyStore { try await restored(backup, $0, answers, acts) }
        }
    }

    private func restored(_ backup: String, _ place: Place, _ answers: [Question: String], _ acts: Int?) async throws {
        for arguments in [["restore", backup, "--dry-run"], ["register", "create", "--dry-run"]] {
            let tried = try await place.run(arguments)
            #expect(tried.status == 0 && tried.output.contains("would be"), "\(tried.output)\(tried.errors)")
        }
        let outcome = try await place.run("restore", backup, "--json")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.objects.first?["clean"] as? Bool == true)
        #expect(try await place.leaves()["acts"] == acts)
        for (question, answer) in answers { #expect(try await ask(question, place) == answer, "\(question)") }
        try await place.expectSound()
        #expect(try await place.run("restore", backup, "--dry-run").status == 1)
        #expect(try await place.run("register", "create", "--dry-run").status == 1)
        let again = try await place.run("restore", backup)
        #expect(again.status == 1, "nothing is restored over a register")
    }

    @Test("every look at a person is one entry of the log of looks", arguments: TestStore.engines)
    func looks(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            var looks = try await place.leaves()["looks"] ?? 0
            for arguments in [["person", "show", Story.an], ["person", "show", people[1], "--json"]] {
                #expect(try await place.run(arguments).status == 0)
                looks += 1
                #expect(try await place.leaves()["looks"] == looks)
            }
            let receipt =
                try await place.run("person", "show", people[2], "--json").objects.first?["receipt"] as? String
            let proof = try await place.run("log", "prove", "looks", receipt ?? "")
            #expect(proof.status == 0, "\(proof.errors)")
            #expect(proof.output.contains("c2sp.org/tlog-proof"))
        }
    }

    @Test("a refused act exits with 1, its code and both sentences, and stores nothing", arguments: TestStore.engines)
    func refusals(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let (an, bich, cuong, dung) = (people[0], people[1], people[2], people[3])
            _ = try await record(Story.married(an, bich, "2021-05-01"), place)
            _ = try await record(Story.died(cuong, "2022-05-01"), place)
            let acts = try await place.leaves()["acts"]
            let refused: [(String, String)] = [
                (Story.married(an, dung, "2021-06-01"), "already_married"),
                (Story.married(an, an, "2021-06-01"), "couple_needs_two_persons"),
                (Story.died(cuong, "2022-06-01"), "already_dead"),
                (Story.died(dung, "2999-01-01"), "effective_in_future"),
                (Story.died(dung, "1950-01-01"), "effective_before_birth"),
                (Story.died("00000000000000000000000000", "2022-01-01"), "person_not_found"),
                (
                    Story.moved(an, "2021-01-01", to: "nơi nào đó"),
                    "address_unresolved"
                ),
                (#"{"kind":"collected","persons":["\#(an)"]}"#, "content_not_for_officers"),
                (#"{"kind":"died"}"#, "persons_missing"), ("{", "request_unreadable"), ("", "request_unreadable"),
                (#"{"kind":"annulled","content":{"act":"1","reason":"không có"}}"#, "act_not_found"),
            ]
            for (json, code) in refused {
                let outcome = try await place.run("act", "record", "--json", input: json)
                #expect(outcome.status == 1, "\(json): \(outcome.output)\(outcome.errors)")
                let error = outcome.objects.first?["error"] as? [String: String]
                #expect(error?["code"] == code, "\(json): \(outcome.output)")
                #expect((error?["vi"] ?? "").isEmpty == false && (error?["en"] ?? "").isEmpty == false)
                #expect(outcome.errors.contains("[\(code)]"))
            }
            let dry = try await place.run("act", "record", "--dry-run", "--json", input: Story.died(dung, "2022-01-01"))
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(dry.objects.first?["dry_run"] as? Bool == true)
            #expect(try await place.leaves()["acts"] == acts)
            try await place.expectSound()
        }
    }
}
