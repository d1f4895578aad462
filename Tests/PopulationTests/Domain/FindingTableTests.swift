import Civil
import Foundation
import Population
import Testing

@Suite("The table of findings in the documents is the program's")
struct FindingTableTests {
    @Test("docs/findings.md has a row for every code, with its weight and its sentences, and no other")
    func documentsEveryFinding() throws {
        var root = URL(fileURLWithPath: #filePath)
        while root.path != "/",
            !FileManager.default.fileExists(atPath: root.appendingPathComponent("Package.swift").path)
        {
            root.deleteLastPathComponent()
        }
        let text = try String(contentsOf: root.appendingPathComponent("docs/findings.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == FindingCode.allCases.count)
        for code in FindingCode.allCases {
            let row = rows.first { $0.hasPrefix("| `\(code.rawValue)` |") }.map(String.init) ?? ""
            #expect(row.contains("| \(code.weight) |"), "\(code.rawValue)")
            #expect(row.contains("| \(code.sentence.vietnamese) | \(code.sentence.english) |"), "\(code.rawValue)")
        }
    }
}
