import Civil
import Population

/// Tìm một người: what the one box understands, and a form for whoever remembers more than fits into it.
package struct PeoplePage: ConsolePage {
    package static let template = "people"

    package let frame: PageFrame
    let form: Form
    /// Neither a file is open nor a purpose stated.
    let asksPurpose: Bool

    private static let groups = [
        FormGroup(
            "Tìm theo nhiều điều kiện", "Search by what is remembered",
            [
                FieldPlan(
                    name: "q", label: Sentence("Họ và tên", "Name"),
                    hint: Sentence(
                        "Có dấu hay không, thiếu chữ, sai một chữ đều được.",
                        "With marks or without; parts may be missing, a letter wrong."),
                    kind: .text(keyboard: nil, width: .wide), optional: true, isSpellchecked: false),
                FieldPlan(
                    name: "born", label: Sentence("Ngày hoặc năm sinh", "Date or year of birth"),
                    hint: Sentence(
                        "Ví dụ 1987 hoặc 25/02/1987; lệch một năm vẫn tìm.",
                        "1987 or 25/02/1987; a year off is found too."),
                    kind: .text(keyboard: nil, width: .short), optional: true),
                FieldPlan(
                    name: "sex", label: PersonDetails.Field.sex.title,
                    hint: Sentence("Để trống khi không chắc.", "Leave empty when not sure."),
                    kind: .select(
                        Sex.allCases.map { .init(value: $0.rawValue, label: Sentence($0.vietnamese, $0.english)) }),
                    optional: true),
                FieldPlan(
                    name: "place", label: Sentence("Nơi cư trú", "Place"),
                    hint: Sentence(
                        "Xã, huyện hoặc tỉnh, tên cũ hay mới, ví dụ “Phúc Xá, Ba Đình, Hà Nội”.",
                        "Commune, district or province, of today or before, such as “Phúc Xá, Ba Đình, Hà Nội”."),
                    kind: .text(keyboard: nil, width: .wide), optional: true, isSpellchecked: false),
                FieldPlan(
                    name: "parent", label: Sentence("Họ tên cha hoặc mẹ", "Father's or mother's name"),
                    hint: Sentence("Như nghe được.", "As it was heard."),
                    kind: .text(keyboard: nil, width: .wide), optional: true, isSpellchecked: false),
                FieldPlan(
                    name: "old-number", label: Sentence("Số CMND", "Old identity number"),
                    hint: Sentence("Đủ 9 hoặc 12 chữ số.", "All nine or twelve digits."),
                    kind: .text(keyboard: "numeric", width: .short),
                    optional: true, isSpellchecked: false),
            ])
    ]

    package init(frame: PageFrame, units: UnitDirectory) {
        self.frame = frame
        asksPurpose = frame.dossier == nil && frame.purpose == nil
        form = FormDrawing(words: ValueWords(frame.spoken, units: units), input: FormInput(), errors: []).form(
            PeoplePage.groups, action: "/search", csrf: frame.csrf, hidden: [Form.Hidden(name: "detail", value: "1")],
            button: Sentence("Tìm", "Search"))
    }
}
