import Civil

/// Lý do không đọc được MRZ: why a machine readable zone was not read, or cannot be written.
package enum MRZRefusal: ExplainedRefusal {
    /// What a check digit guards.
    package enum Field: Hashable, Sendable { case number, birth, expiry, whole, personalNumber }

    /// Not ninety characters but so many.
    case length(Int)
    case foreignSign
    case checkDigit(Field)
    case noDate(Field)
    case noName
    /// Read, but the optional data hold no personal number.
    case noPersonalNumber
    case fieldTooLong

    package var code: String {
        switch self {
        case .length: "mrz_length"
        case .foreignSign: "mrz_foreign_sign"
        case .checkDigit: "mrz_check_digit"
        case .noDate: "mrz_no_date"
        case .noName: "mrz_no_name"
        case .noPersonalNumber: "mrz_no_personal_number"
        case .fieldTooLong: "mrz_field_too_long"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .length(let count):
            Sentence(
                "MRZ của thẻ có 90 ký tự (3 dòng × 30), ở đây có \(count): đọc lại cả ba dòng.",
                "The zone of a card has 90 characters (3 lines of 30), here are \(count): read all three lines again.")
        case .foreignSign:
            Sentence(
                "MRZ có ký tự ngoài A–Z, 0–9 và <: đọc lại mặt sau thẻ.",
                "The zone has a sign that is not A–Z, 0–9 or <: read the back of the card again.")
        case .checkDigit(let field):
            Sentence(
                "Chữ số kiểm tra của \(field.vietnamese) không khớp: đọc lại; nếu vẫn sai thì kiểm tra thẻ.",
                "The check digit of \(field.english) does not fit: read it again; if it stays so, examine the card.")
        case .noDate(let field):
            Sentence(
                "Phần \(field.vietnamese) trong MRZ không phải ngày: đọc lại mặt sau thẻ.",
                "The zone holds no date as \(field.english): read the back of the card again.")
        case .noName:
            Sentence(
                "Không viết được họ tên bằng chữ A–Z ở dòng 3: kiểm tra họ tên.",
                "The name cannot be written with the letters A–Z on line 3: check the name.")
        case .noPersonalNumber:
            Sentence(
                "MRZ không có số định danh 12 chữ số: dùng căn cước công dân hoặc thẻ căn cước.",
                "The zone holds no personal number of 12 digits: use a Vietnamese identity card.")
        case .fieldTooLong:
            Sentence(
                "Có phần dài hơn ô của nó trong MRZ: rút ngắn theo ICAO 9303.",
                "A part is longer than its field of the zone: shorten it as ICAO 9303 says.")
        }
    }
}

extension MRZRefusal.Field {
    var vietnamese: String {
        switch self {
        case .number: "số giấy tờ"
        case .birth: "ngày sinh"
        case .expiry: "ngày hết hạn"
        case .whole: "toàn bộ MRZ"
        case .personalNumber: "số định danh"
        }
    }

    var english: String {
        switch self {
        case .number: "the document number"
        case .birth: "the date of birth"
        case .expiry: "the date of expiry"
        case .whole: "the whole zone"
        case .personalNumber: "the personal number"
        }
    }
}
