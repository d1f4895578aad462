import Civil

/// Lý do không vẽ được: why a face or paper was not drawn; nothing is drawn in part.
package enum DrawingRefusal: ExplainedRefusal {
    /// A font is not installed; another one is never taken in its place.
    case fontMissing(family: String, package: String)
    /// The font has no picture of a letter that is to be drawn.
    case letterMissing
    /// What is to be written does not fit its place at the smallest size that can be read.
    case tooLong(field: String)
    /// The picture is no JPEG that can be decoded within the limits.
    case pictureUnreadable
    /// The text is too long for a square code of its size.
    case codeTooLong
    /// The library that draws has failed; its own word for it.
    case surfaceFailed(String)

    package var code: String {
        switch self {
        case .fontMissing: "font_missing"
        case .letterMissing: "letter_not_in_font"
        case .tooLong: "drawing_text_too_long"
        case .pictureUnreadable: "drawing_picture_unreadable"
        case .codeTooLong: "square_code_too_long"
        case .surfaceFailed: "drawing_failed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .fontMissing(let family, let package):
            Sentence(
                "Máy này chưa có phông chữ \(family): cài gói \(package) rồi làm lại.",
                "The font \(family) is not on this machine: install the package \(package) and start again.")
        case .letterMissing:
            Sentence(
                "Có chữ mà phông chữ không vẽ được: sửa chữ đó trong dữ liệu.",
                "There is a letter that the font cannot draw: correct it in the record.")
        case .tooLong(let field):
            Sentence(
                "Nội dung mục \"\(field)\" quá dài, không in vừa: rút gọn theo quy định rồi làm lại.",
                "What stands under \"\(field)\" is too long to be printed: shorten it by the rules and start again.")
        case .pictureUnreadable:
            Sentence(
                "Không giải mã được ảnh JPEG: chụp lại ảnh.", "The JPEG picture cannot be decoded: take it again.")
        case .codeTooLong:
            Sentence(
                "Nội dung mã QR quá dài: rút gọn địa chỉ rồi làm lại.",
                "The text of the square code is too long: shorten the address and start again.")
        case .surfaceFailed(let reason):
            Sentence(
                "Không vẽ được (\(reason)): kiểm tra bộ nhớ và đĩa.",
                "Drawing failed (\(reason)): check memory and disk.")
        }
    }
}
