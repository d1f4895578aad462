import Foundation
import Testing

@Suite("The map of security requirements")
struct SecurityMapTests {
    @Test("every requirement of ASVS 5 levels 1 and 2 has one line, whose test or file exists")
    func everyRequirement() throws {
        let lines = SecurityMap.lines(try Repository.text("docs/security.md"))
        let requirements = try Repository.text("docs/data/asvs-5.0.0.txt")
        #expect(requirements.split(separator: "\n").count == 253)
        expectNone(
            SecurityMap.problems(of: lines, requirements: requirements) { path in try? Repository.text(path) })
    }

    @Test("the sums are those of the lines")
    func sums() throws {
        let text = try Repository.text("docs/security.md")
        expectNone(SecurityMap.sums(SecurityMap.lines(text)).filter { !text.contains("\n\($0)\n") })
    }

    @Test("a missing, doubled, unknown or empty line is found, and a test that is none")
    func findsProblems() {
        func problems(_ rows: String, _ requirements: String = "V1.1.1 1") -> [String] {
            SecurityMap.problems(of: SecurityMap.lines(rows), requirements: requirements) { path in
                path == "Tests/A.swift" ? "@Test(\"x\")\n func good() {}\n func helper() {}" : nil
            }
        }
        let good = "| V1.1.1 | 1 | test | [good](../Tests/A.swift) | What it does. |\n"
        #expect(problems(good) == [])
        #expect(problems(good + good).count == 1)
        #expect(problems("").count == 1)
        #expect(problems(good, "V1.1.1 2").count == 2)
        for bad in [
            "| V1.1.1 | 1 | test | [helper](../Tests/A.swift) | What it does. |",
            "| V1.1.1 | 1 | test | [good](../Tests/B.swift) | What it does. |",
            "| V1.1.1 | 1 | test | – | What it does. |", "| V1.1.1 | 1 | control | [x](gone.md) | What it does. |",
            "| V1.1.1 | 1 | open | – | |", "| V1.1.1 | 1 | perhaps | – | What it does. |",
            "| V1.1.1 | 1 | open | [good](../Tests/A.swift) | What is missing. |",
        ] { #expect(problems(bad).count == 1, "\(bad)") }
        #expect(SecurityMap.sums(SecurityMap.lines(good)).first == "| test | 1 | 0 | 1 |")
    }
}
