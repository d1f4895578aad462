import Civil

/// Trường hợp cấp, cấp đổi, cấp lại thẻ: the grounds of Luật 26/2023/QH15, Điều 24.
package enum CardGround: String, Codable, CaseIterable, Hashable, Sendable {
    /// Cấp lần đầu.
    case first
    /// Đến tuổi phải đổi.
    case milestone
    /// Thay đổi, cải chính họ, chữ đệm, tên, ngày sinh.
    case nameOrBirth = "name_or_birth"
    /// Thay đổi nhân dạng, bổ sung ảnh, vân tay, xác định lại giới tính.
    case features
    /// Thẻ có sai sót.
    case cardError = "card_error"
    /// Thay đổi địa giới hành chính; on request, never by itself.
    case boundary
    /// Xác lập lại số định danh.
    case numberReestablished = "number_reestablished"
    /// Công dân có yêu cầu: the holder's wish.
    case wish
    /// Thẻ căn cước công dân sang thẻ căn cước: the holder's wish too, with a fee of its own.
    case fromCitizenCard = "from_citizen_card"
    /// Mất thẻ.
    case lost
    /// Thẻ hư hỏng không sử dụng được.
    case unusable
    /// Được trở lại quốc tịch Việt Nam.
    case nationalityRegained = "nationality_regained"

    /// Loại việc: what the law calls it.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Cấp.
        case first
        /// Cấp đổi.
        case exchange
        /// Cấp lại.
        case reissue
    }

    package var kind: Kind {
        switch self {
        case .first: .first
        case .milestone, .nameOrBirth, .features, .cardError, .boundary, .numberReestablished, .wish, .fromCitizenCard:
            .exchange
        case .lost, .unusable, .nationalityRegained: .reissue
        }
    }

    package var feeMatter: CardFeeMatter {
        switch self {
        case .first: .first
        case .milestone: .milestone
        case .nameOrBirth, .features, .numberReestablished, .wish: .exchange
        case .cardError: .agencyError
        case .boundary: .boundary
        case .fromCitizenCard: .fromCitizenCard
        case .lost, .unusable, .nationalityRegained: .reissue
        }
    }

    package var title: Sentence {
        switch self {
        case .first: Sentence("Cấp lần đầu", "First card")
        case .milestone: Sentence("Đổi khi đến tuổi", "Exchange at an age of the law")
        case .nameOrBirth: Sentence("Đổi do thay đổi họ tên, ngày sinh", "Name or date of birth changed")
        case .features: Sentence("Đổi do thay đổi nhân dạng, ảnh, vân tay", "Features, face or fingers changed")
        case .cardError: Sentence("Đổi do thẻ có sai sót", "Error on the card")
        case .boundary: Sentence("Đổi do thay đổi địa giới", "Boundaries changed")
        case .numberReestablished: Sentence("Đổi do xác lập lại số định danh", "Number re-established")
        case .wish: Sentence("Đổi theo yêu cầu", "The holder's wish")
        case .fromCitizenCard: Sentence("Từ thẻ căn cước công dân", "From the citizen card")
        case .lost: Sentence("Cấp lại do mất", "Lost")
        case .unusable: Sentence("Cấp lại do hư hỏng", "Unusable")
        case .nationalityRegained: Sentence("Cấp lại do trở lại quốc tịch", "Nationality regained")
        }
    }
}
