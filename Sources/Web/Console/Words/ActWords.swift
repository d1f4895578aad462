import Access
import Civil
import Ledger

extension ActKind {
    /// The kind as officers name it.
    package var title: Sentence {
        switch self {
        case .accessChanged: Sentence("Thay đổi quyền truy cập", "Access changed")
        case .retentionRuled: Sentence("Quyết định lưu giữ", "Retention ruled")
        case .registerChanged: Sentence("Khai lập cơ sở dữ liệu, nạp bộ mã đơn vị", "Register made, units loaded")
        case .cardChanged: Sentence("Thay đổi về thẻ căn cước", "Identity card changed")
        case .collected: Sentence("Thu thập thông tin (DC01)", "Collected on sheet DC01")
        case .registeredAtBirth: Sentence("Đăng ký khai sinh", "Birth registered")
        case .numberAssigned: Sentence("Cấp số định danh cá nhân", "Personal number assigned")
        case .numberCancelled: Sentence("Hủy số định danh cá nhân", "Personal number cancelled")
        case .numberReestablished: Sentence("Xác lập lại số định danh", "Personal number re-established")
        case .detailsChanged: Sentence("Cập nhật thông tin", "Details changed")
        case .detailsCorrected: Sentence("Cải chính thông tin", "Details corrected")
        case .permanentResidenceRegistered: Sentence("Đăng ký thường trú", "Permanent residence registered")
        case .permanentResidenceDeleted: Sentence("Xóa đăng ký thường trú", "Permanent residence deleted")
        case .temporaryResidenceRegistered: Sentence("Đăng ký tạm trú", "Temporary residence registered")
        case .stayNotified: Sentence("Thông báo lưu trú", "Stay notified")
        case .absenceDeclared: Sentence("Khai báo tạm vắng", "Absence declared")
        case .moved: Sentence("Thay đổi nơi ở hiện tại", "Moved")
        case .householdFormed: Sentence("Lập hộ", "Household formed")
        case .householdSplit: Sentence("Tách hộ", "Household split")
        case .headOfHouseholdChanged: Sentence("Thay đổi chủ hộ", "Head of household changed")
        case .householdMemberJoined: Sentence("Nhập hộ", "Member joined the household")
        case .householdMemberLeft: Sentence("Ra khỏi hộ", "Member left the household")
        case .married: Sentence("Đăng ký kết hôn", "Marriage registered")
        case .divorced: Sentence("Ly hôn", "Divorce")
        case .parentRecognised: Sentence("Nhận cha, mẹ, con", "Parent recognised")
        case .adopted: Sentence("Nhận con nuôi", "Adoption registered")
        case .guardianshipEstablished: Sentence("Đăng ký giám hộ", "Guardianship established")
        case .nationalityChanged: Sentence("Thay đổi quốc tịch", "Nationality changed")
        case .declaredMissing: Sentence("Tuyên bố mất tích", "Declared missing")
        case .returned: Sentence("Trở về", "Returned")
        case .died: Sentence("Khai tử", "Death registered")
        case .mergedWith: Sentence("Hợp nhất bản ghi trùng", "Duplicate merged")
        case .unmerged: Sentence("Hủy hợp nhất", "Merge undone")
        case .annulled: Sentence("Hủy bỏ sự việc đã ghi", "Act annulled")
        case .setAside: Sentence("Đưa ra xem xét", "Set aside for review")
        case .findingNoted: Sentence("Ghi nhận mâu thuẫn", "Contradiction noted")
        case .relativeLinked: Sentence("Liên kết người thân", "Relative linked")
        case .eventConfirmed: Sentence("Bên hộ tịch xác nhận", "Confirmed by the civil-status side")
        case .batchReceived: Sentence("Tiếp nhận lô phiếu", "Batch received")
        case .sheetHeld: Sentence("Phiếu chờ xem xét", "Sheet held for review")
        case .sheetDecided: Sentence("Quyết định phiếu chờ xem xét", "Held sheet decided")
        }
    }
}

extension Role {
    /// The role as a person reads it.
    package var title: Sentence {
        switch self {
        case .communeOfficer: Sentence("Cán bộ cấp xã", "Commune officer")
        case .approver: Sentence("Người phê duyệt", "Approver")
        case .provinceAuditor: Sentence("Kiểm tra viên cấp tỉnh", "Province auditor")
        case .ministryOperator: Sentence("Cán bộ trung ương", "Ministry operator")
        case .dataProtectionOfficer: Sentence("Cán bộ bảo vệ dữ liệu", "Data protection officer")
        case .readOnlyAuditor: Sentence("Kiểm toán viên", "Read-only auditor")
        case .systemAdministrator: Sentence("Quản trị hệ thống", "System administrator")
        case .cardProducer: Sentence("Nhân viên sản xuất thẻ", "Card producer")
        case .qualityController: Sentence("Nhân viên kiểm tra chất lượng thẻ", "Card quality controller")
        case .stockKeeper: Sentence("Thủ kho phôi thẻ", "Keeper of blank cards")
        case .civilStatusSystem: Sentence("Hệ thống hộ tịch", "Civil-status system")
        case .localOperator: Sentence("Người vận hành tại chỗ", "Local operator")
        }
    }

    /// The title of a role as acts carry it; a word that is none stays as it is.
    static func title(of written: String, in language: PageLanguage) -> String {
        Role(rawValue: written).map { language.of($0.title) } ?? written
    }
}
