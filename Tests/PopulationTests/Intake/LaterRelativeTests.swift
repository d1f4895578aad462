import Access
import Civil
import Database
import Ledger
import TestStores
import Testing

@testable import Population

/// A father, mother or spouse who is named by number and whose own row comes later.
@Suite("Relatives who come later")
struct LaterRelativeTests {
    private static let head = [
        "stt", "ma_ho", "quan_he_chu_ho", "ho_ten", "ngay_sinh", "gioi_tinh", "tinh_trang_hon_nhan", "so_dinh_danh",
        "thuong_tru", "ho_ten_cha", "dinh_danh_cha", "ho_ten_vo_chong", "dinh_danh_vo_chong", "ngay_thu_thap",
    ]

    private static func file(_ rows: [[String: String]]) -> String {
        let home = "\"Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội\""
        let usual = ["quan_he_chu_ho": "Chủ hộ", "thuong_tru": home, "ngay_thu_thap": "15/10/2020"]
        let lines = rows.enumerated().map { place, row in
            let numbered = ["stt": "\(place + 1)", "ma_ho": "H\(place + 1)"]
            return head.map { row[$0] ?? numbered[$0] ?? usual[$0] ?? "" }.joined(separator: ",")
        }
        return ([head.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }

    private static let fatherNumber = "005050000123"
    private static let father = [
        "ho_ten": "Lò Văn Mẫu", "ngay_sinh": "02/03/1950", "gioi_tinh": "Nam", "so_dinh_danh": fatherNumber,
    ]
    private static let child = [
        "ho_ten": "Lò Thị Mới", "ngay_sinh": "05/06/1980", "gioi_tinh": "Nữ", "ho_ten_cha": "Lò Văn Mẫu",
        "dinh_danh_cha": fatherNumber,
    ]

    private func state(_ handle: String?, _ register: PopulationRegister) async throws -> PersonState {
        let handle = try #require(handle.flatMap(Handle.init(parsing:)))
        return try #require(try await register.look(at: .handle(handle), by: LocalOperator.requester)).state
    }

    private func expectClean(_ register: PopulationRegister) async throws {
        let result = try await register.rebuild(writing: false)
        #expect(result.differences == [] && result.isClean)
    }

    /// The records of the first file's rows after the second file was taken in, and those of the second.
    private func load(
        _ first: [[String: String]], _ second: [[String: String]], into fixture: QualityFixture
    ) async throws -> (first: [PersonState], second: [PersonState]) {
        let early = try await fixture.load(LaterRelativeTests.file(first), name: "first")
        fixture.set("2021-02-10T03:00:00Z")
        let late = try await fixture.load(LaterRelativeTests.file(second), name: "second")
        var states: (first: [PersonState], second: [PersonState]) = ([], [])
        for handle in early { states.first.append(try await state(handle, fixture.register)) }
        for handle in late { states.second.append(try await state(handle, fixture.register)) }
        return states
    }

    @Test(
        "A father of a later file is linked by an act; before that day the number alone is known",
        arguments: TestStore.engines)
    func links(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let register = fixture.register
            let early = try await fixture.load(LaterRelativeTests.file([LaterRelativeTests.child]), name: "first")
            #expect(try await state(early[0], register).father?.person == nil)
            try await expectClean(register)
            fixture.set("2021-02-10T03:00:00Z")
            let late = try await fixture.load(LaterRelativeTests.file([LaterRelativeTests.father]), name: "second")
            let father = try await state(late[0], register)
            let child = try await state(early[0], register)
            #expect(child.father?.person == father.person && child.contradictions == nil)
            let handle = try #require(early[0].flatMap(Handle.init(parsing:)))
            let before = try await register.look(
                at: .handle(handle), asOf: AsOf(knownAt: instant("2021-02-01T00:00:00Z")), by: LocalOperator.requester)
            #expect(
                before?.state.father == PersonReference(name: "Lò Văn Mẫu", number: LaterRelativeTests.fatherNumber))
            let history = try await register.history(of: .handle(handle), by: LocalOperator.requester)
            #expect(history?.entries.map(\.act.kind) == [.collected, .relativeLinked])
            let children = try await register.database.read {
                try PersonStore().children(of: [father.person], on: $0)
            }
            #expect(children == [father.person: [child.person]])
            try await expectClean(register)
        }
    }

    @Test("Rows of a later piece of the same file are linked as well", arguments: TestStore.engines)
    func linksPieces(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let others = (1...60).map { ["ho_ten": "Vàng Thị Số \($0)", "ngay_sinh": "1970", "gioi_tinh": "Nữ"] }
            let handles = try await fixture.load(
                LaterRelativeTests.file([LaterRelativeTests.child] + others + [LaterRelativeTests.father]),
                pieceSize: 50)
            let father = try await state(handles[61], fixture.register)
            #expect(try await state(handles[0], fixture.register).father?.person == father.person)
            try await expectClean(fixture.register)
        }
    }

    @Test("Nobody is linked whose sex or name is not the one that is written", arguments: TestStore.engines)
    func refuses(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            var other = LaterRelativeTests.child
            other["ho_ten_cha"] = "Giàng A Khác"
            var unnamed = LaterRelativeTests.child
            unnamed["ho_ten"] = "Lò Thị Út"
            unnamed["ho_ten_cha"] = ""
            let states = try await load([other, unnamed], [LaterRelativeTests.father], into: fixture)
            #expect(states.first[0].father?.person == nil)
            #expect(states.first[1].father?.person == states.second[0].person)
            try await expectClean(fixture.register)
        }
    }

    @Test("A parent who is no older, and a husband of two, are linked and noted", arguments: TestStore.engines)
    func notes(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            var older = LaterRelativeTests.child
            older["ngay_sinh"] = "05/06/1940"
            let wives = ["Lò Thị Cả", "Lò Thị Hai"].map { name in
                [
                    "ho_ten": name, "ngay_sinh": "01/01/1952", "gioi_tinh": "Nữ", "tinh_trang_hon_nhan": "Đã kết hôn",
                    "ho_ten_vo_chong": "Lò Văn Mẫu", "dinh_danh_vo_chong": LaterRelativeTests.fatherNumber,
                ]
            }
            let states = try await load([older] + wives, [LaterRelativeTests.father], into: fixture)
            #expect(states.first[0].contradictions?.map(\.rule) == [Refusal.parentNotOlder.code])
            #expect(
                states.first.map { $0.father?.person ?? $0.spouse?.person }
                    == Array(repeating: states.second[0].person, count: 3))
            let married = states.first[1...].map { $0.contradictions?.map(\.rule) ?? [] }
            #expect(Set(married) == [[], [Refusal.alreadyMarried.code]])
            try await expectClean(fixture.register)
        }
    }

    @Test("A held row that an officer accepts is linked too", arguments: TestStore.engines)
    func linksDecided(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            var faulty = LaterRelativeTests.father
            faulty["ngay_sinh"] = "31/02/1950"
            let handles = try await fixture.load(
                LaterRelativeTests.file([LaterRelativeTests.child, faulty]), name: "first")
            let register = fixture.register
            let batch = try #require(try await register.batch(named: "first"))
            let fields: [SheetColumn: String] = [
                .household: "H2", .relation: "Chủ hộ", .name: "Lò Văn Mẫu", .birth: "02/03/1950", .sex: "Nam",
                .number: LaterRelativeTests.fatherNumber,
                .permanent: "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", .collected: "15/10/2020",
            ]
            let receipt = try await register.decide(
                2, ofBatch: batch, .correct(fields, reason: "giấy khai sinh"), by: LocalOperator.requester)
            let father = try await state(receipt.person, register)
            #expect(father.number == LaterRelativeTests.fatherNumber)
            #expect(try await state(handles[0], register).father?.person == father.person)
            try await expectClean(register)
        }
    }

    @Test("The numbers that records wait for are put back by a rebuild", arguments: TestStore.engines)
    func rebuilds(engine: Engine) async throws {
        try await QualityFixture.with(engine) { fixture in
            let register = fixture.register
            let handles = try await fixture.load(LaterRelativeTests.file([LaterRelativeTests.child]), name: "first")
            try await register.database.write { try $0.execute("DELETE FROM awaited_relative") }
            let child = try await state(handles[0], register)
            #expect(try await register.rebuild(writing: false).differences.map(\.place) == ["relative \(child.person)"])
            _ = try await register.rebuild(writing: true)
            try await expectClean(register)
            let late = try await fixture.load(LaterRelativeTests.file([LaterRelativeTests.father]), name: "second")
            let father = try await state(late[0], register)
            #expect(try await state(handles[0], register).father?.person == father.person)
        }
    }
}
