import Civil
import Foundation

/// Đích danh: somebody named by number, name and date of birth together, as their paper has all three.
///
/// Whoever knows all three has the person, or the person's paper, in front of them; that is why this naming reaches
/// beyond an office's places.
package struct ExactPerson: Hashable, Sendable {
    package let number: PersonalIdentificationNumber
    package let name: PersonName
    package let birth: PartialDate

    package init(number: PersonalIdentificationNumber, name: PersonName, birth: PartialDate) {
        self.number = number
        self.name = name
        self.birth = birth
    }

    /// Whether a record is that person's: every letter and mark of the name, and the date as precisely as it is known.
    ///
    /// Capitals, spaces and the letter on which a tone stands (hoà, hòa) may differ.
    func names(_ state: PersonState) -> Bool {
        guard state.details.birth == birth, let recorded = state.details.name else { return false }
        return ExactPerson.key(recorded) == ExactPerson.key(name.standard)
    }

    private static func key(_ name: String) -> [[UInt32]] {
        name.lowercased().split(whereSeparator: \.isWhitespace).map { word in
            // The marks of a word behind its letters, so that it does not matter on which letter they were typed.
            let scalars = String(word).decomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
            let tones: Set<UInt32> = [0x300, 0x301, 0x303, 0x309, 0x323]
            return scalars.filter { !tones.contains($0) } + scalars.filter(tones.contains)
        }
    }
}
