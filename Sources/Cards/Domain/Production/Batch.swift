import Civil

/// Tình trạng lô sản xuất.
package enum BatchStatus: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đang xếp.
    case open
    /// Đã chốt: no card joins it any more.
    case sealed
    /// Đang sản xuất: blanks were issued to it.
    case running
    /// Đã đóng, cân đối bằng không.
    case closed
    /// Đã hủy.
    case cancelled

    package var ways: [BatchAction: BatchStatus] {
        switch self {
        case .open: [.seal: .sealed, .cancel: .cancelled]
        case .sealed: [.reopen: .open, .start: .running, .move: .sealed, .cancel: .cancelled]
        case .running: [.move: .running, .close: .closed]
        case .closed, .cancelled: [:]
        }
    }

    package func after(_ action: BatchAction) throws(ProductionRefusal) -> BatchStatus {
        guard let next = ways[action] else { throw .batchNotNow(action, self) }
        return next
    }

    package var title: Sentence {
        switch self {
        case .open: Sentence("đang xếp", "open")
        case .sealed: Sentence("đã chốt", "sealed")
        case .running: Sentence("đang sản xuất", "running")
        case .closed: Sentence("đã đóng", "closed")
        case .cancelled: Sentence("đã hủy", "cancelled")
        }
    }
}

/// Bước của lô sản xuất.
package enum BatchAction: String, Codable, CaseIterable, Hashable, Sendable {
    /// Chốt lô.
    case seal
    /// Mở lại.
    case reopen
    /// Bắt đầu.
    case start
    /// Chuyển sang nơi sản xuất khác.
    case move
    /// Đóng lô.
    case close
    /// Hủy lô.
    case cancel
}

/// Lô sản xuất: cards that are made together at one site.
package struct ProductionBatch: Hashable, Sendable {
    package let id: Int64
    package let code: String
    package var site: String
    /// Greater is sooner.
    package let priority: Int
    package var status: BatchStatus
    package let opened: Instant
}

/// Nơi sản xuất: a site with what it can make in a working day.
package struct ProductionSite: Hashable, Sendable {
    package let code: String
    package let name: String
    package let capacity: Int
    /// Ngừng sản xuất: nothing new is given to it, and nobody counts on it.
    package let isStopped: Bool

    package init(code: String, name: String, capacity: Int, isStopped: Bool = false) {
        self.code = code
        self.name = name
        self.capacity = capacity
        self.isStopped = isStopped
    }

    /// What it makes in a working day as things stand.
    package var working: Int { isStopped ? 0 : capacity }
}

/// Cân đối lô: where every blank that was issued to a batch, and every card of it, has gone.
package struct BatchBalance: Hashable, Sendable {
    /// Blanks that were ever issued to the batch.
    package var issued = 0
    package var good = 0
    package var spoiled = 0
    package var givenBack = 0
    package var lost = 0
    /// Cards that are made and passed, or cancelled.
    package var settledCards = 0
    package var cards = 0
    /// Jobs whose end nobody knows yet.
    package var openJobs = 0

    package init() {}

    /// Chênh lệch: blanks of which nobody can say what became of them.
    package var difference: Int { issued - good - spoiled - givenBack - lost }
    package var openCards: Int { cards - settledCards }

    /// Why the batch cannot be closed; nil when everything is accounted for.
    package var obstacle: ProductionRefusal? {
        if openJobs > 0 { return .outcomesUnknown(openJobs) }
        if difference != 0 { return .differenceNotZero(difference) }
        return openCards > 0 ? .cardsNotDone(openCards) : nil
    }
}
