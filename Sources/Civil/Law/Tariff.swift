/// Việc thu lệ phí thẻ: what an identity card is asked for, as the table of fees names it.
package enum CardFeeMatter: String, Codable, CaseIterable, Hashable, Sendable {
    /// Cấp lần đầu.
    case first
    /// Đổi khi đến tuổi.
    case milestone
    /// Chuyển từ thẻ căn cước công dân sang thẻ căn cước.
    case fromCitizenCard = "from_citizen_card"
    /// Cấp đổi.
    case exchange
    /// Cấp lại.
    case reissue
    /// Đổi do thay đổi địa giới hành chính.
    case boundary
    /// Sai sót do cơ quan cấp thẻ.
    case agencyError = "agency_error"
}

/// Kênh nộp hồ sơ: by which way an application comes.
package enum FilingChannel: String, Codable, CaseIterable, Hashable, Sendable {
    /// Trực tiếp tại cơ quan.
    case counter
    /// Trực tuyến.
    case online
}

/// Đối tượng được miễn lệ phí: who pays nothing, as the circular on the citizen card named them.
package enum FeeExemption: String, Codable, CaseIterable, Hashable, Sendable {
    /// Thân nhân liệt sĩ, thương binh.
    case martyrOrInvalidKin = "martyr_or_invalid_kin"
    /// Người ở xã biên giới.
    case borderCommune = "border_commune"
    /// Hộ nghèo.
    case poorHousehold = "poor_household"
    /// Trẻ em dưới 18 tuổi mồ côi.
    case orphanUnder18 = "orphan_under_18"
}

/// Lệ phí đã tính: an amount with the reasons that made it, in their order.
package struct Fee: Hashable, Sendable {
    /// Một bước tính: what is added or taken off, and where that is written.
    package struct Line: Hashable, Sendable {
        package let amount: Int
        package let reason: Sentence
        package let basis: LegalBasis
        package let certainty: Certainty

        init(_ amount: Int, _ reason: Sentence, _ basis: LegalBasis, _ certainty: Certainty) {
            self.amount = amount
            self.reason = reason
            self.basis = basis
            self.certainty = certainty
        }
    }

    package let lines: [Line]
    /// Đồng.
    package var amount: Int { max(0, lines.reduce(0) { $0 + $1.amount }) }
}

/// Biểu lệ phí: what a procedure costs on a day, with every reason; the one table of fees of the program.
///
/// The amounts of the card are those of Thông tư 73/2024/TT-BTC. The day on which that circular took effect was not
/// compared with its text; the table begins with the law on identification and is marked so.
package enum Tariff {
    private static let law = CalendarDate(iso: "2024-07-01") ?? CalendarDate(daysSinceEpoch: 0)
    private static let circular = LegalBasis("Thông tư 73/2024/TT-BTC")

    /// Mức lệ phí thẻ căn cước: in đồng.
    package static let cardAmounts = RuleBook<[CardFeeMatter: Int]>(successive: [
        (
            from: law, basis: circular, certainty: .likely,
            value: [
                .first: 0, .milestone: 0, .fromCitizenCard: 30_000, .exchange: 50_000, .reissue: 70_000, .boundary: 0,
                .agencyError: 0,
            ]
        )
    ])

    /// Mức giảm khi nộp trực tuyến: the percentage that is taken off.
    package static let onlineReductions = RuleBook<Int>(successive: [
        (from: law, basis: circular, certainty: .likely, value: 50),
        (
            from: CalendarDate(iso: "2026-01-01") ?? law, basis: LegalBasis("Thông tư 64/2025/TT-BTC"),
            certainty: .likely, value: 50
        ),
        (
            from: CalendarDate(iso: "2027-01-01") ?? law, basis: LegalBasis("Thông tư 64/2025/TT-BTC"),
            certainty: .likely, value: 0
        ),
    ])

    /// Miễn lệ phí cho tài khoản định danh mức 2 nộp trực tuyến: from the first day to the last.
    package static let levelTwoOnline = DatedRule<Bool>(
        validFrom: CalendarDate(iso: "2026-08-15") ?? law, validTo: CalendarDate(iso: "2027-02-28"),
        basis: LegalBasis("Nghị quyết 66.22/2026/NQ-CP"), certainty: .sure, value: true)

    /// The fee of a card that is applied for on a day; nil before the table begins.
    package static func card(
        _ matter: CardFeeMatter, on day: CalendarDate, by channel: FilingChannel, hasLevelTwo: Bool = false,
        exemption: FeeExemption? = nil
    ) -> Fee? {
        guard let rule = cardAmounts.rule(on: day), let amount = rule.value[matter] else { return nil }
        var lines = [Fee.Line(amount, matter.reason, rule.basis, rule.certainty)]
        guard amount > 0 else { return Fee(lines: lines) }
        if exemption != nil {
            lines.append(
                Fee.Line(
                    -amount, Sentence("Thuộc đối tượng được miễn", "Of a class that pays nothing"), circular, .likely))
        } else if channel == .online, hasLevelTwo, levelTwoOnline.holds(on: day) {
            lines.append(
                Fee.Line(
                    -amount, Sentence("Tài khoản định danh mức 2, nộp trực tuyến", "Identity of level 2, filed online"),
                    levelTwoOnline.basis, levelTwoOnline.certainty))
        } else if channel == .online, let off = onlineReductions.rule(on: day), off.value > 0 {
            lines.append(
                Fee.Line(
                    -amount * off.value / 100,
                    Sentence("Giảm \(off.value) % khi nộp trực tuyến", "\(off.value) % less when filed online"),
                    off.basis, off.certainty))
        }
        return Fee(lines: lines)
    }
}

extension CardFeeMatter {
    package var reason: Sentence {
        switch self {
        case .first: Sentence("Cấp thẻ lần đầu: không thu", "First card: free")
        case .milestone: Sentence("Đổi thẻ khi đến tuổi: không thu", "Exchange at an age of the law: free")
        case .fromCitizenCard:
            Sentence("Chuyển từ thẻ căn cước công dân sang thẻ căn cước", "From the citizen card to the identity card")
        case .exchange: Sentence("Cấp đổi thẻ", "Exchange")
        case .reissue: Sentence("Cấp lại thẻ", "Re-issue")
        case .boundary: Sentence("Đổi do địa giới hành chính: không thu", "Changed boundaries: free")
        case .agencyError: Sentence("Sai sót do cơ quan cấp thẻ: không thu", "The issuer's own error: free")
        }
    }
}
