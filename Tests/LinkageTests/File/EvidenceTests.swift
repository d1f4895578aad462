import Testing

@testable import Linkage

@Suite("Evidence of a pair")
struct EvidenceTests {
    /// The evidence of two records that have the fields given.
    private func evidence(_ columns: String, _ left: String, _ right: String) throws -> Evidence {
        let table = try LinkTable.reading("id,\(columns)\n1,\(left)\n2,\(right)\n")
        return PairComparer(table).compare(0, 1).evidence
    }

    @Test(
        "given names",
        arguments: [
            ("Nguyễn Văn Hùng", "NGUYỄN VĂN HÙNG", Evidence.Part.equal),
            ("Nguyễn Văn Hùng", "Nguyễn Văn Hung", Evidence.Part.bare),
            ("Nguyễn Văn Hùng", "Nguyen Van Hung", Evidence.Part.equal),
            ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", Evidence.Part.marks),
            ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa", Evidence.Part.equal),
            ("Nguyễn Thị Lý", "Nguyễn Thị Lí", Evidence.Part.slip),
            ("Nguyễn Văn Hùng", "Nguyễn Văn Tuấn", Evidence.Part.different),
            ("Trần Văn Phước", "Trần Văn Phúc", Evidence.Part.slip),
            ("Trần Văn Dũng", "Trần Văn Duxng", Evidence.Part.equal),
        ])
    func given(left: String, right: String, level: Int) throws {
        #expect(try evidence("full_name", left, right)[.given] == level)
    }

    @Test(
        "the order of words",
        arguments: [
            ("Nguyễn Văn Hùng", "Văn Hùng Nguyễn", Evidence.Order.reordered),
            ("Nguyễn Văn Hùng", "Hùng Nguyễn Văn", Evidence.Order.reordered),
            ("Nguyễn Văn Hùng", "NguyễnVăn Hùng", Evidence.Order.joined),
            ("Nguyễn Văn Hùng", "Nguyen Van Hung", Evidence.Order.oneBare),
            ("Nguyễn Văn Hùng", "Nguyễn Văn Hùng", Evidence.Order.same),
            // Brothers: two words of three are not three.
            ("Lê Thanh Đức", "Lê Đức Thành", Evidence.Order.same),
        ])
    func order(left: String, right: String, level: Int) throws {
        #expect(try evidence("full_name", left, right)[.order] == level)
    }

    @Test("keys that never became marks are the marks they stand for")
    func keys() throws {
        let found = try evidence("full_name", "Nguyeenx Thị Hồng Thu", "Nguyễn Thị Hồng Thu")
        #expect(found[.surname] == Evidence.Part.equal)
        #expect(try evidence("full_name", "Nguye64n Thị Thu", "Nguyễn Thị Thu")[.surname] == Evidence.Part.equal)
    }

    @Test("a middle part left out, a surname of the North and the South")
    func middle() throws {
        let found = try evidence("full_name", "Hoàng Thị Thu Lan", "Huỳnh Thị Lan")
        #expect(found[.middle] == Evidence.Middle.partMissing)
        #expect(found[.surname] == Evidence.Part.slip)
    }

    @Test(
        "dates",
        arguments: [
            ("1960-02-03", "1960-02-03", Evidence.Date.equal), ("1960-01-01", "1960-01-01", Evidence.Date.equalHeaped),
            ("1960", "1960", Evidence.Date.equalPartial), ("1960", "1960-02-03", Evidence.Date.yearOfDate),
            ("1960-02", "1960-02-03", Evidence.Date.monthOfDate),
            ("1960-01-01", "1960-02-03", Evidence.Date.heapOfDate),
            ("1960-02-03", "1960-03-02", Evidence.Date.swapped), ("1960-02-03", "1961-02-03", Evidence.Date.nextYear),
            ("1958-02-03", "1985-02-03", Evidence.Date.yearSlip), ("1960-02-03", "1960-02-13", Evidence.Date.daySlip),
            ("1960-02-03", "1960-07-03", Evidence.Date.monthOther),
            ("1960-02-03", "1960-07-19", Evidence.Date.sameYear),
            ("1960-02-03", "1971-07-19", Evidence.Date.different), ("", "1971-07-19", Evidence.Date.missing),
        ])
    func dates(left: String, right: String, level: Int) throws {
        #expect(try evidence("full_name,date_of_birth", "A,\(left)", "B,\(right)")[.date] == level)
        #expect(try evidence("full_name,date_of_birth", "A,\(right)", "B,\(left)")[.date] == level)
    }

    @Test(
        "old numbers",
        arguments: [
            ("012345678", "012345678", Evidence.Number.equal), ("012345678", "012345978", Evidence.Number.slip),
            ("012345678", "012354678", Evidence.Number.slip), ("012345678", "912345978", Evidence.Number.different),
            ("012345678", "", Evidence.Number.missing), ("AB1234", "AB1235", Evidence.Number.different),
        ])
    func numbers(left: String, right: String, level: Int) throws {
        #expect(try evidence("full_name,old_id_number", "A,\(left)", "B,\(right)")[.oldNumber] == level)
    }

    @Test(
        "parents",
        arguments: [
            ("Lê Văn An", "Le Van An", Evidence.Parent.equal), ("Lê Văn An", "Lê Văn Ân", Evidence.Parent.equal),
            ("Lê Văn Ấn", "Lê Văn Ân", Evidence.Parent.marks), ("Lê Văn Tam", "Lê Văn Tamm", Evidence.Parent.slip),
            ("Lê Văn An", "Văn An Lê", Evidence.Parent.partMissing),
            ("Lê Văn An", "Lê An", Evidence.Parent.partMissing),
            ("Lê Văn An", "Vũ Đức Tú", Evidence.Parent.different), ("Lê Văn An", "", Evidence.Parent.missing),
        ])
    func parents(left: String, right: String, level: Int) throws {
        let found = try evidence("full_name,father_name", "Lê Tú,\(left)", "Lê Tú,\(right)")
        // A name with a mark left out among marked words is bare in that word.
        #expect(found[.father] == level)
    }

    @Test("father and mother in each other's place")
    func exchanged() throws {
        let found = try evidence("father_name,mother_name", "Lê Văn An,Vũ Thị Tú", "Vũ Thị Tú,Lê Văn An")
        #expect(found[.father] == Evidence.Parent.exchanged)
    }

    @Test("what a rare name says is more than what a common one says")
    func frequency() throws {
        var text = "id,full_name\n1,Lê Văn Hùng\n2,Lê Văn Hùng\n3,Lê Văn Khuê\n4,Lê Văn Khuê\n"
        for id in 5..<60 { text += "\(id),Lê Văn \(["Hùng", "Nam", "Tuấn"][id % 3])\n" }
        // Copies count once, so each row gets its own year.
        let rows = text.split(separator: "\n")
        let dated = rows.enumerated().map { $0 == 0 ? "\($1),date_of_birth" : "\($1),19\(10 + $0)" }
        let comparer = PairComparer(try LinkTable.reading(dated.joined(separator: "\n")))
        #expect(comparer.compare(2, 3).chance < comparer.compare(0, 1).chance)
    }
}
