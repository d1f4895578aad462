import Access
import Civil
import Ledger
import Population

/// Biểu mẫu hướng dẫn: what happened to a person, one form each; prefilled from the register, read into one act.
package enum GuidedForm: String, CaseIterable, Hashable, Sendable {
    case correction
    case permanentResidence = "permanent-residence"
    case temporaryResidence = "temporary-residence"
    case stay
    case absence
    case birth
    case death
    case marriage
    case divorce
    case householdSplit = "household-split"
    case headChange = "household-head"
    case householdJoin = "household-join"
    case householdLeave = "household-leave"
    case numberAssigned = "number-assigned"
    case numberCancelled = "number-cancelled"
    case numberReestablished = "number-reestablished"
    case annulment
    case unmerge

    package var kind: ActKind {
        switch self {
        case .correction: .detailsCorrected
        case .permanentResidence: .permanentResidenceRegistered
        case .temporaryResidence: .temporaryResidenceRegistered
        case .stay: .stayNotified
        case .absence: .absenceDeclared
        case .birth: .registeredAtBirth
        case .death: .died
        case .marriage: .married
        case .divorce: .divorced
        case .householdSplit: .householdSplit
        case .headChange: .headOfHouseholdChanged
        case .householdJoin: .householdMemberJoined
        case .householdLeave: .householdMemberLeft
        case .numberAssigned: .numberAssigned
        case .numberCancelled: .numberCancelled
        case .numberReestablished: .numberReestablished
        case .annulment: .annulled
        case .unmerge: .unmerged
        }
    }

    /// What is to be done; the act's own title tells what was.
    package var title: Sentence { Sentence(kind.title.vietnamese, task) }

    private var task: String {
        switch self {
        case .correction: "Correct details"
        case .permanentResidence: "Register a permanent residence"
        case .temporaryResidence: "Register a temporary residence"
        case .stay: "Notify a stay"
        case .absence: "Declare an absence"
        case .birth: "Register a birth"
        case .death: "Register a death"
        case .marriage: "Register a marriage"
        case .divorce: "Record a divorce"
        case .householdSplit: "Split the household"
        case .headChange: "Change the head of household"
        case .householdJoin: "Join a household"
        case .householdLeave: "Leave the household"
        case .numberAssigned: "Assign a personal number"
        case .numberCancelled: "Cancel the personal number"
        case .numberReestablished: "Re-establish the personal number"
        case .annulment: "Annul an act"
        case .unmerge: "Undo a merge"
        }
    }

    /// The fields, masked until they are asked for, that the form begins with; whatever it does not need stays masked.
    package var asks: FieldGroups {
        switch self {
        case .correction, .birth: FieldGroups(groups: [.ethnicity])
        case .permanentResidence, .temporaryResidence, .stay, .absence, .death, .marriage, .divorce, .householdSplit,
            .headChange, .householdJoin, .householdLeave, .numberAssigned, .numberCancelled, .numberReestablished,
            .annulment, .unmerge:
            []
        }
    }

    /// What the form is for, in one sentence.
    package var lead: Sentence {
        switch self {
        case .correction:
            Sentence(
                "Sửa điều đã ghi sai ngay từ đầu. Chỉ những ô khác với cơ sở dữ liệu được ghi nhận.",
                "Puts right what was wrong from the start. Only what differs from the register is recorded.")
        case .permanentResidence:
            Sentence("Ghi nơi thường trú mới của người này.", "Records the person's new permanent residence.")
        case .temporaryResidence:
            Sentence(
                "Ghi nơi tạm trú, nhiều nhất hai năm và gia hạn được.",
                "Records a temporary residence of at most two years, which can be renewed.")
        case .stay:
            Sentence("Ghi việc ở lại dưới 30 ngày.", "Records a stay of less than 30 days.")
        case .absence: Sentence("Ghi việc vắng mặt tại nơi cư trú.", "Records an absence from the place of residence.")
        case .birth:
            Sentence(
                "Ghi từ giấy khai sinh. Cha, mẹ đã có trong cơ sở dữ liệu thì không phải gõ lại.",
                "Entered from the birth certificate. Parents whom the register knows need not be typed.")
        case .death: Sentence("Ghi từ giấy chứng tử hoặc trích lục khai tử.", "Entered from the death certificate.")
        case .marriage: Sentence("Ghi từ giấy chứng nhận kết hôn.", "Entered from the marriage certificate.")
        case .divorce:
            Sentence("Ghi từ bản án, quyết định đã có hiệu lực của Tòa án.", "Entered from the judgment in force.")
        case .householdSplit:
            Sentence("Chọn những người ra hộ mới và quan hệ với chủ hộ mới.", "Choose who forms the new household.")
        case .headChange:
            Sentence(
                "Chọn chủ hộ mới và quan hệ của mọi người với chủ hộ đó.",
                "Choose the new head and what everybody is to them.")
        case .householdJoin:
            Sentence(
                "Nhập người này vào một hộ đã có; nêu hộ bằng chủ hộ hoặc một người trong hộ.",
                "Adds the person to a household that is there, named by its head or a member.")
        case .householdLeave:
            Sentence(
                "Đưa người này ra khỏi hộ hiện tại. Chủ hộ ra sau cùng, hoặc đổi chủ hộ trước.",
                "Takes the person out of the household. The head leaves last, or after another head was named.")
        case .numberCancelled:
            Sentence(
                "Hủy số định danh theo một căn cứ của nghị định. Số đã hủy được giữ mãi, không cấp cho ai khác.",
                "Cancels the number on one of the decree's grounds. It is kept for ever and given to nobody else.")
        case .numberAssigned:
            Sentence(
                "Hệ thống lấy số ngẫu nhiên theo nơi đăng ký khai sinh, giới tính và năm sinh trong hồ sơ.",
                "The register draws the number from the place of birth registration, sex and year of birth on record.")
        case .numberReestablished:
            Sentence(
                "Hủy số cũ và lấy số mới. Cải chính giới tính, năm sinh trước để số mới khớp với hồ sơ.",
                "Cancels the number and draws another. Correct sex or year of birth first, so that it fits the record.")
        case .unmerge:
            Sentence(
                "Tách lại hai bản ghi đã hợp nhất nhầm; mỗi bản ghi lại như trước, số của bản ghi kia có hiệu lực lại.",
                "Parts two records that were merged by mistake: each is as before, the other's number in force again.")
        case .annulment:
            Sentence(
                "Hủy một sự việc đã ghi nhầm; hồ sơ trở lại như khi chưa ghi. Sự việc vẫn nằm trong dòng thời gian.",
                "Annuls an act that was recorded wrongly: the record is as before, and the act stays in the timeline.")
        }
    }

    /// Căn cứ pháp lý that the act carries.
    package var legalBasis: String {
        switch self {
        case .correction: "Luật 26/2023/QH15, Điều 10"
        case .permanentResidence: "Luật 68/2020/QH14, Điều 20"
        case .temporaryResidence: "Luật 68/2020/QH14, Điều 27"
        case .stay: "Luật 68/2020/QH14, Điều 30"
        case .absence: "Luật 68/2020/QH14, Điều 31"
        case .birth: "Luật 60/2014/QH13, Điều 16"
        case .death: "Luật 60/2014/QH13, Điều 34"
        case .marriage: "Luật 60/2014/QH13, Điều 18"
        case .divorce: "Luật 60/2014/QH13, Điều 30"
        case .householdSplit: "Luật 68/2020/QH14, Điều 25"
        case .headChange, .householdLeave: "Luật 68/2020/QH14, Điều 26"
        case .householdJoin: "Luật 68/2020/QH14, Điều 20"
        case .numberAssigned: "Nghị định 70/2024/NĐ-CP, Điều 11"
        case .numberCancelled, .numberReestablished: "Nghị định 70/2024/NĐ-CP, Điều 11, khoản 7"
        case .annulment, .unmerge: "Luật 26/2023/QH15, Điều 10"
        }
    }

    /// Từ giấy tờ hộ tịch: entered from a document of the justice side, and provisional until that side confirms it.
    package var isCivilStatus: Bool {
        switch self {
        case .birth, .death, .marriage, .divorce: true
        case .correction, .permanentResidence, .temporaryResidence, .stay, .absence, .householdSplit, .headChange,
            .householdJoin, .householdLeave, .numberAssigned, .numberCancelled, .numberReestablished, .annulment,
            .unmerge:
            false
        }
    }

    /// Đến từ nơi khác: whether the form brings somebody to a place of the office that records it, so that it is there
    /// for people of other places too.
    package var bringsSomebody: Bool {
        switch self {
        case .permanentResidence, .temporaryResidence, .stay: true
        case .correction, .absence, .birth, .death, .marriage, .divorce, .householdSplit, .headChange, .householdJoin,
            .householdLeave, .numberAssigned, .numberCancelled, .numberReestablished, .annulment,
            .unmerge:
            false
        }
    }

    package func path(for handle: String) -> String { "/persons/\(handle)/acts/\(rawValue)" }

    /// Whether the form makes sense for that person now; the rules of the register decide in the end.
    package func isOffered(for subject: FormSubject) -> Bool {
        let isLiving = subject.state.life.status != .dead
        return switch self {
        case .correction: true
        case .permanentResidence, .temporaryResidence, .stay, .absence, .death: isLiving
        case .birth: isLiving && subject.mayBe(years: 10)
        case .marriage: isLiving && subject.state.spouse == nil && subject.mayBe(years: 14)
        case .divorce: isLiving && subject.state.spouse != nil
        case .householdSplit: isLiving && (subject.household?.members.count ?? 0) > 1
        case .headChange: isLiving && (subject.household?.members.count ?? 0) > 1
        case .householdJoin: isLiving && subject.state.household == nil
        case .householdLeave: isLiving && subject.state.household != nil
        case .numberAssigned: isLiving && subject.state.number == nil
        case .numberCancelled: subject.state.number != nil
        case .numberReestablished: isLiving && subject.state.number != nil
        case .annulment: !subject.annullable.isEmpty
        case .unmerge: !subject.state.mergedFrom.isEmpty
        }
    }
}
