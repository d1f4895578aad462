/// Tên nhật ký: the name of a log, or of somebody who signs its notes, such as `dancu.example/acts`.
///
/// Not empty, without spaces, control characters and `+` (C2SP signed-note); compared byte by byte.
package struct LogOrigin: Hashable, Sendable, CustomStringConvertible {
    /// Longest name in bytes of UTF-8.
    package static let longest = 256

    package let text: String

    package init(_ text: String) throws(NoteRefusal) {
        guard !text.isEmpty, text.utf8.count <= LogOrigin.longest,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0 != "+" && !$0.properties.isWhitespace })
        else { throw .malformedName }
        self.text = text
    }

    package var description: String { text }

    package static func == (left: LogOrigin, right: LogOrigin) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
