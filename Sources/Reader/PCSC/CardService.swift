import CPCSC
import Synchronization

/// Dịch vụ đầu đọc thẻ (PC/SC): whoever manages the readers of a machine for all programs.
package final class CardService: Sendable {
    private let context: SCARDCONTEXT

    /// A list of readers is never longer.
    private static let longestList = 1 << 16

    package init() throws(ReaderRefusal) {
        var context = SCARDCONTEXT()
        try PCSCStatus.require(SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context))
        self.context = context
    }

    deinit { _ = SCardReleaseContext(context) }

    /// The names of the readers that are there.
    package func readers() throws(ReaderRefusal) -> [String] {
        var count: DWORD = 0
        let status = SCardListReaders(context, nil, nil, &count)
        if PCSCStatus(status) == .noReaders { return [] }
        try PCSCStatus.require(status)
        guard (1...Self.longestList).contains(Int(count)) else { return [] }
        var names = [CChar](repeating: 0, count: Int(count))
        try PCSCStatus.require(SCardListReaders(context, nil, &names, &count))
        // Each name ends in a zero, the list in an empty name.
        return names.prefix(Int(count)).split(separator: 0).map { name in
            String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// The card on the reader of that name; without a name on the first reader that has one.
    package func connect(to name: String? = nil) throws(ReaderRefusal) -> CardConnection {
        let readers = try readers()
        guard !readers.isEmpty else { throw .noReader }
        if let name {
            guard readers.contains(name) else { throw .readerUnknown(readers) }
            return try connect(reader: name)
        }
        for reader in readers {
            do throws(ReaderRefusal) {
                return try connect(reader: reader)
            } catch {
                guard error == .noCard else { throw error }
            }
        }
        throw .noCard
    }

    private func connect(reader: String) throws(ReaderRefusal) -> CardConnection {
        var (card, chosen) = (SCARDHANDLE(), DWORD())
        let protocols = DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1)
        // Nobody else's commands come in between; and whoever has the card already is a refusal and no endless wait.
        try PCSCStatus.require(
            SCardConnect(context, reader, DWORD(SCARD_SHARE_EXCLUSIVE), protocols, &card, &chosen))
        return CardConnection(service: self, reader: reader, card: card, transmission: chosen)
    }
}
