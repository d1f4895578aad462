import Ledger

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
    /// Hệ thống hộ tịch: the civil-status database, which gives births, deaths, marriages.
    case civilStatusSystem = "civil_status_system"
    /// Người vận hành tại chỗ: who runs the program on this machine, until officers can sign in.
    case localOperator = "local_operator"
}

extension Role {
    /// Whether the role may record acts of that kind: the one table role × act, exhaustive on both sides.
    ///
    /// A new kind of act does not compile until its row stands here. Two-person rules and jurisdiction come on top.
    package func may(record kind: ActKind) -> Bool {
        self == .localOperator || Role.recorders(of: kind).contains(self)
    }

    /// The roles that may record acts of a kind, besides the local operator.
    package static func recorders(of kind: ActKind) -> Set<Role> {
        switch kind {
        case .collected, .batchReceived, .sheetHeld:
            [.communeOfficer, .ministryOperator]
        case .registeredAtBirth, .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .died,
            .declaredMissing, .returned:
            [.communeOfficer, .civilStatusSystem]
        case .numberAssigned:
            [.ministryOperator]
        case .numberCancelled, .numberReestablished, .mergedWith, .unmerged, .annulled, .setAside:
            [.approver, .ministryOperator]
        case .detailsChanged, .detailsCorrected:
            [.communeOfficer, .approver, .civilStatusSystem]
        case .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved, .householdFormed, .householdSplit, .headOfHouseholdChanged,
            .householdMemberJoined, .householdMemberLeft:
            [.communeOfficer]
        case .nationalityChanged:
            [.ministryOperator, .civilStatusSystem]
        case .accessChanged: []  // written by the functions of access alone
        }
    }
}
