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
        }
    }
}
