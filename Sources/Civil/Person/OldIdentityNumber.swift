/// Số chứng minh nhân dân: the number of the identity paper before the personal number.
///
/// Nine digits; papers of the pilot of 2012 to 2015 have twelve, out of the number space of the personal number.
package struct OldIdentityNumber: CanonicalText, CustomStringConvertible {
    /// Nine or twelve digits.
    package let digits: String

    /// Reads nine or twelve digits; spaces, dots, hyphens and full-width digits are understood.
    package init(parsing text: some StringProtocol) throws(NumberRefusal) {
        guard let digits = WrittenDigits.read(text, atMost: 12) else { throw .oldMalformed(digits: nil) }
        guard digits.count == 9 || digits.count == 12 else {
            throw digits.isEmpty ? .missing : .oldMalformed(digits: digits.count)
        }
        self.digits = String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
    }

    package init?(canonical: String) {
        guard let number = try? OldIdentityNumber(parsing: canonical), number.digits == canonical else { return nil }
        self = number
    }

    package var canonical: String { digits }

    /// Never the whole number: the last three digits behind stars.
    package var description: String { String(repeating: "*", count: digits.utf8.count - 3) + String(digits.suffix(3)) }

    /// CMND 12 số: true for a paper of the pilot, whose number lives on as the personal number.
    package var isOfPilot: Bool { digits.utf8.count == 12 }

    /// The personal number a pilot paper carries; nil for nine digits.
    package var personalNumber: PersonalIdentificationNumber? { PersonalIdentificationNumber(canonical: digits) }
}

/// Digits as people write them in groups.
enum WrittenDigits {
    /// The digits (0–9 each); nil when another sign stands among them.
    ///
    /// Reads one digit past the limit and then stops.
    static func read(_ text: some StringProtocol, atMost limit: Int) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(limit)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: digits.append(UInt8(scalar.value - 0x30))
            case 0xFF10...0xFF19: digits.append(UInt8(scalar.value - 0xFF10))
            case 0x20, 0x2E, 0x2D, 0x09, 0xA0, 0x2010...0x2013, 0x202F, 0x3000, 0xFF0E, 0xFF0D, 0xFEFF: continue
            default: return nil
            }
            if digits.count > limit { return digits }
        }
        return digits
    }

    static func value(_ digits: [UInt8]) -> Int64 {
        digits.reduce(0) { $0 * 10 + Int64($1) }
    }
}
