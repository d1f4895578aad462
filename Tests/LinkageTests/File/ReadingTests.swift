import Testing

@testable import Linkage

@Suite("Reading a file of people")
struct ReadingTests {
    private func refusal(_ text: String) -> LinkRefusal? {
        do {
            _ = try LinkTable.reading(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("columns are found by name, in any order, and any of them may be missing")
    func columns() throws {
        let table = try LinkTable.reading("true_id,full_name,id\r\n9,\"Nguyễn Văn A\",x\r\n8,Lê B,y\r\n")
        #expect(table.ids == ["x", "y"])
        #expect(table.columns == [.id, .fullName])
    }

    @Test("several columns make one name through the map")
    func map() throws {
        var map = LinkColumnMap()
        let texts = ["full_name=surname+given", "id=rec", "nothing=given", "full_name=", "full_name"]
        let taken = texts.map { map.add($0) }
        #expect(taken == [true, true, false, false, false])
        let table = try LinkTable.reading(Array("rec,given,surname\n1,An,Lê\n2,Lê,An\n".utf8), map)
        #expect(table.cells[0] == table.cells[LinkTable.Place.count + 1])
        #expect(table.cells[1] == table.cells[LinkTable.Place.count])
    }

    @Test(
        "what cannot be linked is refused with its line",
        arguments: [
            ("", LinkRefusal.empty), ("id,full_name\n", .empty), ("full_name\nA\n", .columnMissing("id")),
            ("id,note\n1,x\n", .nothingToCompare), ("id,full_name\n1,A\n1,B\n", .idTwice("1")),
            ("id,full_name\n1,A\n,B\n", .idMissing(line: 3)), ("id,full_name\n1,A\n2\n", .rowTooShort(line: 3)),
            ("id,full_name\n1,\"A\n", .quoteOpen(line: 2)),
        ])
    func refusals(text: String, expected: LinkRefusal) {
        #expect(refusal(text) == expected)
    }

    @Test("bytes that are no UTF-8 are refused")
    func notUTF8() {
        #expect(throws: LinkRefusal.notUTF8(line: 2)) {
            try LinkTable.reading(Array("id,full_name\n1,A".utf8) + [0xE9, 0x0A])
        }
    }

    @Test("too little memory is refused before it is used")
    func memory() {
        let bytes = Array("id,full_name\n1,A\n".utf8)
        #expect(throws: LinkRefusal.self) { try LinkTable.reading(bytes, memory: 1_000) }
    }

    @Test("a name may be mapped part by part, in any order")
    func parts() throws {
        var map = LinkColumnMap()
        let taken = ["given_name=given", "id=rec", "surname=last"].map { map.add($0) }
        #expect(taken == [true, true, true])
        let table = try LinkTable.reading(Array("rec,given,last\n1,An,Lê\n".utf8), map)
        let whole = try LinkTable.reading("id,full_name\n1,Lê An\n")
        #expect(table.cells == whole.cells)
    }

    @Test("spaces beside commas are none of the values, as files of other programs have them")
    func spaces() throws {
        var map = LinkColumnMap()
        let taken = ["id=rec_id", "full_name=given_name+surname", "date_of_birth=born"].map { map.add($0) }
        #expect(taken == [true, true, true])
        let spaced = "rec_id, given_name, surname, born, sex\nrec-1, An , Le, 19151111, m\nrec-2,, \"Le, B\", , f\n"
        let plain = "rec_id,given_name,surname,born,sex\nrec-1,An,Le,19151111,m\nrec-2,,\"Le, B\",,f\n"
        let table = try LinkTable.reading(Array(spaced.utf8), map)
        #expect(table.ids == ["rec-1", "rec-2"])
        #expect(try table.cells == LinkTable.reading(Array(plain.utf8), map).cells)
        #expect(table.date(of: 0) != 0 && table.cells[LinkTable.Place.sex] == 1)
    }

    @Test("a column in which nothing stands is as one that is not there")
    func emptyColumns() throws {
        let table = try LinkTable.reading("id,full_name,father_name,mother_name,commune,old_id_number\n1,A B,,,x,\n")
        #expect(table.columns == [.id, .fullName, .commune] && !table.hasParents)
    }

    @Test("a code that a later set uses again is not the place that it was before")
    func reusedCodes() throws {
        // In the older set a became b; in the newer one b is what became of c.
        let meanings = ["a": "b", "b": "d"]
        for rows in ["1,a\n2,b\n3,d\n", "3,d\n2,b\n1,a\n"] {
            let table = try LinkTable.reading(Array("id,commune\n\(rows)".utf8), places: { meanings[$0] ?? $0 })
            func commune(_ id: String) throws -> UInt32 {
                table.cells[try table.record(id) * LinkTable.Place.count + LinkTable.Place.commune]
            }
            #expect(try commune("1") != commune("2"), "\(rows)")
            #expect(try commune("2") == commune("3"), "\(rows)")
        }
    }

    @Test("dates that most records lack count among those that have one")
    func missingDates() throws {
        let rows = (1...200).map { "\($0),A B\($0),\($0 % 4 == 0 ? "19\(10 + $0 % 89)-02-03" : "")" }
        let table = try LinkTable.reading("id,full_name,date_of_birth\n" + rows.joined(separator: "\n") + "\n")
        let frequencies = Frequencies(table)
        #expect(frequencies.datesTell)
        // One of the fifty that have a date, not of two hundred.
        #expect(frequencies.dates[3] > -5.5 && frequencies.dates[3] < -2)
    }

    @Test("places that became one are one")
    func places() throws {
        let bytes = Array("id,commune\n1,a\n2,b\n3,c\n".utf8)
        let table = try LinkTable.reading(bytes, places: { $0 == "b" ? "a" : $0 })
        let communes = (0..<3).map { table.cells[$0 * LinkTable.Place.count + LinkTable.Place.commune] }
        #expect(communes[0] == communes[1] && communes[1] != communes[2])
    }

    @Test(
        "dates as files write them",
        arguments: [
            ("1960-02-03", 1960, 2, 3), ("1960-02", 1960, 2, 0), ("1960", 1960, 0, 0), ("19600203", 1960, 2, 3),
            ("3/2/1960", 1960, 2, 3),
        ])
    func dates(text: String, year: UInt32, month: UInt32, day: UInt32) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer(PackedDate.init) == PackedDate(year: year, month: month, day: day))
    }

    @Test("what is no date is unknown", arguments: ["", "x", "19-02", "196", "1960-", "0000"])
    func noDates(text: String) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer(PackedDate.init) == nil)
    }
}
