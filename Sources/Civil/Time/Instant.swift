/// Thời điểm ghi nhận: a point in time, in microseconds since 1970-01-01T00:00:00Z.
///
/// This is *recorded* time. What is true in the world is told by a `CalendarDate` or a `PartialDate`.
package struct Instant: Hashable, Sendable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Midnight in Vietnam (UTC+7, no summer time since 1975) at which the day begins.
    package init(startOf day: CalendarDate) {
        self.init(microseconds: (Int64(day.daysSinceEpoch) * 86_400 - 7 * 3_600) * 1_000_000)
    }

    /// The last microsecond of the day in Vietnam.
    package init(endOf day: CalendarDate) {
        self.init(microseconds: Instant(startOf: day).microseconds + 86_400_000_000 - 1)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// `YYYY-MM-DDThh:mm:ss.ffffffZ` (RFC 3339, UTC).
    package var iso: String {
        let day = Int((Double(microseconds) / 86_400_000_000).rounded(.down))
        var rest = microseconds - Int64(day) * 86_400_000_000
        func part(_ unit: Int64, _ digits: Int) -> String {
            let value = String(rest / unit)
            rest %= unit
            return String(repeating: "0", count: max(0, digits - value.count)) + value
        }
        let hour = part(3_600_000_000, 2)
        let minute = part(60_000_000, 2)
        let second = part(1_000_000, 2)
        return "\(CalendarDate(daysSinceEpoch: day))T\(hour):\(minute):\(second).\(part(1, 6))Z"
    }

    /// The instant written in RFC 3339 with `Z` or an offset, with or without a fraction; or a plain date, which means
    /// the end of that day in Vietnam.
    package init?(parsing text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if let date = CalendarDate(iso: text) {
            self.init(endOf: date)
            return
        }
        guard bytes.count >= 20, bytes.count <= 35, bytes[10] == 84 || bytes[10] == 32,
            let date = CalendarDate(iso: String(decoding: bytes[0..<10], as: UTF8.self))
        else { return nil }
        func two(_ at: Int) -> Int64? {
            guard at + 1 < bytes.count, (48...57).contains(bytes[at]), (48...57).contains(bytes[at + 1]) else {
                return nil
            }
            return Int64(bytes[at] - 48) * 10 + Int64(bytes[at + 1] - 48)
        }
        guard bytes[13] == 58, bytes[16] == 58, let hour = two(11), hour < 24, let minute = two(14), minute < 60,
            let second = two(17), second < 60
        else { return nil }
        var at = 19
        var fraction: Int64 = 0
        if bytes[at] == 46 {
            at += 1
            var unit: Int64 = 100_000
            while at < bytes.count, (48...57).contains(bytes[at]) {
                fraction += Int64(bytes[at] - 48) * unit
                unit /= 10
                at += 1
            }
        }
        guard at < bytes.count else { return nil }
        var offset: Int64 = 0
        if bytes[at] == 43 || bytes[at] == 45 {
            guard bytes.count == at + 6, bytes[at + 3] == 58, let hours = two(at + 1), let minutes = two(at + 4) else {
                return nil
            }
            offset = (hours * 3_600 + minutes * 60) * (bytes[at] == 43 ? 1 : -1)
        } else {
            guard bytes[at] == 90 || bytes[at] == 122, bytes.count == at + 1 else { return nil }
        }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    /// The calendar day in Vietnam (UTC+7).
    package var dayInVietnam: CalendarDate {
        let seconds = (Double(microseconds) / 1_000_000).rounded(.down)
        return CalendarDate(daysSinceEpoch: Int(((seconds + 7 * 3_600) / 86_400).rounded(.down)))
    }
}
