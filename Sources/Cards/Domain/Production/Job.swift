import Civil

/// Kết quả một lượt in, ghi chip: how one attempt on one blank stands.
package enum JobState: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đang chạy: a machine has it on lease.
    case running
    /// Chưa rõ kết quả: the lease ran out; somebody must go and look.
    case unknown
    /// Xong.
    case finished
    /// Phôi hỏng.
    case spoiled
    /// Chưa đụng đến phôi.
    case untouched
    /// Không tìm thấy phôi.
    case lost

    package var ways: [JobEvent: JobState] {
        switch self {
        case .running: [.finish: .finished, .fail: .spoiled, .release: .untouched, .expire: .unknown]
        case .unknown:
            [
                .foundFinished: .finished, .foundSpoiled: .spoiled, .foundUntouched: .untouched, .foundMissing: .lost,
            ]
        case .finished, .spoiled, .untouched, .lost: [:]
        }
    }

    /// Whether its blank is not accounted for yet.
    package var isOpen: Bool {
        switch self {
        case .running, .unknown: true
        case .finished, .spoiled, .untouched, .lost: false
        }
    }

    package func after(_ event: JobEvent) throws(ProductionRefusal) -> JobState {
        guard let next = ways[event] else { throw self == .unknown ? .mustBeReconciled : .jobIsOver(self) }
        return next
    }
}

/// Việc xảy ra với một lượt in: what the machine reports, and what somebody finds who goes and looks.
package enum JobEvent: String, Codable, CaseIterable, Hashable, Sendable {
    case finish
    case fail
    case release
    /// The lease ran out without a word.
    case expire
    case foundFinished = "found_finished"
    case foundSpoiled = "found_spoiled"
    case foundUntouched = "found_untouched"
    case foundMissing = "found_missing"

    /// What it does to the card.
    package var orderAction: OrderAction {
        switch self {
        case .finish, .foundFinished: .finish
        case .fail, .foundSpoiled: .fail
        case .release, .foundUntouched, .foundMissing: .release
        case .expire: .loseTrack
        }
    }

    /// What it does to the blank; nil where it stays as it is.
    package var blankMove: BlankMove? {
        switch self {
        case .fail, .foundSpoiled: .spoil
        case .foundMissing: .lose
        // The blank of a finished attempt is good only when quality control has said so.
        case .finish, .foundFinished, .release, .foundUntouched, .expire: nil
        }
    }
}

/// Lượt in, ghi chip: one attempt to make one card on one blank.
package struct Job: Hashable, Sendable {
    package let id: Int64
    package let card: Int64
    package let batch: Int64
    package let blank: BlankSerial
    package let machine: String
    package var state: JobState
    package let leaseUntil: Instant

    /// How long a machine may keep a card without a word; a card takes a minute or two.
    package static let leaseMinutes = 15
}

/// Kết quả ghi chip: what the encoder made, as it is kept beside the card.
package struct MadeChip: Hashable, Sendable {
    /// SHA-256 of the chip's public key: by which the card is found without its number.
    package let key: [UInt8]
    /// SHA-256 of EF.SOD.
    package let securityObject: [UInt8]

    package init(key: [UInt8], securityObject: [UInt8]) {
        self.key = key
        self.securityObject = securityObject
    }
}
