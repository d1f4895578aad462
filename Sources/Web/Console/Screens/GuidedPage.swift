import Civil
import Ledger
import Population

/// Trang biểu mẫu: a guided form filled in from the register, or shown again with what was typed and what to mend.
package struct GuidedPage: ConsolePage {
    package static let template = "guided"

    package let frame: PageFrame
    let identity: IdentityBar
    let heading: String
    let lead: String
    let legalBasis: String
    let provisional: Bool
    let form: Form
    /// When the draft was kept that the form is filled in with; nil for what the register has.
    let draft: String?

    package init(
        frame: PageFrame, form: GuidedForm, subject: FormSubject, input: FormInput = FormInput(),
        errors: [FieldError] = [], draft: Instant? = nil, isSealed: Bool = false, naming: ExactNaming? = nil
    ) {
        let words = ValueWords(frame.spoken, units: subject.units)
        self.frame = frame
        identity = IdentityBar(handle: subject.answer.handle, state: subject.state, words: words, isSealed: isSealed)
        heading = frame.spoken.of(form.title)
        lead = frame.spoken.of(form.lead)
        legalBasis = form.legalBasis
        provisional = form.isCivilStatus
        self.draft = draft.map(words.moment)
        self.form = FormDrawing(subject: subject, words: words, input: input, errors: errors).form(
            form.groups(for: subject), action: form.path(for: subject.answer.handle), csrf: frame.csrf,
            hidden: naming?.hidden ?? [], button: Sentence("Tiếp tục", "Continue"))
    }
}

/// Trang kiểm tra: what will be recorded, each answer with a way back to it, before anything is.
package struct CheckPage: ConsolePage {
    package static let template = "check"

    package let frame: PageFrame
    let identity: IdentityBar
    let heading: String
    let action: String
    let legalBasis: String
    let provisional: Bool
    let rows: [SummaryRow]
    let hidden: [Form.Hidden]
    let counted: String
    let button: String
    /// The act needs a second person; the words say who.
    let approver: String?
    /// Who may be the person for whom the act makes a record.
    let alike: AlikeBlock?
    /// What is typed out of the record before it is recorded.
    let confirmation: TypedConfirmation?

    /// - Parameters:
    ///   - unconfirmed: what was typed to confirm was wrong.
    ///   - key: the same for every try, so that a form that is sent twice is recorded once.
    ///   - version: how many acts the record had when the form was filled in; another number is a lost race.
    package init(
        frame: PageFrame, form: GuidedForm, subject: FormSubject, input: FormInput, reading: GuidedReading,
        key: String, version: Int64, approver: Sentence? = nil, isSealed: Bool = false,
        alike: AlikeBlock? = nil, unconfirmed: Bool = false, naming: ExactNaming? = nil
    ) {
        let language = frame.spoken
        self.frame = frame
        self.alike = alike
        confirmation =
            form.isIrreversible
            ? TypedConfirmation(of: subject.state, isAskedAgain: unconfirmed, in: language) : nil
        identity = IdentityBar(
            handle: subject.answer.handle, state: subject.state, words: ValueWords(language, units: subject.units),
            isSealed: isSealed)
        heading = language.of(form.title)
        action = form.path(for: subject.answer.handle)
        legalBasis = form.legalBasis
        provisional = form.isCivilStatus
        rows = reading.summary
        hidden =
            input.names.map { Form.Hidden(name: $0, value: input[$0]) }.filter { !$0.value.isEmpty }
            + [Form.Hidden(name: "key", value: key), Form.Hidden(name: "version", value: String(version))]
            + (naming?.hidden ?? [])
        let count = reading.count
        counted = language.of(
            "\(count.fromRegister) ô lấy từ cơ sở dữ liệu, \(count.typed) ô phải gõ.",
            "\(count.fromRegister) fields from the register, \(count.typed) typed.")
        button = language.of(approver == nil ? form.button : Sentence("Gửi đề nghị phê duyệt", "Ask for approval"))
        self.approver = approver.map(language.of)
    }
}

extension GuidedForm {
    /// The button names the act.
    fileprivate var button: Sentence {
        switch self {
        case .correction: Sentence("Ghi cải chính", "Record the correction")
        case .permanentResidence: Sentence("Ghi đăng ký thường trú", "Record the permanent residence")
        case .temporaryResidence: Sentence("Ghi đăng ký tạm trú", "Record the temporary residence")
        case .stay: Sentence("Ghi thông báo lưu trú", "Record the stay")
        case .absence: Sentence("Ghi khai báo tạm vắng", "Record the absence")
        case .birth: Sentence("Ghi đăng ký khai sinh", "Record the birth")
        case .death: Sentence("Ghi khai tử", "Record the death")
        case .marriage: Sentence("Ghi đăng ký kết hôn", "Record the marriage")
        case .divorce: Sentence("Ghi ly hôn", "Record the divorce")
        case .householdSplit: Sentence("Ghi tách hộ", "Record the split")
        case .headChange: Sentence("Ghi thay đổi chủ hộ", "Record the new head")
        case .householdJoin: Sentence("Ghi nhập hộ", "Record the joining")
        case .householdLeave: Sentence("Ghi ra khỏi hộ", "Record the leaving")
        case .numberAssigned: Sentence("Cấp số định danh", "Assign the number")
        case .numberCancelled: Sentence("Ghi hủy số định danh", "Record the cancellation")
        case .numberReestablished: Sentence("Ghi xác lập lại số định danh", "Record the new number")
        case .annulment: Sentence("Ghi hủy bỏ sự việc", "Record the annulment")
        case .unmerge: Sentence("Ghi hủy hợp nhất", "Undo the merge")
        }
    }
}
