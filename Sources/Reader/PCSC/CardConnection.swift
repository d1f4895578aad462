import CPCSC
import Chip
import Synchronization

/// Kết nối với thẻ: a card on a reader, which this program has for itself until it lets go.
package final class CardConnection: Sendable {
    /// Held as long as the card is.
    private let service: CardService
    /// One command at a time.
    private let card: Mutex<SCARDHANDLE>
    private let transmission: DWORD
    package let reader: String
    /// Nil when the reader tells none that can be read.
    package let answerToReset: AnswerToReset?

    private static let longestAnswer = 65_546

    init(service: CardService, reader: String, card: SCARDHANDLE, transmission: DWORD) {
        self.service = service
        self.reader = reader
        self.transmission = transmission
        answerToReset = CardConnection.answerToReset(of: card)
        self.card = Mutex(card)
    }

    /// The card is reset: nobody goes on with a session that was opened here.
    deinit { _ = card.withLock { SCardDisconnect($0, DWORD(SCARD_RESET_CARD)) } }

    private static func answerToReset(of card: SCARDHANDLE) -> AnswerToReset? {
        var bytes = [UInt8](repeating: 0, count: Int(MAX_ATR_SIZE))
        var length = DWORD(bytes.count)
        var (names, state, transmission) = (DWORD(), DWORD(), DWORD())
        guard SCardStatus(card, nil, &names, &state, &transmission, &bytes, &length) == SCARD_S_SUCCESS else {
            return nil
        }
        return AnswerToReset(bytes: Array(bytes.prefix(Int(length))))
    }

    /// The whole answer to a command.
    package func transmit(_ command: [UInt8]) throws(ReaderRefusal) -> [UInt8] {
        let isByteWise = transmission == DWORD(SCARD_PROTOCOL_T0)
        return try CardExchange.answer(to: command, isByteWise: isByteWise) { bytes throws(ReaderRefusal) in
            try self.send(bytes)
        }
    }

    private func send(_ command: [UInt8]) throws(ReaderRefusal) -> [UInt8] {
        var request = SCARD_IO_REQUEST(
            dwProtocol: transmission, cbPciLength: DWORD(MemoryLayout<SCARD_IO_REQUEST>.size))
        var status = LONG()
        let answer = card.withLock { card in
            [UInt8](unsafeUninitializedCapacity: Self.longestAnswer) { buffer, count in
                var length = DWORD(buffer.count)
                status = SCardTransmit(
                    card, &request, command, DWORD(command.count), nil, buffer.baseAddress, &length)
                count = status == SCARD_S_SUCCESS ? min(Int(length), buffer.count) : 0
            }
        }
        try PCSCStatus.require(status)
        return answer
    }
}
