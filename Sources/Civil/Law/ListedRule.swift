/// Quy định trong danh sách: one dated rule as a reader sees it, whatever kind of value it holds.
package struct ListedRule: Hashable, Sendable {
    /// Hiệu lực của quy định trong một ngày: how a rule stands on a day.
    package enum Standing: Int, Hashable, Sendable, Comparable {
        case inForce
        case later
        case ended

        package static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
    }

    /// What the rule is about; rules about one matter follow each other in time.
    package let matter: Sentence
    /// What holds.
    package let says: Sentence
    /// The first day; nil when it is not known or does not matter.
    package let validFrom: CalendarDate?
    /// The last day; nil while the rule is in force.
    package let validTo: CalendarDate?
    /// The document and the article.
    package let basis: String
    /// How well we know the rule; nil when it comes from a file that the register was given.
    package let certainty: Certainty?

    package func standing(on day: CalendarDate) -> Standing {
        if let validFrom, day < validFrom { return .later }
        if let validTo, validTo < day { return .ended }
        return .inForce
    }

    /// Every dated rule that the register goes by, matter by matter, oldest first.
    package static func all(units: UnitDirectory) -> [ListedRule] {
        let collected = Sentence("Thông tin phải thu thập về một người", "What is collected of a person")
        let mandatory = Sentence("Thông tin mà ai cũng phải có", "What every person must have")
        let marriage = Sentence("Tuổi kết hôn", "Age of marriage")
        let freshness = Sentence("Thời hạn của dữ liệu \"sống\"", "How long data count as alive")
        var rules: [ListedRule] = []
        for rule in PersonField.collected.rules { rules.append(ListedRule(collected, rule, says: fields)) }
        for rule in PersonField.mandatory.rules { rules.append(ListedRule(mandatory, rule, says: fields)) }
        for rule in MarriageAge.rules.rules { rules.append(ListedRule(marriage, rule, says: marrying)) }
        for rule in FreshnessRule.days.rules { rules.append(ListedRule(freshness, rule, says: age)) }
        for procedure in Procedure.allCases {
            let matter = Sentence(
                "Thời hạn giải quyết: \(procedure.title.vietnamese)", "Time for an answer: \(procedure.title.english)")
            rules.append(ListedRule(matter, procedure.clock, says: clock))
        }
        for period in units.periods { rules.append(ListedRule(period: period, units: units)) }
        for list in CodeList.all.values.sorted(by: { $0.id < $1.id }) { rules.append(ListedRule(list: list)) }
        return rules
    }

    private init<Value>(_ matter: Sentence, _ rule: DatedRule<Value>, says: (Value) -> Sentence) {
        self.matter = matter
        self.says = says(rule.value)
        validFrom = rule.validFrom
        validTo = rule.validTo
        basis = rule.basis.description
        certainty = rule.certainty
    }

    private init(period: UnitSetPeriod, units: UnitDirectory) {
        let all = units.units(of: period.set)
        let provinces = all.count { $0.level == .province }
        let communes = all.count { $0.level == .commune }
        matter = Sentence("Đơn vị hành chính", "Administrative units")
        says = Sentence(
            "Bộ mã \(period.set.rawValue): \(provinces) tỉnh, thành phố; \(communes) xã, phường, thị trấn, đặc khu",
            "Set \(period.set.rawValue): \(provinces) provinces, \(communes) communes")
        validFrom = period.validFrom
        validTo = period.validTo
        basis = period.basis
        certainty = nil
    }

    private init(list: CodeList) {
        matter = Sentence("Danh mục \(list.title.vietnamese)", "List of \(list.title.english)")
        says = Sentence(
            "Danh mục \(list.id): \(list.entries.count) mục", "List \(list.id): \(list.entries.count) entries")
        validFrom = list.validFrom
        validTo = list.validTo
        basis = list.basis.description
        // A list is as well known as its least known entry.
        certainty = [Certainty.unverified, .likely, .sure].first { least in
            list.entries.contains { $0.certainty == least }
        }
    }

    private static func marrying(_ age: MarriageAge) -> Sentence {
        Sentence(
            "Nam đủ \(age.men) tuổi, nữ đủ \(age.women) tuổi", "Men from \(age.men), women from \(age.women) full years"
        )
    }

    private static func clock(_ days: Int?) -> Sentence {
        guard let days else {
            return Sentence("Không văn bản nào đã biết nêu thời hạn", "No text that we know states one")
        }
        return Sentence("\(days) ngày làm việc", "\(days) working days")
    }

    private static func age(_ days: Int) -> Sentence {
        Sentence(
            "Sự kiện xác minh gần nhất không quá \(days) ngày", "The last verified event is at most \(days) days old")
    }

    private static func fields(_ fields: [PersonField]) -> Sentence {
        Sentence(
            "\(fields.count) nhóm: " + fields.map(\.title.vietnamese).joined(separator: "; "),
            "\(fields.count) groups: " + fields.map(\.title.english).joined(separator: "; "))
    }
}

extension Certainty {
    /// How well the rule is known, as a reader is told.
    package var title: Sentence {
        switch self {
        case .sure: Sentence("chắc chắn", "certain")
        case .likely: Sentence("có căn cứ, chưa đối chiếu toàn văn", "likely, not compared with the full text")
        case .unverified: Sentence("chưa kiểm chứng", "unverified")
        }
    }
}
