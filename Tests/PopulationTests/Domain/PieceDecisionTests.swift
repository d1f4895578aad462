import Civil
import Testing

@testable import Population

@Suite("The fate of the rows of one piece of a batch")
struct PieceDecisionTests {
    private static let batch: Int64 = 3

    private func id(_ place: Int) -> Int64 { SheetID.make(batch: PieceDecisionTests.batch, row: place) }

    private func sheet(
        _ place: Int, _ name: String, group: UInt32 = 1, number: String? = nil,
        _ change: (inout StandardSheet) -> Void = { _ in }
    ) -> StandardSheet {
        var sheet = StandardSheet(place: place, group: group, written: "\(place)")
        sheet.name = try? PersonName(parsing: name)
        sheet.details = details {
            $0.name = name
            $0.birth = date("1990-05-17")
            $0.sex = .female
        }
        sheet.birthYear = 1990
        sheet.permanent = address("00001")
        sheet.current = address("00001")
        sheet.number = number.flatMap { try? PersonalIdentificationNumber(parsing: $0) }
        sheet.numberFits = sheet.number != nil
        change(&sheet)
        return sheet
    }

    private func decide(
        _ sheets: [StandardSheet], known: [KnownRecord] = [], holders: [String: Int64] = [:]
    ) -> PieceDecision {
        var byKey: [UInt64: [KnownRecord]] = [:]
        for record in known {
            for key in record.facts.keys { byKey[key, default: []].append(record) }
        }
        var numberHolders: [Int64: Int64] = [:]
        for (number, person) in holders {
            if let number = Int64(number) { numberHolders[number] = person }
        }
        return PieceDecision(
            sheets: sheets, batch: PieceDecisionTests.batch, known: byKey, numberHolders: numberHolders)
    }

    private func codes(_ decision: PieceDecision) -> [[FindingCode]] {
        decision.sheets.map { $0.findings.map(\.code) }
    }

    private func others(_ decision: PieceDecision, _ row: Int) -> [Int64?] {
        decision.sheets[row].findings.filter { $0.code == .duplicate }.map(\.other)
    }

    @Test("Rows without trouble become persons")
    func acceptsRows() {
        let decision = decide([
            sheet(1, "Đặng Thị Mẫu"), sheet(2, "Đặng Thị Bình"), sheet(3, "Lò Thị Mẫu", group: 2),
        ])
        #expect(decision.accepted == [true, true, true])
        #expect(codes(decision) == [[], [], []])
    }

    @Test("Two sheets of one household: the first stays, both are marked")
    func marksDoubles() {
        let decision = decide([sheet(1, "Đặng Thị Mẫu"), sheet(2, "ĐẶNG THỊ MẪU")])
        #expect(decision.accepted == [true, false])
        #expect(others(decision, 0) == [id(2)])
        #expect(others(decision, 1) == [id(1)])
    }

    @Test("Three sheets of one person leave one person, wherever they stand")
    func marksTriples() {
        let decision = decide([
            sheet(1, "Đặng Thị Mẫu", number: Sample.number), sheet(5, "Lò Thị Khác", group: 2),
            sheet(7, "Đặng Thị Mẫu", group: 3, number: Sample.number),
            sheet(9, "Dang Thi Mau", group: 4, number: Sample.number),
        ])
        #expect(decision.accepted == [true, true, false, false])
        #expect(others(decision, 0) == [id(7), id(9)])
        #expect(others(decision, 2) == [id(1), id(9)])
        #expect(others(decision, 3).first == id(1))
        #expect(codes(decision)[1] == [])
        #expect(codes(decision).joined().contains(.numberOfAnother) == false)
    }

    @Test("A held sheet gives way to the good one after it, and both are marked")
    func prefersGoodSheets() {
        let held = sheet(1, "Đặng Thị Mẫu") {
            $0.details.birth = nil
            $0.found(.impossibleDate, .birth)
        }
        let decision = decide([held, sheet(2, "Đặng Thị Mẫu"), sheet(3, "Đặng Thị Mẫu")])
        #expect(decision.accepted == [false, true, false])
        #expect(others(decision, 0) == [id(2), id(3)])
        #expect(others(decision, 1) == [id(1), id(3)])
        #expect(others(decision, 2) == [id(2), id(1)])
    }

    @Test("A line copied many times: every copy names the sheet that stays, and few name each other")
    func boundsCopies() {
        let decision = decide((1...60).map { sheet($0, "Đặng Thị Mẫu") })
        #expect(decision.accepted == [true] + Array(repeating: false, count: 59))
        #expect(Set(others(decision, 0)) == Set((2...60).map { id($0) }))
        for row in 1..<60 {
            #expect(others(decision, row).first == id(1))
            #expect(others(decision, row).count <= 17)
        }
    }

    @Test("Whoever is named as the same person names the other in turn")
    func namesEachOther() {
        let known = KnownRecord(sheet: 5_000, person: 77, facts: sheet(1, "Đặng Thị Mẫu").facts)
        let decision = decide([sheet(4, "Đặng Thị Mẫu"), sheet(5, "Đặng Thị Mẫu")], known: [known])
        #expect(others(decision, 0) == [5_000, id(5)])
        #expect(others(decision, 1) == [5_000, id(4)])
        #expect(decision.marks.map(\.finding.other) == [id(4), id(5)])
    }

    @Test("A person of the register without a sheet stays, and no sheet is named")
    func namesNoSheet() {
        let known = KnownRecord(sheet: 0, person: 77, facts: sheet(1, "Đặng Thị Mẫu").facts, handle: "h77")
        let decision = decide([sheet(4, "Đặng Thị Mẫu")], known: [known])
        #expect(others(decision, 0) == [nil])
        #expect(decision.sheets[0].findings.first { $0.code == .duplicate }?.candidates == ["h77"])
    }

    @Test("The number of a held sheet is free for the next who states it")
    func freesNumbersOfHeldSheets() {
        let held = sheet(1, "Lò Thị Khác", number: Sample.number) { $0.found(.impossibleDate, .birth) }
        let decision = decide([held, sheet(2, "Đặng Thị Mẫu", number: Sample.number)])
        #expect(decision.accepted == [false, true])
        #expect(decision.sheets[1].numberFits)
    }

    @Test("A number that two people state belongs to the first; the other is a person without it")
    func givesANumberOnce() {
        let decision = decide([
            sheet(1, "Đặng Thị Mẫu", number: Sample.number), sheet(2, "Lò Văn Pênh", group: 2, number: Sample.number),
        ])
        #expect(decision.accepted == [true, true])
        #expect(decision.sheets.map(\.numberFits) == [true, false])
        #expect(codes(decision) == [[], [.numberOfAnother]])
    }

    @Test("A number that somebody of the register holds is not taken over")
    func respectsHolders() {
        let decision = decide([sheet(1, "Đặng Thị Mẫu", number: Sample.number)], holders: [Sample.number: 77])
        #expect(decision.accepted == [true])
        #expect(decision.sheets[0].numberFits == false)
        #expect(codes(decision) == [[.numberOfAnother]])
    }

    @Test("Somebody who is in the register already stays; the old sheet is marked too")
    func noticesKnownPersons() {
        let old = sheet(1, "Đặng Thị Mẫu", number: Sample.number)
        let known = KnownRecord(sheet: 5_000, person: 77, facts: old.facts)
        let decision = decide(
            [sheet(4, "Đặng Thị Mẫu", group: 9, number: Sample.number)], known: [known], holders: [Sample.number: 77])
        #expect(decision.accepted == [false])
        #expect(codes(decision) == [[.duplicate]])
        #expect(others(decision, 0) == [5_000])
        #expect(decision.marks.map(\.sheet) == [5_000])
        #expect(decision.marks.map(\.finding.other) == [id(4)])
    }

    @Test("A good sheet after one that is held in an earlier batch becomes the person, and the old one is marked")
    func noticesHeldSheets() {
        let known = KnownRecord(sheet: 5_000, person: nil, facts: sheet(1, "Đặng Thị Mẫu").facts)
        let decision = decide([sheet(4, "Đặng Thị Mẫu")], known: [known])
        #expect(decision.accepted == [true])
        #expect(others(decision, 0) == [5_000])
        #expect(decision.marks.map(\.sheet) == [5_000])
    }

    @Test("A person without a sheet stays, and there is no sheet to mark")
    func noticesPersonsWithoutSheets() {
        let known = KnownRecord(sheet: 0, person: 77, facts: sheet(1, "Đặng Thị Mẫu").facts)
        let decision = decide([sheet(4, "Đặng Thị Mẫu")], known: [known])
        #expect(decision.accepted == [false])
        #expect(decision.marks.isEmpty)
    }

    @Test("Twins are two persons")
    func keepsTwinsApart() {
        let decision = decide([sheet(1, "Đặng Thị An"), sheet(2, "Đặng Thị Bình"), sheet(3, "Đặng Văn Cường")])
        #expect(decision.accepted == [true, true, true])
        #expect(codes(decision) == [[], [], []])
    }

    @Test("Two people who claim to be head are both marked; a head's two sheets are not")
    func findsTwoHeads() {
        let head: (inout StandardSheet) -> Void = { $0.claimsHead = true }
        let two = decide([sheet(1, "Đặng Thị Mẫu", head), sheet(2, "Lò Văn Pênh", head), sheet(3, "Lò Thị Con")])
        #expect(codes(two) == [[.householdHead], [.householdHead], []])
        #expect(two.accepted == [true, true, true])
        let same = decide([sheet(1, "Đặng Thị Mẫu", head), sheet(2, "Đặng Thị Mẫu", head)])
        #expect(codes(same) == [[.duplicate], [.duplicate]])
        let other = decide([sheet(1, "Đặng Thị Mẫu", head), sheet(2, "Lò Văn Pênh", group: 2, head)])
        #expect(codes(other) == [[], []])
        let doubled = decide([
            sheet(1, "Đặng Thị Mẫu", head), sheet(2, "Đặng Thị Mẫu", head), sheet(3, "Lò Văn Pênh", head),
        ])
        #expect(codes(doubled).allSatisfy { $0.contains(.householdHead) })
    }

    @Test("Where nobody claims to be head, the row without a relation is marked")
    func findsNoHead() {
        let missing: (inout StandardSheet) -> Void = { $0.relationMissing = true }
        let none = decide([sheet(1, "Đặng Thị Mẫu", missing), sheet(2, "Lò Văn Pênh")])
        #expect(codes(none) == [[.householdHead], []])
        let claimed = decide([sheet(1, "Đặng Thị Mẫu", missing), sheet(2, "Lò Văn Pênh") { $0.claimsHead = true }])
        #expect(codes(claimed) == [[], []])
        #expect(codes(decide([sheet(1, "Đặng Thị Mẫu"), sheet(2, "Lò Văn Pênh")])) == [[], []])
    }

    @Test("No row is lost, whatever the piece")
    func keepsEveryRow() {
        #expect(decide([]).sheets.isEmpty)
        let many = (1...60).map { sheet($0, $0 % 3 == 0 ? "Đặng Thị Mẫu" : "Lò Thị Mẫu", group: UInt32($0 / 10)) }
        let decision = decide(many)
        #expect(decision.sheets.map(\.place) == Array(1...60))
        #expect(decision.accepted.filter { $0 }.count == 2)
        #expect(decision.accepted.count == 60)
    }

    @Test("Whoever is the same as a row that is somebody of the register is that one too")
    func leadsOn() {
        let known = KnownRecord(
            sheet: 777, person: 9,
            facts: IdentityFacts(
                name: try? PersonName(parsing: "Đặng Thị Mẫu"), birth: date("1990-05-17"), birthYear: 1990,
                sex: .female,
                number: Sample.number, oldNumber: nil, permanent: UnitCode("00002", .untilJune2025),
                current: UnitCode("00002", .untilJune2025), father: nil, mother: nil))
        let decision = decide(
            [sheet(1, "Đặng Thị Mẫu", number: Sample.number), sheet(2, "Đặng Thị Mẫu")], known: [known],
            holders: [Sample.number: 9])
        #expect(decision.accepted == [false, false])
        #expect(
            decision.sheets.map { $0.findings.filter { $0.code == .duplicate }.map(\.other) } == [
                [777, id(2)], [777, id(1)],
            ])
        #expect(decision.marks.map(\.sheet) == [777, 777])
        #expect(decision.marks.map(\.finding.other) == [id(1), id(2)])
    }
}
