import Civil
import Testing

@testable import Invention

@Suite("Invented people")
struct PeopleTests {
    static let nation = try? InventedPlaces.nation(24_000)
    static let households = nation.map(InventedPlaces.households) ?? []
    static let people = households.flatMap(\.members)

    private func collected() throws -> CalendarDate { try #require(Self.nation).plan.collected }

    @Test(
        "as many people as were asked for, each in one place of the nation", arguments: [1, 59, 60, 61, 2_000, 24_000])
    func counts(people: Int) throws {
        let households = InventedPlaces.households(try InventedPlaces.nation(people))
        #expect(households.flatMap(\.members).map(\.ordinal) == Array(0..<people))
    }

    @Test("ages follow the pyramid of the census, group by group")
    func pyramid() throws {
        let day = try collected()
        var counts = Array(repeating: 0, count: AgePyramid.perThousand.count)
        for person in Self.people { counts[min(16, CalendarDate.years(from: person.birth, to: day) / 5)] += 1 }
        for (group, expected) in AgePyramid.perThousand.enumerated() {
            let found = counts[group] * 1000 / Self.people.count
            #expect(abs(found - expected) <= 9, "\(group * 5): \(found) of a thousand, expected \(expected)")
        }
        #expect(AgePyramid.perThousand.reduce(0, +) == 1000)
    }

    @Test("women and men, sizes of households, papers are as they are in the country")
    func shares() throws {
        let people = Self.people
        let women = people.count { $0.sex == .female } * 100 / people.count
        #expect((49...52).contains(women))
        let size = Double(people.count) / Double(Self.households.count)
        #expect((3.2...3.7).contains(size))
        let numbered = people.count { $0.number != nil } * 100 / people.count
        #expect((43...47).contains(numbered))
        #expect(people.allSatisfy { $0.oldNumber == nil || $0.birth.year <= 2006 })
        let majority = people.count { $0.ethnicity == .kinh } * 100 / people.count
        #expect((80...90).contains(majority), "85.3 of a hundred in the census of 2019, found \(majority)")
        #expect(Set(people.map(\.ethnicity)).count >= 16)
    }

    @Test("every commune is real, and provinces have their share of the people")
    func places() throws {
        let nation = try #require(Self.nation)
        var directory = UnitDirectory()
        for name in ShippedUnits.names { try directory.load(try #require(ShippedUnits.bytes(name))) }
        var byProvince: [String: Int] = [:]
        for person in Self.people {
            for place in [person.current, person.registration, person.origin] {
                #expect(directory.unit(nation.map.communes[place].unit.code)?.level == .commune)
            }
        }
        for share in nation.shares {
            byProvince[nation.map.communes[share.commune].province.code.code, default: 0] += share.people
        }
        let thousands = ProvincePeople.thousands.reduce(0) { $0 + $1.thousands }
        for (code, expected) in ProvincePeople.thousands {
            let wanted = expected * 24_000 / thousands
            // Few people live in groups of sixty.
            #expect(abs(byProvince[code, default: 0] - wanted) <= 120, "\(code)")
        }
        #expect(ProvincePeople.thousands.count == 63)
    }

    @Test("numbers have test prefixes, fit sex and year, and nobody shares one")
    func numbers() {
        let numbered = Self.people.filter { $0.number != nil }
        #expect(numbered.count > 5_000)
        for person in numbered {
            guard let number = person.number else { continue }
            #expect(number.isTest)
            #expect(PersonFacts.prefixes.contains(number.hint.prefix))
            #expect(number.hint.sex == person.sex && number.hint.birthYear == person.birth.year)
        }
        #expect(Set(numbered.compactMap(\.number)).count == numbered.count)
        #expect(Set(PersonFacts.prefixes).isSubset(of: NumberPrefix.testPrefixes))
    }

    @Test("a household has one head, its couples are couples, its parents are older than its children")
    func households() throws {
        let day = try collected()
        for household in Self.households {
            #expect(household.members.first?.relation == .head)
            #expect(household.members.count { $0.relation == .head } == 1)
            #expect(Set(household.members.map { Folding.key($0.name) }).count == household.members.count)
            for (place, person) in household.members.enumerated() {
                #expect(person.birth <= day)
                for parent in [person.father?.member, person.mother?.member].compactMap({ $0 }) {
                    let years = CalendarDate.years(from: household.members[parent].birth, to: person.birth)
                    #expect((15...60).contains(years), "\(person.name)")
                }
                if let father = person.father?.member { #expect(household.members[father].sex == .male) }
                if let mother = person.mother?.member { #expect(household.members[mother].sex == .female) }
                if let sex = person.relation.impliedSex { #expect(person.sex == sex, "\(person.relation)") }
                guard let spouse = person.spouse?.member else { continue }
                #expect(household.members[spouse].spouse?.member == place)
                #expect(household.members[spouse].sex != person.sex)
                #expect(person.marital == .married)
                #expect(CalendarDate.years(from: person.birth, to: day) >= 18)
            }
        }
    }

    @Test("names are names, written in their standard form, with surnames in the country's shares")
    func names() throws {
        var surnames: [String: Int] = [:]
        for person in Self.people {
            let name = try PersonName(parsing: person.name)
            #expect(name.standard == person.name)
            #expect(TCVN3.encode(LetterCase.small(person.name)) != nil, "\(person.name)")
            if person.ethnicity == .kinh, let surname = name.surname { surnames[surname, default: 0] += 1 }
        }
        let all = surnames.values.reduce(0, +)
        for (surname, share) in [("Nguyễn", 37), ("Trần", 12), ("Lê", 9), ("Phạm", 7)] {
            let found = surnames[surname, default: 0] * 100 / all
            #expect(abs(found - share) <= 3, "\(surname): \(found) of a hundred")
        }
        let minority = Self.people.filter { $0.name.contains("H'") || $0.name.hasPrefix("Y ") }
        #expect(minority.count > 20)
        #expect(Self.people.contains { !$0.name.contains(" ") })
        #expect(Set(Self.people.map(\.name)).count > Self.people.count / 2)
    }
}
