import Civil
import Foundation
import Testing

@Suite("Words of the field from bad input")
struct ValueFuzzTests {
    private static let names = [
        "Nguyễn Văn An", "NGUYỄN THỊ  HOA", "h'mẫu niê", "Trần-Lê Đức.Minh", "Y Thoan Niê Kđăm",
        "Nguye\u{302}\u{303}n A",
        "Đặng Ðức", "lò văn ỏ", "José Müller",
    ]

    @Test("a name keeps what was written, and its other forms follow from it", arguments: Fuzz.seeds)
    func names(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        for _ in Fuzz.rounds(6_000) {
            let text = mutator.text(Self.names)
            guard let name = try? PersonName(parsing: text) else { continue }
            Fuzz.hold(name.written.isIdentical(to: NormalForm.nfc(text)), "written is NFC of the input", text)
            Fuzz.hold(name.standard.isIdentical(to: Self.composed(name.standard)), "standard is NFC", text)
            Fuzz.hold(PersonName(canonical: name.canonical) == name, "canonical comes back", text)
            Fuzz.hold(Self.isKey(name.key), "key is small ASCII", text)
            let again = try? PersonName(parsing: name.standard)
            Fuzz.hold(again?.standard.isIdentical(to: name.standard) == true, "standard stays as it is", text)
            Fuzz.hold(again?.key == name.key, "and so does its key", text)
            Fuzz.hold(name.standard.count <= PersonName.longest, "within the limit", text)
        }
    }

    private static func composed(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }

    private static func isKey(_ key: String) -> Bool {
        key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 32 }
    }

    @Test("normal form is Unicode's for every text; keys are ASCII", arguments: Fuzz.seeds)
    func normalForm(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        let examples = Self.names + ["Tỉnh Bà Rịa – Vũng Tàu", "O\u{31B}\u{323}", "u\u{323}\u{31B}\u{301}", "ﾅｱ"]
        for _ in Fuzz.rounds(6_000) {
            let text = mutator.text(examples)
            let nfc = NormalForm.nfc(text)
            Fuzz.hold(nfc.isIdentical(to: Self.composed(text)), "NFC", text)
            Fuzz.hold(Self.isKey(Folding.key(text)), "key", text)
            Fuzz.hold(Folding.compactKey(text) == Folding.key(text).filter { $0 != " " }, "compact key", text)
            if let bytes = TCVN3.encode(text) {
                Fuzz.hold(NormalForm.nfc(TCVN3.decode(bytes)).isIdentical(to: nfc), "TCVN3 comes back", text)
            }
        }
    }

    @Test("a date is never outside its limits, and comes back from its text", arguments: Fuzz.seeds)
    func dates(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let limit = try #require(CalendarDate(iso: "2025-09-01"))
        let examples = [
            "25/01/1987", "1/5/1990", "01/1987", "1987", "1987-01-25", "19870125", "ngày 2 tháng 9 năm 1945",
            "__/__/1950", "00/00/1962", "25.01.1987 00:00:00", "29/02/2000", "31-12-1999",
        ]
        for _ in Fuzz.rounds(12_000) {
            let text = mutator.text(examples)
            if let canonical = PartialDate(canonical: text) {
                Fuzz.hold(canonical.canonical.isIdentical(to: text), "one canonical text", text)
            }
            guard let date = try? PartialDate.parse(written: text, notAfter: limit) else { continue }
            Fuzz.hold(date.earliest <= limit && date.earliest <= date.latest, "not after its limit", text)
            Fuzz.hold(PartialDate.statedYears.contains(date.year), "a year that can be stated", text)
            Fuzz.hold(PartialDate(canonical: date.canonical) == date, "canonical comes back", text)
            Fuzz.hold((try? PartialDate.parse(written: date.canonical)) == date, "and can be written", text)
        }
    }

    @Test("a number is its digits or refused", arguments: Fuzz.seeds)
    func numbers(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        let examples = ["005087000123", "005 087 000 123", "123456789", "012.345.678", "０05087000123", "3-4-5"]
        for _ in Fuzz.rounds(6_000) {
            let text = mutator.text(examples)
            if let number = PersonalIdentificationNumber(canonical: text) {
                Fuzz.hold(number.canonical.isIdentical(to: text), "one canonical text", text)
            }
            if let number = try? PersonalIdentificationNumber(parsing: text) {
                Fuzz.hold(PersonalIdentificationNumber(canonical: number.digits) == number, "comes back", text)
                Fuzz.hold(PersonalIdentificationNumber(value: number.value) == number, "by its value too", text)
                Fuzz.hold((1900...2399).contains(number.hint.birthYear), "a year of its five centuries", text)
                _ = number.plausibility(sex: .male, birth: PartialDate(year: 1987))
            }
            if let old = try? OldIdentityNumber(parsing: text) {
                Fuzz.hold([9, 12].contains(old.digits.utf8.count), "nine digits or twelve", text)
                Fuzz.hold(OldIdentityNumber(canonical: old.canonical) == old, "comes back", text)
            }
        }
    }

    @Test("bytes of any kind are text in one encoding or refused", arguments: Fuzz.seeds)
    func encodings(seed: UInt64) {
        var mutator = Mutator(seed: seed)
        let text =
            "stt,ho_ten,thuong_tru\n1,Nguyễn Thị Hường,\"Xã Hòa An, Tỉnh Phú Yên\"\n2,Đặng Ngọc Ánh,Phường Phúc Xá\n"
        let examples = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), TCVN3.encode(text) ?? [],
            Array(text.decomposedStringWithCanonicalMapping.utf8),
            text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
        ]
        for round in Fuzz.rounds(1_500) {
            let bytes = mutator.bytes(examples)
            for isPrefix in [false, true] {
                guard let found = try? TextEncoding.detect(bytes, isPrefix: isPrefix) else { continue }
                let decoded = found.encoding.decode(bytes)
                Fuzz.hold(decoded.isIdentical(to: Self.composed(decoded)), "decoded text is NFC (\(round))", bytes)
                if found.encoding == .utf8, !isPrefix {
                    Fuzz.hold(String(validating: bytes, as: UTF8.self) != nil, "UTF-8 is valid (\(round))", bytes)
                }
            }
        }
    }

    @Test("an address is kept as written; a unit found in it is one there is", arguments: Fuzz.seeds)
    func addresses(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let directory = try Self.directory()
        let resolver = UnitResolver(directory: directory)
        let days = ["2020-09-15", "2025-09-01"].compactMap { CalendarDate(iso: $0) }
        let examples = [
            "Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", "tổ 5 P. Trúc Bạch - Q.Ba Đình - TP Hà Nội",
            "Xã Tân Hưng, Huyện Sóc Sơn, Hà Nội, Việt Nam", "Thôn 3 xa tan hung dong anh ha noi", "Hà Nội", "Việt Nam",
            "Phường Hồng Hà, Thành phố Hà Nội",
        ]
        // The long run reads with all units of the country, which takes a hundred times as long.
        for _ in Fuzz.rounds(Shared.isFull ? 30 : 800) {
            let text = mutator.text(examples)
            if let address = try? Address(parsing: text) {
                Fuzz.hold(address.written.isIdentical(to: NormalForm.nfc(text)), "written is NFC of the input", text)
                Fuzz.hold(address.written.count <= Address.longest, "within the limit", text)
            }
            for day in days {
                let found = resolver.resolve(text, on: day)
                Fuzz.hold(found == resolver.resolve(text, on: day), "found again", text)
                switch found {
                case .unit(let unit, let detail):
                    Fuzz.hold(directory.unit(unit.code) != nil, "a unit there is", text)
                    Fuzz.hold(detail.utf8.count <= text.utf8.count * 3, "the rest is no longer than the text", text)
                case .candidates(let candidates, _):
                    Fuzz.hold(!candidates.isEmpty && candidates.count <= 20, "a few candidates", text)
                    Fuzz.hold(candidates.allSatisfy { (0...1).contains($0.score) }, "scores are shares", text)
                case .nothing: break
                }
            }
        }
    }

    private static func directory() throws -> UnitDirectory {
        var directory = UnitDirectory()
        if Shared.isFull {
            for name in ShippedUnits.names { try directory.load(try #require(ShippedUnits.bytes(name))) }
        } else {
            for file in WebSamples.unitFiles { try directory.load(Array(file.text.utf8)) }
        }
        return directory
    }

    @Test("a file of units is taken whole or not at all", arguments: Fuzz.seeds)
    func unitFiles(seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let files = WebSamples.unitFiles.map { Array($0.text.utf8) }
        var known = UnitDirectory()
        try known.load(files[0])
        for _ in Fuzz.rounds(1_200) {
            let bytes = mutator.bytes(files)
            var directory = mutator.random.number(0...1) == 0 ? UnitDirectory() : known
            let before = (directory.periods.map(\.set), directory.units(of: .untilJune2025).count)
            do throws(UnitFileRefusal) {
                try directory.load(bytes)
                for period in directory.periods {
                    for unit in directory.units(of: period.set) {
                        Fuzz.hold(directory.unit(unit.code) != nil, "every unit is found under its code", bytes)
                        _ = directory.path(of: unit.code)
                    }
                    _ = UnitResolver(directory: directory).resolve(
                        "Xã Tân Hưng, Hà Nội", on: period.validFrom ?? .init(daysSinceEpoch: 0))
                }
            } catch {
                Fuzz.hold(!error.code.isEmpty, "a refusal has its code", bytes)
                let after = (directory.periods.map(\.set), directory.units(of: .untilJune2025).count)
                Fuzz.hold(before == after, "nothing of a refused file is taken", bytes)
            }
        }
    }
}
