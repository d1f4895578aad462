import Civil
import Testing

@testable import Population

@Suite("Who is surely the same person")
struct SamePersonTests {
    private static let commune = UnitCode("00001", .untilJune2025)

    private func facts(_ name: String = "Đặng Thị Mẫu", _ change: (inout IdentityFacts) -> Void = { _ in })
        -> IdentityFacts
    {
        var facts = IdentityFacts(
            name: try? PersonName(parsing: name), birth: date("1990-05-17"), birthYear: 1990, sex: .female, number: nil,
            oldNumber: nil, permanent: SamePersonTests.commune, current: SamePersonTests.commune, father: nil,
            mother: nil)
        change(&facts)
        return facts
    }

    private func evidence(
        _ one: IdentityFacts, _ other: IdentityFacts, sameHousehold: Bool = false
    ) -> SamePerson.Evidence? {
        let evidence = SamePerson.evidence(one, other, sameHousehold: sameHousehold)
        #expect(evidence == SamePerson.evidence(other, one, sameHousehold: sameHousehold), "the order matters")
        return evidence
    }

    @Test("The same number and a name that does not contradict it")
    func takesNumbers() {
        let one = facts { $0.number = Sample.number }
        let other = facts("DANG THI MAU") {
            $0.number = Sample.number
            $0.birth = date("1991-05-17")
            $0.permanent = nil
        }
        #expect(evidence(one, other) == .number)
        #expect(evidence(one, facts("Lò Văn Pênh") { $0.number = Sample.number }) == nil)
    }

    @Test("Two different numbers are two persons, whatever else is the same", arguments: [false, true])
    func respectsNumbers(sameHousehold: Bool) {
        let one = facts { $0.number = Sample.number }
        let other = facts { $0.number = Sample.secondNumber }
        #expect(evidence(one, other, sameHousehold: sameHousehold) == nil)
    }

    @Test("The same old number, name and date")
    func takesOldNumbers() {
        let one = facts { $0.oldNumber = "017123456" }
        let elsewhere = facts {
            $0.oldNumber = "017123456"
            $0.permanent = nil
        }
        #expect(evidence(one, elsewhere) == .oldNumber)
        #expect(evidence(one, facts { ($0.oldNumber, $0.birth) = ("017123456", date("1990")) }) == .oldNumber)
        #expect(evidence(one, facts { ($0.oldNumber, $0.birth) = ("017123456", nil) }) == .oldNumber)
        #expect(evidence(one, facts { ($0.oldNumber, $0.birth) = ("017123456", date("1970-01-01")) }) == nil)
        #expect(evidence(one, facts("Lò Văn Pênh") { $0.oldNumber = "017123456" }) == nil)
        #expect(evidence(one, facts { $0.oldNumber = "017999999" }, sameHousehold: true) == nil)
    }

    @Test("The same name, date and sex in one household")
    func takesHouseholds() {
        let one = facts { ($0.permanent, $0.current) = (nil, nil) }
        #expect(evidence(one, facts(), sameHousehold: true) == .household)
        #expect(evidence(one, facts("Đặng Thi Mẫu"), sameHousehold: true) == .household)
        #expect(evidence(one, facts { $0.birth = date("1990") }, sameHousehold: true) == .household)
        #expect(evidence(one, facts { $0.birth = nil }, sameHousehold: true) == .household)
        #expect(evidence(one, facts { ($0.birth, $0.birthYear) = (nil, 1991) }, sameHousehold: true) == nil)
        #expect(evidence(one, facts { $0.sex = nil }, sameHousehold: true) == .household)
    }

    @Test(
        "Twins are two persons: names or sexes differ",
        arguments: ["Đặng Thị Bình", "Đặng Văn Mẫu", "Đặng Thị Hoa Mai"])
    func keepsTwinsApart(name: String) {
        #expect(evidence(facts(), facts(name), sameHousehold: true) == nil)
        #expect(evidence(facts(), facts { $0.sex = .male }, sameHousehold: true) == nil)
    }

    @Test("The same name, full date, sex and both communes; parents who are stated fit")
    func takesPlaces() {
        #expect(evidence(facts(), facts()) == .places)
        #expect(evidence(facts(), facts { $0.birth = date("1990") }) == nil)
        let yearOnly = facts { $0.birth = date("1990") }
        #expect(evidence(yearOnly, yearOnly) == nil)
        #expect(evidence(facts(), facts { $0.current = nil }) == nil)
        #expect(evidence(facts(), facts { $0.permanent = UnitCode("00001", .fromJuly2025) }) == nil)
        #expect(evidence(facts(), facts { $0.permanent = nil }) == nil)
        let lo = facts { $0.father = "Lò Văn Mẫu" }
        #expect(evidence(lo, facts { $0.father = "LO VAN MAU" }) == .places)
        #expect(evidence(lo, facts { $0.father = "Vàng A Mẫu" }) == nil)
        #expect(evidence(lo, facts()) == .places)
    }

    @Test("Somebody without a name is nobody's double")
    func needsNames() {
        let nameless = facts {
            $0.name = nil
            $0.number = Sample.number
        }
        #expect(evidence(nameless, nameless) == nil)
        #expect(evidence(nameless, nameless, sameHousehold: true) == nil)
    }

    @Test("Whatever is surely the same outside one household shares a key")
    func sharesKeys() {
        let variants = [
            facts(), facts { $0.number = Sample.number }, facts { $0.oldNumber = "017123456" }, facts("DANG THI MAU"),
            facts { ($0.number, $0.permanent) = (Sample.number, nil) }, facts { $0.birth = nil },
        ]
        for one in variants {
            for other in variants where SamePerson.evidence(one, other, sameHousehold: false) != nil {
                #expect(!Set(one.keys).isDisjoint(with: other.keys))
            }
        }
    }

    @Test(
        "Children of one birth with names alike are different people; one name as two clerks write it is one",
        arguments: [
            ("Trần Văn Anh", "Trần Văn Ánh", false), ("Trần Văn Anh", "Trần Văn An", false),
            ("Lê Thị Mai", "Lê Thị Mái", false), ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", false),
            ("Trần Thị An", "Trần Thị Ân", false), ("Trần Thị Ân", "Tran Thi An", true),
            ("Nguyễn Văn Huy", "Nguiễn Văn Hui", true), ("Trần Văn Hòa", "Trần Văn Hoà", true),
            ("Trần VănAn", "Trần Văn An", true), ("Trần Van Ân", "Trần Văn Ân", true),
        ])
    func comparesSpellings(one: String, other: String, isSame: Bool) {
        #expect((evidence(facts(one), facts(other), sameHousehold: true) == .household) == isSame)
        #expect((evidence(facts(one), facts(other)) == .places) == isSame)
    }
}
