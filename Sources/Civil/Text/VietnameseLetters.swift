/// Chữ cái tiếng Việt: the 134 letters with marks, taken apart into base letter, vowel mark and tone.
package enum VietnameseLetters {
    /// Thanh điệu: the five written tones; the level tone is written by none.
    package enum Tone: UInt32, Sendable, CaseIterable {
        case falling = 0x300
        case rising = 0x301
        case broken = 0x303
        case curving = 0x309
        case heavy = 0x323
    }

    /// A letter taken apart: ASCII base in its own case, vowel mark (circumflex, breve, horn) and tone.
    package struct Parts: Hashable, Sendable {
        /// An ASCII letter, or another without marks, in the case of the letter.
        package var base: UInt32
        /// The combining mark of the vowel: U+0302, U+0306 or U+031B.
        package var shape: UInt32?
        /// The tone; nil is the level one.
        package var tone: Tone?
    }

    /// The parts of a vowel letter of Vietnamese, marked or not; nil for every other scalar.
    package static func parts(of scalar: UInt32) -> Parts? {
        scalar < 0x2000 ? decomposition[scalar] : nil
    }

    /// True for the eight combining marks of Vietnamese.
    package static func isMark(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323: true
        default: false
        }
    }

    /// The letter without its tone (`ế` → `ê`), in its own case; other scalars unchanged.
    package static func withoutTone(_ scalar: UInt32) -> UInt32 {
        guard scalar > 0x7F, var parts = parts(of: scalar), parts.tone != nil else { return scalar }
        parts.tone = nil
        return composition[parts] ?? scalar
    }

    /// One letter from a letter and the marks behind it, or nil when Vietnamese has no such letter.
    ///
    /// A mark order that is not canonically equal to a Vietnamese letter gives nil (`e` + acute + circumflex is not
    /// `ế`).
    static func compose(_ cluster: [UInt32]) -> UInt32? {
        guard let first = cluster.first, var parts = parts(of: first) else { return nil }
        for mark in cluster.dropFirst() {
            if let tone = Tone(rawValue: mark) {
                guard parts.tone == nil else { return nil }
                parts.tone = tone
            } else {
                // Horn and dot below have combining classes of their own and may stand in any order; the circumflex and
                // the breve may not stand behind another mark above.
                guard parts.shape == nil, parts.tone == nil || parts.tone == .heavy || mark == 0x31B else { return nil }
                parts.shape = mark
            }
        }
        return composition[parts]
    }

    private static let decomposition: [UInt32: Parts] = {
        var table: [UInt32: Parts] = [:]
        for (parts, letter) in composition { table[letter] = parts }
        return table
    }()

    private static let composition: [Parts: UInt32] = {
        // Per row: no tone, then falling, rising, broken, curving, heavy, small and capital letters in turn.
        let rows: [(String, String, UInt32?)] = [
            ("a", "aàáãảạ", nil), ("a", "ăằắẵẳặ", 0x306), ("a", "âầấẫẩậ", 0x302), ("e", "eèéẽẻẹ", nil),
            ("e", "êềếễểệ", 0x302), ("i", "iìíĩỉị", nil), ("o", "oòóõỏọ", nil), ("o", "ôồốỗổộ", 0x302),
            ("o", "ơờớỡởợ", 0x31B), ("u", "uùúũủụ", nil), ("u", "ưừứữửự", 0x31B), ("y", "yỳýỹỷỵ", nil),
            ("A", "AÀÁÃẢẠ", nil), ("A", "ĂẰẮẴẲẶ", 0x306), ("A", "ÂẦẤẪẨẬ", 0x302), ("E", "EÈÉẼẺẸ", nil),
            ("E", "ÊỀẾỄỂỆ", 0x302), ("I", "IÌÍĨỈỊ", nil), ("O", "OÒÓÕỎỌ", nil), ("O", "ÔỒỐỖỔỘ", 0x302),
            ("O", "ƠỜỚỠỞỢ", 0x31B), ("U", "UÙÚŨỦỤ", nil), ("U", "ƯỪỨỮỬỰ", 0x31B), ("Y", "YỲÝỸỶỴ", nil),
        ]
        let tones: [Tone?] = [nil, .falling, .rising, .broken, .curving, .heavy]
        var table: [Parts: UInt32] = [:]
        for (base, letters, shape) in rows {
            for (letter, tone) in zip(letters.unicodeScalars, tones) {
                guard let bare = base.unicodeScalars.first else { continue }
                table[Parts(base: bare.value, shape: shape, tone: tone)] = letter.value
            }
        }
        return table
    }()
}
