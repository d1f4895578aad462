import Civil
import Testing

@testable import Reader

@Suite("Commands and answers in parts")
struct CardExchangeTests {
    /// A card that gives its answers one after the other, and what it was sent.
    final class Card {
        var answers: [[UInt8]]
        var sent: [[UInt8]] = []

        init(_ answers: [UInt8]...) { self.answers = answers }

        func send(_ command: [UInt8]) throws(ReaderRefusal) -> [UInt8] {
            sent.append(command)
            return answers.isEmpty ? [0x61, 0x10] : answers.removeFirst()
        }
    }

    private func answer(_ card: Card, to command: [UInt8], isByteWise: Bool = false) throws -> [UInt8] {
        try CardExchange.answer(to: command, isByteWise: isByteWise, by: card.send)
    }

    @Test("an answer in one part is given as it is")
    func whole() throws {
        for answer in [[0x90, 0x00], [1, 2, 0x90, 0x00], [0x69, 0x82], [], [0x90]] as [[UInt8]] {
            let card = Card(answer)
            #expect(try self.answer(card, to: [0, 0xB0, 0, 0, 4]) == answer)
            #expect(card.sent.count == 1)
        }
    }

    @Test("the rest of an answer is asked for until it ends")
    func more() throws {
        let card = Card([0x61, 0x03], [1, 2, 3, 0x61, 0x00], [4, 0x90, 0x00])
        #expect(try answer(card, to: [0, 0xA4, 4, 0, 1, 9, 0]) == [1, 2, 3, 4, 0x90, 0x00])
        #expect(card.sent.dropFirst() == [[0, 0xC0, 0, 0, 3], [0, 0xC0, 0, 0, 0]])
        let refused = Card([5, 0x61, 0x03], [0x6F, 0x00])
        #expect(try answer(refused, to: [0, 0xB0, 0, 0, 0]) == [5, 0x6F, 0x00])
    }

    @Test("a card that says how much it has is asked for that, once")
    func exact() throws {
        let card = Card([0x6C, 0x02], [1, 2, 0x90, 0x00])
        #expect(try answer(card, to: [0, 0xB0, 0, 0, 0]) == [1, 2, 0x90, 0x00])
        #expect(card.sent == [[0, 0xB0, 0, 0, 0], [0, 0xB0, 0, 0, 2]])
        let stubborn = Card([0x6C, 0x02], [0x6C, 0x02])
        #expect(try answer(stubborn, to: [0, 0xB0, 0, 0, 0]) == [0x6C, 0x02])
    }

    @Test("over T=0 a command with data does not say what it expects")
    func byteWise() throws {
        let card = Card([0x90, 0x00])
        _ = try answer(card, to: [0, 0x88, 0, 0, 2, 7, 8, 0], isByteWise: true)
        #expect(card.sent == [[0, 0x88, 0, 0, 2, 7, 8]])
    }

    @Test("an answer without an end is refused")
    func endless() {
        let card = Card()
        #expect(throws: ReaderRefusal.answerTooLong) { try answer(card, to: [0, 0xB0, 0, 0, 0]) }
        #expect(card.sent.count < 300)
    }

    @Test("what PC/SC says becomes what there is to do")
    func statuses() throws {
        try PCSCStatus.require(0)
        let meanings: [(Int, ReaderRefusal)] = [
            (0x8010_000C, .noCard), (0x8010_000B, .busy), (0x8010_001D, .serviceMissing),
            (0x8010_001E, .serviceMissing),
            (0x8010_002E, .noReader), (0x8010_0017, .noReader), (0x8010_0069, .cardGone), (0x8010_0068, .cardGone),
            (0x8010_0066, .cardSilent), (0x8010_006A, .notAllowed), (0x8010_0008, .failed(0x8010_0008)),
        ]
        for (status, refusal) in meanings {
            #expect(throws: refusal) { try PCSCStatus.require(status) }
        }
        let names = (0..<20).map { "reader \($0)" }
        #expect(ReaderRefusal.readerUnknown(names).sentence.english.contains("“reader 7”."))
    }
}
