import Foundation
import Testing

/// Officers at the console as people use it: Chromium, driven by the program `Tests/Browser/story`.
@Suite("Officers in a browser")
struct BrowserStoryTests {
    private static let story = Shared.repository.appendingPathComponent("Tests/Browser/story").path
    private static let axe = Shared.repository.appendingPathComponent(".build/axe/axe.min.js").path

    /// What the story needs and this machine lacks.
    private static let missing: [String] = {
        let needed = [
            "/usr/bin/chromium": "chromium", "/usr/bin/chromedriver": "chromium-driver",
            "/usr/lib/python3/dist-packages/selenium": "python3-selenium",
        ]
        let missing = needed.filter { !FileManager.default.fileExists(atPath: $0.key) }.values.sorted()
        if !missing.isEmpty {
            Testimony.say("skipped: the story in a browser needs \(missing.joined(separator: ", "))")
        }
        return missing
    }()

    private static let isFull = ProcessInfo.processInfo.environment["DANCU_TEST_FULL"] == "1"

    @Test(
        "sign-in, search, a person and an act; in full runs the whole story",
        .enabled(if: missing.isEmpty, "chromium, chromium-driver or python3-selenium is not installed"))
    func story() async throws {
        let folder = try Folder.make()
        defer { Folder.remove(folder) }
        let pictures = Shared.repository.appendingPathComponent(".build/screenshots").path
        var arguments = ["--program", Program.path, "--screenshots", pictures, "--axe", BrowserStoryTests.axe]
        arguments.append(BrowserStoryTests.isFull ? "--require-axe" : "--short")
        let outcome = try await Program.start(arguments, in: folder, executable: BrowserStoryTests.story)
            .outcome(within: BrowserStoryTests.isFull ? 3_000 : 600)
        Testimony.say(outcome.output + outcome.errors)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("a stay is recorded"))
    }
}
