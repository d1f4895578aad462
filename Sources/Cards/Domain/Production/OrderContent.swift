import Chip
import Civil
import Foundation
import Population

/// Mẫu thẻ: which face a card has.
package enum CardDesign: String, Codable, CaseIterable, Hashable, Sendable {
    /// Căn cước công dân gắn chip (Thông tư 06/2021/TT-BCA).
    case citizenCard2021 = "citizen_card_2021"
    /// Thẻ căn cước (Thông tư 16/2024/TT-BCA).
    case identityCard2024 = "identity_card_2024"

    private static let since2024 = CalendarDate(iso: "2024-07-01")

    /// The face of cards that are issued on a day.
    package static func of(issued day: CalendarDate) -> CardDesign {
        CardDesign.since2024.map { day < $0 } ?? false ? .citizenCard2021 : .identityCard2024
    }
}

/// Cấu hình chip: which files, protocols and keys the chip gets.
package enum ChipProfile: String, Codable, CaseIterable, Hashable, Sendable {
    /// LDS 1.7, PACE and chip authentication on P-256 with AES-128.
    case p256 = "lds1_p256"
}

/// Nội dung đặt in: everything that is printed and written onto the chip, taken once and never changed.
///
/// The card shows this and not the register as it stands later.
package struct OrderContent: Codable, Hashable, Sendable {
    package var number: String
    package var name: String
    package var birth: PartialDate
    package var sex: Sex?
    package var issued: String
    package var expires: String?
    package var nationality: String?
    package var ethnicity: String?
    package var religion: String?
    package var origin: String?
    package var residence: String?
    package var birthRegistration: String?
    package var father: String?
    package var mother: String?
    package var spouse: String?
    package var oldNumber: String?
    package var cancelledNumber: String?
    package var design: CardDesign
    package var profile: ChipProfile
    /// SHA-256 of the portrait, hexadecimal; nil on the card of a child under six.
    package var portrait: String?
    /// The fingers that go into the chip; nil where none was taken as a picture.
    package var fingers: [OrderedFinger]?

    /// Vân tay trên chip: named by what was taken, as the portrait is.
    package struct OrderedFinger: Codable, Hashable, Sendable {
        package let finger: Finger
        /// SHA-256 of the picture, hexadecimal.
        package let picture: String
    }

    /// Which fingers a chip holds: the first two of these that were taken as pictures.
    ///
    /// The law says that fingers are on the chip and not which; the card of 2021 prints both index fingers.
    package static let onChip: [Finger] = [
        .rightIndex, .leftIndex, .rightThumb, .leftThumb, .rightMiddle, .leftMiddle, .rightRing, .leftRing,
        .rightLittle, .leftLittle,
    ]
    private static let mostOnChip = 2

    /// What of the fingers that were taken goes into the chip, in the order of their numbers.
    package static func forChip(_ prints: [FingerPrint]) -> [FingerPrint] {
        let pictures = prints.filter { $0.print != nil }
        let chosen = onChip.compactMap { finger in pictures.first { $0.finger == finger } }.prefix(mostOnChip)
        return chosen.sorted { $0.finger.rawValue < $1.finger.rawValue }
    }

    /// The snapshot of a record on the day of issue.
    package init(
        _ state: PersonState, issued: CalendarDate, portrait: String?, fingers: [FingerPrint] = [],
        units: UnitDirectory
    ) throws(ProductionRefusal) {
        let details = state.details
        guard let number = state.number, let name = details.name, let birth = details.birth else { throw .contentUnfit }
        func text(_ address: Address?) -> String? { address.map { units.text(of: $0, on: issued) } }
        self.number = number
        self.name = name
        self.birth = birth
        sex = details.sex
        self.issued = issued.description
        expires = CardRules.expiry(born: birth, issued: issued)?.description
        nationality = details.nationality?.entry?.vietnamese
        ethnicity = details.ethnicity?.entry?.vietnamese
        religion = details.religion?.entry?.vietnamese
        origin = text(details.origin)
        residence = text(
            (state.permanentResidence ?? state.temporaryResidence ?? state.currentResidence)?.address)
        birthRegistration = text(details.birthRegistrationPlace)
        father = state.father?.name
        mother = state.mother?.name
        spouse = state.spouse?.name
        oldNumber = details.oldNumber
        cancelledNumber = state.cancelledNumbers.last?.number
        design = CardDesign.of(issued: issued)
        profile = .p256
        self.portrait = portrait
        let prints = OrderContent.forChip(fingers)
        self.fingers =
            prints.isEmpty
            ? nil : prints.map { OrderedFinger(finger: $0.finger, picture: Fingerprint.text($0.content)) }
        // Everything that a machine could stumble over is refused here, before a blank is touched.
        guard let content = try? cardContent(), (try? content.zone()) != nil else { throw .contentUnfit }
    }

    /// The content as `Chip` takes it.
    package func cardContent() throws(ProductionRefusal) -> CardContent {
        guard let number = PersonalIdentificationNumber(canonical: number), let name = try? PersonName(parsing: name),
            let issued = CalendarDate(iso: issued)
        else { throw .contentUnfit }
        var content = CardContent(
            number: number, name: name, birth: birth, sex: sex, issued: issued,
            expires: expires.flatMap { CalendarDate(iso: $0) })
        content.nationality = nationality
        content.ethnicity = ethnicity
        content.religion = religion
        content.origin = origin
        content.residence = residence
        content.father = father
        content.mother = mother
        content.spouse = spouse
        content.oldNumber = oldNumber
        return content
    }

    /// The text of the square code that is printed.
    package func squareCode() throws(ProductionRefusal) -> CardQR {
        let content = try cardContent()
        let tail =
            design == .identityCard2024
            ? CardQRTail.standard.texts([
                .cancelledNumber: cancelledNumber ?? "", .father: father ?? "", .mother: mother ?? "",
            ]) : []
        return CardQR(
            number: content.number, oldNumber: oldNumber.flatMap { OldIdentityNumber(canonical: $0) },
            name: content.name, birth: birth, sex: sex ?? .male, residence: residence ?? "", issued: content.issued,
            tail: tail)
    }

    /// The snapshot as it is stored and hashed: members sorted by name.
    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    package init(bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(OrderContent.self, from: Data(bytes))
    }
}

/// Mã băm: SHA-256 as the acts of cards name what they do not contain.
package enum Fingerprint {
    package static func bytes(_ content: [UInt8]) -> [UInt8] { HashAlgorithm.sha256.digest(content) }

    package static func text(_ content: [UInt8]) -> String { hexadecimal(bytes(content)) }

    package static func hexadecimal(_ bytes: [UInt8]) -> String { Hex.text(bytes) }
}
