import Civil
import Testing

@testable import Invention

@Suite("Sheets of invented people")
struct SheetTests {
    private static let nation = try? InventedPlaces.nation(12_000)

    private func sheets(_ faults: FaultShares = .usual) throws -> [InventedSheet] {
        var stream = SheetStream(nation: try #require(Self.nation), faults: faults)
        var sheets: [InventedSheet] = []
        while let commune = stream.nextCommune() { sheets += commune.sheets }
        return sheets
    }

    @Test("faults stand in about the stated shares, twice as often when asked, and never when not wanted")
    func shares() throws {
        let usual = try sheets()
        func perTenThousand(_ fault: PlantedFault, _ sheets: [InventedSheet]) -> Int {
            sheets.count { $0.faults.contains(fault) } * 10_000 / sheets.count
        }
        let expected: [PlantedFault: ClosedRange<Int>] = [
            .yearOnly: 300...480, .noDay: 170...280, .impossibleDate: 100...180, .futureDate: 75...145,
            .missingDateOfBirth: 55...115, .noDiacritics: 190...300, .missingName: 20...65, .missingSex: 55...115,
            .numberMalformed: 55...125, .numberSexMismatch: 95...180, .householdHead: 100...220, .dead: 40...95,
            .duplicate: 330...580,
        ]
        for (fault, range) in expected { #expect(range.contains(perTenThousand(fault, usual)), "\(fault)") }
        let twice = try sheets(FaultShares(percent: 200))
        #expect(perTenThousand(.impossibleDate, twice) > perTenThousand(.impossibleDate, usual) * 3 / 2)
        let none = try sheets(FaultShares(percent: 0))
        #expect(none.allSatisfy { $0.faults.isEmpty })
        #expect(none.count == 12_000)
    }

    @Test("every planted fault is on the row, and the truth names it")
    func truthIsTrue() throws {
        let nation = try #require(Self.nation)
        let written = InventedPlaces.written(nation)
        let rows = lines(written.rows)
        let truth = lines(written.truth)
        #expect(rows.count == truth.count)
        for (row, line) in zip(rows, truth) {
            let fields = CSVLine.split(row)
            let told = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            #expect(fields.count == 26)
            #expect(told.count == 11)
            let issues = Set(told[10].split(separator: " ").map(String.init))
            #expect(told[1] == fields[0])
            #expect((told[8] == fields[1]))
            #expect(issues.contains("missing_name") == fields[3].isEmpty)
            #expect(issues.contains("missing_dob") == fields[4].isEmpty)
            #expect(issues.contains("missing_sex") == fields[5].isEmpty)
            #expect(issues.contains("future_date") == fields[4].hasSuffix("2091"))
            #expect(issues.contains("year_only") == (fields[4].count == 4))
            #expect(issues.contains("no_day") == (fields[4].count == 7))
            #expect(issues.contains("dead") == !fields[25].isEmpty)
            let digits = fields[14].filter(\.isNumber)
            #expect(issues.contains("number_malformed") == (!digits.isEmpty && digits.count != 12))
            let date = try? PartialDate.parse(written: fields[4])
            #expect(issues.contains("impossible_date") == (date == nil && !fields[4].isEmpty), "\(fields[4])")
            if issues.contains("no_diacritics") { #expect(fields[3].utf8.allSatisfy { $0 < 0x80 }) }
            if let number = try? PersonalIdentificationNumber(parsing: digits) {
                #expect(number.isTest)
                #expect(issues.contains("number_sex_mismatch") == (number.hint.sex.rawValue != told[5]))
            }
        }
    }

    private func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("a second sheet comes behind the first, and both say so")
    func duplicates() throws {
        let sheets = try sheets()
        var first: [Int: Int] = [:]
        var pairs = 0
        for (place, sheet) in sheets.enumerated() {
            if case .household = sheet.form {
                first[sheet.person.ordinal] = place
            } else {
                pairs += 1
                let other = try #require(first[sheet.person.ordinal])
                #expect(sheets[other].faults.contains(.duplicate))
                #expect(sheet.faults.contains(.duplicate))
            }
        }
        #expect(pairs > 150)
        #expect(sheets.count { $0.faults.contains(.duplicate) } == pairs * 2)
    }

    @Test("an encoding holds the same text", arguments: SheetEncoding.allCases)
    func encodings(encoding: SheetEncoding) throws {
        let nation = try #require(Self.nation)
        let plain = InventedPlaces.written(nation, encoding: .utf8).rows
        let bytes = InventedPlaces.written(nation, encoding: encoding).rows
        switch encoding {
        case .utf8: #expect(bytes == plain)
        case .nfd:
            #expect(bytes.count > plain.count)
            #expect(NormalForm.nfc(String(decoding: bytes, as: UTF8.self)).utf8.elementsEqual(plain))
        case .bom:
            #expect(encoding.heading.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").utf8.elementsEqual(plain))
        case .tcvn3:
            let back = TCVN3.decode(bytes)
            #expect(LetterCase.small(back) == LetterCase.small(String(decoding: plain, as: UTF8.self)))
        }
    }
}

/// The fields of a line of CSV, quotes taken off.
enum CSVLine {
    static func split(_ line: String) -> [String] {
        var fields: [String] = [""]
        var quoted = false
        for character in line {
            switch character {
            case "\"": quoted.toggle()
            case "," where !quoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
