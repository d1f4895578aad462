import Testing

@Suite("Sizes of files, functions and lines")
struct SizeTests {
    @Test("no file, function or line is too long")
    func nothingIsTooLong() {
        let problems = Repository.swiftFiles.flatMap(Sizes.problems)
        expectNone(problems)
    }

    @Test("a long file, function and line are found")
    func findsWhatIsTooLong() {
        let body = String(repeating: "    work()\n", count: 69)
        let bad = [
            String(repeating: "let a = 1\n", count: 801),
            "func long(a: Int = { 1 }()) -> Int\n{\n\(body)}\n",
            "struct S {\n    init?(a: Int) {\n\(body)    }\n}\n",
            "let text = \"" + String(repeating: "ê", count: 120) + "\"\n",
        ]
        for text in bad { #expect(Sizes.problems(of: TextFile(path: "Bad.swift", text: text)).count == 1) }
        let good = [
            String(repeating: "let a = 1\n", count: 800),
            "func short() {\n\(body.dropLast(11))}\n",
            "protocol P {\n    func a() -> Int\n    var b: Int { get }\n}\n" + String(repeating: "\n", count: 80)
                + "let c = { 1 }\n",
            "let text = \"" + String(repeating: "ê", count: 106) + "\"\n",
        ]
        for text in good { #expect(Sizes.problems(of: TextFile(path: "Good.swift", text: text)) == []) }
    }

    @Test("functions are measured from their first line to their last brace")
    func measuresFunctions() {
        let text = """
            struct S: P {
                init(_ text: String) { self.init(bytes: "{".utf8) }  // { no brace
                func outer(
                    name: String = "}"
                ) -> String {
                    func inner() -> Int { 1 }
                    return #"raw \\( " {"# + "\\(name.map { "}" })"
                }
                subscript(_ place: Int) -> Int { place }
            }
            """
        #expect(Sizes.functions(text).map(\.line) == [2, 3, 6, 9])
        #expect(Sizes.functions(text).map(\.length) == [1, 6, 1, 1])
    }
}
