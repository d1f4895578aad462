import Civil
import Ledger
import Population

/// Values of the register as people read them, in one language.
package struct ValueWords: Sendable {
    package let language: PageLanguage
    package let units: UnitDirectory

    package init(_ language: PageLanguage, units: UnitDirectory) {
        self.language = language
        self.units = units
    }

    /// `25/02/1987`, `02/1987` or `1987`: what is unknown is left out, never written as 01.
    package func date(_ date: PartialDate?) -> String? {
        date?.dayFirst
    }

    /// `25/02/2026 09:14`, by the clock of Vietnam.
    package func moment(_ instant: Instant) -> String {
        let there = Instant(microseconds: instant.microseconds + 7 * 3_600_000_000)
        return "\(DayText.vietnamese(instant.dayInVietnam)) \(there.iso.dropFirst(11).prefix(5))"
    }

    package func address(_ address: Address?) -> String? {
        guard let address else { return nil }
        guard let unit = address.unit, units.unit(unit) != nil else { return address.written }
        let path = units.path(of: unit)
        return address.detail.isEmpty ? path : "\(address.detail), \(path)"
    }

    package func coded(_ coded: Coded?) -> String? {
        guard let coded else { return nil }
        return coded.entry.map { language.of($0.vietnamese, $0.english) } ?? coded.canonical
    }

    package func sex(_ sex: Sex?) -> String? { sex.map { language.of($0.vietnamese, $0.english) } }

    package func relation(_ relation: RelationToHead?) -> String? {
        relation.map { language.of($0.vietnamese, $0.english) }
    }

    package func marital(_ status: MaritalStatus?) -> String? {
        status.map { language.of($0.title) }
    }

    /// `005 087 123 456`: groups of three are read aloud and compared more easily than twelve digits in a row.
    package func number(_ digits: String?) -> String? {
        guard let digits else { return nil }
        guard digits.utf8.count == 12 else { return digits }
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(3))
            rest = rest.dropFirst(3)
        }
        return groups.joined(separator: "\u{00A0}")
    }

    package func detail(_ field: PersonDetails.Field, of details: PersonDetails) -> String? {
        switch field {
        case .name: details.name
        case .otherName: details.otherName
        case .birth: date(details.birth)
        case .sex: sex(details.sex)
        case .birthRegistrationPlace: address(details.birthRegistrationPlace)
        case .birthPlace: address(details.birthPlace)
        case .origin: address(details.origin)
        case .ethnicity: coded(details.ethnicity)
        case .religion: coded(details.religion)
        case .nationality: coded(details.nationality)
        case .maritalStatus: marital(details.maritalStatus)
        case .bloodGroup: details.bloodGroup?.rawValue
        case .oldNumber: details.oldNumber
        case .phone: details.phone
        case .email: details.email
        case .residenceFileNumber: details.residenceFileNumber
        }
    }

    package func life(_ life: PersonState.Life) -> String {
        let word =
            switch life.status {
            case .living: Sentence("Còn sống", "Living")
            case .missing: Sentence("Bị tuyên bố mất tích", "Declared missing")
            case .dead: Sentence("Đã chết", "Dead")
            }
        let since = date(life.since).map { language.of(" từ \($0)", " since \($0)") } ?? ""
        return language.of(word) + since
    }
}

extension MaritalStatus {
    package var title: Sentence {
        switch self {
        case .neverMarried: Sentence(vietnamese, "Never married")
        case .married: Sentence(vietnamese, "Married")
        case .divorced: Sentence(vietnamese, "Divorced")
        case .widowed: Sentence(vietnamese, "Widowed")
        case .divorcedOrWidowed: Sentence(vietnamese, "Divorced or widowed")
        }
    }
}

extension PersonDetails.Field {
    /// What stands before the value; phone and mail are one group in the law and two fields here.
    package var title: Sentence {
        switch self {
        case .phone: Sentence("Số điện thoại", "Phone")
        case .email: Sentence("Thư điện tử", "E-mail")
        default: personField.title
        }
    }
}
