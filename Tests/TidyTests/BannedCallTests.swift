import Testing

@Suite("Banned calls")
struct BannedCallTests {
    @Test("the sources make no banned call")
    func sourcesMakeNoBannedCall() {
        let problems = Repository.sources.flatMap(BannedCalls.problems)
        expectNone(problems)
    }

    @Test("the allow list holds only folders that are there")
    func allowListIsAlive() {
        let folders = Set(BannedCalls.bans.flatMap(\.allowed.keys))
        #expect(folders.filter { !Repository.exists($0) } == [])
    }

    @Test(
        "a banned call is found",
        arguments: [
            "let a = try! read()", "let b = c as! String", "fatalError(\"gone\")", "preconditionFailure()", "print(1)",
            "let now = Date()", "let id = UUID()", "let n = Int.random(in: 1...2)", "let yes = Bool.random()",
            "var g = SystemRandomNumberGenerator()",
            "a.shuffled()", "let a = b!", "let a = b!.c", "let a = f()!", "let a = b[0]! + 1", "var a: Int!",
            "f(a!, b)",
            "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "let text = \"\\(a!)\"",
            "let text = \"\"\"\n    \\(Date())\n    \"\"\"",
        ])
    func findsABannedCall(text: String) {
        #expect(BannedCalls.problems(of: TextFile(path: "Sources/Civil/Bad.swift", text: text)).count == 1)
    }

    @Test(
        "what only looks like one passes",
        arguments: [
            "a != b", "a!=b", "if !isEmpty { }", "#if !os(Linux)", "fingerprint(1)", "// try! this",
            "/* a! */ let b = 1",
            "let text = \"Date() is banned!\"", "let text = #\"a!\"#", "let d = CalendarDate()", "page.print(a)",
            "surroundings.random(16)",
            "let n = Int.random(in: 1...2, using: &generator)",
            "// One thread only.\nfinal class A: @unchecked Sendable {}",
            "final class A: @unchecked Sendable {}  // locked",
            "let text = \"\"\"\n    he said \"no!\" and left!\n    \"\"\"", "let a = b ?? !c",
        ])
    func passesWhatOnlyLooksLikeOne(text: String) {
        #expect(BannedCalls.problems(of: TextFile(path: "Sources/Civil/Good.swift", text: text)) == [])
    }

    @Test("an allowed folder may make its call")
    func allowedFoldersMayCall() {
        #expect(BannedCalls.problems(of: TextFile(path: "Sources/Commands/Clock.swift", text: "print(Date())")) == [])
    }
}
