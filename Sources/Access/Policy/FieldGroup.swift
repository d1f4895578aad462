/// Nhóm trường thông tin: the facts of a person that are shown or hidden together, one group for what a page shows as
/// one.
///
/// Every field of a person's record belongs to one group; the register's own map is exhaustive, so that a new field
/// does not compile without a group.
package enum FieldGroup: String, CaseIterable, Hashable, Sendable, Codable {
    /// Họ tên, tên gọi khác, giới tính, quốc tịch.
    case identity
    /// Ngày sinh, nơi sinh, nơi đăng ký khai sinh.
    case birth
    /// Quê quán.
    case origin
    /// Thường trú, tạm trú, nơi ở hiện tại, lưu trú, tạm vắng.
    case residence
    /// Hộ gia đình, quan hệ với chủ hộ.
    case household
    /// Cha, mẹ, vợ, chồng, con, giám hộ, tình trạng hôn nhân.
    case family
    /// Số định danh, số đã hủy, số CMND.
    case numbers
    /// Điện thoại, thư điện tử.
    case contact
    /// Còn sống, mất tích, đã chết; every role that sees anybody sees this.
    case life
    /// Lịch sử: the acts of the record.
    case history
    /// What tells of the record and not of the person: merges, verification, the sheet, why it is set aside.
    case record
    /// Tôn giáo.
    case religion
    /// Dân tộc.
    case ethnicity
    /// Đặc điểm sinh học, nhóm máu.
    case biometrics

    /// Dữ liệu cá nhân nhạy cảm: masked until somebody asks for it (Nghị định 13/2023/NĐ-CP, Điều 2 khoản 4).
    package var isSensitive: Bool { FieldGroups.sensitive.contains(self) }
}

/// A set of groups of fields.
package struct FieldGroups: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package init(_ group: FieldGroup) { rawValue = 1 << FieldGroups.bit(of: group) }

    package init(groups: some Sequence<FieldGroup>) {
        self = groups.reduce(into: []) { $0.insert(FieldGroups($1)) }
    }

    package func contains(_ group: FieldGroup) -> Bool { !isDisjoint(with: FieldGroups(group)) }

    /// The groups, in the order in which a page shows them.
    package var groups: [FieldGroup] { FieldGroup.allCases.filter(contains) }

    package static let all = FieldGroups(groups: FieldGroup.allCases)
    package static let sensitive = FieldGroups(groups: [.religion, .ethnicity, .biometrics])
    /// What a list of persons shows of each.
    package static let listed = FieldGroups(groups: [.identity, .birth, .residence, .life])
    /// What a household shows of its members.
    package static let member = FieldGroups(groups: [.identity, .birth, .household, .life])

    private static func bit(of group: FieldGroup) -> UInt32 {
        switch group {
        case .identity: 0
        case .birth: 1
        case .origin: 2
        case .residence: 3
        case .household: 4
        case .family: 5
        case .numbers: 6
        case .contact: 7
        case .life: 8
        case .history: 9
        case .record: 10
        case .religion: 11
        case .ethnicity: 12
        case .biometrics: 13
        }
    }
}
