import Civil
import Ledger

/// Vật tư: what cards need beside their blanks.
package enum SupplyKind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Ruy băng in.
    case ribbon
    /// Màng phủ.
    case laminate
    /// Phong bì.
    case envelope

    package var title: Sentence {
        switch self {
        case .ribbon: Sentence("Ruy băng in", "Ribbons")
        case .laminate: Sentence("Màng phủ", "Laminate")
        case .envelope: Sentence("Phong bì", "Envelopes")
        }
    }
}

/// Một loại vật tư của một nơi sản xuất.
///
/// All of it is counted in cards that it serves, as delivery notes of ribbons and laminate are; what is used since the
/// last count follows from the cards that were printed and packed, so that nobody writes it down.
package struct Supply: Hashable, Sendable {
    package let site: String
    package let kind: SupplyKind
    /// What was counted, with what has come since.
    package var counted: Int
    package var since: Instant
    /// Working days from an order to its delivery.
    package var leadDays: Int

    package init(site: String, kind: SupplyKind, counted: Int, since: Instant, leadDays: Int) {
        self.site = site
        self.kind = kind
        self.counted = counted
        self.since = since
        self.leadDays = leadDays
    }

    /// Until the first count says otherwise; the program's own choice.
    package static let usualLeadDays = 15
    package static let leadDaysAllowed = 0...365
    /// Of one delivery or count.
    package static let most = 100_000_000
}

/// Tồn vật tư và ngày phải đặt: how long a supply lasts, and by when it must be ordered.
package struct SupplyForecast: Hashable, Sendable {
    package let supply: Supply
    /// Used since the count.
    package let used: Int
    /// Cards of a working day: what was used lately, or the site's capacity where nothing was.
    package let perDay: Double

    /// - Parameter lately: what was used within `daysOfPace` working days.
    package init(_ supply: Supply, used: Int, lately: Int, capacity: Int) {
        self.supply = supply
        self.used = used
        perDay = lately > 0 ? Double(lately) / Double(SupplyForecast.daysOfPace) : Double(capacity)
    }

    /// So many working days are looked at for the pace.
    package static let daysOfPace = FlowBalance.daysOfPace

    /// What must be there; below zero the count was wrong, or a delivery was not written down.
    package var left: Int { supply.counted - used }

    /// Whole working days that it lasts, as far as anybody looks ahead.
    package var daysLeft: Int {
        guard perDay > 0, left > 0 else { return 0 }
        return Int(min(Double(SupplyForecast.farthest), Double(left) / perDay))
    }

    /// Ten years of working days.
    private static let farthest = 2_600

    /// The last working day on which an order still comes in time; in the past where it is too late.
    package func orderBy(from today: CalendarDate) -> CalendarDate {
        today.advanced(byWorkingDays: daysLeft - supply.leadDays)
    }

    package func isDue(on today: CalendarDate) -> Bool { orderBy(from: today) <= today }
}

/// Lý do không ghi được vật tư: closed, one stable code each.
package enum SupplyRefusal: ExplainedRefusal {
    case countOutOfRange
    case leadDaysOutOfRange
    case noteNeeded

    package var code: String {
        switch self {
        case .countOutOfRange: "supply_count_out_of_range"
        case .leadDaysOutOfRange: "supply_lead_days_out_of_range"
        case .noteNeeded: "supply_note_needed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .countOutOfRange:
            Sentence(
                "Số lượng tính theo lượt thẻ, từ 0 đến \(Supply.most); nhập lại.",
                "The amount is counted in cards, 0 to \(Supply.most); type it again.")
        case .leadDaysOutOfRange:
            Sentence(
                "Số ngày chờ hàng từ 0 đến 365 ngày làm việc; nhập lại.",
                "Delivery takes 0 to 365 working days; type it again.")
        case .noteNeeded:
            Sentence(
                "Ghi số phiếu nhập hoặc biên bản kiểm kê (1 đến 200 ký tự).",
                "Name the delivery note or the protocol of the count (1 to 200 characters).")
        }
    }
}
