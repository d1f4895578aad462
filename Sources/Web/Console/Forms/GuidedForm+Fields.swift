import Civil
import Ledger
import Population

extension GuidedForm {
    /// The fields of the form, filled in with what the register knows.
    func groups(for subject: FormSubject) -> [FormGroup] {
        switch self {
        case .correction: correction(subject)
        case .permanentResidence: permanent(subject)
        case .temporaryResidence: temporary(subject)
        case .stay: stay(subject)
        case .absence: absence(subject)
        case .birth: birth(subject)
        case .death: death()
        case .marriage: marriage()
        case .divorce: divorce(subject)
        case .householdSplit: split(subject)
        case .headChange: headChange()
        case .householdJoin: householdJoin(subject)
        case .householdLeave:
            [FormGroup("Ra khỏi hộ", "Leaving", [GuidedForm.effective("Ngày ra khỏi hộ", "Left on")])]
        case .numberAssigned: numberAssigned()
        case .numberCancelled, .numberReestablished: numberCancelled(subject)
        case .annulment: annulment(subject)
        case .unmerge: unmerge(subject)
        }
    }

    // MARK: Fields that several forms have

    private static func effective(_ vietnamese: String, _ english: String, future: Bool = false) -> FieldPlan {
        FieldPlan(
            name: "effective", label: Sentence(vietnamese, english),
            hint: Sentence(
                "Ngày ghi trên giấy tờ, hoặc ngày việc đó xảy ra.",
                "The day on the paper, or the day on which it happened."),
            kind: .date(partial: false, future: future))
    }

    private static func document(_ paper: Sentence) -> FormGroup {
        FormGroup(
            "Giấy tờ hộ tịch", "Civil-status document",
            [
                FieldPlan(
                    name: "document-number", label: Sentence("Số giấy tờ", "Number"), hint: paper,
                    kind: .text(keyboard: nil, width: .short)),
                FieldPlan(
                    name: "document-book", label: Sentence("Quyển số", "Book"),
                    hint: Sentence("Ghi như trên giấy, ví dụ 01/2026.", "As on the paper, for example 01/2026."),
                    kind: .text(keyboard: nil, width: .short), optional: true),
                FieldPlan(
                    name: "document-office", label: Sentence("Cơ quan cấp", "Issued by"),
                    hint: Sentence("Ủy ban nhân dân hoặc Tòa án ghi trên giấy.", "The office or court named on it."),
                    kind: .text(keyboard: nil, width: .wide)),
                FieldPlan(
                    name: "document-date", label: Sentence("Ngày cấp", "Issued on"),
                    hint: Sentence("Ngày ký ghi trên giấy tờ.", "The day of the signature on the paper."),
                    kind: .date(partial: false, future: false)
                ),
            ])
    }

    private static func address(
        _ name: String, _ vietnamese: String, _ english: String, known: [String: String] = [:], optional: Bool = false,
        past: Bool = false
    ) -> FieldPlan {
        address(name, Sentence(vietnamese, english), known: known, optional: optional, past: past)
    }

    private static func address(
        _ name: String, _ label: Sentence, known: [String: String] = [:], optional: Bool = false, detail: Bool = true,
        past: Bool = false
    ) -> FieldPlan {
        FieldPlan(
            name: name, label: label,
            hint: Sentence(
                "Chọn xã, phường trong tỉnh; nơi khác thì ghi xã, tỉnh vào ô bên cạnh.",
                "Choose a commune of the province; for another place write commune and province beside it."),
            kind: .place(detail: detail, past: past), optional: optional, known: known)
    }

    private static let sexes = Sex.allCases.map {
        FieldPlan.Choice(value: $0.rawValue, label: Sentence($0.vietnamese, $0.english))
    }

    private static let maritalStatuses = MaritalStatus.allCases.map {
        FieldPlan.Choice(value: $0.rawValue, label: $0.title)
    }

    private static func entries(_ list: CodeList) -> [FieldPlan.Choice] {
        list.entries.map {
            FieldPlan.Choice(value: list.coded($0).canonical, label: Sentence($0.vietnamese, $0.english))
        }
    }

    private static func known(_ name: String, _ value: String?) -> [String: String] {
        value.map { [name: $0] } ?? [:]
    }

    // MARK: Details

    private func correction(_ subject: FormSubject) -> [FormGroup] {
        let details = subject.state.details
        let identity = FormGroup(
            "Nhân thân", "Identity",
            [
                FieldPlan(
                    name: "name", label: PersonDetails.Field.name.title,
                    hint: Sentence("Như trong giấy khai sinh, có dấu.", "As on the birth certificate, with marks."),
                    kind: .name, known: GuidedForm.known("name", details.name)),
                FieldPlan(
                    name: "other-name", label: PersonDetails.Field.otherName.title,
                    hint: Sentence(
                        "Chỉ ghi khi người đó không có trong cơ sở dữ liệu.",
                        "Only where the person is not in the register."), kind: .name, optional: true,
                    known: GuidedForm.known("other-name", details.otherName)),
                FieldPlan(
                    name: "birth", label: PersonDetails.Field.birth.title,
                    hint: Sentence("Để trống ngày hoặc tháng không biết.", "Leave day or month empty if not known."),
                    kind: .date(partial: true, future: false), known: FormSubject.date("birth", details.birth)),
                FieldPlan(
                    name: "sex", label: PersonDetails.Field.sex.title,
                    hint: Sentence("Như trong giấy khai sinh.", "As on the birth certificate."),
                    kind: .choice(GuidedForm.sexes),
                    known: GuidedForm.known("sex", details.sex?.rawValue)),
                FieldPlan(
                    name: "marital", label: PersonDetails.Field.maritalStatus.title,
                    hint: Sentence(
                        "Tình trạng hiện nay, theo giấy tờ hộ tịch.", "As it is now, by the civil-status papers."),
                    kind: .select(GuidedForm.maritalStatuses), optional: true,
                    known: GuidedForm.known("marital", details.maritalStatus?.rawValue)),
            ])
        return [
            identity, origins(details, subject), contact(details),
            FormGroup("Căn cứ cải chính", "Ground of the correction", [GuidedForm.groundDocument]),
        ]
    }

    private func origins(_ details: PersonDetails, _ subject: FormSubject) -> FormGroup {
        FormGroup(
            "Nguồn gốc", "Origin",
            [
                FieldPlan(
                    name: "ethnicity", label: PersonDetails.Field.ethnicity.title,
                    hint: Sentence(
                        "Như trong giấy khai sinh; người dân tự xác định theo cha hoặc mẹ.",
                        "As on the birth certificate, after father or mother."),
                    kind: .select(GuidedForm.entries(Ethnicity.list2008)), optional: true,
                    known: GuidedForm.known("ethnicity", details.ethnicity?.canonical)),
                FieldPlan(
                    name: "nationality", label: PersonDetails.Field.nationality.title,
                    hint: Sentence("Quốc tịch trên giấy tờ.", "The nationality on the papers."),
                    kind: .select(GuidedForm.entries(Nationality.list)), optional: true,
                    known: GuidedForm.known("nationality", details.nationality?.canonical)),
                GuidedForm.address(
                    "origin", "Quê quán", "Place of origin", known: subject.place("origin", details.origin),
                    optional: true, past: true),
                GuidedForm.address(
                    "birth-place", "Nơi sinh", "Place of birth",
                    known: subject.place("birth-place", details.birthPlace),
                    optional: true, past: true),
            ])
    }

    private func contact(_ details: PersonDetails) -> FormGroup {
        FormGroup(
            "Liên lạc, hồ sơ cư trú", "Contact, residence file",
            [
                FieldPlan(
                    name: "phone", label: PersonDetails.Field.phone.title,
                    hint: Sentence("Số gọi được cho chính người này.", "A number at which this person can be reached."),
                    kind: .text(keyboard: "tel", width: .medium),
                    optional: true, known: GuidedForm.known("phone", details.phone)),
                FieldPlan(
                    name: "email", label: PersonDetails.Field.email.title,
                    hint: Sentence("Địa chỉ mà người này đọc thường xuyên.", "An address that the person reads."),
                    kind: .text(keyboard: "email", width: .wide), optional: true,
                    known: GuidedForm.known("email", details.email)),
                FieldPlan(
                    name: "residence-file", label: PersonDetails.Field.residenceFileNumber.title,
                    hint: Sentence("Như cơ quan đăng ký cư trú ghi.", "As the residence office wrote it."),
                    kind: .text(keyboard: nil, width: .medium), optional: true,
                    known: GuidedForm.known("residence-file", details.residenceFileNumber)),
            ])
    }

    private static let groundDocument = FieldPlan(
        name: "ground", label: Sentence("Giấy tờ chứng minh", "Document that proves it"),
        hint: Sentence("Tên, số, ngày và cơ quan cấp giấy tờ.", "Name, number, date and office of the document."),
        kind: .long)

    // MARK: Number

    private func numberAssigned() -> [FormGroup] {
        [
            FormGroup(
                "Cấp số định danh", "Assigning a number",
                [
                    FieldPlan(
                        name: "checked",
                        label: Sentence(
                            "Đã đối chiếu nơi đăng ký khai sinh, giới tính và năm sinh",
                            "Place of birth registration, sex and year of birth are checked"),
                        hint: Sentence(
                            "Số lấy theo ba điều này và không đổi về sau.",
                            "The number is drawn from these three and stays for life."), kind: .consent)
                ])
        ]
    }

    private func numberCancelled(_ subject: FormSubject) -> [FormGroup] {
        let number = subject.state.number
        return [
            FormGroup(
                "Số định danh bị hủy", "The number that is cancelled",
                [
                    FieldPlan(
                        name: "number", label: Sentence("Số định danh", "Personal number"),
                        hint: Sentence("Số sẽ hết hiệu lực.", "The number that ends."),
                        kind: .choice(number.map { [.init(value: $0, label: Sentence($0, $0))] } ?? []),
                        known: GuidedForm.known("number", number)),
                    FieldPlan(
                        name: "cancellation-ground", label: Sentence("Căn cứ hủy", "Ground"),
                        hint: Sentence(
                            "Chọn đúng căn cứ của nghị định mà hồ sơ chứng minh được.",
                            "Choose the decree's ground that the file proves."),
                        kind: .choice(CancellationGround.allCases.map { .init(value: $0.rawValue, label: $0.title) })),
                    FieldPlan(
                        name: "requested", label: Sentence("Công dân đề nghị hủy", "The citizen asks for it"),
                        hint: Sentence(
                            "Bắt buộc với hai căn cứ đầu.", "Needed for the first two grounds."),
                        kind: .consent, optional: true),
                    GuidedForm.groundDocument,
                ])
        ]
    }

    // MARK: Merges and annulment

    private func unmerge(_ subject: FormSubject) -> [FormGroup] {
        let choices = subject.state.mergedFrom.compactMap(subject.handle(of:)).map {
            FieldPlan.Choice(value: $0, label: Sentence("Bản ghi \($0)", "Record \($0)"))
        }
        return [
            FormGroup(
                "Hợp nhất cần hủy", "Merge to undo",
                [
                    FieldPlan(
                        name: "duplicate", label: Sentence("Bản ghi tách ra", "Record that is parted again"),
                        hint: Sentence(
                            "Bản ghi đã được hợp nhất vào bản ghi này; xem dòng thời gian của nó trước.",
                            "The record that was merged into this one; read its timeline first."),
                        kind: .choice(choices), known: choices.count == 1 ? ["duplicate": choices[0].value] : [:])
                ])
        ]
    }

    private func annulment(_ subject: FormSubject) -> [FormGroup] {
        let choices = subject.annullable.map { entry in
            let act = entry.act
            let recorded = DayText.vietnamese(act.recorded.dayInVietnam)
            let effective = act.effective.map { " \($0.dayFirst)" } ?? ""
            return FieldPlan.Choice(
                value: String(act.id.rawValue),
                label: Sentence(
                    "\(act.kind.title.vietnamese)\(effective) (ghi \(recorded), số \(act.id.rawValue))",
                    "\(act.kind.title.english)\(effective) (recorded \(recorded), act \(act.id.rawValue))"))
        }
        return [
            FormGroup(
                "Hủy bỏ", "Annulment",
                [
                    FieldPlan(
                        name: "act", label: Sentence("Sự việc bị hủy", "The act that is annulled"),
                        hint: Sentence(
                            "Những sự việc còn đứng và hủy được, mới nhất trước.",
                            "The acts that stand and can be annulled, the latest first."), kind: .select(choices)),
                    FieldPlan(
                        name: "reason", label: Sentence("Lý do hủy", "Reason"),
                        hint: Sentence(
                            "Nêu điều đã ghi nhầm và căn cứ để biết.", "What was recorded wrongly, and how it is known."
                        ),
                        kind: .long),
                ])
        ]
    }

    // MARK: Residence

    /// Ý kiến đồng ý trên tờ khai CT01: the four who may have to agree.
    private static let consents = FormGroup(
        "Ý kiến trên tờ khai CT01", "Consents on form CT01",
        [
            FieldPlan(
                name: "consent-applicant", label: Sentence("Người kê khai đã ký", "The applicant has signed"),
                hint: Sentence("Chữ ký của người kê khai trên tờ khai.", "The applicant's signature on the form."),
                kind: .consent),
            FieldPlan(
                name: "consent-head", label: Sentence("Chủ hộ đồng ý", "The head of household agrees"),
                hint: Sentence("Cần khi đăng ký vào hộ đã có.", "Needed when somebody comes into a household."),
                kind: .consent,
                optional: true),
            FieldPlan(
                name: "consent-owner",
                label: Sentence("Chủ sở hữu chỗ ở hợp pháp đồng ý", "The owner of the dwelling agrees"),
                hint: Sentence("Cần khi chỗ ở của người khác.", "Needed when the dwelling is somebody else's."),
                kind: .consent,
                optional: true),
            FieldPlan(
                name: "consent-parent",
                label: Sentence("Cha, mẹ hoặc người giám hộ đồng ý", "Parent or guardian agrees"),
                hint: Sentence("Cần khi người này chưa đủ 18 tuổi.", "Needed for whoever is under 18."), kind: .consent,
                optional: true),
        ])

    private func permanent(_ subject: FormSubject) -> [FormGroup] {
        [
            FormGroup(
                "Nơi thường trú mới", "New permanent residence",
                [
                    GuidedForm.address(
                        "address", "Nơi thường trú", "Permanent residence",
                        known: subject.residence(
                            "address", (subject.state.currentResidence ?? subject.state.temporaryResidence)?.address)),
                    GuidedForm.effective("Ngày đăng ký", "Registered on"),
                    FieldPlan(
                        name: "reason", label: Sentence("Lý do", "Reason"),
                        hint: Sentence("Một câu, như ghi trên tờ khai.", "One sentence, as on the form."),
                        kind: .text(keyboard: nil, width: .wide),
                        optional: true),
                ]), GuidedForm.consents,
        ]
    }

    private func temporary(_ subject: FormSubject) -> [FormGroup] {
        [
            FormGroup(
                "Nơi tạm trú", "Temporary residence",
                [
                    GuidedForm.address(
                        "address", "Nơi tạm trú", "Temporary residence",
                        known: subject.residence("address", subject.state.currentResidence?.address)),
                    GuidedForm.effective("Từ ngày", "From"),
                    FieldPlan(
                        name: "until", label: Sentence("Đến ngày", "Until"),
                        hint: Sentence(
                            "Nhiều nhất hai năm kể từ ngày bắt đầu.", "At most two years from its beginning."),
                        kind: .date(partial: false, future: true)),
                    FieldPlan(
                        name: "reason", label: Sentence("Lý do", "Reason"),
                        hint: Sentence("Lao động, học tập hoặc mục đích khác.", "Work, study or another purpose."),
                        kind: .text(keyboard: nil, width: .wide)),
                ]), GuidedForm.consents,
        ]
    }

    private func stay(_ subject: FormSubject) -> [FormGroup] {
        [
            FormGroup(
                "Lưu trú", "Stay",
                [
                    GuidedForm.address("address", "Nơi lưu trú", "Place of the stay"),
                    GuidedForm.effective("Từ ngày", "From", future: true),
                    FieldPlan(
                        name: "until", label: Sentence("Đến ngày", "Until"),
                        hint: Sentence("Dưới 30 ngày.", "Less than 30 days."),
                        kind: .date(partial: false, future: true)),
                    FieldPlan(
                        name: "reason", label: Sentence("Lý do", "Reason"),
                        hint: Sentence("Một câu, như ghi trên tờ khai.", "One sentence, as on the form."),
                        kind: .text(keyboard: nil, width: .wide),
                        optional: true),
                ])
        ]
    }

    private func absence(_ subject: FormSubject) -> [FormGroup] {
        [
            FormGroup(
                "Tạm vắng", "Absence",
                [
                    GuidedForm.effective("Vắng từ ngày", "Absent from", future: true),
                    FieldPlan(
                        name: "until", label: Sentence("Đến ngày", "Until"),
                        hint: Sentence("Để trống khi chưa biết.", "Leave empty if it is not known."),
                        kind: .date(partial: true, future: true),
                        optional: true),
                    FieldPlan(
                        name: "reason", label: Sentence("Lý do và nơi đến", "Reason and destination"),
                        hint: Sentence("Một câu, như ghi trên tờ khai.", "One sentence, as on the form."), kind: .long),
                ])
        ]
    }

    // MARK: Civil status

    private func birth(_ subject: FormSubject) -> [FormGroup] {
        let state = subject.state
        let isMother = state.details.sex == .female
        let mother = isMother ? subject.selfReference : state.spouse
        let father = isMother ? state.spouse : subject.selfReference
        let child = FormGroup(
            "Trẻ em", "Child",
            [
                FieldPlan(
                    name: "name", label: PersonDetails.Field.name.title,
                    hint: Sentence("Như trong giấy khai sinh, có dấu.", "As on the birth certificate, with marks."),
                    kind: .name),
                GuidedForm.effective("Ngày, tháng, năm sinh", "Date of birth"),
                FieldPlan(
                    name: "sex", label: PersonDetails.Field.sex.title,
                    hint: Sentence("Như trong giấy khai sinh.", "As on the birth certificate."),
                    kind: .choice(GuidedForm.sexes)),
                GuidedForm.address(
                    "registered-at", PersonDetails.Field.birthRegistrationPlace.title,
                    known: subject.commune("registered-at", state.permanentResidence?.address), detail: false),
                GuidedForm.address("birth-place", "Nơi sinh", "Place of birth"),
                GuidedForm.address(
                    "origin", "Quê quán", "Place of origin", known: subject.place("origin", state.details.origin),
                    past: true),
                FieldPlan(
                    name: "ethnicity", label: PersonDetails.Field.ethnicity.title,
                    hint: Sentence(
                        "Như trong giấy khai sinh; người dân tự xác định theo cha hoặc mẹ.",
                        "As on the birth certificate, after father or mother."),
                    kind: .select(GuidedForm.entries(Ethnicity.list2008)),
                    known: GuidedForm.known("ethnicity", state.details.ethnicity?.canonical)),
                FieldPlan(
                    name: "nationality", label: PersonDetails.Field.nationality.title,
                    hint: Sentence("Quốc tịch trên giấy tờ.", "The nationality on the papers."),
                    kind: .select(GuidedForm.entries(Nationality.list)),
                    known: ["nationality": (state.details.nationality ?? Nationality.vietnam).canonical]),
            ])
        return [
            child, GuidedForm.parent("mother", "Mẹ", "Mother", mother, subject),
            GuidedForm.parent("father", "Cha", "Father", father, subject),
            GuidedForm.document(Sentence("Số trên giấy khai sinh.", "The number on the birth certificate.")),
        ]
    }

    /// Somebody named by a document: a person of the register, or a name and a number.
    private static func parent(
        _ name: String, _ vietnamese: String, _ english: String, _ person: PersonReference?, _ subject: FormSubject,
        optional: Bool = true
    ) -> FormGroup {
        let known = subject.known(name, person)
        func part(_ suffix: String) -> [String: String] { known.filter { $0.key == "\(name)-\(suffix)" } }
        return FormGroup(
            vietnamese, english,
            [
                FieldPlan(
                    name: "\(name)-person", label: Sentence("Số định danh hoặc mã tra cứu", "Number or handle"),
                    hint: Sentence(
                        "Để trống khi người này không có trong cơ sở dữ liệu.", "Leave empty if not in the register."),
                    kind: .person, optional: true, known: part("person")),
                FieldPlan(
                    name: "\(name)-name", label: Sentence("Họ, chữ đệm và tên", "Name"),
                    hint: Sentence(
                        "Chỉ ghi khi người đó không có trong cơ sở dữ liệu.",
                        "Only where the person is not in the register."), kind: .name,
                    optional: optional,
                    known: part("name")),
            ])
    }

    private func death() -> [FormGroup] {
        [
            FormGroup(
                "Việc chết", "Death",
                [
                    FieldPlan(
                        name: "effective", label: Sentence("Ngày chết", "Date of death"),
                        hint: Sentence(
                            "Để trống ngày hoặc tháng không biết.", "Leave day or month empty if not known."),
                        kind: .date(partial: true, future: false)),
                    FieldPlan(
                        name: "note", label: Sentence("Nơi chết, ghi chú", "Place of death, note"),
                        hint: Sentence(
                            "Nơi chết ghi trên giấy chứng tử; điều khác cần nhớ.",
                            "The place on the death certificate, and what else matters."), kind: .long,
                        optional: true),
                ]),
            GuidedForm.document(Sentence("Số trên giấy chứng tử.", "The number on the death certificate.")),
        ]
    }

    private func marriage() -> [FormGroup] {
        [
            FormGroup(
                "Vợ hoặc chồng", "Spouse",
                [
                    FieldPlan(
                        name: "spouse-person", label: Sentence("Số định danh hoặc mã tra cứu", "Number or handle"),
                        hint: Sentence(
                            "Để trống khi người này không có trong cơ sở dữ liệu.",
                            "Leave empty if not in the register."
                        ),
                        kind: .person, optional: true),
                    FieldPlan(
                        name: "spouse-name", label: Sentence("Họ, chữ đệm và tên", "Name"),
                        hint: Sentence(
                            "Chỉ ghi khi người đó không có trong cơ sở dữ liệu.",
                            "Only where the person is not in the register."), kind: .name,
                        optional: true),
                    GuidedForm.effective("Ngày đăng ký kết hôn", "Married on"),
                ]),
            GuidedForm.document(
                Sentence("Số trên giấy chứng nhận kết hôn.", "The number on the marriage certificate.")),
        ]
    }

    private func divorce(_ subject: FormSubject) -> [FormGroup] {
        [
            GuidedForm.parent("spouse", "Vợ hoặc chồng", "Spouse", subject.state.spouse, subject),
            FormGroup(
                "Bản án, quyết định", "Judgment", [GuidedForm.effective("Ngày có hiệu lực", "In force from")]),
            GuidedForm.document(Sentence("Số bản án hoặc quyết định.", "The number of the judgment.")),
        ]
    }

    // MARK: Household

    private func split(_ subject: FormSubject) -> [FormGroup] {
        [
            FormGroup(
                "Hộ mới", "New household",
                [
                    FieldPlan(
                        name: "members", label: Sentence("Người ra hộ mới", "Who forms the new household"),
                        hint: Sentence(
                            "Chọn người và quan hệ với chủ hộ mới; chủ hộ mới cũng phải chọn.",
                            "Choose people and what they are to the new head; choose the head too."),
                        kind: .members(all: false)),
                    GuidedForm.address(
                        "address", "Địa chỉ của hộ mới", "Address of the new household",
                        known: subject.residence("address", subject.household?.state.address)),
                    GuidedForm.effective("Ngày tách hộ", "Split on"),
                ])
        ]
    }

    private func householdJoin(_ subject: FormSubject) -> [FormGroup] {
        let state = subject.state
        // Whoever is in no household most often comes into that of the nearest relative.
        let nearest = [state.mother, state.father, state.spouse].compactMap { $0?.person }.first
        return [
            FormGroup(
                "Hộ nhập vào", "Household",
                [
                    FieldPlan(
                        name: "member",
                        label: Sentence("Một người trong hộ", "A member of the household"),
                        hint: Sentence(
                            "Số định danh hoặc mã tra cứu của chủ hộ hay người khác trong hộ.",
                            "The number or handle of the head or of another member."),
                        kind: .person, known: GuidedForm.known("member", nearest.flatMap(subject.handle(of:)))),
                    FieldPlan(
                        name: "relation", label: Sentence("Quan hệ với chủ hộ", "Relation to the head"),
                        hint: Sentence("Quan hệ của người này với chủ hộ.", "What the person is to the head."),
                        kind: .select(
                            RelationToHead.allCases.map {
                                FieldPlan.Choice(value: $0.rawValue, label: Sentence($0.vietnamese, $0.english))
                            })),
                    GuidedForm.effective("Ngày nhập hộ", "Joined on"),
                ])
        ]
    }

    private func headChange() -> [FormGroup] {
        [
            FormGroup(
                "Chủ hộ mới", "New head",
                [
                    FieldPlan(
                        name: "members", label: Sentence("Quan hệ với chủ hộ mới", "Relation to the new head"),
                        hint: Sentence(
                            "Chọn “Chủ hộ” cho đúng một người.", "Choose “head” for exactly one person."),
                        kind: .members(all: true)),
                    GuidedForm.effective("Ngày thay đổi", "Changed on"),
                ])
        ]
    }
}
