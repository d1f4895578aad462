import Access
import Civil
import Ledger

/// Người thay khi vắng mặt: a colleague who is to hold the officer's own role until a day.
package struct DeputyPage: ConsolePage {
    package static let template = "deputy"
    package static let title = Sentence("Người thay khi vắng mặt", "Deputy for an absence")

    package let frame: PageFrame
    let role: String
    let office: String
    let problem: String?
    let form: Form

    package init(
        frame: PageFrame, role: Role, office: String, input: FormInput = FormInput(),
        problem: (any ExplainedRefusal)? = nil
    ) {
        self.frame = frame
        self.role = frame.spoken.of(role.title)
        self.office = office
        self.problem =
            problem.flatMap { AdministrationForm.field(of: $0) == nil ? frame.spoken.of($0.sentence) : nil }
        let drawing = AdministrationForm(language: frame.spoken, input: input, problem: problem)
        form = drawing.form(
            DeputyPage.title,
            [
                drawing.text(
                    "account", Sentence("Tài khoản của đồng nghiệp", "The colleague's account"),
                    hint: Sentence(
                        "Người đang có vai trò tại cùng cơ quan.", "Somebody who holds a role in the same office.")),
                drawing.until,
            ], action: "/deputy", csrf: frame.csrf, button: Sentence("Đề nghị", "Ask for it"))
    }
}
