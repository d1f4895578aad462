import Civil
import Database
import Ledger

/// Cán bộ trình diễn: one account for each role, in offices around one commune, for trying the console out.
package struct DemonstrationOfficer: Hashable, Sendable {
    package let account: String
    package let name: String
    package let role: Role
    package let level: OfficeLevel

    package static let all = [
        DemonstrationOfficer(
            account: "can-bo-xa", name: "Cán bộ cấp xã (trình diễn)", role: .communeOfficer, level: .commune),
        DemonstrationOfficer(
            account: "phe-duyet", name: "Người phê duyệt (trình diễn)", role: .approver, level: .commune),
        DemonstrationOfficer(
            account: "phe-duyet-tinh", name: "Người phê duyệt cấp tỉnh (trình diễn)", role: .approver,
            level: .province),
        DemonstrationOfficer(
            account: "kiem-tra-tinh", name: "Kiểm tra viên cấp tỉnh (trình diễn)", role: .provinceAuditor,
            level: .province),
        DemonstrationOfficer(
            account: "can-bo-bo", name: "Cán bộ trung ương (trình diễn)", role: .ministryOperator, level: .ministry),
        DemonstrationOfficer(
            account: "bao-ve-du-lieu", name: "Cán bộ bảo vệ dữ liệu (trình diễn)", role: .dataProtectionOfficer,
            level: .ministry),
        DemonstrationOfficer(
            account: "kiem-toan", name: "Kiểm toán viên (trình diễn)", role: .readOnlyAuditor, level: .ministry),
        DemonstrationOfficer(
            account: "san-xuat-the", name: "Nhân viên sản xuất thẻ (trình diễn)", role: .cardProducer,
            level: .ministry),
        DemonstrationOfficer(
            account: "kiem-tra-the", name: "Nhân viên kiểm tra thẻ (trình diễn)", role: .qualityController,
            level: .ministry),
        DemonstrationOfficer(
            account: "kho-phoi", name: "Thủ kho phôi (trình diễn)", role: .stockKeeper, level: .ministry),
        DemonstrationOfficer(
            account: "quan-tri", name: "Quản trị hệ thống (trình diễn)", role: .systemAdministrator, level: .ministry),
    ]
}

extension AccessRegister {
    private static let demonstrationDays: Int64 = 60

    /// Makes what is missing of the demonstration's offices, accounts and grants around a commune of today.
    package func prepareDemonstration(around commune: UnitCode, by requester: Requester) async throws {
        guard isDemonstration else { throw SignInRefusal.demonstrationOnly }
        let units = jurisdictions.units
        guard let since = CalendarDate(year: 2021, month: 2, day: 25), let place = units.unit(commune),
            let province = units.ancestor(of: commune, at: .province)
        else { throw AdministrationRefusal.unitUnknown }
        let offices: [OfficeLevel: Office] = [
            .commune: Office(
                code: "xa-\(commune.code)", name: "Công an \(place.name)", level: .commune, unit: commune,
                since: since),
            .province: Office(
                code: "tinh-\(province.code.code)", name: "Công an \(province.name)", level: .province,
                unit: province.code, since: since),
            .ministry: Office(code: "bo", name: "Bộ Công an", level: .ministry, unit: nil, since: since),
        ]
        for office in offices.values where try await self.office(office.code) == nil {
            try await open(office, by: requester)
        }
        let now = surroundings.now()
        let until = Instant(microseconds: now.microseconds + AccessRegister.demonstrationDays * 86_400_000_000)
        for demonstration in DemonstrationOfficer.all {
            guard let office = offices[demonstration.level] else { continue }
            let known = try await officer(account: demonstration.account)
            if known == nil { try await enrol(account: demonstration.account, name: demonstration.name, by: requester) }
            let isHeld = known?.grants.contains { held in
                held.role == demonstration.role && held.office == office.code && held.isInForce(at: now)
            }
            guard isHeld != true else { continue }
            try await grant(demonstration.role, in: office.code, to: demonstration.account, until: until, by: requester)
        }
    }

    /// Đăng nhập một chạm: only in a demonstration register, and only for its own accounts.
    package func signInForDemonstration(
        account: String, agent: String, address: String = "-", replacing former: String? = nil
    ) async throws -> StartedSession {
        guard isDemonstration, DemonstrationOfficer.all.contains(where: { $0.account == account }) else {
            throw SignInRefusal.demonstrationOnly
        }
        return try await recordingRefusal(.demonstration, from: address) { officer in
            guard let entry = try await self.officer(account: account) else { throw SignInRefusal.noRole }
            officer = entry.officer.id
            return try await startSession(
                of: entry.officer.id, by: .demonstration, agent: agent, address: address, replacing: former)
        }
    }
}
