import Civil
import Foundation
import Testing

@Suite("Ngày tháng năm có thể thiếu")
struct PartialDateTests {
    @Test(
        "Every form in which a date is written is read",
        arguments: [
            ("25/01/1987", "1987-01-25"), ("7/2/1977", "1977-02-07"), ("07-08-1965", "1965-08-07"),
            ("1.2.1980", "1980-02-01"), ("1984-05-28", "1984-05-28"), ("1984/5/8", "1984-05-08"), ("1990", "1990"),
            ("06/1951", "1951-06"), ("6-1951", "1951-06"), ("1951-06", "1951-06"), ("２５/０１/１９８７", "1987-01-25"),
            ("２５／０１／１９８７", "1987-01-25"), ("  25 / 01 / 1987 ", "1987-01-25"), ("25 01 1987", "1987-01-25"),
            ("ngày 5 tháng 6 năm 1980", "1980-06-05"), ("Ngày 05, tháng 06, năm 1980", "1980-06-05"),
            ("tháng 6 năm 1980", "1980-06"), ("năm 1980", "1980"), ("Sinh năm 1980", "1980"),
            ("NGÀY 5/6/1980", "1980-06-05"), ("00/00/1950", "1950"), ("//1950", "1950"), ("__/__/1950", "1950"),
            ("/06/1951", "1951-06"), ("25011987", "1987-01-25"), ("19870125", "1987-01-25"),
            ("29/02/2000", "2000-02-29"),
            ("25–01–1987", "1987-01-25"), ("25/01/1987.", "1987-01-25"), ("1987-01-25 00:00:00", "1987-01-25"),
            ("1987-01-25T00:00:00", "1987-01-25"), ("25/01/1987 00:00", "1987-01-25"),
        ])
    func readsForms(written: String, canonical: String) throws {
        #expect(try PartialDate.parse(written: written).canonical == canonical)
        #expect(try PartialDate.parse(written: canonical).canonical == canonical)
        #expect(try PartialDate.parse(written: written.decomposedStringWithCanonicalMapping).canonical == canonical)
    }

    @Test(
        "What cannot be a date is refused with its reason",
        arguments: [
            ("", DateRefusal.empty), ("   ", .empty), ("//", .empty), ("__/__/____", .empty),
            ("31/02/1987", .impossible(statedYear: 1987)), ("00/05/1982", .impossible(statedYear: 1982)),
            ("32/01/1990", .impossible(statedYear: 1990)), ("05/13/1990", .impossible(statedYear: 1990)),
            ("29/02/1900", .impossible(statedYear: 1900)), ("1984-13-28", .impossible(statedYear: 1984)),
            ("13/1951", .impossible(statedYear: 1951)), ("05//1990", .impossible(statedYear: 1990)),
            ("01/01/0000", .impossible(statedYear: nil)), ("01/01/1066", .impossible(statedYear: 1066)),
            ("25/01/87", .ambiguousYear), ("87", .ambiguousYear), ("6/51", .ambiguousYear),
            ("khoảng 1950", .unreadable), ("1/2/3/1990", .unreadable), ("32143", .unreadable),
            ("25/01/198", .unreadable),
            ("123/01/1987", .unreadable), ("sinh ngày", .unreadable), ("25:01:1987", .unreadable), ("@", .unreadable),
            ("25/01/1987 1988", .unreadable),
        ])
    func refuses(written: String, reason: DateRefusal) {
        #expect(throws: reason) { try PartialDate.parse(written: written) }
    }

    @Test("A text too long for a date is refused unread")
    func refusesEndlessText() {
        let endless = String(repeating: "1", count: 1_000_000)
        #expect(throws: DateRefusal.unreadable) { try PartialDate.parse(written: endless) }
    }

    @Test("A date after the day it may not pass is refused and keeps its year")
    func refusesFuture() throws {
        let limit = try #require(CalendarDate(iso: "2020-09-15"))
        #expect(try PartialDate.parse(written: "15/09/2020", notAfter: limit).canonical == "2020-09-15")
        #expect(try PartialDate.parse(written: "2020", notAfter: limit).canonical == "2020")
        let later = try #require(PartialDate(year: 2020, month: 9, day: 16))
        #expect(throws: DateRefusal.future(later)) { try PartialDate.parse(written: "16/09/2020", notAfter: limit) }
        #expect(DateRefusal.future(later).statedYear == 2020)
        let nextYear = try #require(PartialDate(year: 2021))
        #expect(throws: DateRefusal.future(nextYear)) { try PartialDate.parse(written: "2021", notAfter: limit) }
    }

    @Test("The canonical text comes back, and only it")
    func roundTrips() throws {
        for text in ["1987-01-25", "1987-01", "1987", "0001", "9999-12-31"] {
            let date = try #require(PartialDate(canonical: text))
            #expect(date.canonical == text)
            #expect(try JSONDecoder().decode([PartialDate].self, from: JSONEncoder().encode([date])) == [date])
            #expect(String(decoding: try JSONEncoder().encode([date]), as: UTF8.self) == "[\"\(text)\"]")
        }
        for text in ["1987-1-25", "1987-02-30", "87", "", "1987-13", "1987/01", "1987-01-25 "] {
            #expect(PartialDate(canonical: text) == nil)
        }
        #expect(PartialDate(year: 1987, month: nil, day: 3) == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PartialDate].self, from: Data("[\"x\"]".utf8)) }
    }

    @Test("Earliest, latest, order and compatibility follow from what is known")
    func comparesRanges() throws {
        let year = try #require(PartialDate(year: 2000))
        let month = try #require(PartialDate(year: 2000, month: 2))
        let day = try #require(PartialDate(year: 2000, month: 2, day: 29))
        #expect(year.latest.description == "2000-12-31")
        #expect(month.earliest.description == "2000-02-01")
        #expect(month.latest.description == "2000-02-29")
        #expect(day.exact == day.latest && month.exact == nil)
        #expect(year.isCompatible(with: day) && day.isCompatible(with: month))
        #expect(try !month.isCompatible(with: #require(PartialDate(year: 2000, month: 3))))
        #expect([day, month, year].sorted() == [year, month, day])
        #expect([year, month, day].map(\.precision) == [.year, .month, .day])
    }

    @Test("Every true date of the samples that is stated can be read", .enabled(if: SharedSamples.arePresent))
    func samples() throws {
        let truth = try SharedSamples.rows("truth.csv")
        var right = 0
        var wrong = 0
        for batch in ["22315-utf8", "29125-nfd", "15202-tcvn3", "13606-utf8-bom"] {
            let rows = try SharedSamples.rows(batch + ".csv")
            for row in truth where row["batch"] == batch {
                guard let number = row["row"].flatMap(Int.init), let written = rows[number - 1]["ngay_sinh"],
                    let issues = row["issues"], !issues.contains("_date"), !issues.contains("missing_dob")
                else { continue }
                let read = try? PartialDate.parse(written: written)
                if read?.canonical == row["dob"] { right += 1 } else { wrong += 1 }
            }
        }
        #expect(right > 5_000)
        #expect(wrong == 0)
    }
}
