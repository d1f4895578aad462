/// Địa chỉ: an address as it was written, with the administrative unit it names and what stands before the unit.
///
/// `written` is never changed but for NFC. `unit` is nil while nothing, or more than one unit, fits the text: an
/// address is never given a unit by guess. `detail` (`Số 106`, `Tổ 1, Thôn 3`) is the rest of the text, as written.
package struct Address: Hashable, Sendable, Codable {
    /// The unit the text names, in the set of the day it was written.
    package let unit: UnitCode?
    /// What stands before the unit, as written; the whole text while no unit is known.
    package let detail: String
    /// Exactly as given, apart from NFC.
    package let written: String

    /// The longest address, in characters.
    package static let longest = 500

    /// An address whose unit is not known yet; the whole text is its detail.
    package init(parsing text: String) throws(AddressRefusal) {
        guard text.utf8.count <= Self.longest * 16 else { throw .tooLong }
        let written = NormalForm.nfc(text)
        var hasLetterOrDigit = false
        for scalar in written.unicodeScalars {
            switch NameSign(scalar) {
            case .letter, .digit: hasLetterOrDigit = true
            case .control: throw .hasControl
            case .mark, .joint, .space, .other: continue
            }
        }
        guard hasLetterOrDigit else { throw .missing }
        guard written.count <= Self.longest else { throw .tooLong }
        self.init(unit: nil, detail: Self.trimmed(written), written: written)
    }

    /// An address as it was stored; what somebody writes goes through `init(parsing:)`.
    package init(unit: UnitCode?, detail: String, written: String) {
        self.unit = unit
        self.detail = detail
        self.written = written
    }

    /// The same address with the unit its text was found to name, and what stands before the unit.
    package func resolved(to unit: UnitCode, detail: String) -> Address {
        Address(unit: unit, detail: Self.trimmed(NormalForm.nfc(detail)), written: written)
    }

    private static func trimmed(_ text: String) -> String {
        let isEdge: (Character) -> Bool = { $0.isWhitespace || $0 == "," || $0 == ";" }
        var rest = text.drop(while: isEdge)
        while let last = rest.last, isEdge(last) { rest.removeLast() }
        return String(rest)
    }
}

/// Lý do không nhận địa chỉ: why a written address was refused.
package enum AddressRefusal: ExplainedRefusal {
    case missing
    case tooLong
    case hasControl

    package var code: String {
        switch self {
        case .missing: "missing_address"
        case .tooLong: "address_too_long"
        case .hasControl: "address_has_control_character"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .missing:
            Sentence(
                "Chưa ghi địa chỉ: ghi số nhà, thôn hoặc tổ, rồi xã/phường và tỉnh/thành phố.",
                "No address is written: write house and hamlet, then commune or ward and province or city.")
        case .tooLong:
            Sentence(
                "Địa chỉ dài quá \(Address.longest) ký tự: kiểm tra xem ô này có lẫn nội dung khác không.",
                "The address is longer than \(Address.longest) characters: check whether other text got into the field."
            )
        case .hasControl:
            Sentence(
                "Địa chỉ có ký tự không nhìn thấy: xóa ô này và gõ lại.",
                "The address has an invisible character in it: clear the field and type it again.")
        }
    }
}
