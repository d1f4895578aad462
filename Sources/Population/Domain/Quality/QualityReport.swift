import Civil

/// The figures of one unit: its sums, and the people expected there.
package struct QualityFigures: Hashable, Sendable {
    package var tally: QualityTally
    /// How many groups of facts are mandatory.
    package var mandatoryFields: Int
    package var expected: ExpectedFigure?

    package init(tally: QualityTally, mandatoryFields: Int, expected: ExpectedFigure?) {
        self.tally = tally
        self.mandatoryFields = mandatoryFields
        self.expected = expected
    }

    package func share(of measure: QualityMeasure) -> Share {
        tally.share(of: measure, mandatoryFields, expected: expected?.persons)
    }
}

/// How many people are expected in a unit, all ages and by age group, with where that comes from.
package struct ExpectedFigure: Hashable, Sendable {
    package var persons: Int
    package var ages: [AgeGroup: Int]
    package var year: Int
    package var source: String
}

/// A unit with its figures and the office that answers for it.
package struct QualityLine: Hashable, Sendable {
    package var unit: AdministrativeUnit
    package var figures: QualityFigures
    package var office: ResponsibleOffice
}

/// One day of a unit's series.
package struct QualityDay: Hashable, Sendable {
    package var day: CalendarDate
    package var figures: QualityFigures
}

/// Báo cáo chất lượng và độ phủ: how good the data of a unit are and how many of its people are there, on one day.
package struct QualityReport: Hashable, Sendable {
    /// Nil for the whole country.
    package var unit: AdministrativeUnit?
    package var set: UnitSet
    package var rule: QualityTally.Rule
    /// Where the list of mandatory fields stands.
    package var basis: LegalBasis?
    /// Whether it is counted from the records as they are now, or read from the daily series.
    package var isFresh: Bool
    package var measured: Instant
    package var office: ResponsibleOffice
    package var figures: QualityFigures
    /// Persons who count in no unit of the set; of the whole country alone.
    package var unplaced: Int
    /// The units next below, those without people too.
    package var children: [QualityLine]
    /// The communes, for the map; those without people too.
    package var communes: [QualityLine]
    package var trend: [QualityDay]
    package var targets: [TargetState]
    /// What stands twice; nil before the first sweep, and for a day of the series.
    package var duplicates: DuplicateQuality?

    /// The mandatory fields with what is filled and verified; empty when the day comes from the series, which keeps the
    /// sums of all fields alone.
    package var fields: [(field: PersonField, filled: Int, verified: Int)] {
        guard isFresh else { return [] }
        return rule.mandatory.fields.map { field in
            let counts = figures.tally.counts(of: field)
            return (field, counts.filled, counts.verified)
        }
    }
}

/// Chỉ tiêu: what a measure of a unit should reach by a day.
package struct QualityTarget: Hashable, Sendable {
    /// Nil for the whole country.
    package var unit: UnitCode?
    package var set: UnitSet
    package var measure: QualityMeasure
    package var due: CalendarDate
    /// Millionths: 980000 is 98 %.
    package var perMillion: Int

    package init(unit: UnitCode?, set: UnitSet, measure: QualityMeasure, due: CalendarDate, perMillion: Int) {
        self.unit = unit
        self.set = set
        self.measure = measure
        self.due = due
        self.perMillion = perMillion
    }
}

/// A target with how far it is.
package struct TargetState: Hashable, Sendable {
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Đạt: on or before the deadline, or before it has come.
        case reached
        /// Đạt muộn: after the deadline.
        case reachedLate = "reached_late"
        /// Đang thực hiện: the deadline has not come.
        case open
        /// Chưa đạt: the deadline has passed.
        case missed

        package var title: Sentence {
            switch self {
            case .reached: Sentence("đạt", "reached")
            case .reachedLate: Sentence("đạt muộn", "reached late")
            case .open: Sentence("đang thực hiện", "under way")
            case .missed: Sentence("chưa đạt", "missed")
            }
        }
    }

    package var target: QualityTarget
    /// The measure on the day of the report.
    package var now: Share
    package var standing: Standing

    /// The standing on a day, from what was measured on the days of the series up to it and on the day itself.
    ///
    /// What counts is where the measure stood on the deadline: a target that was reached and lost again before it is
    /// missed. A day without a measurement says nothing; the last one before it speaks for it.
    package init(_ target: QualityTarget, days: [(day: CalendarDate, share: Share)], on day: CalendarDate) {
        self.target = target
        let known = days.filter { $0.day <= day && $0.share.perMillion != nil }.sorted { $0.day < $1.day }
        now = known.last?.share ?? Share(0, of: 0)
        func reaches(_ share: Share?) -> Bool { share?.perMillion.map { $0 >= target.perMillion } ?? false }
        if day <= target.due {
            standing = reaches(now) ? .reached : .open
        } else if reaches(known.last(where: { $0.day <= target.due })?.share) {
            standing = .reached
        } else {
            standing = reaches(now) ? .reachedLate : .missed
        }
    }
}

/// Lý do không báo cáo được: why quality is not reported, or a target not set.
package enum QualityRefusal: ExplainedRefusal {
    case unitUnknown
    case setUnknown
    case dayInFuture
    /// The series has no such day; its first day, if there is one.
    case dayMissing(first: CalendarDate?)
    /// The clock shows a day before the last one that was recorded.
    case clockSetBack(last: CalendarDate)
    case targetOutOfRange

    package var code: String {
        switch self {
        case .unitUnknown: "unit_unknown"
        case .setUnknown: "unit_set_unknown"
        case .dayInFuture: "quality_day_in_future"
        case .dayMissing: "quality_day_missing"
        case .clockSetBack: "quality_clock_set_back"
        case .targetOutOfRange: "quality_target_out_of_range"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .unitUnknown:
            Sentence(
                "Bộ mã không có đơn vị này; kiểm tra bộ mã và mã đơn vị.",
                "The set has no such unit; check the set and the code.")
        case .setUnknown:
            Sentence(
                "Chưa nạp bộ mã đơn vị này; chọn bộ mã đã nạp hoặc nạp bằng dancu unit load.",
                "This set of units is not loaded; choose one that is, or load it with dancu unit load.")
        case .dayInFuture:
            Sentence(
                "Ngày này chưa đến; chọn hôm nay hoặc một ngày đã qua.",
                "This day has not come yet; choose today or a day before.")
        case .dayMissing(let first):
            Sentence(
                "Chưa ghi số đo của ngày này; chuỗi ngày bắt đầu từ \(first?.description ?? "ngày ghi đầu tiên"), "
                    + "mỗi ngày được ghi bằng dancu quality record hoặc máy chủ.",
                "This day was not recorded; the series begins on \(first?.description ?? "its first recorded day"), "
                    + "and dancu quality record or the server adds each day.")
        case .clockSetBack(let last):
            Sentence(
                "Đồng hồ chỉ một ngày trước \(last), ngày đã ghi số đo; đặt lại đồng hồ, hoặc nếu \(last) ghi nhầm thì "
                    + "chạy dancu quality record --anyway.",
                "The clock shows a day before \(last), which is recorded; set the clock right, or, if \(last) was the "
                    + "wrong one, run dancu quality record --anyway.")
        case .targetOutOfRange:
            Sentence(
                "Chỉ tiêu là một tỷ lệ từ 0 đến 1 (phủ: đến 2), ví dụ 0.98; sửa lại.",
                "A target is a share from 0 to 1 (coverage: to 2), such as 0.98; mend it.")
        }
    }
}
