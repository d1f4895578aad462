/// Loại sự việc: what can happen in the life of a record, a household or a batch; past tense, one case per kind.
///
/// The raw value is stored and hashed with every act. It is never renamed and never reused.
package enum ActKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// Thu thập thông tin dân cư: a form sheet DC01 became a person.
    case collected
    /// Đăng ký khai sinh.
    case registeredAtBirth = "registered_at_birth"
    /// Cấp số định danh cá nhân.
    case numberAssigned = "number_assigned"
    /// Hủy số định danh cá nhân.
    case numberCancelled = "number_cancelled"
    /// Xác lập lại số định danh cá nhân.
    case numberReestablished = "number_reestablished"
    /// Cập nhật thay đổi: from a day on, a detail is another one.
    case detailsChanged = "details_changed"
    /// Cải chính, điều chỉnh sai sót: a detail was wrong from the start.
    case detailsCorrected = "details_corrected"
    /// Đăng ký thường trú.
    case permanentResidenceRegistered = "permanent_residence_registered"
    /// Xóa đăng ký thường trú.
    case permanentResidenceDeleted = "permanent_residence_deleted"
    /// Đăng ký tạm trú.
    case temporaryResidenceRegistered = "temporary_residence_registered"
    /// Thông báo lưu trú.
    case stayNotified = "stay_notified"
    /// Khai báo tạm vắng.
    case absenceDeclared = "absence_declared"
    /// Thay đổi nơi ở hiện tại.
    case moved
    /// Lập hộ gia đình.
    case householdFormed = "household_formed"
    /// Tách hộ.
    case householdSplit = "household_split"
    /// Thay đổi chủ hộ.
    case headOfHouseholdChanged = "head_of_household_changed"
    /// Nhập hộ.
    case householdMemberJoined = "household_member_joined"
    /// Ra khỏi hộ.
    case householdMemberLeft = "household_member_left"
    /// Đăng ký kết hôn.
    case married
    /// Ly hôn.
    case divorced
    /// Nhận cha, mẹ, con.
    case parentRecognised = "parent_recognised"
    /// Đăng ký nuôi con nuôi.
    case adopted
    /// Đăng ký giám hộ.
    case guardianshipEstablished = "guardianship_established"
    /// Thay đổi quốc tịch.
    case nationalityChanged = "nationality_changed"
    /// Tuyên bố mất tích.
    case declaredMissing = "declared_missing"
    /// Người bị tuyên bố mất tích hoặc đã chết trở về.
    case returned
    /// Khai tử.
    case died
    /// Hợp nhất bản ghi trùng.
    case mergedWith = "merged_with"
    /// Hủy hợp nhất.
    case unmerged
    /// Hủy bỏ một sự việc đã ghi: what was before holds again.
    case annulled
    /// Đưa bản ghi ra để xem xét: the record is not to be used until somebody has looked at it.
    case setAside = "set_aside"
    /// Ghi nhận mâu thuẫn: what a verified source said breaks a rule of life, and is stored all the same.
    case findingNoted = "finding_noted"
    /// Liên kết người thân: whom a sheet names by number has come into the register.
    case relativeLinked = "relative_linked"
    /// Xác nhận sự kiện hộ tịch: the civil-status book has what an officer entered from a document.
    case eventConfirmed = "event_confirmed"
    /// Tiếp nhận lô phiếu.
    case batchReceived = "batch_received"
    /// Phiếu chờ xem xét: a sheet that did not become a person.
    case sheetHeld = "sheet_held"
    /// Quyết định phiếu chờ xem xét: an officer said what becomes of a held sheet.
    case sheetDecided = "sheet_decided"
    /// Quyết định lưu giữ: a lawful rule takes looks or a content away; its content belongs to `Ledger`.
    case retentionRuled = "retention_ruled"
    /// Khai lập cơ sở dữ liệu: the register was made, or took a file of units; for `Population` alone to write.
    case registerChanged = "register_changed"
    /// Thay đổi quyền truy cập: what happened to an office, an account or a right; its content belongs to `Access`.
    case accessChanged = "access_changed"
    /// Thay đổi về thẻ căn cước: what happened to an application, a card, blanks; its content belongs to `Cards`.
    case cardChanged = "card_changed"

    /// The kinds that happen to people, households and batches.
    package static let ofPopulation = allCases.filter {
        $0 != .retentionRuled && $0 != .registerChanged && $0 != .accessChanged && $0 != .cardChanged
    }
}
