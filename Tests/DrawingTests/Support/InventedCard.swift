import Chip
import Civil
import Testing

@testable import Drawing

/// An invented person's card, whose fields a test can lengthen.
enum InventedCard {
    static func content(
        _ design: FaceDesign = .identityCard2024, number: String = "005190000123",
        name: String = "Nguyễn Thị Ánh Dương",
        born: String = "1990-05-12", sex: Sex = .female, issued: String = "2026-11-29", expires: String? = "2030-05-12",
        residence: String = "Số 8, ngõ 12, phố Hoa Sen, Phường Ba Đình, Thành phố Hà Nội", hasPortrait: Bool = true
    ) throws -> FaceContent {
        let number = try PersonalIdentificationNumber(parsing: number)
        var card = CardContent(
            number: number, name: try PersonName(parsing: name), birth: try #require(PartialDate(canonical: born)),
            sex: sex, issued: try #require(CalendarDate(iso: issued)), expires: expires.flatMap(CalendarDate.init(iso:))
        )
        card.residence = residence
        let code = CardQR(
            number: number, oldNumber: nil, name: card.name, birth: card.birth, sex: sex, residence: residence,
            issued: card.issued, tail: design == .identityCard2024 ? ["", "Nguyễn Văn Bình", "Trần Thị Cúc"] : [])
        var content = FaceContent(
            design: design, number: number, name: card.name.written, birth: card.birth, sex: sex, issued: card.issued,
            expires: card.expires, zone: try card.zone().lines, code: code.text,
            portrait: hasPortrait ? SpecimenPortrait.face(for: number, sex: sex)?.image : nil, isSpecimen: true)
        content.nationality = "Việt Nam"
        content.origin = "Xã Hoa Lư, Tỉnh Ninh Bình"
        content.residence = residence
        content.birthRegistration = "Phường Ba Đình, Thành phố Hà Nội"
        return content
    }
}
