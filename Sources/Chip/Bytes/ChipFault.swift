import Civil

/// Lỗi trong dữ liệu chip: why bytes of a chip or a certificate were not understood.
package enum ChipFault: ExplainedRefusal {
    /// A length promises more bytes than there are.
    case endsTooSoon
    /// Bytes follow where nothing may follow.
    case bytesLeft
    /// A field with another tag than the one that belongs there.
    case unexpectedTag(UInt32)
    /// A field whose content is not what the named field holds.
    case malformed(String)
    /// A curve, hash or version that this program does not know.
    case unsupported(String)

    package var code: String {
        switch self {
        case .endsTooSoon: "chip_ends_too_soon"
        case .bytesLeft: "chip_bytes_left"
        case .unexpectedTag: "chip_unexpected_tag"
        case .malformed: "chip_malformed"
        case .unsupported: "chip_unsupported"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .endsTooSoon:
            Sentence(
                "Dữ liệu hết trước độ dài đã ghi: đọc lại chip hoặc sao lại tệp.",
                "The data end before the length they state: read the chip again, or copy the file again.")
        case .bytesLeft:
            Sentence(
                "Có byte thừa sau dữ liệu: đọc lại chip hoặc sao lại tệp.",
                "Bytes are left behind the data: read the chip again, or copy the file again.")
        case .unexpectedTag(let tag):
            Sentence(
                "Gặp thẻ dữ liệu \(String(tag, radix: 16)) không đúng chỗ: kiểm tra xem có đúng tệp không.",
                "Tag \(String(tag, radix: 16)) stands where it does not belong: check that this is the right file.")
        case .malformed(let what):
            Sentence(
                "Nội dung của \(what) không đúng cấu trúc: kiểm tra tệp; nếu từ thẻ thì thẻ có lỗi.",
                "The content of \(what) is not built as it should be: check the file; if it is a card's, it is faulty.")
        case .unsupported(let what):
            Sentence(
                "Chương trình chưa hỗ trợ \(what): dùng chương trình đọc khác để kiểm tra.",
                "The program does not support \(what) yet: use another reader to check it.")
        }
    }
}
