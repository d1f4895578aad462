/// Ngày tháng năm có thể thiếu: a date of which the day, or the day and the month, may be unknown.
///
/// Written canonically as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Ordered by the earliest day it can mean; of two dates that
/// begin on the same day the less precise one comes first.
package struct PartialDate: CanonicalText, Comparable, CustomStringConvertible {
    /// Độ chính xác: how much of the date is known.
    package enum Precision: String, Sendable, Codable, CaseIterable {
        case year, month, day
    }

    /// 1 to 9999.
    package let year: Int
    /// 1 to 12.
    package let month: Int?
    /// 1 to 31; known only when the month is.
    package let day: Int?

    /// The date, or nil when the calendar has none such, or when a day stands without its month.
    package init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1...9999).contains(year) else { return nil }
        if let month {
            guard CalendarDate(year: year, month: month, day: day ?? 1) != nil else { return nil }
        } else if day != nil {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// A date that is fully known.
    package init(_ date: CalendarDate) {
        year = date.year
        month = date.month
        day = date.day
    }

    /// The date written as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or nil.
    package init?(canonical text: String) {
        switch text.utf8.count {
        case 10:
            guard let date = CalendarDate(iso: text) else { return nil }
            self.init(date)
        case 7:
            guard let date = CalendarDate(iso: text + "-01") else { return nil }
            self.init(year: date.year, month: date.month)
        case 4:
            guard let date = CalendarDate(iso: text + "-01-01") else { return nil }
            self.init(year: date.year)
        default:
            return nil
        }
    }

    package var canonical: String {
        let full = earliest.description
        return switch precision {
        case .day: full
        case .month: String(full.prefix(7))
        case .year: String(full.prefix(4))
        }
    }

    package var description: String { canonical }

    /// `DD/MM/YYYY`, or what is known of it: as Vietnamese papers write dates.
    package var dayFirst: String { canonical.split(separator: "-").reversed().joined(separator: "/") }

    /// How much of the date is known.
    package var precision: Precision {
        day != nil ? .day : month != nil ? .month : .year
    }

    /// The first day the date can mean.
    package var earliest: CalendarDate {
        CalendarDate(year: year, month: month ?? 1, day: day ?? 1) ?? CalendarDate(daysSinceEpoch: 0)
    }

    /// The last day the date can mean.
    package var latest: CalendarDate {
        let lastMonth = month ?? 12
        return CalendarDate(
            year: year, month: lastMonth, day: day ?? CalendarDate.days(in: lastMonth, of: year)) ?? earliest
    }

    /// The day itself when it is fully known.
    package var exact: CalendarDate? { day == nil ? nil : earliest }

    /// True when both can mean the same day.
    package func isCompatible(with other: PartialDate) -> Bool {
        earliest <= other.latest && other.earliest <= latest
    }

    package static func < (left: PartialDate, right: PartialDate) -> Bool {
        left.earliest != right.earliest ? left.earliest < right.earliest : left.latest > right.latest
    }
}

/// Lý do không đọc được ngày: why a written date was refused.
package enum DateRefusal: ExplainedRefusal {
    /// Nothing is written.
    case empty
    /// The calendar has no such day; the year is kept when one is clearly stated.
    case impossible(statedYear: Int?)
    /// Later than the day it may not pass.
    case future(PartialDate)
    /// The year has two digits, so the century is unknown.
    case ambiguousYear
    /// Not one of the forms a date is written in.
    case unreadable

    package var code: String {
        switch self {
        case .empty: "missing_date"
        case .impossible: "impossible_date"
        case .future: "future_date"
        case .ambiguousYear: "ambiguous_year"
        case .unreadable: "unreadable_date"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .empty:
            Sentence(
                "Chưa ghi ngày: ghi ngày/tháng/năm, hoặc chỉ năm nếu giấy tờ chỉ có năm.",
                "No date is written: write day/month/year, or the year alone if the papers give only that.")
        case .impossible:
            Sentence(
                "Lịch không có ngày này: đối chiếu giấy khai sinh rồi ghi lại ngày/tháng/năm.",
                "The calendar has no such day: check the birth certificate and write day/month/year again.")
        case .future(let date):
            Sentence(
                "Ngày \(date) ở sau ngày được phép: kiểm tra lại năm đã ghi.",
                "The date \(date) is later than it may be: check the year that was written.")
        case .ambiguousYear:
            Sentence(
                "Năm chỉ có hai chữ số: ghi đủ bốn chữ số của năm.",
                "The year has only two digits: write all four digits of the year.")
        case .unreadable:
            Sentence(
                "Không đọc được ngày: ghi theo dạng 25/01/1987, 01/1987 hoặc 1987.",
                "The date cannot be read: write it like 25/01/1987, 01/1987 or 1987.")
        }
    }

    /// The year the writer clearly stated, where one was.
    package var statedYear: Int? {
        switch self {
        case .impossible(let year): year
        case .future(let date): date.year
        case .empty, .ambiguousYear, .unreadable: nil
        }
    }
}
