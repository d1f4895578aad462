import Civil

/// Số hiệu phôi: two letters and eight digits; one blank has one for ever.
package struct BlankSerial: CanonicalText, Comparable {
    package let prefix: String
    package let number: Int

    package init?(prefix: String, number: Int) {
        guard prefix.utf8.count == 2, prefix.utf8.allSatisfy({ (65...90).contains($0) }),
            (1...99_999_999).contains(number)
        else { return nil }
        self.prefix = prefix
        self.number = number
    }

    package init?(canonical text: String) {
        guard text.utf8.count == 10, let number = Int(text.dropFirst(2)), text.dropFirst(2).allSatisfy(\.isNumber)
        else { return nil }
        self.init(prefix: String(text.prefix(2)), number: number)
    }

    package var canonical: String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: 8 - digits.count) + digits
    }

    package static func < (left: BlankSerial, right: BlankSerial) -> Bool { left.canonical < right.canonical }
}

/// Tình trạng phôi: the one fate of a blank.
package enum BlankFate: String, Codable, CaseIterable, Hashable, Sendable {
    /// Đã nhận.
    case received
    /// Trong kho.
    case vaulted
    /// Đã cấp cho lô.
    case issued
    /// Thành thẻ đạt.
    case good
    /// Hỏng.
    case spoiled
    /// Mẫu: taken out to be looked at or kept.
    case sample
    /// Mất.
    case lost
    /// Đã tiêu hủy.
    case destroyed

    /// Where each move leads; the database refuses every other change by itself.
    package var ways: [BlankMove: BlankFate] {
        switch self {
        case .received: [.vault: .vaulted, .lose: .lost]
        case .vaulted: [.issue: .issued, .sample: .sample, .spoil: .spoiled, .lose: .lost]
        case .issued: [.use: .good, .spoil: .spoiled, .giveBack: .vaulted, .lose: .lost]
        case .good, .spoiled, .sample: [.destroy: .destroyed]
        // A blank that turns up again is not used any more.
        case .lost: [.find: .spoiled]
        case .destroyed: [:]
        }
    }

    package func after(_ move: BlankMove) throws(BlankRefusal) -> BlankFate {
        guard let next = ways[move] else { throw .notNow(move, self) }
        return next
    }

    package var title: Sentence {
        switch self {
        case .received: Sentence("đã nhận", "received")
        case .vaulted: Sentence("trong kho", "in the vault")
        case .issued: Sentence("đã cấp cho lô", "issued to a batch")
        case .good: Sentence("thành thẻ", "made into a card")
        case .spoiled: Sentence("hỏng", "spoiled")
        case .sample: Sentence("mẫu", "sample")
        case .lost: Sentence("mất", "lost")
        case .destroyed: Sentence("đã tiêu hủy", "destroyed")
        }
    }
}

/// Biến động phôi: what happens to a blank.
package enum BlankMove: String, Codable, CaseIterable, Hashable, Sendable {
    /// Nhập kho.
    case vault
    /// Cấp cho lô.
    case issue
    /// Trả lại kho.
    case giveBack = "give_back"
    /// Thành thẻ.
    case use
    /// Hỏng.
    case spoil
    /// Lấy mẫu.
    case sample
    /// Báo mất.
    case lose
    /// Tìm thấy.
    case find
    /// Tiêu hủy.
    case destroy
}

/// Cân đối phôi: how many blanks have which fate.
package struct StockBalance: Hashable, Sendable {
    /// Every blank that was ever received, by the delivery notes.
    package var received: Int
    package var fates: [BlankFate: Int]
    /// Blanks made into cards that no card names, and the other way round.
    package var unmatched: Int

    package init(received: Int, fates: [BlankFate: Int], unmatched: Int = 0) {
        self.received = received
        self.fates = fates
        self.unmatched = unmatched
    }

    /// Chênh lệch: blanks of the delivery notes that have no fate, and cards without their blank.
    package var difference: Int { received - fates.values.reduce(0, +) + unmatched }
}

/// Lý do không ghi được biến động phôi: closed, one stable code each.
package enum BlankRefusal: ExplainedRefusal {
    case unknown
    case serialMalformed
    case countOutOfRange
    /// A blank of that serial was received before.
    case receivedBefore
    case notNow(BlankMove, BlankFate)
    /// Fewer blanks are in the vault than are asked for.
    case notEnough(Int)
    case tooManyAtOnce
    /// Destruction needs two different persons.
    case secondPersonNeeded
    case reasonNeeded
    /// The blank is at a machine, or its outcome is unknown.
    case atMachine
    /// Somebody has planned to destroy one of these blanks before.
    case plannedAlready
    /// Nobody has planned this, or it is decided.
    case planUnknown
    case tooManyPlans

    package var code: String {
        switch self {
        case .unknown: "blank_unknown"
        case .serialMalformed: "blank_serial_malformed"
        case .countOutOfRange: "blank_count_out_of_range"
        case .receivedBefore: "blank_received_before"
        case .notNow: "blank_not_now"
        case .notEnough: "blank_not_enough"
        case .tooManyAtOnce: "blank_too_many_at_once"
        case .secondPersonNeeded: "blank_second_person_needed"
        case .reasonNeeded: "blank_reason_needed"
        case .atMachine: "blank_at_machine"
        case .plannedAlready: "blank_destruction_planned_already"
        case .planUnknown: "blank_destruction_unknown"
        case .tooManyPlans: "blank_destruction_too_many"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unknown: Sentence("Không có phôi này; kiểm tra số hiệu.", "There is no such blank; check its serial.")
        case .serialMalformed:
            Sentence(
                "Số hiệu phôi gồm hai chữ hoa và tám chữ số.", "A blank's serial is two capital letters, eight digits.")
        case .countOutOfRange:
            Sentence(
                "Một phiếu nhập có 1 đến \(ProductionLimits.mostBlanksPerLot) phôi.",
                "A delivery note has 1 to \(ProductionLimits.mostBlanksPerLot) blanks.")
        case .receivedBefore:
            Sentence(
                "Có số hiệu đã nhận trước đây; đối chiếu phiếu giao.",
                "A serial was received before; compare the delivery note.")
        case .notNow(_, let fate):
            Sentence(
                "Phôi \"\(fate.title.vietnamese)\", không làm được việc này.",
                "The blank is \(fate.title.english), which this does not follow.")
        case .notEnough(let count):
            Sentence("Kho chỉ còn \(count) phôi; nhập thêm.", "The vault has \(count) blanks left; receive more.")
        case .tooManyAtOnce:
            Sentence(
                "Mỗi lần từ 1 đến \(ProductionLimits.mostBlanksAtOnce) phôi; chia nhỏ.",
                "At a time 1 to \(ProductionLimits.mostBlanksAtOnce) blanks; split them.")
        case .secondPersonNeeded:
            Sentence(
                "Tiêu hủy cần hai người khác nhau; người thứ hai đăng nhập và xác nhận.",
                "Destruction needs two different persons; let the second sign in and confirm it.")
        case .plannedAlready:
            Sentence(
                "Phôi đã có trong một đề nghị tiêu hủy; xác nhận hoặc bỏ đề nghị đó.",
                "One of these blanks is planned to be destroyed; confirm or drop that plan.")
        case .planUnknown:
            Sentence(
                "Không có đề nghị tiêu hủy này, hoặc đã có người quyết định; xem danh sách.",
                "There is no such plan, or it is decided; see the list.")
        case .tooManyPlans:
            Sentence(
                "Có quá nhiều đề nghị tiêu hủy đang chờ; xác nhận hoặc bỏ bớt.",
                "Too many plans wait; confirm or drop some.")
        case .reasonNeeded: Sentence("Nêu lý do (1 đến 200 ký tự).", "State the reason (1 to 200 characters).")
        case .atMachine:
            Sentence(
                "Phôi đang ở máy hoặc chưa rõ kết quả; đối soát lượt in trước.",
                "The blank is at a machine or its outcome is unknown; reconcile the job first.")
        }
    }
}

/// Dải số hiệu: consecutive serials written as `AA00000001-AA00000500`.
package enum SerialRanges {
    package static func texts(_ serials: [BlankSerial]) -> [String] {
        var ranges: [(first: BlankSerial, last: BlankSerial)] = []
        for serial in serials.sorted() {
            if let range = ranges.last, range.last.prefix == serial.prefix, range.last.number + 1 == serial.number {
                ranges[ranges.count - 1].last = serial
            } else {
                ranges.append((serial, serial))
            }
        }
        return ranges.map { $0.first == $0.last ? $0.first.canonical : "\($0.first.canonical)-\($0.last.canonical)" }
    }

    /// The serials of ranges as an act holds them; what is none is left out.
    package static func serials(_ ranges: [String]) -> [String] {
        ranges.flatMap { range -> [String] in
            guard let (first, last) = ends(range) else { return [] }
            return (first.number...last.number).compactMap {
                BlankSerial(prefix: first.prefix, number: $0)?.canonical
            }
        }
    }

    /// The serials of ranges as somebody types them; counted before they are written out.
    package static func serials(typed ranges: [String]) throws(BlankRefusal) -> [String] {
        guard !ranges.isEmpty else { throw .serialMalformed }
        var count = 0
        for range in ranges {
            guard let (first, last) = ends(range) else { throw .serialMalformed }
            count += last.number - first.number + 1
            guard count <= ProductionLimits.mostBlanksAtOnce else { throw .tooManyAtOnce }
        }
        return serials(ranges)
    }

    private static func ends(_ range: String) -> (first: BlankSerial, last: BlankSerial)? {
        let ends = range.split(separator: "-").map { BlankSerial(canonical: String($0)) }
        guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil,
            first.prefix == last.prefix, first.number <= last.number
        else { return nil }
        return (first, last)
    }
}
