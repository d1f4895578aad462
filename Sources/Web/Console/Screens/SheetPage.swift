import Civil
import Population

/// Phiếu thu thập thông tin dân cư (DC01): typed in at the counter for somebody whom no batch has brought yet.
///
/// It goes the way of every sheet: one row, one fate; what would hold a row of a batch holds this one too.
package struct SheetPage: ConsolePage {
    package static let template = "sheet"
    package static let title = Sentence("Lập phiếu thu thập DC01", "Fill in a collection sheet DC01")
    static let path = "/sheets/new"

    package let frame: PageFrame
    let heading: String
    let form: Form
    let key: String
    let draft: String?

    package init(
        frame: PageFrame, key: String, input: FormInput, errors: [FieldError] = [], draft: String? = nil
    ) {
        let language = frame.spoken
        self.frame = frame
        heading = language.of(SheetPage.title)
        self.key = key
        self.draft = draft
        form = Form(
            action: SheetPage.path, csrf: frame.csrf,
            groups: SheetPage.groups.map { title, columns in
                Form.Group(
                    title: language.of(title),
                    fields: columns.map { SheetPage.field($0, input, errors, language) })
            },
            hasErrors: !errors.isEmpty, errors: errors.map { ErrorLine(href: $0.href, text: $0.text) },
            button: language.of("Ghi phiếu", "Record the sheet"))
    }

    private static let groups: [(Sentence, [SheetColumn])] = [
        (
            Sentence("Nhân thân", "Identity"),
            [.name, .birth, .sex, .number, .oldNumber, .maritalStatus, .bloodGroup, .phone]
        ),
        (Sentence("Nguồn gốc", "Origin"), [.birthRegistration, .origin, .ethnicity, .religion, .nationality]),
        (Sentence("Nơi ở và hộ", "Residence and household"), [.permanent, .current, .household, .relation]),
        (
            Sentence("Cha, mẹ, vợ hoặc chồng", "Parents and spouse"),
            [.fatherName, .fatherNumber, .motherName, .motherNumber, .spouseName, .spouseNumber]
        ),
        (Sentence("Phiếu", "The sheet"), [.collected, .note]),
    ]

    private static func field(
        _ column: SheetColumn, _ input: FormInput, _ errors: [FieldError], _ language: PageLanguage
    ) -> Field {
        let name = column.rawValue
        let hint = hint(column).map(language.of)
        let error = errors.first { $0.field == name }?.text
        let options = options(column)
        let described = [hint == nil ? nil : "\(name)-hint", error == nil ? nil : "\(name)-error"].compactMap { $0 }
        let isNumber = [.number, .oldNumber, .fatherNumber, .motherNumber, .spouseNumber, .phone].contains(column)
        return Field(
            name: name, id: name, label: language.of(column.title), hint: hint, error: error, origin: nil,
            optional: !SheetColumn.required.contains(column),
            described: described.isEmpty ? nil : described.joined(separator: " "),
            text: options != nil
                ? nil
                : Field.Text(
                    value: input[name], keyboard: isNumber ? "numeric" : nil,
                    width: width(column), spellcheck: "false"),
            long: nil, date: nil, hasRadios: false, radios: [], hasSelect: options != nil,
            select: (options ?? []).map { value, label in
                Field.Option(id: "", value: value, label: language.of(label), chosen: input[name] == value)
            },
            place: nil, consent: nil, hasMembers: false, members: [])
    }

    private static func width(_ column: SheetColumn) -> String {
        switch column {
        case .birthRegistration, .origin, .permanent, .current, .note: "wide"
        case .birth, .collected, .oldNumber, .phone, .household, .bloodGroup: "short"
        default: "medium"
        }
    }

    /// The words that a sheet would have, so that what is chosen reads like what communes hand in.
    private static func options(_ column: SheetColumn) -> [(value: String, label: Sentence)]? {
        switch column {
        case .sex: Sex.allCases.map { ($0.vietnamese, Sentence($0.vietnamese, $0.english)) }
        case .maritalStatus: MaritalStatus.allCases.map { ($0.vietnamese, $0.title) }
        default: nil
        }
    }

    private static func hint(_ column: SheetColumn) -> Sentence? {
        switch column {
        case .name: Sentence("Viết đủ dấu, như trong giấy khai sinh.", "With marks, as on the birth certificate.")
        case .birth:
            Sentence(
                "Ngày/tháng/năm; chỉ tháng/năm hoặc năm nếu không rõ.",
                "Day/month/year; month/year or the year alone where no more is known.")
        case .birthRegistration, .origin, .permanent:
            Sentence(
                "Số nhà, đường hoặc thôn, xã, tỉnh; tên cũ hay mới đều được.",
                "House, street or hamlet, commune, province; old names or new ones.")
        case .current: Sentence("Chỉ ghi khi khác nơi thường trú.", "Only where it is not the permanent residence.")
        case .household:
            Sentence(
                "Số hộ do cơ quan ghi; người cùng mã là cùng hộ.",
                "The office's number of the household; people with the same one belong together.")
        case .relation: Sentence("Ví dụ: Chủ hộ, Vợ, Con đẻ.", "For example: Chủ hộ, Vợ, Con đẻ.")
        case .collected: Sentence("Để trống nếu là hôm nay.", "Leave empty for today.")
        case .number: Sentence("12 chữ số, nếu đã có.", "12 digits, where there is one.")
        case .oldNumber: Sentence("9 chữ số, nếu có.", "9 digits, where there is one.")
        default: nil
        }
    }
}
