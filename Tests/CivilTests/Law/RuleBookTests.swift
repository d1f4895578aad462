import Civil
import Foundation
import Testing

@Suite("Căn cứ pháp lý và quy định theo thời gian")
struct RuleBookTests {
    private let basis = LegalBasis("Luật 26/2023/QH15", "Điều 9")

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    private func rule(_ from: String, _ to: String?, _ value: Int) throws -> DatedRule<Int> {
        DatedRule(validFrom: try day(from), validTo: try to.map(day), basis: basis, certainty: .sure, value: value)
    }

    @Test("A legal basis is written as the law is cited")
    func basisText() throws {
        #expect(basis.canonical == "Luật 26/2023/QH15, Điều 9")
        #expect(LegalBasis(canonical: "Luật 26/2023/QH15, Điều 9") == basis)
        let clause = try #require(LegalBasis(canonical: "TT116/2026, Điều 6, khoản 1"))
        #expect(clause.document == "TT116/2026" && clause.article == "Điều 6, khoản 1")
        #expect(LegalBasis(canonical: "QĐ 1019/QĐ-TCTK")?.article == nil)
        for text in ["", ",", "Luật,", "Luật , "] { #expect(LegalBasis(canonical: text) == nil) }
        #expect(try JSONDecoder().decode([LegalBasis].self, from: JSONEncoder().encode([basis])) == [basis])
    }

    @Test("The rule of a day is the one in force, none in a gap")
    func findsRule() throws {
        let book = try RuleBook([
            rule("2024-07-01", nil, 3), rule("2016-01-01", "2020-12-31", 1), rule("2021-07-01", "2024-06-30", 2),
        ])
        let cases = [
            ("2015-12-31", nil), ("2016-01-01", 1), ("2020-12-31", 1), ("2021-01-01", nil), ("2024-06-30", 2),
            ("2024-07-01", 3), ("2099-01-01", 3),
        ]
        for (date, value) in cases { #expect(try book.rule(on: day(date))?.value == value, "\(date)") }
    }

    @Test("Overlaps and rules that end before they begin are refused")
    func refuses() throws {
        let open = try rule("2016-01-01", nil, 1)
        let later = try rule("2024-07-01", nil, 2)
        #expect(throws: RuleBookRefusal.overlap(basis, basis)) { try RuleBook([open, later]) }
        let touching = try [rule("2016-01-01", "2024-07-01", 1), later]
        #expect(throws: RuleBookRefusal.overlap(basis, basis)) { try RuleBook(touching) }
        let backward = try rule("2024-07-01", "2024-06-30", 1)
        #expect(throws: RuleBookRefusal.endsBeforeItBegins(basis)) { try RuleBook([backward]) }
    }

    @Test("The fields of a person: fifteen groups from 2016, 26 items from 1 July 2024")
    func fields() throws {
        let book = PersonField.collected
        #expect(try book.rule(on: day("2015-12-31")) == nil)
        #expect(try book.rule(on: day("2020-09-15"))?.value.count == 15)
        #expect(try book.rule(on: day("2020-09-15"))?.basis.canonical == "Luật 59/2014/QH13, Điều 9")
        #expect(try book.rule(on: day("2024-06-30"))?.value.contains(.number) == false)
        #expect(try book.rule(on: day("2024-07-01"))?.value.count == 26)
        #expect(try RuleBook(book.rules).rules.count == 2)
        for rule in book.rules { #expect(Set(rule.value).count == rule.value.count) }
        for field in PersonField.allCases { #expect(!field.title.vietnamese.isEmpty) }
    }

    @Test("Every refusal has a code of small letters and sentences in both languages")
    func refusalsSpeak() throws {
        let date = try #require(PartialDate(year: 2030))
        var refusals: [any ExplainedRefusal] = [
            DateRefusal.empty, DateRefusal.impossible(statedYear: nil), DateRefusal.future(date),
            DateRefusal.ambiguousYear,
            DateRefusal.unreadable, SexRefusal.missing, SexRefusal.unknown, NameRefusal.missing, NameRefusal.tooLong,
            NameRefusal.hasDigit, NameRefusal.hasControl, NameRefusal.hasSign("@"), NumberRefusal.missing,
            NumberRefusal.malformed(digits: 11), NumberRefusal.malformed(digits: nil),
            NumberRefusal.oldMalformed(digits: 8),
            NumberRefusal.oldMalformed(digits: nil), CodeRefusal.missing(list: "relation-2026"),
            CodeRefusal.unknown(list: "ethnicity-2008"), RuleBookRefusal.overlap(basis, basis),
            RuleBookRefusal.endsBeforeItBegins(basis), EncodingRefusal.empty, EncodingRefusal.binary,
            EncodingRefusal.damagedUTF8, EncodingRefusal.unknown,
        ]
        refusals += EncodingRefusal.Unsupported.allCases.map { EncodingRefusal.notSupported($0) }
        for refusal in refusals {
            #expect(refusal.code.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 || (48...57).contains($0) })
            #expect(refusal.sentence.vietnamese.contains(":") && refusal.sentence.english.contains(":"))
        }
    }
}
