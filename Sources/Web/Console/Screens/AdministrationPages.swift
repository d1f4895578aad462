import Access
import Civil
import Ledger

/// Quản trị: the offices that the officer administers, and the way to an account.
package struct AdministrationPage: ConsolePage {
    package static let template = "administration"
    package static let title = Sentence("Quản trị", "Administration")

    struct Line: Equatable, Sendable {
        let href: String
        let name: String
        let code: String
        let level: String
        let place: String
        let period: String
        let officers: String
        /// The offices below, where there can be some and they are not shown.
        let below: String?
    }

    package let frame: PageFrame
    let problem: String?
    let account: String
    let offices: [Line]
    let hasOffices: Bool

    package init(
        frame: PageFrame, offices: [AdministeredOffice], showsBelow: Bool, units: UnitDirectory,
        problem: Sentence? = nil, account: String = ""
    ) {
        self.frame = frame
        self.problem = problem.map(frame.spoken.of)
        self.account = account
        self.offices = offices.map { entry in
            let office = entry.office
            return Line(
                href: OfficeWords.path(ofOffice: office.code), name: office.name, code: office.code,
                level: frame.spoken.of(office.level.title), place: office.unit.map { units.path(of: $0) } ?? "",
                period: OfficeWords.period(office, frame.spoken), officers: NumberText.grouped(entry.officers),
                below: showsBelow && office.level == .province
                    ? "/administration?below=\(PathText.encoded(office.code))" : nil)
        }
        hasOffices = !offices.isEmpty
    }
}

/// Một cơ quan: its periods, who holds a role there, and a new account in it.
package struct OfficePage: ConsolePage {
    package static let template = "administered-office"

    struct Line: Equatable, Sendable {
        let href: String
        let account: String
        let name: String
        let role: String
        let until: String
        let disabled: Bool
    }

    package let frame: PageFrame
    let code: String
    let name: String
    let level: String
    let place: String?
    let periods: [String]
    let problem: String?
    let holders: [Line]
    let hasHolders: Bool
    let form: Form

    package init(
        frame: PageFrame, periods: [Office], holders: [(officer: Officer, grant: Grant)],
        input: FormInput = FormInput(),
        problem: (any ExplainedRefusal)? = nil, units: UnitDirectory
    ) {
        let words = ValueWords(frame.spoken, units: units)
        let last = periods.last
        self.frame = frame
        code = last?.code ?? ""
        name = last?.name ?? ""
        level = last.map { frame.spoken.of($0.level.title) } ?? ""
        place = last?.unit.map { units.path(of: $0) }
        self.periods = periods.map { OfficeWords.period($0, frame.spoken) }
        self.problem =
            problem.flatMap { AdministrationForm.field(of: $0) == nil ? frame.spoken.of($0.sentence) : nil }
        self.holders = holders.map { holder in
            Line(
                href: OfficeWords.path(ofOfficer: holder.officer.account), account: holder.officer.account,
                name: holder.officer.name, role: frame.spoken.of(holder.grant.role.title),
                until: words.moment(holder.grant.until), disabled: holder.officer.disabled != nil)
        }
        hasHolders = !holders.isEmpty
        let drawing = AdministrationForm(language: frame.spoken, input: input, problem: problem)
        form = drawing.form(
            Sentence("Tạo tài khoản cán bộ", "New account"),
            [
                drawing.text(
                    "account", Sentence("Tài khoản", "Account"),
                    hint: Sentence(
                        "3 đến 40 ký tự a–z, 0–9, dấu chấm, gạch ngang; không dùng số định danh.",
                        "3 to 40 characters a–z, 0–9, dots, hyphens; never a personal number.")),
                drawing.text("name", Sentence("Tên hiển thị", "Name that is shown"), width: "wide"), drawing.role,
                drawing.until,
            ], action: OfficeWords.path(ofOffice: code), csrf: frame.csrf,
            button: Sentence("Tạo và đề nghị cấp vai trò", "Make it and ask for the role"))
    }
}
