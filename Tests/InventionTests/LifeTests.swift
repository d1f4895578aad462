import Civil
import Foundation
import Testing

@testable import Invention

@Suite("Years of life after the collection")
struct LifeTests {
    private static let lived = try? live(people: 6_000, years: 3)

    struct Line: Decodable {
        struct Content: Decodable {
            struct Reference: Decodable { var person: String }
            struct Details: Decodable { var birth: String? }
            var number: String?
            var person: String?
            var household: String?
            var spouses: [Reference]?
            var mother: Reference?
            var members: [Reference]?
            var details: Details?
        }
        var kind: String
        var effective: String
        var persons: [String]?
        var content: Content

        /// Everybody and everything that the line names.
        var references: [String] {
            (persons ?? []) + [content.person, content.household, content.mother?.person].compactMap { $0 }
                + (content.spouses ?? []).map(\.person) + (content.members ?? []).map(\.person)
        }
    }

    private static func live(people: Int, years: Int) throws -> (lines: [Line], sheets: [String: InventedSheet]) {
        let nation = try InventedPlaces.nation(people)
        let plan = BatchPlan.byCommune(nation)
        var rows = BatchRows(nation: nation, faults: .usual, plan: plan, encoding: .utf8)
        var writer = LifeWriter(nation: nation, years: years)
        var bytes: [UInt8] = []
        var truth: [UInt8]?
        var text: [UInt8] = []
        var sheets: [String: InventedSheet] = [:]
        for batch in plan.batches {
            rows.begin()
            guard let commune = rows.next(of: batch, to: &text, truth: &truth) else { continue }
            for (offset, sheet) in commune.sheets.sheets.enumerated() {
                sheets["sheet:\(batch.name)/\(commune.firstRow + offset)"] = sheet
            }
            bytes += writer.write(commune, batch: batch.name)
        }
        let lines = try bytes.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Line.self, from: Data($0))
        }
        #expect(lines.count == writer.count)
        return (lines, sheets)
    }

    @Test("births, deaths, marriages and moves come about as often as in the country")
    func rates() throws {
        let (lines, _) = try #require(Self.lived)
        func perThousandAndYear(_ kind: String) -> Double {
            Double(lines.count { $0.kind == kind }) / 6 / 3
        }
        #expect((12...19).contains(perThousandAndYear("registered_at_birth")))
        #expect((4...9).contains(perThousandAndYear("died")))
        #expect((1.5...8).contains(perThousandAndYear("married")))
        #expect((0.2...2).contains(perThousandAndYear("divorced")))
        #expect((10...30).contains(perThousandAndYear("moved")))
        #expect(Set(lines.map(\.kind)).count >= 15)
    }

    @Test("lines name sheets that the register can know, and earlier lines alone")
    func references() throws {
        let (lines, sheets) = try #require(Self.lived)
        for (index, line) in lines.enumerated() {
            for reference in line.references {
                let parts = reference.split(separator: ":", maxSplits: 1).map(String.init)
                switch parts[0] {
                case "line":
                    let earlier = try #require(Int(parts[1]))
                    #expect(earlier <= index)
                    #expect(
                        ["registered_at_birth", "household_formed", "household_split"].contains(
                            lines[earlier - 1].kind))
                default:
                    let sheet = try #require(sheets["sheet:\(parts[1])"])
                    #expect(!sheet.isHeld && !sheet.faults.contains(.dead))
                }
            }
        }
    }

    @Test("nobody acts after death, nobody gets two numbers, and no number is given twice")
    func order() throws {
        let (lines, sheets) = try #require(Self.lived)
        var dead: Set<String> = []
        var numbered: Set<String> = []
        var numbers = Set(sheets.values.compactMap { $0.person.number?.digits })
        for (index, line) in lines.enumerated() {
            if line.kind != "permanent_residence_deleted" {
                for person in line.references { #expect(!dead.contains(person), "line \(index + 1)") }
            }
            if line.kind == "died" { dead.formUnion(line.persons ?? []) }
            guard let number = line.content.number, let person = line.persons?.first else { continue }
            #expect(numbered.insert(person).inserted)
            let stated = sheets[person]
            let isTheirs = stated?.person.number?.digits == number
            #expect(numbers.insert(number).inserted || isTheirs)
            #expect((try? PersonalIdentificationNumber(parsing: number))?.isTest == true)
        }
        #expect(dead.count > 50 && numbered.count > 300)
    }

    @Test("a mother's children are born months apart, after her eighteenth birthday")
    func mothers() throws {
        let (lines, sheets) = try #require(Self.lived)
        var births: [String: [CalendarDate]] = [:]
        for line in lines where line.kind == "registered_at_birth" {
            let mother = try #require(line.content.mother?.person)
            births[mother, default: []].append(
                try #require(line.content.details?.birth.flatMap { CalendarDate(iso: $0) }))
        }
        #expect(births.count > 100)
        for (mother, days) in births {
            let birth = try #require(sheets[mother]).person.birth
            #expect(days.allSatisfy { CalendarDate.years(from: birth, to: $0) >= 18 })
            for (one, next) in zip(days.sorted(), days.sorted().dropFirst()) {
                #expect(next >= one.advanced(byDays: 330))
            }
        }
    }

    @Test("after a reorganisation people live in the units of their time")
    func laterUnits() throws {
        let map = try #require(InventedPlaces.map)
        let before = try #require(CalendarDate(iso: "2025-06-30"))
        let after = try #require(CalendarDate(iso: "2025-07-01"))
        let place = try #require(map.communes.firstIndex { $0.unit.code.code == "00001" })
        #expect(map.address(of: place, on: before) == "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội")
        #expect(map.address(of: place, on: after).split(separator: ",").count == 2)
    }

    @Test("test prefixes have numbers for everybody who may be asked for")
    func room() {
        #expect(LifeWriter.hasNumbers(people: NationPlan.mostPeople, years: 0))
        #expect(LifeWriter.hasNumbers(people: 1_000_000, years: LifeWriter.mostYears))
        #expect(!LifeWriter.hasNumbers(people: NationPlan.mostPeople, years: 10))
    }
}
