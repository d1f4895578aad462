import CPCSC

/// Kết quả của PC/SC: the answers of its calls that mean something to whoever holds the card.
enum PCSCStatus: UInt32 {
    case done = 0
    case noCard = 0x8010_000C
    case busy = 0x8010_000B
    case unknownReader = 0x8010_0009
    case readerGone = 0x8010_0017
    case noService = 0x8010_001D
    case serviceStopped = 0x8010_001E
    case noReaders = 0x8010_002E
    case silent = 0x8010_0066
    case unpowered = 0x8010_0067
    case reset = 0x8010_0068
    case removed = 0x8010_0069
    case notAllowed = 0x8010_006A

    /// Nil for every other answer.
    init?(_ status: LONG) { self.init(rawValue: UInt32(truncatingIfNeeded: status)) }

    static func require(_ status: LONG) throws(ReaderRefusal) {
        switch PCSCStatus(status) {
        case .done: return
        case .noCard: throw .noCard
        case .busy: throw .busy
        case .noReaders, .unknownReader, .readerGone: throw .noReader
        case .noService, .serviceStopped: throw .serviceMissing
        case .silent: throw .cardSilent
        case .unpowered, .reset, .removed: throw .cardGone
        case .notAllowed: throw .notAllowed
        case nil: throw .failed(UInt32(truncatingIfNeeded: status))
        }
    }
}
