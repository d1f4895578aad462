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
                (changed(#""residence_file_number":"chưa có""#), "request_unreadable"),
                (changed(#""residence_file_number":"\#(String(repeating: "1", count: 41))""#), "request_unreadable"),
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

            let filed = changed(#""residence_file_number":" HSCT 2021/000123 ""#)
            #expect(try await place.run("act", "record", "--json", input: filed).status == 0)
            let record = try await place.run("person", "show", an, "--json").objects.first
            #expect(record?["residence_file_number"] as? String == "HSCT 2021/000123", "\(record ?? [:])")

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

    @Test("a number that a request leaves open is drawn, and fits the person", arguments: TestStore.engines)
    func drawsNumbers(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let cases = [(people[1], "1", "75"), (people[3], "1", "96")]
            for (person, sex, year) in cases {
                let request = #"{"kind":"number_assigned","persons":["\#(person)"]}"#
                let tried = try await place.run("act", "record", "--dry-run", input: request)
                #expect(tried.status == 0, "\(tried.errors)")
                let outcome = try await place.run("act", "record", "--json", input: request)
                #expect(outcome.status == 0, "\(outcome.output)")
                let shown = try await place.run("person", "show", person, "--json").objects.first
                let number = try #require(shown?["number"] as? String)
                #expect(number.count == 12 && number.dropFirst(3).prefix(3) == sex + year, "\(number)")
                let again = try await place.run("act", "record", "--json", input: request)
                #expect(again.status == 1)
                #expect(code(again) == "number_held", "\(again.output)")
            }
            // A woman without a place of birth registration has no province for her number's first digits.
            let bare =
                SheetWriter.heading + "\n"
                + SheetWriter.row(
                    1, household: "H1", ["ho_ten": "Vũ Thị Mơ", "gioi_tinh": "Nữ", "noi_dang_ky_khai_sinh": ""]) + "\n"
            #expect(try await place.run("batch", "import", try place.file("bare.csv", bare.utf8)).status == 0)
            let person = try #require(try await place.rows("bare").first?.person)
            let refused = try await place.run(
                "act", "record", "--json", input: #"{"kind":"number_assigned","persons":["\#(person)"]}"#)
            #expect(code(refused) == "number_not_drawn", "\(refused.output)")
            try await place.expectSound()
        }
    }

    @Test("a household that was split off wrongly is undone, the last act first", arguments: TestStore.engines)
    func annulsHouseholds(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let dung = people[3]
            func household(_ person: String) async throws -> String {
                let shown = try await place.run("person", "show", person, "--json").objects.first
                return try #require((shown?["household"] as? [String: Any])?["handle"] as? String)
            }
            func record(_ request: String) async throws -> [String: Any] {
                let outcome = try await place.run("act", "record", "--json", input: request)
                return try #require(outcome.objects.first, "\(outcome.errors)")
            }
            func code(_ answer: [String: Any]) -> String? { (answer["error"] as? [String: String])?["code"] }
            func annul(_ act: String) async throws -> [String: Any] {
                try await record(#"{"kind":"annulled","content":{"act":"\#(act)","reason":"ghi nhầm hộ"}}"#)
            }
            let old = try await household(dung)
            let before = try await place.run("household", "show", old, "--json").objects.first
            let split = try await record(
                #"{"kind":"household_split","effective":"2022-01-05","content":{"split_from":"\#(old)","#
                    + #""head":"\#(dung)","members":[{"person":"\#(dung)","relation":"Chủ hộ"}]}}"#)
            let splitAct = try #require(split["act"] as? String, "\(split)")
            let new = try await household(dung)
            #expect(new != old)
            let left = try await record(
                #"{"kind":"household_member_left","effective":"2022-02-05","persons":["\#(dung)"],"#
                    + #""content":{"household":"\#(new)","person":"\#(dung)"}}"#)
            #expect(code(try await annul(splitAct)) == "household_has_later_acts")
            // Who left and lives with others does not come back by annulling that they left.
            let bich = try await household(people[1])
            let joined = try await record(
                #"{"kind":"household_member_joined","effective":"2022-03-05","persons":["\#(dung)"],"#
                    + #""content":{"household":"\#(bich)","person":"\#(dung)","relation":"Cháu"}}"#)
            let joinedAct = try #require(joined["act"] as? String, "\(joined)")
            #expect(code(try await annul(try #require(left["act"] as? String))) == "already_in_household")
            #expect(try await annul(joinedAct)["act"] is String)
            let leftAct = try #require(left["act"] as? String, "\(left)")
            #expect(try await annul(leftAct)["act"] is String)
            let undone = try #require(try await annul(splitAct)["act"] as? String)
            #expect(try await household(dung) == old)
            let after = try await place.run("household", "show", old, "--json").objects.first
            #expect((after?["members"] as? [Any])?.count == (before?["members"] as? [Any])?.count)
            let empty = try await place.run("household", "show", new, "--json").objects.first
            #expect((empty?["members"] as? [Any])?.isEmpty == true, "\(empty ?? [:])")
            #expect(code(try await annul(undone)) == "cannot_annul")
            let again = try await record(
                #"{"kind":"household_member_joined","effective":"2022-04-05","persons":["\#(people[1])"],"#
                    + #""content":{"household":"\#(new)","person":"\#(people[1])","relation":"Chủ hộ"}}"#)
            #expect(code(again) == "household_not_found" || code(again) == "already_in_household", "\(again)")
            try await place.expectSound()
        }
    }

    @Test("a held row is corrected from the command line, once", arguments: TestStore.engines)
    func decidesRows(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let file =
                SheetWriter.heading + "\n"
                + SheetWriter.row(1, household: "H1", ["ho_ten": "Vũ Thị Chờ", "ngay_sinh": "31/02/1980"]) + "\n"
            #expect(try await place.run("batch", "import", try place.file("wait.csv", file.utf8)).status == 0)
            func decide(_ how: String...) async throws -> Program.Outcome {
                try await place.run(["batch", "decide", "wait", "1", "--json", "--reason", "giấy khai sinh"] + how)
            }
            #expect(code(try await decide("--accept")) == "sheet_correct_first")
            #expect(try await decide().status == 64)
            #expect(try await decide("--set", "ngay=1980").status == 64)
            let tried = try await decide("--set", "ngay_sinh=28/02/1980", "--dry-run")
            #expect(tried.status == 0 && tried.objects.first?["dry_run"] as? Bool == true, "\(tried.errors)")
            #expect(code(try await decide("--set", "ngay_sinh=30/02/1980", "--dry-run")) == "sheet_still_held")
            let done = try await decide("--set", "ngay_sinh=28/02/1980")
            let person = try #require(done.objects.first?["person"] as? String, "\(done.output)\(done.errors)")
            #expect(code(try await decide("--reject")) == "sheet_decided_already")
            let shown = try await place.run("person", "show", person, "--json").objects.first
            #expect(shown?["name"] as? String == "Vũ Thị Chờ")
            try await place.expectSound()
        }
    }

    @Test("of a commune that was split, the province numbers everybody and a new commune says whom it cannot")
    func numbersSplitCommunes() async throws {
        try await Place.with(.sqlite) { place in
            let home = "Số 4, Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội"
            let places = ["thuong_tru": home, "noi_o_hien_tai": home, "noi_dang_ky_khai_sinh": home]
            let file = SheetWriter.heading + "\n" + SheetWriter.row(1, household: "H1", places) + "\n"
            #expect(try await place.run("batch", "import", try place.file("split.csv", file.utf8)).status == 0)
            func run(_ unit: String, _ more: String...) async throws -> [String: Any] {
                let outcome = try await place.run(["number", "run", "--unit", unit, "--json"] + more)
                return try #require(outcome.objects.first, "\(outcome.errors)")
            }
            let part = try await run("from-2025-07-01/00008")
            #expect((part["given"] as? [Any])?.isEmpty == true, "\(part)")
            #expect("\(part)".contains("commune_split"), "\(part)")
            let whole = try await run("from-2025-07-01/01")
            #expect((whole["given"] as? [Any])?.count == 1, "\(whole)")
            try await place.expectSound()
        }
    }

    @Test("a duplicate that an officer has settled keeps nobody from a number", arguments: TestStore.engines)
    func numbersSettledDuplicates(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let person = ["ho_ten": "Vũ Thị Trùng", "ngay_sinh": "12/05/1980", "gioi_tinh": "Nữ"]
            let file =
                [
                    SheetWriter.heading, SheetWriter.row(1, household: "H1", person),
                    SheetWriter.row(2, household: "H1", person),
                ]
                .joined(separator: "\n") + "\n"
            #expect(try await place.run("batch", "import", try place.file("twice.csv", file.utf8)).status == 0)
            let handle = try #require(try await place.rows("twice").compactMap(\.person).first)
            let request = #"{"kind":"number_assigned","persons":["\#(handle)"]}"#
            let early = try await place.run("act", "record", "--json", input: request)
            #expect(code(early) == "number_not_drawn", "\(early.output)")
            let settled = try await place.run(
                "batch", "decide", "twice", "2", "--same", handle, "--reason", "một người kê hai lần")
            #expect(settled.status == 0, "\(settled.errors)")
            let drawn = try await place.run("act", "record", "--json", input: request)
            #expect(drawn.status == 0, "\(drawn.output)")
            try await place.expectSound()
        }
    }

    @Test("whoever was widowed can marry again", arguments: TestStore.engines)
    func marriesAgain(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let (an, bich, dung) = (people[0], people[1], people[3])
            for request in [Story.married(an, bich, "2021-03-01"), Story.died(bich, "2022-05-01")] {
                #expect(try await place.run("act", "record", input: request).status == 0)
            }
            let again = try await place.run("act", "record", "--json", input: Story.married(an, dung, "2023-06-01"))
            #expect(again.status == 0, "\(again.output)")
            let third = try await place.run("act", "record", "--json", input: Story.married(an, dung, "2024-06-01"))
            #expect(code(third) == "already_married", "\(third.output)")
            try await place.expectSound()
        }
    }
}
