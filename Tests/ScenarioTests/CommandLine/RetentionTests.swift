import Access
import Civil
import Database
import Foundation
import Ledger
import Population
import TestStores
import Testing

@Suite("What a retention rule takes away", .serialized)
struct RetentionTests {
    private static let basis = "Luật 91/2025/QH15, Điều 5"

    private func people(_ place: Place) async throws -> [String] {
        let outcome = try await place.run("batch", "import", try place.file("story.csv", Story.file.utf8))
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try await place.rows("story").compactMap(\.person)
    }

    private func retain(_ place: Place, _ arguments: String...) async throws -> Program.Outcome {
        // What goes is named last, and once more.
        let confirmed = arguments.last == "--dry-run" ? [] : ["--confirm", arguments.last ?? ""]
        return try await place.run(
            ["log", "retain"] + arguments + confirmed + ["--basis", RetentionTests.basis, "--json"])
    }

    private func verified(_ place: Place) async throws -> [String: Any] {
        let outcome = try await place.run("log", "verify", "--json")
        #expect(outcome.status == 0, "\(outcome.output)")
        return outcome.objects.first ?? [:]
    }

    @Test("old looks go under a rule, young ones stay, and the log stays clean", arguments: TestStore.engines)
    func looks(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let early = try await retain(place, "looks", "--before", "2021-01-01")
            #expect(early.objects.first?["removed"] as? Int == 0, "\(early.output)\(early.errors)")
            let future = try await retain(place, "looks", "--before", "2999-01-01")
            #expect(future.status == 1 && future.output.contains("retention_in_future"), "\(future.output)")
            try await look(at: people, in: place, secondsSinceEpoch: 1_600_000_000)
            let young = try await place.leaves()["looks"] ?? 0
            let looks = people.count
            let dry = try await retain(place, "looks", "--before", "2021-01-01", "--dry-run")
            #expect(dry.objects.first?["removed"] as? Int == looks, "\(dry.output)\(dry.errors)")
            #expect(try await verified(place)["removed_looks"] as? Int == 0)
            // The rule is about days in Vietnam: nothing of 13 September 2020 is before it.
            let sooner = try await retain(place, "looks", "--before", "2020-09-13")
            #expect(sooner.objects.first?["removed"] as? Int == 0, "\(sooner.output)\(sooner.errors)")
            let unconfirmed = try await place.run("log", "retain", "looks", "--before", "2021-01-01", "--basis", "x")
            #expect(unconfirmed.status == 64 && unconfirmed.errors.contains("--confirm 2021-01-01"))
            let removed = try await retain(place, "looks", "--before", "2021-01-01")
            #expect(removed.objects.first?["removed"] as? Int == looks, "\(removed.output)\(removed.errors)")
            let again = try await retain(place, "looks", "--before", "2021-01-01")
            #expect(again.objects.first?["removed"] as? Int == 0, "\(again.output)\(again.errors)")
            let result = try await verified(place)
            #expect(result["removed_looks"] as? Int == looks)
            #expect((result["leaves"] as? [String: Int])?["looks"] == young)
            #expect(try await place.run("person", "show", people[0]).status == 0)
            #expect(try await verified(place)["removed_looks"] as? Int == looks)
            try await place.expectSound()
        }
    }

    /// Looks at people in this process, with a clock of long ago.
    private func look(at people: [String], in place: Place, secondsSinceEpoch seconds: Int64) async throws {
        let database = try await Database.open(try DatabaseLocation(parsing: place.database))
        let surroundings = Surroundings(
            now: { Instant(microseconds: seconds * 1_000_000) }, random: { Array(repeating: 7, count: $0) })
        let register = PopulationRegister(
            database: database, surroundings: surroundings, numbers: EntryNumbers(surroundings), kind: .demonstration,
            units: UnitsInForce(UnitDirectory(), number: 0), seal: nil)
        for person in people {
            let selector = try #require(PersonSelector(parsing: person))
            _ = try await register.look(at: selector, by: LocalOperator.requester)
        }
        await database.close()
    }

    @Test("the content of an act goes, its envelope and its proof stay", arguments: TestStore.engines)
    func contents(engine: Engine) async throws {
        try await Place.with(engine) { place in
            let people = try await people(place)
            let person = people[0]
            func act(_ json: String) async throws -> String {
                let outcome = try await place.run("act", "record", "--json", input: json)
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
                return outcome.objects.first?["act"] as? String ?? ""
            }
            func shown(_ field: String, on day: String? = nil) async throws -> Any? {
                let at = day.map { ["--effective-at", $0] } ?? []
                return try await place.run(["person", "show", person, "--json"] + at).objects.first?[field]
            }
            // A stay is shown while it lasts.
            let during = "2022-03-02"
            let stay = try await act(
                """
                {"kind":"stay_notified","effective":"2022-03-01","persons":["\(person)"],"content":
                 {"address":"Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên","until":"2022-03-04"}}
                """)
            let phone = try await act(
                #"{"kind":"details_changed","persons":["\#(person)"],"content":{"details":{"phone":"0912345678"}}}"#)
            let named = try await act(
                #"{"kind":"details_changed","persons":["\#(person)"],"content":{"details":{"name":"Nguyễn Văn Ân"}}}"#)
            let died = try await act(Story.died(people[2], "2022-05-01"))
            #expect(try await shown("phone") as? String == "0912345678")
            #expect(try await shown("stay", on: during) is [String: Any])

            #expect(try await !(shown("stay") is [String: Any]), "a stay that is over is not shown as one")
            let dry = try await retain(place, "act", stay, "--dry-run")
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(try await shown("stay", on: during) is [String: Any])
            for act in [stay, phone] {
                let outcome = try await retain(place, "act", act)
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            #expect(try await !(shown("phone") is String))
            #expect(try await !(shown("stay", on: during) is [String: Any]))
            #expect(try await verified(place)["removed_contents"] as? Int == 2)
            try await place.expectSound()
            let proof = try await place.run("log", "prove", "acts", stay)
            #expect(proof.status == 0 && proof.output.contains("c2sp.org/tlog-proof"), "\(proof.errors)")
            let history = try await place.run("person", "history", person, "--json")
            #expect(history.status == 0 && history.output.contains(stay), "\(history.output)")
            #expect(!history.output.contains("0912345678"))

            for (act, code) in [
                (stay, "content_removed_already"), (died, "content_kept"), (named, "content_kept"),
                ("77", "act_not_found"),
            ] {
                let outcome = try await retain(place, "act", act)
                #expect(outcome.status == 1 && outcome.output.contains(code), "\(outcome.output)")
            }
            let bare = try await place.run("log", "retain", "act", died, "--confirm", died, "--basis", " ", "--json")
            #expect(bare.status == 1 && bare.output.contains("legal_basis_missing"), "\(bare.output)")
            // The next act of the person goes on behind the one whose content is gone.
            _ = try await act(Story.moved(person, "2023-01-01", to: "Xã Hòa An, Huyện Phú Hòa, Tỉnh Phú Yên"))
            try await place.expectSound()
        }
    }
}
