import Civil

/// Công đoạn của thẻ: where a card is, from the order to the hand of its holder.
package enum OrderStage: String, Codable, CaseIterable, Hashable, Sendable {
    /// Chờ xếp lô.
    case waiting
    /// Đã xếp lô, chờ máy.
    case batched
    /// Đang in, ghi chip.
    case working
    /// Chưa rõ kết quả: the machine did not say how it ended.
    case unknown
    /// Đã in, ghi chip; chờ kiểm tra.
    case produced
    /// Đạt kiểm tra chất lượng; chờ đóng gói.
    case passed
    /// Đã đóng gói.
    case packed
    /// Đang vận chuyển.
    case inTransit = "in_transit"
    /// Ở nơi trả thẻ.
    case atOffice = "at_office"
    /// Đã trao cho công dân.
    case handedOver = "handed_over"
    /// Đã tiêu hủy.
    case destroyed
    /// Đã hủy đặt.
    case cancelled
    /// Thất lạc trước khi trao.
    case lost

    /// Where each action leads; what is not named is refused.
    package var ways: [OrderAction: OrderStage] {
        switch self {
        case .waiting: [.batch: .batched, .cancel: .cancelled]
        case .batched: [.unbatch: .waiting, .start: .working, .cancel: .cancelled]
        case .working: [.finish: .produced, .fail: .batched, .release: .batched, .loseTrack: .unknown]
        case .unknown: [.finish: .produced, .fail: .batched, .release: .batched]
        case .produced: [.pass: .passed, .reject: .batched, .scrap: .cancelled]
        case .passed: [.pack: .packed, .destroy: .destroyed]
        case .packed: [.unpack: .passed, .dispatch: .inTransit, .lose: .lost]
        case .inTransit: [.receive: .atOffice, .bringBack: .passed, .lose: .lost]
        case .atOffice: [.handOver: .handedOver, .sendBack: .inTransit, .destroy: .destroyed, .lose: .lost]
        case .lost: [.destroy: .destroyed]
        case .handedOver, .destroyed, .cancelled: [:]
        }
    }

    /// Whether the card is still to reach its holder.
    package var isUnderWay: Bool {
        switch self {
        case .waiting, .batched, .working, .unknown, .produced, .passed, .packed, .inTransit, .atOffice: true
        case .handedOver, .destroyed, .cancelled, .lost: false
        }
    }

    /// The stage after an action, or the rule that forbids it.
    package func after(_ action: OrderAction) throws(ProductionRefusal) -> OrderStage {
        guard let next = ways[action] else { throw .cardNotNow(action, self) }
        return next
    }

    package var title: Sentence {
        switch self {
        case .waiting: Sentence("chờ xếp lô", "waiting for a batch")
        case .batched: Sentence("chờ máy", "waiting for a machine")
        case .working: Sentence("đang in, ghi chip", "at the machine")
        case .unknown: Sentence("chưa rõ kết quả", "outcome unknown")
        case .produced: Sentence("chờ kiểm tra", "waiting for quality control")
        case .passed: Sentence("chờ đóng gói", "waiting for packing")
        case .packed: Sentence("chờ gửi", "waiting for dispatch")
        case .inTransit: Sentence("đang vận chuyển", "in transit")
        case .atOffice: Sentence("chờ trao thẻ", "waiting for hand-over")
        case .handedOver: Sentence("đã trao", "handed over")
        case .destroyed: Sentence("đã tiêu hủy", "destroyed")
        case .cancelled: Sentence("đã hủy đặt", "cancelled")
        case .lost: Sentence("thất lạc trước khi trao", "lost before the hand-over")
        }
    }
}

/// Bước sản xuất, giao thẻ: what is done to a card until it is handed over.
package enum OrderAction: String, Codable, CaseIterable, Hashable, Sendable {
    /// Xếp vào lô.
    case batch
    /// Lấy khỏi lô.
    case unbatch
    /// Bắt đầu in.
    case start
    /// In và ghi xong.
    case finish
    /// Hỏng: the blank is spoiled.
    case fail
    /// Trả lại: the machine has not touched the blank, or it cannot be found.
    case release
    /// Mất liên lạc với máy.
    case loseTrack = "lose_track"
    /// Đạt kiểm tra.
    case pass
    /// Không đạt, in lại.
    case reject
    /// Bỏ: the holder died or is no citizen any more.
    case scrap
    /// Đóng gói.
    case pack
    /// Mở gói.
    case unpack
    /// Gửi đi.
    case dispatch
    /// Nhận tại nơi trả.
    case receive
    /// Gửi trả về nơi sản xuất.
    case sendBack = "send_back"
    /// Nhận lại tại nơi sản xuất.
    case bringBack = "bring_back"
    /// Thất lạc.
    case lose
    /// Trao thẻ.
    case handOver = "hand_over"
    /// Tiêu hủy.
    case destroy
    /// Hủy đặt.
    case cancel
}
