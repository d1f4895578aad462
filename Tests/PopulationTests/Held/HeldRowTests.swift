import Access
import Civil
import Database
import Foundation
import Ledger
import TestStores
import Testing

@testable import Population

/// Rows that an import held, decided by officers: on both engines, with a fixed clock.
@Suite("Held rows and their decisions")
struct HeldRowTests {
    private static let reason = "đã gặp công dân"

    private static let sheets = """
        stt,ma_ho,quan_he_chu_ho,ho_ten,ngay_sinh,gioi_tinh,so_dinh_danh,thuong_tru,ngay_thu_thap
        1,H1,Chủ hộ,Lò Văn Bình,02/03/1980,Nam,,"Tổ 1, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020
        2,H1,Con,Lò Thị Chi,31/02/2010,Nữ,,"Tổ 1, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020
        3,H2,Chủ hộ,Lò Văn Bình,02/03/1980,Nam,,"Tổ 1, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020
        4,H3,Chủ hộ,,01/01/1970,Nam,,"Tổ 2, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020
        5,H4,Chủ hộ,,01/01/1971,Nam,,"Tổ 2, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020
        6,H5,Chủ hộ,,01/01/1972,Nam,,"Tổ 2, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020
        7,H6,Chủ hộ,,01/01/1973,Nam,,"Tổ 2, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020

        """

    private static func with(
        _ engine: Engine, _ body: @Sendable (QualityFixture, Batch) async throws -> Void
    ) async throws {
        try await QualityFixture.with(engine) { fixture in
            try await fixture.load(sheets, name: "held")
            try await body(fixture, try #require(try await fixture.register.batch(named: "held")))
        }
    }

    private static let officer = LocalOperator.requester

    private func row(_ register: PopulationRegister, _ batch: Batch, _ place: Int) async throws -> HeldRowAnswer {
        try #require(try await register.heldRow(ofBatch: batch, place: place, by: HeldRowTests.officer))
    }

    private func isClean(_ register: PopulationRegister) async throws -> Bool {
        let result = try await register.rebuild(writing: false)
        #expect(result.differences == [])
        return result.isClean
    }

    @Test(
        "What an import held waits, by cause, and what it was read as stands beside what was written",
        arguments: TestStore.engines)
    func waits(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            let rows = try await register.heldRows(ofBatch: batch, by: HeldRowTests.officer)
            #expect(rows.map(\.row) == [2, 3, 4, 5, 6, 7])
            let causes = try await register.heldCauses(ofBatch: batch, by: HeldRowTests.officer)
            #expect(causes == [.impossibleDate: 1, .duplicate: 1, .missingName: 4])
            let nameless = try await register.heldRows(
                ofBatch: batch, cause: .missingName, after: 4, by: HeldRowTests.officer)
            #expect(nameless.map(\.row) == [5, 6, 7])
            #expect(try await register.waitingRows(by: HeldRowTests.officer) == 6)
            let twin = try await row(register, batch, 3)
            #expect(twin.candidates.map(\.state.details.name) == ["Lò Văn Bình"])
            #expect(twin.row.isAcceptable && twin.hidden == 0)
            #expect(try await register.heldRow(ofBatch: batch, place: 1, by: HeldRowTests.officer) == nil)
        }
    }

    @Test(
        "Somebody who is there is named as the same person; the row stays held and is decided once",
        arguments: TestStore.engines)
    func same(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            let candidate = try #require(try await row(register, batch, 3).candidates.first)
            let handle = try #require(Handle(parsing: candidate.handle))
            let choice = SheetChoice.same(handle, reason: HeldRowTests.reason)
            let receipt = try await register.decide(3, ofBatch: batch, choice, by: HeldRowTests.officer)
            #expect(receipt.person == candidate.handle)
            let summary = try await register.summary(ofBatch: batch.id)
            #expect(summary.accepted + summary.acceptedWithFindings + summary.held == 7)
            #expect(summary.held == 6 && summary.waiting == 5 && summary.decided == [.samePerson: 1])
            let decided = try await row(register, batch, 3)
            #expect(decided.row.decision?.what.reason == HeldRowTests.reason)
            #expect(decided.decidedPerson == candidate.handle)
            await #expect(throws: SheetDecisionRefusal.decidedAlready) {
                _ = try await register.decide(
                    3, ofBatch: batch, .reject(reason: HeldRowTests.reason), by: HeldRowTests.officer)
            }
            let history = try #require(
                try await register.history(of: .handle(handle), by: HeldRowTests.officer))
            #expect(history.entries.map(\.act.kind).last == .sheetDecided)
            #expect(try await isClean(register))
        }
    }

    @Test("A row that may be somebody else becomes a new person in its household", arguments: TestStore.engines)
    func accepts(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            let before = try await register.counts().persons
            let receipt = try await register.decide(
                3, ofBatch: batch, .accept(reason: HeldRowTests.reason), by: HeldRowTests.officer)
            let handle = try #require(receipt.person.flatMap { Handle(parsing: $0) })
            let person = try #require(try await register.look(at: .handle(handle), by: HeldRowTests.officer))
            #expect(person.state.details.name == "Lò Văn Bình" && person.state.household != nil)
            #expect(person.state.sheet == nil)
            #expect(try await register.counts().persons == before + 1)
            #expect(try await isClean(register))
        }
    }

    @Test(
        "A faulty row is corrected and read again; what is still wrong is told, and nothing is recorded",
        arguments: TestStore.engines)
    func corrects(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            func correct(_ birth: String) async throws -> SheetDecisionReceipt {
                let fields: [SheetColumn: String] = [
                    .household: "H1", .relation: "Con", .name: "Lò Thị Chi", .birth: birth, .sex: "Nữ",
                    .permanent: "Tổ 1, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", .collected: "15/10/2020",
                ]
                return try await register.decide(
                    2, ofBatch: batch, .correct(fields, reason: HeldRowTests.reason), by: HeldRowTests.officer)
            }
            await #expect(throws: SheetDecisionRefusal.correctFirst([.impossibleDate])) {
                _ = try await register.decide(
                    2, ofBatch: batch, .accept(reason: HeldRowTests.reason), by: HeldRowTests.officer)
            }
            await #expect(throws: SheetDecisionRefusal.stillHeld([.impossibleDate])) {
                _ = try await correct("30/02/2010")
            }
            #expect(try await register.waitingRows(by: HeldRowTests.officer) == 6)
            let receipt = try await correct("28/02/2010")
            let handle = try #require(receipt.person.flatMap { Handle(parsing: $0) })
            let person = try #require(try await register.look(at: .handle(handle), by: HeldRowTests.officer))
            #expect(person.state.details.birth == PartialDate(year: 2010, month: 2, day: 28))
            // The household of the same code, whose head was accepted by the import.
            let household = try #require(person.state.household.flatMap { person.households[$0.household] })
            let members = try await register.look(
                atHousehold: try #require(Handle(parsing: household)), by: HeldRowTests.officer)?.members
            #expect(members?.count == 2)
            #expect(try await isClean(register))
        }
    }

    /// A commune officer of the places, at another office than the one that received the batch.
    private func officer(of places: Set<UnitCode>, office: String = "xa-00004") throws -> Requester {
        let unit = try #require(places.first)
        return Requester(
            actor: Actor(account: "lan", role: Role.communeOfficer.rawValue, office: office), role: .communeOfficer,
            jurisdiction: .places(of: unit, places), ground: .duty(.batchReview))
    }

    @Test(
        "Rows wait for the officers of their places, in all batches together; of others not even the count is told",
        arguments: TestStore.engines)
    func places(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            let elsewhere = HeldRowTests.sheets.replacing(
                "Phường Phúc Xá, Quận Ba Đình", with: "Phường Trúc Bạch, Quận Ba Đình"
            ).replacing("Lò", with: "Hà")
            try await fixture.load(elsewhere, name: "second")
            let unit = try #require(
                try await register.heldRows(ofBatch: batch, by: HeldRowTests.officer).first?.sheet.permanent?.unit)
            let here = try officer(of: [unit])
            #expect(try await register.waitingRows(by: HeldRowTests.officer) == 12)
            #expect(try await register.waitingRows(by: here) == 6)
            let entries = try await register.batches(by: here)
            // Another office received it: what waits here is told, and no sum.
            #expect(entries.map(\.batch.name) == ["held"] && entries.allSatisfy { $0.summary == nil })
            #expect(entries.map(\.waiting) == [6])
            #expect(try await register.heldCauses(by: here) == [.impossibleDate: 1, .duplicate: 1, .missingName: 4])
            let all = try await register.heldRows(by: here)
            #expect(all.map(\.batch.name) == Array(repeating: "held", count: 6))
            #expect(all.map(\.row.row) == [2, 3, 4, 5, 6, 7])
            let last = try #require(all.last)
            #expect(try await register.heldRows(after: last.row.id, by: here).isEmpty)
            #expect(try await register.heldRows(cause: .missingName, limit: 2, by: here).map(\.row.row) == [4, 5])
            let second = try #require(try await register.batch(named: "second"))
            #expect(try await register.entry(of: second, by: here) == nil)
            let nobody = try officer(of: [UnitCode("99999", unit.set)])
            #expect(try await register.batches(by: nobody).isEmpty)
            #expect(try await register.waitingRows(by: nobody) == 0)
            let newest = try await register.batches(limit: 1, by: HeldRowTests.officer)
            #expect(newest.map(\.batch.name) == ["second"] && newest.first?.summary?.held == 6)
            let next = try await register.batches(
                before: newest.last?.batch.id, limit: 1, by: HeldRowTests.officer)
            #expect(next.map(\.batch.name) == ["held"])
        }
    }

    @Test("A rebuild puts the places of rows right that an earlier version held", arguments: TestStore.engines)
    func placesRebuilt(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, _ in
            let register = fixture.register
            _ = try await register.database.write { try $0.execute("UPDATE sheet SET places = NULL") }
            #expect(try await register.rebuild(writing: true).differenceCount == 6)
            #expect(try await isClean(register))
        }
    }

    @Test("Rows with one cause are decided together after three were opened", arguments: TestStore.engines)
    func together(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            func reject(_ places: [Int], cause: FindingCode = .missingName, opened: Set<Int>) async throws -> Int {
                func sheets(_ places: some Sequence<Int>) -> Set<Int64> {
                    Set(places.map { SheetID.make(batch: batch.id, row: $0) })
                }
                return try await register.decide(
                    sheets(places), cause: cause, accepting: false, reason: HeldRowTests.reason,
                    opened: sheets(opened), by: HeldRowTests.officer)
            }
            await #expect(throws: SheetDecisionRefusal.sampleTooSmall(3)) {
                _ = try await reject([4, 5, 6, 7], opened: [4, 5])
            }
            await #expect(throws: SheetDecisionRefusal.otherCause) {
                _ = try await reject([3, 4, 5, 6], opened: [4, 5, 6])
            }
            await #expect(throws: SheetDecisionRefusal.reasonNeeded) {
                _ = try await register.decide(4, ofBatch: batch, .reject(reason: " "), by: HeldRowTests.officer)
            }
            #expect(try await register.waitingRows(by: HeldRowTests.officer) == 6)
            _ = try await register.decide(
                4, ofBatch: batch, .reject(reason: HeldRowTests.reason), by: HeldRowTests.officer)
            #expect(try await reject([4, 5, 6, 7], opened: [4, 5, 6]) == 3)
            let summary = try await register.summary(ofBatch: batch.id)
            #expect(summary.decided == [.rejected: 4] && summary.waiting == 2)
            #expect(try await isClean(register))
        }
    }

    @Test(
        "Of two officers who decide on one row at once, one wins and the other is told",
        arguments: TestStore.engines)
    func race(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            let results = await withTaskGroup(of: Result<ActID, any Error>.self) { group in
                for number in 0..<2 {
                    group.addTask {
                        do {
                            let choice: SheetChoice =
                                number == 0
                                ? .accept(reason: HeldRowTests.reason) : .reject(reason: HeldRowTests.reason)
                            let receipt = try await register.decide(
                                3, ofBatch: batch, choice, by: HeldRowTests.officer)
                            return .success(receipt.act)
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let refusals = results.compactMap { result -> SheetDecisionRefusal? in
                if case .failure(let error) = result { error as? SheetDecisionRefusal } else { nil }
            }
            #expect(refusals == [.decidedAlready])
            let summary = try await register.summary(ofBatch: batch.id)
            #expect(summary.waiting == 5)
            #expect(try await isClean(register))
        }
    }

    @Test(
        "A lost decision is put back by a rebuild, and one that no act tells is taken away",
        arguments: TestStore.engines)
    func rebuilds(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            _ = try await register.decide(
                4, ofBatch: batch, .reject(reason: HeldRowTests.reason), by: HeldRowTests.officer)
            try await register.database.write { connection in
                try connection.execute("UPDATE sheet_decision SET sheet_id = sheet_id + 1")
                try connection.execute(
                    "INSERT INTO sheet_decision (sheet_id, verdict, person_id, act_id) VALUES (1, 3, NULL, 1)")
            }
            #expect(try await register.rebuild(writing: false).differenceCount == 2)
            _ = try await register.rebuild(writing: true)
            #expect(try await isClean(register))
            #expect(try await row(register, batch, 4).row.decision?.what.verdict == .rejected)
        }
    }

    @Test("A later file finds whom a decision made", arguments: TestStore.engines)
    func found(engine: Engine) async throws {
        try await HeldRowTests.with(engine) { fixture, batch in
            let register = fixture.register
            let fields: [SheetColumn: String] = [
                .household: "H3", .relation: "Chủ hộ", .name: "Lò Văn Năm", .birth: "01/01/1970", .sex: "Nam",
                .permanent: "Tổ 2, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", .collected: "15/10/2020",
            ]
            _ = try await register.decide(
                4, ofBatch: batch, .correct(fields, reason: HeldRowTests.reason), by: HeldRowTests.officer)
            let again = """
                stt,ma_ho,quan_he_chu_ho,ho_ten,ngay_sinh,gioi_tinh,so_dinh_danh,thuong_tru,ngay_thu_thap
                1,H3,Chủ hộ,Lò Văn Năm,01/01/1970,Nam,,"Tổ 2, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội",15/10/2020

                """
            #expect(try await fixture.load(again, name: "again") == [nil])
        }
    }
}
