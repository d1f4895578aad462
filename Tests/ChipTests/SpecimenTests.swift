import Civil
import Testing

@testable import Chip

@Suite("Specimen cards")
struct SpecimenTests {
    @Test(
        "a card holds until the next milestone, or the one after when it is less than two years away",
        arguments: [
            ("2000-05-12", "2020-05-12", "2025-05-12"), ("2000-05-12", "2023-05-11", "2025-05-12"),
            ("2000-05-12", "2023-05-12", "2040-05-12"), ("2000-05-12", "2024-01-01", "2040-05-12"),
            ("2000-05-12", "2010-01-01", "2014-05-12"), ("2000-05-12", "2012-06-01", "2025-05-12"),
            ("1970-05-12", "2026-11-29", "2030-05-12"), ("1968-05-12", "2026-11-29", nil), ("1948", "2026-11-29", nil),
            ("2000-02-29", "2020-02-29", "2025-02-28"), ("1980-02-29", "2030-01-01", "2040-02-29"),
            ("1990", "2026-11-29", "2030-12-31"),
        ] as [(String, String, String?)])
    func expiry(born: String, issued: String, expires: String?) throws {
        let day = CardExpiry.day(
            born: try #require(PartialDate(canonical: born)), issued: try #require(CalendarDate(iso: issued)))
        #expect(day?.description == expires)
    }

    @Test("a card's content becomes files that check, with a drawn portrait")
    func files() throws {
        let specimen = try Specimen()
        var content = CardContent(
            number: try PersonalIdentificationNumber(parsing: "003300000001"),
            name: try PersonName(parsing: "Nguyễn Thị Mẫu"), birth: try #require(PartialDate(canonical: "2000-02-29")),
            sex: .female, issued: try #require(CalendarDate(iso: "2026-07-01")), expires: nil)
        content.residence = "Phố Mẫu, Hà Nội"
        let face = try #require(SpecimenPortrait.face(for: content.number, sex: .female))
        var files = try content.files(face: face, chipKey: try SoftwareSigner().publicKey)
        files[.sod] = try SecurityObject.bytes(for: files, by: specimen.signer, at: Specimen.now)
        var checked = specimen
        checked.files = files
        #expect(checked.verdict().isGenuine)
        let national = try NationalFile(bytes: try #require(files[.dg13]))
        #expect(national.texts[.name] == "Nguyễn Thị Mẫu" && national.texts[.issued] == "01/07/2026")
        #expect(national.texts[.expires] == nil)
        #expect(try ZoneFile(bytes: try #require(files[.dg1])).zone.expiry.isNoExpiry)
        #expect(SpecimenPortrait.face(for: content.number, sex: .female) == face)
    }

    @Test(
        "Pillow decodes the drawn portrait, and sees a dark head on a light ground",
        .enabled(if: Oracle.hasPython("PIL")))
    func portrait() throws {
        let number = try PersonalIdentificationNumber(parsing: "003300000001")
        let face = try #require(SpecimenPortrait.face(for: number, sex: nil))
        try Oracle.withFolder { folder in
            let path = try folder.write(face.image, as: "face.jpg")
            let answer = try Oracle.python(
                """
                import sys
                from PIL import Image
                image = Image.open(sys.argv[1]); image.load()
                light, dark = image.getpixel((5, 5)), image.getpixel((150, 100))
                print(image.format, image.mode, *image.size, light > 200, dark < 120)
                """, path)
            #expect(answer == "JPEG L 300 400 True True\n")
        }
    }
}
