import Access
import Cards
import Civil
import Ledger
import Population

/// Đề nghị cấp thẻ: what is not in the register and has to be asked; everything else is filled in.
struct CardApplyForm {
    static let title = Sentence("Đề nghị cấp thẻ căn cước", "Apply for an identity card")
    static let legalBasis = "Luật 26/2023/QH15, Điều 24"

    let subject: FormSubject
    /// Whether no card of the person is known.
    let isFirst: Bool
    /// Where cards are handed over, the officer's own office first.
    let offices: [(code: String, name: String)]

    static func path(_ handle: String) -> String { "/persons/\(handle)/cards/new" }

    private var age: Int? { subject.state.details.birth.map { CardRules.age(born: $0, on: subject.today) } }

    private var needsRepresentative: Bool { age.map { CardRules.needs(age: $0).representative } ?? false }

    private var grounds: [FieldPlan.Choice] {
        let known = CardRules.grounds.rule(on: subject.today)?.value ?? []
        return CardGround.allCases.filter(known.contains).map { .init(value: $0.rawValue, label: $0.title) }
    }

    /// Cha, mẹ, người giám hộ: who can file for a child and is in the register.
    private var relatives: [FieldPlan.Choice] {
        let state = subject.state
        let candidates = [state.mother, state.father] + state.adoptiveParents + [state.guardian]
        return candidates.compactMap { reference in
            guard let reference, let handle = reference.person.flatMap({ subject.answer.persons[$0] }) else {
                return nil
            }
            let name = subject.name(of: reference)
            return .init(value: handle, label: Sentence(name, name))
        }
    }

    var groups: [FormGroup] {
        var groups = [
            FormGroup(
                "Hồ sơ", "Application",
                [
                    FieldPlan(
                        name: "ground", label: Sentence("Trường hợp", "Ground"),
                        hint: Sentence(
                            "Trường hợp của luật; hệ thống đã chọn theo tuổi và thẻ đang có.",
                            "The law's case; chosen by age and the card that is held."), kind: .select(grounds),
                        known: isFirst ? ["ground": CardGround.first.rawValue] : [:]),
                    FieldPlan(
                        name: "pickup", label: Sentence("Nơi trả thẻ", "Where the card is handed over"),
                        hint: Sentence("Cơ quan mà người dân đến nhận thẻ.", "The office where the card is fetched."),
                        kind: .select(offices.map { .init(value: $0.code, label: Sentence($0.name, $0.name)) }),
                        known: offices.first.map { ["pickup": $0.code] } ?? [:]),
                ])
        ]
        if needsRepresentative { groups.append(representative) }
        groups.append(
            FormGroup(
                "Lệ phí và ưu tiên", "Fee and priority",
                [
                    FieldPlan(
                        name: "online", label: Sentence("Nộp trực tuyến", "Filed online"),
                        hint: Sentence(
                            "Hồ sơ nộp qua cổng dịch vụ công thì được giảm lệ phí.",
                            "Filed at the public-service portal the fee is lower."), kind: .consent,
                        optional: true),
                    FieldPlan(
                        name: "level-two",
                        label: Sentence("Có tài khoản định danh mức 2", "Has an electronic identity of level 2"),
                        hint: Sentence(
                            "Tài khoản định danh điện tử đã kích hoạt mức 2.",
                            "An activated electronic identity of level 2."), kind: .consent, optional: true),
                    FieldPlan(
                        name: "exemption", label: Sentence("Được miễn lệ phí", "Why nothing is paid"),
                        hint: Sentence(
                            "Chọn khi giấy tờ chứng minh được trường hợp miễn.",
                            "Choose where papers prove the exemption."),
                        kind: .select(FeeExemption.allCases.map { .init(value: $0.rawValue, label: $0.title) }),
                        optional: true),
                    FieldPlan(
                        name: "urgent", label: Sentence("Làm trước các thẻ khác", "Make it before others"),
                        hint: Sentence(
                            "Chỉ khi người dân có lý do được chấp nhận.", "Only for a reason that is accepted."),
                        kind: .consent, optional: true),
                    FieldPlan(
                        name: "booked", label: Sentence("Ngày hẹn đến", "Booked for"),
                        hint: Sentence(
                            "Để trống khi công dân đang ở quầy.", "Leave empty for somebody who stands at the counter."
                        ), kind: .date(partial: false, future: true), optional: true),
                ]))
        return groups
    }

    private var representative: FormGroup {
        FormGroup(
            "Người đại diện", "Representative",
            [
                FieldPlan(
                    name: "relative", label: Sentence("Cha, mẹ, người giám hộ", "Parent or guardian"),
                    hint: Sentence(
                        "Người đi cùng, có trong hồ sơ của trẻ.",
                        "Whoever comes along and stands in the child's record."), kind: .select(relatives),
                    optional: true,
                    known: relatives.first.map { ["relative": $0.value] } ?? [:]),
                FieldPlan(
                    name: "representative", label: Sentence("Hoặc người khác", "Or somebody else"),
                    hint: Sentence(
                        "Mã tra cứu, hoặc số định danh khi đang ở trong một hồ sơ.",
                        "A handle, or a number while you work in a file."),
                    kind: .person, optional: true),
            ])
    }

    /// What was typed, as the register takes it; nil while something is to be mended.
    func reading(_ input: FormInput, _ words: ValueWords) -> (reader: FormReader, request: CardRequest?) {
        let reader = FormReader(groups, subject: subject, words: words, input: input)
        guard reader.errors.isEmpty, let ground = reader.text("ground").flatMap(CardGround.init(rawValue:)),
            let pickup = reader.text("pickup")
        else { return (reader, nil) }
        let request = CardRequest(
            ground: ground, channel: reader.has("online") ? .online : .counter,
            exemption: reader.text("exemption").flatMap(FeeExemption.init(rawValue:)),
            hasLevelTwo: reader.has("level-two"), pickup: pickup, isUrgent: reader.has("urgent"),
            booked: reader.date("booked")?.earliest)
        return (reader, request)
    }

    /// Who files: whom somebody typed goes before the relative who was chosen.
    static func representative(_ reader: FormReader) -> PersonSelector? {
        (reader.text("representative") ?? reader.text("relative")).flatMap { PersonSelector(parsing: $0) }
    }

    /// The refusal beside the field that it is about.
    static func error(_ refusal: any ExplainedRefusal, in language: PageLanguage) -> FieldError {
        let field =
            switch refusal as? ApplicationRefusal {
            case .representativeNeeded, .representativeUnfit: "representative"
            case .groundNotInForce, .hasCard, .milestoneNotNear, .tooYoung: "ground"
            default: "main"
            }
        return FieldError(field: field, text: language.of(refusal.sentence))
    }
}

/// Trang đề nghị cấp thẻ: the form, or shown again with what to mend.
package struct CardApplyPage: ConsolePage {
    package static let template = "guided"

    package let frame: PageFrame
    let identity: IdentityBar
    let heading: String
    let lead: String
    let legalBasis: String
    let provisional = false
    let form: Form
    let draft: String? = nil

    init(frame: PageFrame, form: CardApplyForm, input: FormInput = FormInput(), errors: [FieldError] = []) {
        let words = ValueWords(frame.spoken, units: form.subject.units)
        self.frame = frame
        identity = IdentityBar(
            handle: form.subject.answer.handle, state: form.subject.state, words: words,
            shown: form.subject.answer.allowance.groups)
        heading = frame.spoken.of(CardApplyForm.title)
        lead = frame.spoken.of(
            "Thông tin in trên thẻ lấy từ cơ sở dữ liệu, không phải gõ. Sai thì cải chính trước.",
            "What the card shows comes from the register and is not typed. What is wrong is corrected first.")
        legalBasis = CardApplyForm.legalBasis
        self.form = FormDrawing(subject: form.subject, words: words, input: input, errors: errors).form(
            form.groups, action: CardApplyForm.path(form.subject.answer.handle), csrf: frame.csrf,
            button: Sentence("Tiếp tục", "Continue"))
    }
}

/// Trang kiểm tra đề nghị: the answers, the fee with its reasons, and what the card will show.
package struct CardCheckPage: ConsolePage {
    package static let template = "card-check"

    struct FeeLine: Equatable, Sendable {
        let amount: String
        let reason: String
        let basis: String
    }

    package let frame: PageFrame
    let identity: IdentityBar
    let heading: String
    let action: String
    let legalBasis: String
    let rows: [SummaryRow]
    let hidden: [Form.Hidden]
    let fee: String
    let feeLines: [FeeLine]
    let record: [CardFact]
    let counted: String

    init(
        frame: PageFrame, form: CardApplyForm, input: FormInput, reader: FormReader, request: CardRequest, key: String
    ) {
        let subject = form.subject
        let words = ValueWords(frame.spoken, units: subject.units)
        let cards = CardWords(words: words)
        let language = frame.spoken
        self.frame = frame
        identity = IdentityBar(
            handle: subject.answer.handle, state: subject.state, words: words, shown: subject.answer.allowance.groups)
        heading = language.of(CardApplyForm.title)
        action = CardApplyForm.path(subject.answer.handle)
        legalBasis = CardApplyForm.legalBasis
        rows = reader.summary(form.groups)
        hidden =
            input.names.map { Form.Hidden(name: $0, value: input[$0]) }.filter { !$0.value.isEmpty }
            + [Form.Hidden(name: "key", value: key)]
        let computed = Tariff.card(
            request.ground.feeMatter, on: subject.today, by: request.channel, hasLevelTwo: request.hasLevelTwo,
            exemption: request.exemption)
        fee = cards.money(computed?.amount ?? 0)
        feeLines = (computed?.lines ?? []).map { line in
            let doubt = line.certainty == .sure ? "" : " (\(language.of(line.certainty.title)))"
            return FeeLine(
                amount: line.amount == 0 ? "0" : "\(NumberText.grouped(line.amount)) đồng",
                reason: language.of(line.reason), basis: line.basis.description + doubt)
        }
        record =
            CardRecord.facts(subject.state, words)
            + [CardRecord.expiry(subject.state, on: subject.today, cards)].compactMap { $0 }
        let count = reader.count
        counted = language.of(
            "\(count.fromRegister + record.count) mục lấy từ cơ sở dữ liệu, \(count.typed) mục phải gõ hoặc chọn.",
            "\(count.fromRegister + record.count) values from the register, \(count.typed) typed or chosen.")
    }
}
