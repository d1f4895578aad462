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
    let draft: String?

    package init(
        frame: PageFrame, key: String, input: FormInput, errors: [FieldError] = [], draft: String? = nil,
        units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        self.frame = frame
        heading = frame.spoken.of(SheetPage.title)
        self.draft = draft
        form = FormDrawing(words: words, input: input, errors: errors).form(
            SheetPage.groups, action: SheetPage.path, csrf: frame.csrf, hidden: [.init(name: "key", value: key)],
            button: Sentence("Tiếp tục", "Continue"))
    }

    static let groups = [
        group(
            "Nhân thân", "Identity",
            [.name, .birth, .sex, .number, .oldNumber, .maritalStatus, .bloodGroup, .phone]),
        group("Nguồn gốc", "Origin", [.birthRegistration, .origin, .ethnicity, .religion, .nationality]),
        group("Nơi ở và hộ", "Residence and household", [.permanent, .current, .household, .relation]),
        group(
            "Cha, mẹ, vợ hoặc chồng", "Parents and spouse",
            [.fatherName, .fatherNumber, .motherName, .motherNumber, .spouseName, .spouseNumber]),
        group("Phiếu", "The sheet", [.collected, .note]),
    ]

    private static func group(_ vietnamese: String, _ english: String, _ columns: [SheetColumn]) -> FormGroup {
        FormGroup(
            vietnamese, english,
            columns.map { column in
                FieldPlan(
                    name: column.rawValue, label: column.title, hint: hint(column), kind: kind(column),
                    optional: !SheetColumn.required.contains(column), isSpellchecked: false)
            })
    }

    /// Choices have the words that a sheet would have, so that they read like what communes hand in.
    private static func kind(_ column: SheetColumn) -> FieldPlan.Kind {
        switch column {
        case .name, .fatherName, .motherName, .spouseName: .name
        case .sex:
            .select(Sex.allCases.map { .init(value: $0.vietnamese, label: Sentence($0.vietnamese, $0.english)) })
        case .maritalStatus: .select(MaritalStatus.allCases.map { .init(value: $0.vietnamese, label: $0.title) })
        case .number, .fatherNumber, .motherNumber, .spouseNumber: .text(keyboard: "numeric", width: .medium)
        case .oldNumber, .phone: .text(keyboard: "numeric", width: .short)
        case .birthRegistration, .origin, .permanent, .current, .note: .text(keyboard: nil, width: .wide)
        case .birth, .collected, .household, .bloodGroup: .text(keyboard: nil, width: .short)
        case .row, .relation, .ethnicity, .nationality, .religion: .text(keyboard: nil, width: .medium)
        }
    }

    static func hint(_ column: SheetColumn) -> Sentence {
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
        case .sex: Sentence("Nam hoặc Nữ, như trong giấy khai sinh.", "Nam or Nữ, as on the birth certificate.")
        case .bloodGroup: Sentence("A, B, AB hoặc O, nếu biết.", "A, B, AB or O, where it is known.")
        case .maritalStatus: Sentence("Tình trạng hiện nay.", "As it is now.")
        case .ethnicity: Sentence("Ví dụ: Kinh, Tày, Thái, Ê Đê.", "For example: Kinh, Tày, Thái, Ê Đê.")
        case .nationality: Sentence("Ví dụ: Việt Nam.", "For example: Việt Nam.")
        case .religion: Sentence("Ghi “Không” nếu không theo tôn giáo nào.", "“Không” for none.")
        case .fatherName, .motherName, .spouseName:
            Sentence("Viết đủ dấu; để trống nếu không rõ.", "With marks; leave empty if not known.")
        case .fatherNumber, .motherNumber, .spouseNumber:
            Sentence("12 chữ số, nếu biết.", "12 digits, where it is known.")
        case .phone: Sentence("Số gọi được cho chính người này.", "A number at which this person can be reached.")
        case .note:
            Sentence("Một câu; nếu đã chết thì ghi “Đã chết năm …”.", "One sentence; of the dead “Đã chết năm …”.")
        case .row: Sentence("Số thứ tự trên phiếu.", "The number on the sheet.")
        }
    }
}
