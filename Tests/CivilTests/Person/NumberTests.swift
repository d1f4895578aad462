import Civil
import Foundation
import Testing

@Suite("Số định danh cá nhân và số CMND")
struct NumberTests {
    @Test(
        "Twelve digits are read however they are grouped",
        arguments: [
            "003300000001", "003 300 000 001", "003.300.000.001", "003-300-000001", "００３３０００００００１", " 003300000001 ",
        ])
    func reads(written: String) throws {
        let number = try PersonalIdentificationNumber(parsing: written)
        #expect(number.digits == "003300000001")
        #expect(number.digits.utf8.count == 12)
        #expect(try PersonalIdentificationNumber(parsing: number.digits) == number)
        #expect(PersonalIdentificationNumber(value: number.value) == number)
        #expect(
            try JSONDecoder().decode([PersonalIdentificationNumber].self, from: JSONEncoder().encode([number])) == [
                number
            ])
    }

    @Test(
        "Anything else is refused as malformed",
        arguments: [
            ("", NumberRefusal.missing), ("00330000001", .malformed(digits: 11)),
            ("0033000000012", .malformed(digits: 13)),
            ("00330000000A", .malformed(digits: nil)), ("003300000001;", .malformed(digits: nil)),
        ])
    func refuses(written: String, reason: NumberRefusal) {
        #expect(throws: reason) { try PersonalIdentificationNumber(parsing: written) }
        #expect(PersonalIdentificationNumber(canonical: written) == nil)
    }

    @Test("The value has twelve digits at most")
    func valueRange() {
        let endless = String(repeating: "1", count: 1_000_000)
        #expect(throws: NumberRefusal.malformed(digits: 13)) { try PersonalIdentificationNumber(parsing: endless) }
        #expect(PersonalIdentificationNumber(value: -1) == nil)
        #expect(PersonalIdentificationNumber(value: 1_000_000_000_000) == nil)
        #expect(PersonalIdentificationNumber(value: 0)?.digits == "000000000000")
    }

    @Test(
        "The digits hint at province, century, sex and year; composing them gives the number back",
        arguments: [
            ("003", Sex.male, 1987, 1), ("005", .female, 1999, 999_999), ("007", .male, 2000, 0),
            ("009", .female, 2024, 42),
            ("013", .male, 2100, 7), ("016", .female, 2399, 123_456),
        ])
    func composes(prefix: String, sex: Sex, year: Int, serial: Int) throws {
        let number = try #require(
            PersonalIdentificationNumber.compose(province: prefix, sex: sex, birthYear: year, serial: serial))
        #expect(number.hint.prefix == prefix)
        #expect(number.hint.sex == sex)
        #expect(number.hint.birthYear == year)
        #expect(number.digits.hasPrefix(prefix))
        #expect(number.isTest)
        #expect(number.hint.province == nil)
        #expect(number.plausibility(sex: sex, birth: PartialDate(year: year)) == [.testPrefix(prefix)])
    }

    @Test("Parts out of range make no number")
    func refusesToCompose() {
        #expect(PersonalIdentificationNumber.compose(province: "3", sex: .male, birthYear: 1987, serial: 1) == nil)
        #expect(PersonalIdentificationNumber.compose(province: "003", sex: .male, birthYear: 1899, serial: 1) == nil)
        #expect(PersonalIdentificationNumber.compose(province: "003", sex: .male, birthYear: 2400, serial: 1) == nil)
        #expect(
            PersonalIdentificationNumber.compose(province: "003", sex: .male, birthYear: 1987, serial: 1_000_000) == nil
        )
    }

    @Test("Differences between hint and facts are findings, never refusals")
    func findings() throws {
        let number = try PersonalIdentificationNumber(parsing: "003187000001")
        let birth = try #require(PartialDate(year: 1978, month: 5))
        #expect(number.plausibility(sex: nil, birth: nil) == [.testPrefix("003")])
        #expect(
            number.plausibility(sex: .male, birth: birth).map(\.code)
                == ["number_test_prefix", "number_sex_mismatch", "number_year_mismatch"])
        let abroad = try PersonalIdentificationNumber(parsing: "999187000001")
        #expect(!abroad.isTest)
        #expect(abroad.plausibility(sex: .female, birth: nil) == [.unknownPrefix("999")])
        for finding in number.plausibility(sex: .male, birth: birth) { #expect(!finding.sentence.vietnamese.isEmpty) }
    }

    @Test("63 provinces hold a prefix; the gaps below the countries are test prefixes")
    func prefixes() {
        #expect(NumberPrefix.provinces.count == 63)
        #expect(NumberPrefix.provinces[1] == "Hà Nội" && NumberPrefix.provinces[96] == "Cà Mau")
        #expect(NumberPrefix.provinces[80] == "Long An")
        for prefix in ["003", "005", "007", "009", "013", "016", "018", "021", "023", "028", "029", "032"] {
            #expect(NumberPrefix.testPrefixes.contains(prefix))
        }
        #expect(NumberPrefix.testPrefixes.count == 37)
        #expect(!NumberPrefix.isTest(101) && NumberPrefix.isTest(100))
    }

    @Test("A number that is shown by accident shows three digits only")
    func description() throws {
        #expect(try "\(PersonalIdentificationNumber(parsing: "003187000123"))" == "*********123")
        #expect(try "\(OldIdentityNumber(parsing: "012345678"))" == "******678")
    }

    @Test("Old numbers have nine digits, or twelve in the pilot")
    func oldNumbers() throws {
        let number = try OldIdentityNumber(parsing: "012 345 678")
        #expect(number.digits == "012345678")
        #expect(!number.isOfPilot && number.personalNumber == nil)
        let pilot = try OldIdentityNumber(parsing: "003187000001")
        #expect(pilot.isOfPilot && pilot.personalNumber?.digits == "003187000001")
        #expect(OldIdentityNumber(canonical: "012345678") == number)
        #expect(OldIdentityNumber(canonical: "012 345 678") == nil)
        #expect(try JSONDecoder().decode([OldIdentityNumber].self, from: JSONEncoder().encode([number])) == [number])
        #expect(throws: NumberRefusal.oldMalformed(digits: 8)) { try OldIdentityNumber(parsing: "12345678") }
        #expect(throws: NumberRefusal.oldMalformed(digits: nil)) { try OldIdentityNumber(parsing: "B1234567") }
        #expect(throws: NumberRefusal.missing) { try OldIdentityNumber(parsing: " ") }
    }
}

@Suite("Giới tính")
struct SexTests {
    @Test(
        "The words and codes of sheets are read",
        arguments: [
            ("Nam", Sex.male), ("NAM", .male), ("nam ", .male), ("M", .male), ("1", .male), ("Nữ", .female),
            ("NỮ", .female),
            ("Nu", .female), ("nữ", .female), ("F", .female), ("2", .female), ("N\u{75}\u{31B}\u{303}", .female),
        ])
    func reads(written: String, sex: Sex) throws {
        #expect(try Sex.parse(written) == sex)
        #expect(try Sex.parse(sex.rawValue) == sex)
        #expect(try Sex.parse(sex.wireCode) == sex)
    }

    @Test("Missing and unknown are told apart")
    func refuses() {
        for text in ["", " ", "0", "-", "…", "./."] { #expect(throws: SexRefusal.missing) { try Sex.parse(text) } }
        for text in ["x", "3", "Nam/Nữ", "năm mươi", "-1", " −2", "💥", "???"] {
            #expect(throws: SexRefusal.unknown) { try Sex.parse(text) }
        }
    }
}
