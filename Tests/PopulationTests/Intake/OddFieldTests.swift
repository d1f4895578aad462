import Civil
import Testing

@testable import Population

/// What becomes of fields in which something stands that is none of what they are for.
@Suite("Odd values in the fields of a sheet")
struct OddFieldTests {
    private static func sheet(_ changes: [SheetColumn: String]) -> StandardSheet {
        let good: [SheetColumn: String] = [.name: "Nguyễn Văn Bình", .birth: "12/05/1987", .sex: "Nam"]
        let fields = SheetColumn.allCases.map { changes[$0] ?? good[$0] ?? "" }
        return StandardSheet(typed: fields, written: "", units: UnitDirectory(), demonstration: true)
    }

    /// What is found in that column.
    private static func found(_ text: String, _ column: SheetColumn) -> [FindingCode] {
        sheet([column: text]).findings.filter { $0.field == column.rawValue }.map(\.code)
    }

    @Test("a sex below zero and signs alone are not understood; a dash says that there is nothing")
    func readsSex() {
        for text in ["-1", "💥", "???"] {
            #expect(OddFieldTests.found(text, .sex) == [.unknownSex], "\(text)")
            #expect(OddFieldTests.sheet([.sex: text]).details.sex == nil, "\(text)")
        }
        for text in ["", "-", "..."] { #expect(OddFieldTests.found(text, .sex) == [.missingSex], "\(text)") }
    }

    @Test("a sex that was left open is the one of the relation's word, where that is a word for one sex")
    func readsSexOfRelation() {
        let wife = OddFieldTests.sheet([.sex: "", .relation: "Vợ"])
        #expect(wife.details.sex == .female)
        #expect(wife.findings.first { $0.code == .missingSex }?.candidates == ["F"])
        #expect(OddFieldTests.sheet([.sex: "-", .relation: "Con rể"]).details.sex == .male)
        let child = OddFieldTests.sheet([.sex: "", .relation: "Con đẻ"])
        #expect(child.details.sex == nil)
        #expect(child.findings.contains { $0.code == .missingSex && $0.candidates == nil })
        // What cannot be read says something else than nothing.
        #expect(OddFieldTests.sheet([.sex: "???", .relation: "Vợ"]).details.sex == nil)
        #expect(OddFieldTests.sheet([.sex: "Nam", .relation: "Vợ"]).details.sex == .male)
    }

    @Test(
        "signs alone are in no list",
        arguments: [SheetColumn.ethnicity, .nationality, .maritalStatus, .religion, .bloodGroup])
    func readsCodes(column: SheetColumn) {
        for text in ["💥", "???", "#"] { #expect(OddFieldTests.found(text, column) == [.unknownCode], "\(text)") }
        for text in ["", "-", "…", "./."] { #expect(OddFieldTests.found(text, column) == [], "\(text)") }
    }

    @Test("a relative without a name and a number that is none are not taken, and are found")
    func readsRelatives() {
        let odd = OddFieldTests.sheet([.fatherName: "#$%", .motherName: "Lê Thị Mẫu", .motherNumber: "0051"])
        #expect(odd.father == nil)
        #expect(odd.mother == PersonReference(name: "Lê Thị Mẫu"))
        #expect(OddFieldTests.found("#$%", .fatherName) == [.relativeUnreadable])
        #expect(OddFieldTests.found("0051", .motherNumber) == [.relativeUnreadable])
        #expect(OddFieldTests.found("-", .spouseName) == [])
        #expect(OddFieldTests.found("005187000123", .spouseNumber) == [])
        let remark = OddFieldTests.sheet([.fatherName: "Lê Văn An (đã mất)"])
        #expect(remark.father?.name == "Lê Văn An (đã mất)")
        #expect(SheetFate.of(odd.findings) != .held)
    }

    @Test("digits among words are no telephone number")
    func readsPhones() {
        #expect(OddFieldTests.found("nhà 12 đường 345 số 6789", .phone) == [.phoneMalformed])
        #expect(OddFieldTests.sheet([.phone: "+84 (912) 345-678"]).details.phone == "+84912345678")
    }

    @Test(
        "a note makes somebody dead only where it begins with the death",
        arguments: [
            "Đã chết năm 2019", "chết 12/03/2018", "mất năm 2015", "đã mất", "(đã chết)", "Từ trần 12/03/2018",
            "Qua đời năm 2018", "Đã hy sinh 1972", "Bị chết do tai nạn", "Tử vong tháng 3/2010", "Đã khai tử",
        ])
    func readsDeaths(text: String) {
        #expect(DeathNote(text) == .ofThePerson)
        #expect(OddFieldTests.sheet([.note: text]).dead)
    }

    @Test(
        "a death of somebody else, or none, leaves the person living and is found",
        arguments: [
            "Vợ đã chết năm 2010", "chưa chết", "con chết lưu năm 2010", "chết hụt", "Bố từ trần 2001",
            "Không phải tử vong",
        ])
    func leavesLiving(text: String) {
        #expect(DeathNote(text) == .ofSomebody)
        let sheet = OddFieldTests.sheet([.note: text])
        #expect(!sheet.dead && OddFieldTests.found(text, .note) == [.deathMentioned])
    }

    @Test(
        "what is lost is nobody's death",
        arguments: ["Mất CMND", "đã mất giấy khai sinh", "mất tích", "đang đi làm xa"])
    func readsLosses(text: String) {
        #expect(DeathNote(text) == nil)
        #expect(OddFieldTests.found(text, .note) == [])
    }

    @Test("words for no name are none, and signs that nobody sees are taken off")
    func readsNoNames() {
        for text in ["Không rõ", "chưa đặt tên", "NULL", "không"] {
            #expect(OddFieldTests.found(text, .name) == [.missingName], "\(text)")
            #expect(OddFieldTests.sheet([.fatherName: text]).father == nil, "\(text)")
        }
        #expect(OddFieldTests.sheet([.name: "Trọng"]).details.name == "Trọng")
        #expect(OddFieldTests.sheet([.name: "Nguyễn\u{200B} Văn\u{FEFF} Bình"]).details.name == "Nguyễn Văn Bình")
        for text in ["<script>alert(1)</script>", "'; DROP TABLE person;--", "1e308"] {
            #expect(OddFieldTests.found(text, .fatherName) == [.relativeUnreadable], "\(text)")
        }
    }

    @Test("nobody is older than 120 years, and nothing below zero is a code")
    func readsExtremes() {
        #expect(OddFieldTests.found("12/05/1850", .birth) == [.veryOld])
        #expect(OddFieldTests.found("12/05/1920", .birth) == [])
        #expect(OddFieldTests.found("-1", .maritalStatus) == [.unknownCode])
    }
}
