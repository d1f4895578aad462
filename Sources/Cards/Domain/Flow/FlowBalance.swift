import Civil

/// Công đoạn trong cân đối: the stages between an application and the hand of its holder.
package enum FlowStage: String, Codable, CaseIterable, Hashable, Sendable {
    /// Tiếp nhận.
    case taking
    /// Duyệt.
    case deciding
    /// Đặt sản xuất, xếp lô.
    case batching
    /// In, ghi chip.
    case making
    /// Chưa rõ kết quả.
    case reconciling
    /// Kiểm tra chất lượng.
    case checking
    /// Đóng gói.
    case packing
    /// Vận chuyển.
    case transit
    /// Trao thẻ.
    case handingOver = "handing_over"

    package var title: Sentence {
        switch self {
        case .taking: Sentence("Tiếp nhận", "Taking")
        case .deciding: Sentence("Duyệt", "Deciding")
        case .batching: Sentence("Xếp lô", "Batching")
        case .making: Sentence("In, ghi chip", "Making")
        case .reconciling: Sentence("Đối soát", "Reconciling")
        case .checking: Sentence("Kiểm tra", "Checking")
        case .packing: Sentence("Đóng gói", "Packing")
        case .transit: Sentence("Vận chuyển", "Transit")
        case .handingOver: Sentence("Trao thẻ", "Handing over")
        }
    }

    /// Whether the time that the law gives runs in it: it ends when the card waits for its holder.
    package var isTimed: Bool { self != .taking && self != .handingOver }
}

extension ApplicationStatus {
    package var flow: FlowStage? {
        switch self {
        case .booked, .opened, .blocked, .captured, .confirmed: .taking
        case .submitted: .deciding
        case .approved: .batching
        case .ordered, .completed, .refused, .withdrawn, .ended: nil
        }
    }
}

extension OrderStage {
    package var flow: FlowStage? {
        switch self {
        case .waiting: .batching
        case .batched, .working: .making
        case .unknown: .reconciling
        case .produced: .checking
        case .passed, .packed: .packing
        case .inTransit: .transit
        case .atOffice: .handingOver
        case .handedOver, .destroyed, .cancelled, .lost: nil
        }
    }
}

/// Số liệu một công đoạn: what is counted of one stage.
package struct FlowCount: Hashable, Sendable {
    package var came = 0
    package var waits = 0
    package var went = 0
    /// When the oldest that waits came.
    package var oldest: Instant?
    /// The first day by which something that waits has to be done.
    package var firstDue: CalendarDate?
    /// What went on within the last working days that are looked at.
    package var wentLately = 0

    package init() {}
}

/// Cân đối luồng: every stage with what came in, waits, went on, and how long it will take.
package struct FlowBalance: Hashable, Sendable {
    /// Một công đoạn.
    package struct Line: Hashable, Sendable {
        package let stage: FlowStage
        package let count: FlowCount
        /// How many go on in a working day: what the sites that work can make, or what went on lately.
        package let perDay: Double?
        /// Working days until the last that waits has gone on; nil where nothing is known of the pace.
        package let forecast: Int?
        /// Đứng yên: something has waited for two working days or longer, and nothing went on meanwhile.
        package let isStill: Bool
        /// The last working day on which what waits must go on is before the day on which it would be done, or the
        /// stage stands still.
        package let alarm: Bool
        /// What came in is what waits and what went on.
        package var isBalanced: Bool { count.isBalanced }
    }

    package let lines: [Line]

    /// So many working days are looked at for the pace of stages that have no capacity of their own.
    package static let daysOfPace = 5
    /// So many working days without anything going on are standing still.
    package static let daysOfStill = 2

    /// - Parameter capacity: cards in a working day at all sites that work.
    package init(_ counts: [FlowStage: FlowCount], capacity: Int, on day: CalendarDate) {
        var paces: [FlowStage: (perDay: Double?, forecast: Int?)] = [:]
        for stage in FlowStage.allCases {
            let count = counts[stage] ?? FlowCount()
            let lately = Double(count.wentLately) / Double(FlowBalance.daysOfPace)
            let perDay: Double? = stage == .making ? Double(capacity) : lately > 0 ? lately : nil
            let forecast =
                count.waits == 0
                ? 0 : perDay.flatMap { $0 > 0 ? Int((Double(count.waits) / $0).rounded(.up)) : nil }
            paces[stage] = (perDay, forecast)
        }
        lines = FlowStage.allCases.map { stage in
            let count = counts[stage] ?? FlowCount()
            let days = FlowBalance.days(from: stage) { paces[$0]?.forecast ?? nil }
            let isLate = count.firstDue.map { $0 < day.advanced(byWorkingDays: days) } ?? false
            let isStill = count.isStill(on: day) || (stage == .making && count.waits > 0 && capacity == 0)
            return Line(
                stage: stage, count: count, perDay: paces[stage]?.perDay ?? nil,
                forecast: paces[stage]?.forecast ?? nil, isStill: stage.isTimed && isStill,
                alarm: stage.isTimed && count.waits > 0 && (isLate || isStill))
        }
    }

    /// Working days from coming to a stage until the time of the law ends; a stage whose pace nobody knows takes one.
    private static func days(from stage: FlowStage, _ forecast: (FlowStage) -> Int?) -> Int {
        FlowStage.allCases.drop { $0 != stage }.filter(\.isTimed).reduce(0) { $0 + (forecast($1) ?? 1) }
    }

    func days(from stage: FlowStage) -> Int {
        FlowBalance.days(from: stage) { other in lines.first { $0.stage == other }?.forecast }
    }

    package var isBalanced: Bool { lines.allSatisfy(\.isBalanced) }
    package var hasAlarm: Bool { lines.contains(where: \.alarm) }
}

extension FlowCount {
    /// Whether the oldest that waits has seen nothing go on for as long as standing still is.
    func isStill(on day: CalendarDate) -> Bool {
        guard waits > 0, wentLately == 0, let oldest else { return false }
        return oldest.dayInVietnam.advanced(byWorkingDays: FlowBalance.daysOfStill) <= day
    }
}
