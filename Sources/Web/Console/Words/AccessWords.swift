import Access
import Civil

extension FieldGroup {
    /// The group as a page names it.
    package var title: Sentence {
        switch self {
        case .identity: Sentence("Họ tên, giới tính, quốc tịch", "Name, sex, nationality")
        case .birth: Sentence("Ngày sinh, nơi sinh", "Date and place of birth")
        case .origin: Sentence("Quê quán", "Place of origin")
        case .residence: Sentence("Cư trú", "Residence")
        case .household: Sentence("Hộ gia đình", "Household")
        case .family: Sentence("Gia đình", "Family")
        case .numbers: Sentence("Số định danh", "Numbers")
        case .contact: Sentence("Liên lạc", "Contact")
        case .life: Sentence("Tình trạng", "Status")
        case .history: Sentence("Dòng thời gian", "Timeline")
        case .record: Sentence("Tình trạng của bản ghi", "State of the record")
        case .religion: Sentence("Tôn giáo", "Religion")
        case .ethnicity: Sentence("Dân tộc", "Ethnicity")
        case .biometrics: Sentence("Nhóm máu, sinh trắc học", "Blood group, biometrics")
        }
    }
}
