import Chip

/// Trao đổi lệnh: one command and the whole of its answer, in however many parts the card gives it (ISO 7816-4).
enum CardExchange {
    /// So many parts of 256 bytes are more than any answer has.
    private static let mostParts = 260

    /// What the card answers, `61xx` and `6Cxx` done with.
    ///
    /// - Parameter isByteWise: T=0, where a command with data must not say how much it expects.
    static func answer(
        to command: [UInt8], isByteWise: Bool = false,
        by send: ([UInt8]) throws(ReaderRefusal) -> [UInt8]
    ) throws(ReaderRefusal) -> [UInt8] {
        var sent = command
        if isByteWise, var plain = CommandAPDU(bytes: command), !plain.data.isEmpty, plain.data.count < 256 {
            plain.expected = nil
            sent = plain.bytes
        }
        var answer = try send(sent)
        if status(answer)?.kind == 0x6C, var again = CommandAPDU(bytes: sent), let count = status(answer)?.count {
            // The card says how much it has; asked for just that, it gives it.
            again.expected = count
            answer = try send(again.bytes)
        }
        var data: [UInt8] = []
        // The rest comes over the channel of the command.
        let channel = command.first.map { $0 & 3 } ?? 0
        for _ in 0..<mostParts {
            guard let more = status(answer), more.kind == 0x61 else { return data + answer }
            data += answer.dropLast(2)
            answer = try send(CommandAPDU(0xC0, 0, 0, expected: more.count, cla: channel).bytes)
        }
        throw .answerTooLong
    }

    /// The first byte of the status, and the second as a count, where 0 is 256.
    private static func status(_ answer: [UInt8]) -> (kind: UInt8, count: Int)? {
        guard answer.count >= 2, let last = answer.last else { return nil }
        return (answer[answer.count - 2], last == 0 ? 256 : Int(last))
    }
}
