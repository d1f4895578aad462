import Access
import Civil
import Ledger
import Testing

@testable import Population

/// The map from fields to groups, and the filter: nothing of a hidden group is left, everything of a shown one is.
@Suite("Which field belongs to which group")
struct FieldGroupTests {
    /// A record in which every field says something.
    private static let full: PersonState = {
        let place = address("00001")
        let relative = PersonReference(person: 9, name: "Lò Thị Mẫu")
        var state = PersonState(person: 1, version: 4)
        state.details = details
        state.life = .init(status: .dead, since: date("2024"))
        state.permanentResidence = .init(address: place, since: nil)
        state.temporaryResidence = .init(address: place, since: nil)
        state.currentResidence = .init(address: place, since: nil)
        state.stay = .init(address: place, since: nil)
        state.absence = .init(reason: "đi làm xa", since: nil, until: nil)
        state.household = .init(household: 11, relation: .head, since: nil)
        state.father = relative
        state.mother = relative
        state.spouse = relative
        state.recognisedParents = [relative]
        state.adoptiveParents = [relative]
        state.children = [relative]
        state.guardian = relative
        state.wards = [relative]
        state.number = Sample.number
        state.cancelledNumbers = [.init(number: Sample.secondNumber, ground: .falsePapers)]
        state.mergedInto = 5
        state.mergedFrom = [6]
        state.setAside = "nghi giả mạo"
        state.contradictions = [.init(act: 7, rule: Refusal.recordSetAside.code, notedBy: 8)]
        state.sheet = 7
        state.verification = Verification(fields: PersonFieldSet(.sex))
        return state
    }()

    private static let details: PersonDetails = {
        var details = Sample.person1
        details.otherName = "Mẫu Đơn"
        details.birthPlace = address("00002")
        details.origin = address("00003")
        details.ethnicity = Coded(list: "ethnicity-2008", code: "04")
        details.religion = Coded(list: "religion-2008", code: "02")
        details.nationality = Coded(list: "nationality-iso", code: "VNM")
        details.bloodGroup = .ab
        details.oldNumber = "123456789"
        details.phone = "0900000000"
        details.email = "mau@example.vn"
        details.residenceFileNumber = "HS-2021/000123"
        return details
    }()

    private static func texts(_ value: Any) -> [String: String] {
        var texts: [String: String] = [:]
        for child in Mirror(reflecting: value).children {
            if let label = child.label { texts[label] = String(describing: child.value) }
        }
        return texts
    }

    @Test("every stored property of a record and of its details has its place in the map")
    func isWhole() {
        #expect(
            Set(FieldGroupTests.texts(FieldGroupTests.full).keys) == Set(PersonState.Field.allCases.map(\.rawValue)))
        let fields = Set(PersonDetails.Field.allCases.map(\.rawValue))
        #expect(Set(FieldGroupTests.texts(PersonDetails()).keys) == fields)
        #expect(FieldGroupTests.details.stated == Set(PersonDetails.Field.allCases))
    }

    @Test(
        "a group that is hidden leaves nothing, and one that is shown leaves everything", arguments: FieldGroup.allCases
    )
    func filters(group: FieldGroup) {
        let full = FieldGroupTests.texts(FieldGroupTests.full)
        let empty = FieldGroupTests.texts(PersonState(person: 1, version: 4))
        let hidden = FieldGroupTests.texts(FieldGroupTests.full.showing(.all.subtracting(FieldGroups(group))))
        let alone = FieldGroupTests.texts(FieldGroupTests.full.showing(FieldGroups(group)))
        for field in PersonState.Field.allCases {
            guard let belongs = field.group else { continue }
            let name = field.rawValue
            #expect(full[name] != empty[name], "\(name) says nothing in the full record")
            #expect(hidden[name] == (belongs == group ? empty[name] : full[name]), "\(name)")
            #expect(alone[name] == (belongs == group ? full[name] : empty[name]), "\(name)")
        }
        let details = FieldGroupTests.full.showing(.all.subtracting(FieldGroups(group))).details
        #expect(details.stated == Set(PersonDetails.Field.allCases.filter { $0.group != group }))
        #expect(FieldGroupTests.full.showing(.all) == FieldGroupTests.full)
    }

    @Test("the sensitive fields are those of the law")
    func sensitive() {
        let fields = PersonDetails.Field.allCases.filter(\.group.isSensitive)
        #expect(Set(fields) == [.ethnicity, .religion, .bloodGroup])
        #expect(PersonState.Field.allCases.allSatisfy { $0.group?.isSensitive != true })
    }

    @Test("the log names what was shown and nothing else")
    func shownFields() {
        let groups = FieldGroups(groups: [.identity, .residence, .life])
        let shown = FieldGroupTests.full.showing(groups).shownFields(groups)
        let expected: Set<String> = [
            "name", "otherName", "sex", "nationality", "permanentResidence", "temporaryResidence", "currentResidence",
            "residenceFileNumber", "stay", "absence", "life",
        ]
        #expect(Set(shown) == expected && shown.count == expected.count)
        #expect(FieldGroupTests.full.showing([]).shownFields([]) == [])
    }

    @Test("an act shows nothing of a hidden group", arguments: ActKind.ofPopulation)
    func contents(kind: ActKind) throws {
        let content = Sample.content(kind)
        #expect(content.showing(.all) == content)
        // With no group shown, no letter of what was written down is left.
        guard let bare = content.showing([]) else { return }
        let text = String(decoding: try bare.canonicalBytes(), as: UTF8.self)
        for secret in ["Mẫu", "Đặng", "00001", Sample.number, "1990", "HO1", "005"] {
            #expect(!text.contains(secret), "\(kind.rawValue): \(secret)")
        }
    }

    @Test("a collected sheet as it was written is shown whole or not at all")
    func written() {
        guard case .collected(let masked)? = Sample.collected().showing(.all.subtracting(.sensitive)) else {
            Issue.record("a sheet stays a sheet")
            return
        }
        #expect(masked.sheet.written.isEmpty)
        #expect(masked.details == Sample.person1 && masked.permanent != nil)
    }

    @Test("somebody named exactly is named by every letter and mark, and by the date as it is known")
    func exactNames() throws {
        var state = PersonState(person: 1)
        state.details.name = "Nguyễn Thị Hòa"
        state.details.birth = date("1983")
        let number = try PersonalIdentificationNumber(parsing: "005083000111")
        func names(_ name: String, _ birth: String = "1983") throws -> Bool {
            ExactPerson(number: number, name: try PersonName(parsing: name), birth: date(birth)).names(state)
        }
        #expect(try names("Nguyễn Thị Hòa"))
        #expect(try names("NGUYỄN  THỊ HOÀ"))
        #expect(try names("nguyễn thị hoà"))
        #expect(try !names("Nguyen Thi Hoa"))
        #expect(try !names("Nguyễn Thị Hoá"))
        #expect(try !names("Nguyễn Thị"))
        #expect(try !names("Nguyễn Hòa Thị"))
        #expect(try !names("Nguyễn Thị Hòa", "1983-01-01"))
        #expect(try !names("Nguyễn Thị Hòa", "1984"))
        state.details.name = nil
        #expect(try !names("Nguyễn Thị Hòa"))
    }
}
