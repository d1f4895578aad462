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
