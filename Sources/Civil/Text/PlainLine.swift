/// Một dòng chữ: what a person states in one line, such as a reason, a purpose or a legal basis.
///
/// Signs that nobody sees could make two different lines look alike, or one line look like what only the register
/// itself writes; a line that holds one is refused and not cleaned, because its writer meant something by it.
package enum PlainLine {
    /// The text in NFC with single spaces; nil when nothing is left, when it is longer than `longest` Unicode scalars,
    /// or when it holds a sign that is not seen (control and format signs, private and unassigned code points).
    package static func parse(_ text: String, longest: Int) -> String? {
        // Told before anything is copied; a line of `longest` scalars has at most four bytes for each, and its spaces.
        guard text.utf8.count <= 8 * longest else { return nil }
        let line = NormalForm.nfc(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty, line.unicodeScalars.count <= longest, !line.unicodeScalars.contains(where: isUnseen)
        else { return nil }
        return line
    }

    /// Whether the sign leaves nothing on the page: as in a name, and marks that join or only choose a shape.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x34F, 0x17B4, 0x17B5, 0x180B...0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
        default: NameSign(scalar) == .control
        }
    }
}
