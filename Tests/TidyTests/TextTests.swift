import Foundation
import Testing

@Suite("Texts of the repository")
struct TextTests {
    @Test("nobody left a note to himself")
    func noNotesLeft() {
        let problems = (Repository.swiftFiles + Repository.documents).flatMap(Texts.notesLeft)
        expectNone(problems)
    }

    @Test("no file names a folder of one machine")
    func noMachinePaths() {
        let problems = Repository.files.flatMap(Texts.machinePaths)
        expectNone(problems)
    }

    @Test("every relative link in a document leads to a file")
    func linksLeadSomewhere() {
        #expect(Repository.documents.count > 3)
        let problems = Repository.documents.flatMap { Texts.deadLinks(in: $0, exists: Repository.exists) }
        expectNone(problems)
    }

    @Test("templates escape everything")
    func templatesEscape() {
        let templates = Repository.files.filter { $0.path.hasSuffix(".mustache") || $0.path.hasSuffix(".html") }
        #expect(templates.flatMap(Texts.unescapedTags) == [])
    }

    @Test("every word of the vocabulary has its Vietnamese term and its sentence")
    func vocabularyIsWhole() throws {
        let file = TextFile(path: "docs/vocabulary.md", text: try Repository.text("docs/vocabulary.md"))
        #expect(Texts.tableRows(in: file).count > 50)
        expectNone(Texts.vocabularyGaps(in: file))
    }

    @Test("every code of a refusal stands in the list of error codes")
    func errorCodesAreListed() throws {
        let codes = Repository.swiftFiles.filter { $0.path.hasPrefix("Sources/") }.reduce(into: Set<String>()) {
            $0.formUnion(ErrorCodes.codes(of: $1))
        }
        #expect(codes.count > 150)
        let text = try Repository.text("docs/error-codes.md")
        expectNone(codes.filter { !text.contains("| `\($0)` |") }.sorted())
    }

    @Test("everything that the launch promised has a status, and what stands is shown")
    func missionIsTrue() throws {
        let file = TextFile(path: "docs/mission.md", text: try Repository.text("docs/mission.md"))
        #expect(Texts.tableRows(in: file).count >= 17)
        expectNone(Texts.missionGaps(in: file))
    }

    @Test("neither builds nor resolved versions are tracked")
    func buildsAreNotTracked() throws {
        let ignored = try Repository.text(".gitignore").split(separator: "\n")
        #expect(ignored.contains(".build/"))
        #expect(ignored.contains(".dancu/"))
        let index = Repository.root.appending(path: ".git/index")
        guard let bytes = try? Data(contentsOf: index) else { return }
        for name in [".build/", ".dancu/"] { #expect(bytes.range(of: Data(name.utf8)) == nil, "\(name) is tracked") }
        if ignored.contains("Package.resolved") { #expect(bytes.range(of: Data("Package.resolved".utf8)) == nil) }
    }

    @Test("the scripts can be run")
    func scriptsCanBeRun() {
        for script in [
            "run", "test", "format", ".ci/run", "Scripts/test-postgres", "Scripts/test-pcscd", "Tests/Chip/terminal",
        ] {
            #expect(
                FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: script).path), "\(script)")
        }
    }

    @Test("notes, machine paths, dead links and open tags are found")
    func findsBadTexts() {
        func file(_ text: String) -> TextFile { TextFile(path: "docs/bad.md", text: text) }
        for note in Texts.notes { #expect(Texts.notesLeft(in: file("a\n// \(note) later")).count == 1) }
        for folder in Texts.machineFolders {
            #expect(Texts.machinePaths(in: file("see `\(folder)x`")).count == 1)
            #expect(Texts.machinePaths(in: file("see ..\(folder)x and https://example.org\(folder)x")) == [])
        }
        let links = file(
            "[a](../README.md#top) [b](gone.md) `[c](code.md)`\n```\n[d](fenced.md)\n```\n[`e`](gone2.md \"t\")")
        #expect(
            Texts.deadLinks(in: links) { $0 == "docs/../README.md" } == [
                "docs/bad.md:1: gone.md leads nowhere", "docs/bad.md:5: gone2.md leads nowhere",
            ])
        #expect(Texts.unescapedTags(in: file("<p>{{name}}</p>")) == [])
        #expect(Texts.unescapedTags(in: file("<p>{" + "{{name}}}</p>")).count == 1)
        #expect(Texts.unescapedTags(in: file("<p>{{&name}}{{&chart.svg}}</p>")).count == 1)
    }

    @Test("gaps in the tables are found")
    func findsGaps() {
        let head = "| word | từ | sentence |\n|---|---|---|\n"
        func file(_ text: String) -> TextFile { TextFile(path: "docs/bad.md", text: head + text) }
        #expect(Texts.vocabularyGaps(in: file("| act | sự kiện | One. |\n")) == [])
        for row in [
            "| | sự kiện | One. |", "| act | | One. |", "| act | sự kiện | |", "| act | sự kiện | One |", "| act |",
        ] {
            #expect(Texts.vocabularyGaps(in: file(row)).count == 1)
        }
        #expect(Texts.vocabularyGaps(in: file("| act | a | One. |\n| Act | b | Two. |")).count == 1)
        #expect(Texts.missionGaps(in: file("| a | [b](c) | stands |\n| a | b | planned |\n")) == [])
        #expect(Texts.missionGaps(in: file("| a | b | stands |\n| a | b | soon |\n")).count == 2)
    }
}
