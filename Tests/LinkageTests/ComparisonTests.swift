import Civil
import Linkage
import Testing

@Suite("So sánh họ tên và ngày sinh")
struct ComparisonTests {
    @Test(
        "Names are compared word by word",
        arguments: [
            ("Nguyễn Thị Mẫu", "Nguyễn Thị Mẫu", NameAgreement.equal), ("NGUYỄN THỊ MẪU", "Nguyễn  Thị Mẫu", .equal),
            ("Nguyễn Thị Mẫu", "Nguyen Thi Mau", .equalKey), ("Trần Văn Đức", "Tran Van Duc", .equalKey),
            ("Trần Thị Hòa", "Trần Thị Hoà", .toneOrPlacement), ("Trần Thị Hạnh", "Trần Thị Hành", .toneOrPlacement),
            ("Nguiễn Thị Mẫu", "Nguyễn Thị Mẫu", .near), ("Trần Hui", "Trần Huy", .near),
            ("Lê Tuiết", "Lê Tuyết", .near),
            ("Nguyễn Thị Mẫu", "Nguyễn Thị Mâuu", .near), ("Nguyễn ThịMẫu", "Nguyễn Thị Mẫu", .near),
            ("Vũ Thị Mẫu", "Võ Thị Mẫu", .near), ("Hoàng Văn Mẫu", "Huỳnh Văn Mẫu", .near),
            ("Trần Lý", "Trần Lí", .near),
            ("Mẫu Thị Nguyễn", "Nguyễn Thị Mẫu", .reordered), ("Nguyễn Thị Thu Mẫu", "Nguyễn Thị Mẫu", .partMissing),
            ("Nguyễn Mẫu", "Nguyễn Thị Mẫu", .partMissing), ("Mẫu", "Nguyễn Thị Mẫu", .different),
            ("Nguyễn Thị Mẫu", "Nguyễn Thị Hoa", .different), ("Nguyễn Văn An", "Nguyễn Văn Ân", .equalKey),
            ("Nguyễn Văn An", "Nguyễn Văn Ly", .different), ("Nguyễn Thi Lam", "Nguyên Thị Lan", .near),
            ("Trận Thu Lam", "Trần Thi Lan", .different), ("H'Mẫu Niê", "Hmẫu Niê", .equalKey),
        ])
    func names(left: String, right: String, expected: NameAgreement) throws {
        let first = try PersonName(parsing: left)
        let second = try PersonName(parsing: right)
        #expect(NameComparison.compare(first, second) == expected)
        #expect(NameComparison.compare(second, first) == expected)
        #expect(NameComparison.compare(first, first) == .equal)
    }

    @Test("Agreements are ordered by strength")
    func order() {
        #expect(NameAgreement.allCases.sorted(by: >) == NameAgreement.allCases)
    }

    @Test(
        "Dates agree as far as they are known",
        arguments: [
            ("1987-01-25", "1987-01-25", DateAgreement.equal), ("1987", "1987", .equal),
            ("1987-01-25", "1987", .compatible),
            ("1987-01", "1987-01-25", .compatible), ("1987-02", "1987-01-25", .yearOnlyEqual),
            ("1987-05-06", "1987-06-05", .dayMonthSwapped), ("1987-01-25", "1987-01-26", .oneDigit),
            ("1987-01-25", "1978-01-25", .different), ("1987-01-25", "1977-01-25", .oneDigit),
            ("1987-01-25", "1987-11-03", .yearOnlyEqual), ("1987", "1988", .oneDigit),
            ("1987", "1995-01-01", .different),
            ("", "1987", .unknown), ("", "", .unknown),
        ])
    func dates(left: String, right: String, expected: DateAgreement) {
        let first = PartialDate(canonical: left)
        let second = PartialDate(canonical: right)
        #expect(DateComparison.compare(first, second) == expected)
        #expect(DateComparison.compare(second, first) == expected)
    }
}
