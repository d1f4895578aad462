import Civil
import Foundation
import Testing

@testable import Web

@Suite("Help")
struct GuidePageTests {
    @Test("every word of the help is a row of the vocabulary", arguments: HelpWord.all.map(\.word.english))
    func words(english: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/vocabulary.md")
        let vocabulary = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let word = try #require(HelpWord.all.first { $0.word.english == english }).word
        #expect(vocabulary.contains("| \(word.english) | \(word.vietnamese) |"))
    }
}
