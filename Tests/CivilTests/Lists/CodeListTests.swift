import Civil
import Foundation
import Testing

@Suite("Danh mục mã")
struct CodeListTests {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    @Test("Within a list no code and no name stands twice")
    func listsAreUnambiguous() {
        for list in CodeList.all.values {
            #expect(Set(list.entries.map(\.code)).count == list.entries.count)
            for entry in list.entries {
                for name in [entry.vietnamese] + entry.alsoWritten {
                    #expect(list.entry(named: name)?.code == entry.code, "\(list.id) \(name)")
                }
                #expect(list.coded(entry).entry == entry)
            }
        }
    }

    @Test("One ethnic code means two groups in the two lists, so the list goes with the code")
    func ethnicity() throws {
        let old = try day("2000-01-01")
        let today = try day("2020-09-15")
        #expect(try Ethnicity.parse("Mường", on: old) == Coded(list: "ethnicity-1979", code: "06"))
        #expect(try Ethnicity.parse("Mường", on: today) == Coded(list: "ethnicity-2008", code: "04"))
        for (text, code) in [
            ("Kinh", "01"), ("H'mông", "08"), ("H’MÔNG", "08"), ("Hmong", "08"), ("Ê-đê", "11"), ("ê đê", "11"),
            ("Gia Rai", "10"), ("Khơ-me", "05"), ("KHMER", "05"), ("M'nông", "20"),
        ] {
            #expect(try Ethnicity.parse(text, on: today) == Coded(list: "ethnicity-2008", code: code), "\(text)")
        }
        // Codes 21 to 54 of the list of 2008 are not known: the older list names the group.
        #expect(try Ethnicity.parse("Xtiêng", on: today) == Coded(list: "ethnicity-1979", code: "22"))
        #expect(Ethnicity.list1979.entries.count == 54 && Ethnicity.list2008.entries.count == 20)
        #expect(throws: CodeRefusal.unknown(list: "ethnicity-2008")) { try Ethnicity.parse("Klingon", on: today) }
        #expect(throws: CodeRefusal.missing(list: "ethnicity-2008")) { try Ethnicity.parse(" ", on: today) }
        #expect(Ethnicity.list1979.entry(code: "09")?.certainty == .sure)
        #expect(Ethnicity.list1979.entry(code: "10")?.certainty == .likely)
    }

    @Test("The list of relations has its days; words of sheets that leave the relation open are not in it")
    func relations() throws {
        let list = try #require(CodeList.all["relation-2026"])
        #expect(try !list.isInForce(on: day("2026-06-30")) && list.isInForce(on: day("2026-07-01")))
        for relation in RelationToHead.allCases {
            #expect((list.entry(code: relation.rawValue) != nil) == (relation.listID == list.id), "\(relation)")
        }
        let open = RelationToHead.allCases.filter { $0.listID != list.id }
        #expect(Set(open) == [.spouse, .father, .mother, .child, .grandchildOrNephew])
        #expect(throws: CodeRefusal.missing(list: "relation-2026")) { try RelationToHead.parse(" ") }
    }

    @Test(
        "Religions are read",
        arguments: [
            ("Không", "00"), ("Phật giáo", "01"), ("PG Hòa Hảo", "03"), ("Tin Lành", "08"), ("cao dai", "05"),
            ("Thiên Chúa giáo", "02"),
        ])
    func religion(written: String, code: String) throws {
        #expect(try Religion.parse(written, on: day("2020-09-15")) == Coded(list: "religion-2008", code: code))
    }

    @Test(
        "Nationalities are read",
        arguments: [
            ("Việt Nam", "VNM"), ("VN", "VNM"), ("vietnam", "VNM"), ("VNM", "VNM"), ("Lào", "LAO"), ("Hàn Quốc", "KOR"),
            ("France", "FRA"),
        ])
    func nationality(written: String, code: String) throws {
        #expect(try Nationality.parse(written).code == code)
    }

    @Test("Coded values are one text and come back")
    func codedRoundTrips() throws {
        let coded = Coded(list: "ethnicity-2008", code: "08")
        #expect(coded.canonical == "ethnicity-2008:08")
        #expect(Coded(canonical: coded.canonical) == coded)
        #expect(coded.entry?.vietnamese == "H'mông")
        #expect(try JSONDecoder().decode([Coded].self, from: JSONEncoder().encode([coded])) == [coded])
        for text in ["", "08", ":08", "x:"] { #expect(Coded(canonical: text) == nil) }
    }

    @Test(
        "Relations are read as sheets write them",
        arguments: [
            ("Chủ hộ", RelationToHead.head), ("CHỦ HỘ", .head), ("chu ho", .head), ("Vợ", .wife), ("Chồng", .husband),
            ("Con", .child), ("Con đẻ", .birthChild), ("con trai", .birthChild), ("Bố", .father), ("Mẹ", .mother),
            ("Mẹ đẻ", .birthMother), ("Bố đẻ", .birthFather), ("Cháu", .grandchildOrNephew), ("Cháu nội", .childOfSon),
            ("Chú", .fathersYoungerBrother), ("Cô", .fathersSister), ("Ba", .father), ("Ông nội", .paternalGrandfather),
            ("Bố vợ", .wifesFather), ("Con riêng của vợ", .stepchild), ("Ở nhờ", .lodgerStaying),
            ("  con   nuôi ", .adoptedChild),
        ])
    func relation(written: String, expected: RelationToHead) throws {
        #expect(try RelationToHead.parse(written) == expected)
        #expect(try RelationToHead.parse(expected.vietnamese) == expected)
        #expect(try RelationToHead.parse(written.decomposedStringWithCanonicalMapping) == expected)
    }

    @Test("Short words that differ in marks alone are not guessed at", arguments: ["Bà", "Cố", "Bạn", "x"])
    func doesNotGuess(written: String) {
        #expect(throws: CodeRefusal.unknown(list: "relation-2026")) { try RelationToHead.parse(written) }
    }

    @Test("Every relation reads its own words")
    func everyRelation() throws {
        for relation in RelationToHead.allCases {
            #expect(try RelationToHead.parse(relation.vietnamese) == relation)
            #expect(!relation.english.isEmpty)
        }
        #expect(RelationToHead.wife.kind == .spouse && RelationToHead.wife.impliedSex == .female)
        #expect(RelationToHead.birthChild.kind == .child && RelationToHead.birthChild.impliedSex == nil)
    }

    @Test("Marital status and blood group have the codes of the exchange")
    func statusAndBlood() throws {
        for (text, status) in [
            ("Chưa kết hôn", MaritalStatus.neverMarried), ("Đã kết hôn", .married), ("Ly hôn", .divorced),
            ("Goá", .widowed), ("Góa", .widowed), ("2", .married),
        ] {
            #expect(try MaritalStatus.parse(text) == status)
        }
        for status in MaritalStatus.allCases { #expect(try MaritalStatus.parse(status.vietnamese) == status) }
        #expect(throws: CodeRefusal.missing(list: "marital-status-qcvn109")) { try MaritalStatus.parse("") }
        #expect(throws: CodeRefusal.unknown(list: "marital-status-qcvn109")) { try MaritalStatus.parse("?x") }
        for (text, group) in [("A", BloodGroup.a), ("ab", .ab), ("O+", .o), ("Nhóm máu B", .b), ("04", .o), ("0", .o)] {
            #expect(try BloodGroup.parse(text) == group)
        }
        for group in BloodGroup.allCases { #expect(try BloodGroup.parse(group.wireCode) == group) }
        #expect(throws: CodeRefusal.unknown(list: "blood-group-qcvn109")) { try BloodGroup.parse("C") }
    }

    @Test("Every value of the samples is in its list", .enabled(if: SharedSamples.arePresent))
    func samples() throws {
        let date = try day("2020-09-15")
        for file in ["22315-utf8.csv", "29125-nfd.csv", "15202-tcvn3.csv", "13606-utf8-bom.csv"] {
            for row in try SharedSamples.rows(file) {
                if let text = row["dan_toc"], !text.isEmpty { _ = try Ethnicity.parse(text, on: date) }
                if let text = row["ton_giao"], !text.isEmpty { _ = try Religion.parse(text, on: date) }
                if let text = row["quoc_tich"], !text.isEmpty { _ = try Nationality.parse(text) }
                if let text = row["quan_he_chu_ho"], !text.isEmpty { _ = try RelationToHead.parse(text) }
                if let text = row["tinh_trang_hon_nhan"], !text.isEmpty { _ = try MaritalStatus.parse(text) }
                if let text = row["nhom_mau"], !text.isEmpty { _ = try BloodGroup.parse(text) }
                if let text = row["gioi_tinh"], !text.isEmpty { _ = try Sex.parse(text) }
            }
        }
    }
}
