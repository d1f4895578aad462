import Access
import Civil
import Database
import Foundation
import Ledger
import Synchronization
import TestStores

@testable import Population

/// A register that is small enough to be counted by hand, with a clock that the test moves.
///
/// Units: Hà Nội with Phúc Xá (00001, whole into Hồng Hà 00097), Trúc Bạch (00004, split between Ba Đình 00004, the
/// usual one, and Hồng Hà), and Tân Hưng (00376, whole into Hồng Hà).
struct QualityFixture: Sendable {
    let register: PopulationRegister
    let clock: TestSurroundings

    static let old = UnitSet.untilJune2025
    static let new = UnitSet.fromJuly2025

    static func with(
        _ engine: Engine, at now: String = "2021-01-10T03:00:00Z", units: [(name: String, text: String)] = unitFiles,
        seal: LookSeal? = nil, _ body: @Sendable (QualityFixture) async throws -> Void
    ) async throws {
        let schema = LedgerSchema.migrations + AccessSchema.migrations + PopulationSchema.migrations
        try await TestStore.with(engine, migrated: schema) { database in
            let clock = TestSurroundings(at: instant(now))
            let identity = RegisterIdentity(
                id: "test", kind: .demonstration, created: clock.surroundings.now(), logKey: "")
            let numbers = EntryNumbers(clock.surroundings)
            let store = RegisterStore(acts: ActStore(surroundings: clock.surroundings, numbers: numbers))
            let opening = try await database.write { connection in
                try store.create(
                    identity, origins: [.acts: "dancu/test/acts", .looks: "dancu/test/looks"],
                    unitFiles: units.map { UnitFileBytes(name: $0.name, bytes: Array($0.text.utf8)) },
                    by: LocalOperator.actor, on: connection)
                return try store.opening(on: connection)
            }
            let register = PopulationRegister(
                database: database, surroundings: clock.surroundings, numbers: numbers,
                kind: .demonstration, units: opening?.makeUnitsInForce() ?? UnitsInForce(UnitDirectory(), number: 0),
                seal: seal)
            try await body(QualityFixture(register: register, clock: clock))
        }
    }

    func set(_ now: String) { clock.set(instant(now)) }

    private static let folders = Atomic<Int>(0)

    /// Imports a batch and gives the handles of its rows; nil for held rows.
    @discardableResult
    func load(
        _ sheets: String = QualityFixture.sheets, name: String = "phuc-xa",
        pieceSize: Int = PopulationRegister.pieceSize
    ) async throws -> [String?] {
        let number = QualityFixture.folders.add(1, ordering: .relaxed).newValue
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("dancu-quality-\(ProcessInfo.processInfo.processIdentifier)-\(number)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(name).csv")
        try Data(sheets.utf8).write(to: file)
        let summary = try await register.importBatch(
            path: file.path, by: LocalOperator.requester, pieceSize: pieceSize)
        return try await register.rows(ofBatch: summary.batch, after: 0, by: LocalOperator.requester).map(\.person)
    }

    /// Records an act as an officer writes it.
    func record(_ json: String) async throws {
        let request = try JSONDecoder().decode(ActRequest.self, from: Data(json.utf8))
        _ = try await register.record(request, by: LocalOperator.requester)
    }

    func report(_ code: String? = nil, _ set: UnitSet = QualityFixture.new, on day: String? = nil) async throws
        -> QualityReport
    {
        let scope = code.map { QualityScope(unit: UnitCode($0, set)) } ?? QualityScope(nationIn: set)
        return try await register.quality(of: scope, on: day.flatMap { CalendarDate(iso: $0) })
    }

    func looks() async throws -> Int {
        try await register.database.read { try $0.first("SELECT count(*) FROM look") { try $0.int(0) } ?? 0 }
    }

    // MARK: What is in it

    static let unitFiles = [
        (name: "old.tsv", text: oldUnits), (name: "new.tsv", text: newUnits), (name: "way.tsv", text: way),
    ]

    private static func rows(_ lines: [[String]]) -> String {
        lines.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }

    private static let oldUnits =
        "# set: until-2025-06-30\n# valid-to: 2025-06-30\n# basis: danh mục thử\n"
        + rows([
            ["level", "code", "parent", "kind", "name", "latitude", "longitude", "area_km2"],
            ["province", "01", "", "Thành phố", "Thành phố Hà Nội"],
            ["district", "001", "01", "Quận", "Quận Ba Đình"],
            ["district", "016", "01", "Huyện", "Huyện Sóc Sơn"],
            ["commune", "00001", "001", "Phường", "Phường Phúc Xá", "21.046798", "105.848112", "0.92"],
            ["commune", "00004", "001", "Phường", "Phường Trúc Bạch", "21.045", "105.84", "0.5"],
            ["commune", "00376", "016", "Xã", "Xã Tân Hưng"],
        ])

    private static let newUnits =
        "# set: from-2025-07-01\n# valid-from: 2025-07-01\n# basis: danh mục thử\n"
        + rows([
            ["level", "code", "parent", "kind", "name", "latitude", "longitude", "area_km2"],
            ["province", "01", "", "Thành phố", "Thành phố Hà Nội"],
            ["commune", "00004", "01", "Phường", "Phường Ba Đình", "21.036", "105.834"],
            ["commune", "00097", "01", "Phường", "Phường Hồng Hà", "21.041", "105.862"],
            ["commune", "00118", "01", "Phường", "Phường Ngọc Hà", "21.03", "105.82"],
        ])

    private static let way =
        "# from: until-2025-06-30\n# to: from-2025-07-01\n"
        + rows([
            ["from", "to", "extent", "default"],
            ["00001", "00097", "whole", ""],
            ["00004", "00004", "part", "default"],
            ["00004", "00097", "part", ""],
            ["00376", "00097", "whole", ""],
        ])

    static let head =
        "stt,ma_ho,quan_he_chu_ho,ho_ten,ngay_sinh,gioi_tinh,nhom_mau,tinh_trang_hon_nhan,dan_toc,quoc_tich,ton_giao,"
        + "so_cmnd,so_dinh_danh,thuong_tru,noi_o_hien_tai,ho_ten_cha,ho_ten_me,ho_ten_vo_chong,dien_thoai,"
        + "ngay_thu_thap,ghi_chu"
    static let home = "\"Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội\""
    static let lake = "\"Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội\""
    private static let day = "15/09/2020"

    /// Four who count, one who has died, one row that is held.
    ///
    /// Filled of the 13 mandatory groups of 2014: Bình 11 (place of birth registration and origin are missing), Hoa
    /// 11 (the same), An 9 (religion and marital status too), Hà 9 (sex and family instead).
    static let sheets =
        [
            head,
            "1,H1,Chủ hộ,Trần Văn Bình,12/05/1980,Nam,A,Đã kết hôn,Kinh,Việt Nam,Không,,005080000111,\(home),\(home),,,"
                + "Lê Thị Hoa,,\(day),",
            "2,H1,Vợ,Lê Thị Hoa,1983,Nữ,,Đã kết hôn,Kinh,Việt Nam,Không,123456789,,\(home),\(lake),,,"
                + "Trần Văn Bình,,\(day),",
            "3,H1,Con,Trần Gia An,01/06/2010,Nam,O,,Kinh,Việt Nam,,,,\(home),\(home),Trần Văn Bình,"
                + "Lê Thị Hoa,,,\(day),",
            "4,H2,Chủ hộ,Nguyễn Thu Hà,07/1955,,,Góa,Tày,Việt Nam,Phật giáo,,,\(lake),\(lake),,,,,\(day),",
            "5,H2,Con,Phạm Ngọc Lan,03/03/1980,Nữ,,,Kinh,Việt Nam,,,,\(lake),\(lake),,,,,\(day),đã chết năm 2019",
            "6,H2,Cháu,Nguyễn Minh Khôi,,Nam,,,Kinh,Việt Nam,,,,\(lake),\(lake),,,,,\(day),",
        ].joined(separator: "\n") + "\n"
}
