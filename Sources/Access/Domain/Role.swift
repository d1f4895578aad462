/// Vai trò: what an account may be asked to do.
package enum Role: String, CaseIterable, Hashable, Sendable {
    /// Cán bộ cấp xã.
    case communeOfficer = "commune_officer"
    /// Người phê duyệt.
    case approver
    /// Kiểm tra viên cấp tỉnh.
    case provinceAuditor = "province_auditor"
    /// Cán bộ trung ương.
    case ministryOperator = "ministry_operator"
    /// Cán bộ bảo vệ dữ liệu cá nhân: answers for the protection of data; sees alarms and reviews, persons only where a
    /// review needs it.
    case dataProtectionOfficer = "data_protection_officer"
    /// Kiểm toán viên chỉ đọc: reads the logs and the measures, never a person's data.
    case readOnlyAuditor = "read_only_auditor"
    /// Quản trị hệ thống: offices, accounts and settings; sees no person's data.
    case systemAdministrator = "system_administrator"
    /// Nhân viên sản xuất thẻ: batches, machines, parcels; sees no person's data.
    case cardProducer = "card_producer"
    /// Nhân viên kiểm tra chất lượng thẻ: never who produces; sees no person's data.
    case qualityController = "quality_controller"
    /// Thủ kho phôi thẻ: blanks from their delivery to their end; sees no person's data.
    case stockKeeper = "stock_keeper"
    /// Hệ thống hộ tịch: the civil-status database, which gives births, deaths, marriages.
    case civilStatusSystem = "civil_status_system"
    /// Người vận hành tại chỗ: who runs the program on this machine, until officers can sign in.
    case localOperator = "local_operator"

    /// Nguồn đã xác minh: whether what the role says wins over our expectations and is stored where it breaks a rule of
    /// life, marked with a finding: the civil-status book.
    package var isVerifiedSource: Bool { self == .civilStatusSystem }
}
