import Database
import Foundation
import TestStores
import Testing

@Suite("Faces and papers through the command line", .serialized)
struct CardDrawCommandTests {
    private func run(_ place: Place, _ arguments: [String], _ member: String) async throws -> String {
        let outcome = try await place.run(arguments + ["--json"])
        #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
        return try #require(outcome.objects.first?[member] as? String, "\(arguments): \(outcome.output)")
    }

    private func bytes(_ place: Place, _ name: String) throws -> Data {
        try Data(contentsOf: place.folder.appendingPathComponent(name))
    }

    @Test("faces and papers of an application are drawn, each on record", arguments: TestStore.engines)
    func wholeWay(engine: Engine) async throws {
        try await Place.with(engine) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let application = try await run(place, ["card", "apply", Story.an], "application")
            let looks = try await place.leaves()["looks"] ?? 0
            for form in ["cc01", "cc02"] {
                let file = try await run(place, ["card", "paper", form, application, "--out", "\(form).pdf"], "file")
                #expect(try bytes(place, file).starts(with: "%PDF-".utf8))
            }
            #expect(try await place.leaves()["looks"] == looks + 2)
            let early = try await place.run("card", "paper", "cc03", application, "--out", "cc03.pdf")
            #expect(early.status == 1 && early.errors.contains("card_paper_not_now"))
            #expect(!FileManager.default.fileExists(atPath: place.folder.appendingPathComponent("cc03.pdf").path))

            #expect(try await place.run("card", "decide", application, "--approve").status == 0)
            let card = try await run(place, ["card", "order", application], "card")
            let before = try await place.leaves()["looks"] ?? 0
            let drawn = try await place.run("card", "draw", card, "--out", "faces", "--json")
            #expect(drawn.status == 0, "\(drawn.errors)")
            #expect(!drawn.output.contains(Story.an) && !drawn.output.contains("Nguyễn"))
            #expect(try await place.leaves()["looks"] == before + 1)
            #expect(drawn.objects.first?["receipt"] is String)
            for name in ["front.png", "back.png"] {
                #expect(try bytes(place, "faces/\(card)/\(name)").starts(with: [0x89, 0x50, 0x4E, 0x47]))
            }
            #expect(try bytes(place, "faces/\(card)/faces.pdf").starts(with: "%PDF-".utf8))
            let again = try await place.run("card", "draw", card, "--out", "faces")
            #expect(again.status == 1 && again.errors.contains("folder_not_empty"))
            let unknown = try await place.run("card", "draw", String(repeating: "0", count: 26), "--out", "others")
            #expect(unknown.status == 1 && unknown.errors.contains("card_unknown"))
            try await place.expectSound()
        }
    }

    @Test("a refusal is printed with its article of law")
    func refusal() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let application = try await run(place, ["card", "apply", Story.an], "application")
            let refusal = ["card", "decide", application, "--refuse", "chưa đủ điều kiện"]
            #expect(try await place.run(refusal).status == 64, "a refusal names its article")
            #expect(try await place.run(refusal + ["--article", "19"]).status == 0)
            _ = try await run(place, ["card", "paper", "cc03", application, "--out", "cc03.pdf"], "file")
            #expect(try bytes(place, "cc03.pdf").starts(with: "%PDF-".utf8))
            let late = try await place.run("card", "paper", "cc02", application, "--out", "cc02.pdf")
            #expect(late.status == 1 && late.errors.contains("card_paper_not_now"))
        }
    }

    @Test("a machine without the fonts refuses before anybody is looked at")
    func fonts() async throws {
        try await Place.with(.sqlite) { place in
            #expect(try await place.run("batch", "import", try place.file("s.csv", Story.file.utf8)).status == 0)
            let looks = try await place.leaves()["looks"] ?? 0
            let empty = try place.file("fonts.conf", "<fontconfig></fontconfig>".utf8)
            let command = [Program.path, "card", "draw", String(repeating: "0", count: 26), "--out", "faces"]
            let outcome = try await Program.start(
                ["FONTCONFIG_FILE=\(empty)"] + command + place.options, in: place.folder, executable: "/usr/bin/env"
            ).outcome()
            #expect(outcome.status == 1 && outcome.errors.contains("font_missing"), "\(outcome.errors)")
            #expect(try await place.leaves()["looks"] == looks)
        }
    }
}
