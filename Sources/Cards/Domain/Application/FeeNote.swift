import Civil

/// Lệ phí và lý do: how much an application costs and why, as it was reckoned on a day; what was claimed stands in it.
package struct FeeNote: Codable, Hashable, Sendable {
    /// Một lý do: what is added or taken off, and where that is written.
    package struct Line: Codable, Hashable, Sendable {
        /// Đồng.
        package let amount: Int
        package let vietnamese: String
        package let english: String
        package let basis: String

        package var reason: Sentence { Sentence(vietnamese, english) }
    }

    /// The day whose table was used.
    package let day: String
    package let exemption: FeeExemption?
    /// Tài khoản định danh mức 2.
    package let hasLevelTwo: Bool
    package let lines: [Line]

    package var amount: Int { max(0, lines.reduce(0) { $0 + $1.amount }) }

    package init(_ fee: Fee, exemption: FeeExemption?, hasLevelTwo: Bool, on day: CalendarDate) {
        self.day = day.description
        self.exemption = exemption
        self.hasLevelTwo = hasLevelTwo
        lines = fee.lines.map { line in
            Line(
                amount: line.amount, vietnamese: line.reason.vietnamese, english: line.reason.english,
                basis: line.basis.canonical)
        }
    }
}

extension [CardEvent] {
    /// Ngày hẹn đến; nil of somebody who came without a booking.
    package var booked: CalendarDate? {
        for event in self {
            if case .applicationBooked(_, let day) = event.change { return CalendarDate(iso: day) }
        }
        return nil
    }

    /// The fee as it was reckoned last; nil of what was taken before reasons were kept, and where there is no tariff.
    package var fee: FeeNote? {
        for event in reversed() {
            if case .feeSet(_, let fee) = event.change { return fee }
        }
        return nil
    }
}
