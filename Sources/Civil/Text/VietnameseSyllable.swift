/// Âm tiết tiếng Việt: whether a run of letters could be a syllable of Vietnamese as it is spelt.
package enum VietnameseSyllable {
    /// True when onset, rime and tone go together.
    ///
    /// Takes NFC letters in any case; minority and foreign words fail, so this is evidence for a guess and never a rule
    /// about names.
    package static func isPlausible(_ text: some StringProtocol) -> Bool {
        var base: [UInt8] = []
        var tones: [VietnameseLetters.Tone] = []
        for scalar in text.unicodeScalars {
            guard base.count < 8 else { return false }
            let small = LetterCase.small(scalar).value
            if small == 0x111 || (0x61...0x7A).contains(small), let letter = Folding.base(small) {
                base.append(letter)
            } else if let parts = VietnameseLetters.parts(of: small) {
                base.append(UInt8(parts.base))
                if let tone = parts.tone { tones.append(tone) }
            } else {
                return false
            }
        }
        guard tones.count <= 1, let rime = rime(of: base) else { return false }
        // Syllables that end in a stop are written with the rising or the heavy tone only.
        if endsInStop(rime), let tone = tones.first { return tone == .rising || tone == .heavy }
        return true
    }

    /// True when the small ASCII letters are a syllable that Vietnamese never writes without marks or need not.
    package static func isShaped(_ key: [UInt8]) -> Bool { rime(of: key) != nil }

    /// True when the small ASCII letters end in p, t, c or ch: such a syllable always carries a tone mark.
    static func endsInStop(_ letters: some Collection<UInt8>) -> Bool {
        switch letters.reversed().first {
        case UInt8(ascii: "p"), UInt8(ascii: "t"), UInt8(ascii: "c"): return true
        case UInt8(ascii: "h"): return letters.reversed().dropFirst().first == UInt8(ascii: "c")
        default: return false
        }
    }

    /// The rime, when the letters are an onset and a rime of Vietnamese.
    private static func rime(of letters: [UInt8]) -> [UInt8]? {
        for length in stride(from: min(3, letters.count), through: 0, by: -1) {
            let onset = String(decoding: letters[..<length], as: UTF8.self)
            guard onsets.contains(onset) else { continue }
            let rest = Array(letters[length...])
            if rimes.contains(String(decoding: rest, as: UTF8.self)) { return rest }
        }
        return nil
    }

    private static let onsets: Set<String> = Set(
        " b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(
            separator: " ", omittingEmptySubsequences: false
        ).map(String.init))

    private static let rimes: Set<String> = Set(
        """
        a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu ech enh i ia ich iec iem ien ieng iep iet \
        ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong \
        ooc oong op ot u ua uan uang uat uay uc ue uech uenh ui uich uinh uit um un ung uo uoc uoi uom uon uong uop \
        uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yeng yet yeu uau ueo uan
        """.split(separator: " ").map(String.init))
}
