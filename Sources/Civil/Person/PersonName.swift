/// Họ, chữ đệm và tên: a person's name as it was written, with its standard spelling and its key for comparing.
///
/// `written` is what the paper says, changed by nothing but NFC; the rest is worked out from it. A record has the
/// standard spelling; what a sheet wrote stays with the sheet, letter by letter. The surname is optional: names of one
/// word and names of minorities without one are whole names. Two names are equal when they are written the same.
package struct PersonName: CanonicalText, CustomStringConvertible {
    /// Exactly as given, apart from NFC.
    package let written: String
    /// Spaces collapsed, each part with a capital and small letters, look-alike letters and apostrophes replaced.
    package let standard: String
    /// Small ASCII letters without marks (`Folding.key` of `standard`).
    package let key: String

    /// The longest name, in characters.
    package static let longest = 100

    /// Reads a name: letters, marks, spaces, apostrophes, hyphens and dots, 1 to 100 characters.
    package init(parsing text: String) throws(NameRefusal) {
        // One character can hold any number of marks, so the bytes are limited too.
        guard text.utf8.count <= Self.longest * 16 else { throw .tooLong }
        let written = NormalForm.nfc(text)
        var hasLetter = false
        for scalar in written.unicodeScalars {
            switch NameSign(scalar) {
            case .letter: hasLetter = true
            case .mark, .joint, .space: continue
            case .digit: throw .hasDigit
            case .control: throw .hasControl
            case .other: throw .hasSign(String(Character(scalar)))
            }
        }
        guard hasLetter else { throw .missing }
        let standard = Self.standardised(written)
        guard standard.count <= Self.longest else { throw .tooLong }
        self.written = written
        self.standard = standard
        key = Folding.key(standard)
    }

    package init?(canonical: String) {
        guard let name = try? PersonName(parsing: canonical) else { return nil }
        self = name
    }

    package var canonical: String { written }

    package var description: String { standard }

    package static func == (left: PersonName, right: PersonName) -> Bool { left.written == right.written }

    package func hash(into hasher: inout Hasher) { hasher.combine(written) }

    /// The words of the standard spelling.
    package var parts: [Substring] { standard.split(separator: " ") }

    /// True when a letter with a mark, or đ, stands in the name.
    package var hasMarks: Bool { standard.unicodeScalars.contains { $0.value > 0x7F } }

    private static func standardised(_ written: String) -> String {
        var output = String.UnicodeScalarView()
        var pendingSpace = false
        var atStart = true
        for scalar in written.unicodeScalars {
            switch NameSign(scalar) {
            case .space:
                pendingSpace = !output.isEmpty
                atStart = true
                continue
            case .joint:
                if pendingSpace { output.append(" ") }
                output.append(NameSign.plainJoint(scalar))
                atStart = true
            case .letter:
                if pendingSpace { output.append(" ") }
                let plain = NameSign.plainLetter(scalar)
                output.append(atStart ? LetterCase.capital(plain) : LetterCase.small(plain))
                atStart = false
            case .mark:
                // A mark that stands on no letter says nothing.
                if atStart { continue }
                output.append(scalar)
            case .digit, .control, .other:
                output.append(scalar)
            }
            pendingSpace = false
        }
        // Letters that are two scalars as capitals can be one as small letters.
        return NormalForm.nfc(String(output))
    }
}

/// Lý do không nhận họ tên: why a written name was refused.
package enum NameRefusal: ExplainedRefusal {
    case missing
    case tooLong
    case hasDigit
    case hasControl
    case hasSign(String)

    package var code: String {
        switch self {
        case .missing: "missing_name"
        case .tooLong: "name_too_long"
        case .hasDigit: "name_has_digit"
        case .hasControl: "name_has_control_character"
        case .hasSign: "name_has_sign"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .missing:
            Sentence(
                "Chưa ghi họ tên: ghi họ, chữ đệm và tên theo giấy khai sinh.",
                "No name is written: write the full name as on the birth certificate.")
        case .tooLong:
            Sentence(
                "Họ tên dài quá \(PersonName.longest) ký tự: kiểm tra xem ô này có lẫn nội dung khác không.",
                "The name is longer than \(PersonName.longest) characters: check whether other text got into the field."
            )
        case .hasDigit:
            Sentence(
                "Họ tên có chữ số: bỏ chữ số, chỉ ghi chữ như trong giấy khai sinh.",
                "The name has a digit in it: remove it and write letters only, as on the birth certificate.")
        case .hasControl:
            Sentence(
                "Họ tên có ký tự không nhìn thấy: xóa ô này và gõ lại họ tên.",
                "The name has an invisible character in it: clear the field and type the name again.")
        case .hasSign(let sign):
            Sentence(
                "Họ tên có dấu “\(sign)”: chỉ dùng chữ, dấu cách, dấu nháy, gạch nối và dấu chấm.",
                "The name has “\(sign)” in it: use letters, spaces, apostrophes, hyphens and dots only.")
        }
    }
}

/// What a scalar is inside a name.
enum NameSign {
    case letter, mark, joint, space, digit, control, other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0x1EA0...0x1EF9: self = .letter
        case 0x20, 0xA0, 0x09, 0x2009, 0x202F, 0x3000: self = .space
        case 0x27, 0x2019, 0x2018, 0x2BC, 0x60, 0xB4, 0x2D, 0x2010, 0x2011, 0x2E: self = .joint
        case 0x30...0x39: self = .digit
        case 0xC0...0xFF where scalar.value != 0xD7 && scalar.value != 0xF7: self = .letter
        case 0x100...0x24F: self = .letter
        default:
            // Letters of Hangul that fill a place and are not seen.
            if [0x115F, 0x1160, 0x3164, 0xFFA0].contains(scalar.value) {
                self = .control
                return
            }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: self = .letter
            case .nonspacingMark, .spacingMark: self = .mark
            case .decimalNumber, .letterNumber, .otherNumber: self = .digit
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                self = .control
            default: self = .other
            }
        }
    }

    /// Apostrophe, hyphen or dot in their ASCII form.
    static func plainJoint(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x2D, 0x2010, 0x2011: "-"
        case 0x2E: "."
        default: "'"
        }
    }

    /// `Ð`/`ð` (eth) and `Ɖ` look like `Đ`/`đ` and are typed for it.
    static func plainLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xD0, 0x189: "\u{110}"
        case 0xF0, 0x256: "\u{111}"
        default: scalar
        }
    }
}
