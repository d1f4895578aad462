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
    /// A new office, or the next period of one that was closed.
    let form: Form

    /// - Parameter problem: Of the search for an account, or of the form for an office.
    package init(
        frame: PageFrame, offices: [AdministeredOffice], showsBelow: Bool, units: UnitDirectory,
        input: FormInput = FormInput(), problem: (any ExplainedRefusal)? = nil, account: String = ""
    ) {
        self.frame = frame
        let isAboutForm = problem.map { AdministrationForm.field(of: $0) != "account" } ?? false
        self.problem =
            isAboutForm && problem.map({ AdministrationForm.field(of: $0) != nil }) ?? false
            ? nil : problem.map { frame.spoken.of($0.sentence) }
        form = AdministrationPage.form(
            AdministrationForm(language: frame.spoken, input: input, problem: isAboutForm ? problem : nil),
            csrf: frame.csrf)
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

    private static func form(_ drawing: AdministrationForm, csrf: String) -> Form {
        drawing.form(
            Sentence("Mở cơ quan, hoặc giai đoạn mới của cơ quan", "Open an office, or its next period"),
            [
                drawing.text(
                    "code", Sentence("Mã cơ quan", "Code of the office"),
                    hint: Sentence(
                        "Tên ngắn dùng mãi mãi: a–z, 0–9, gạch ngang, ví dụ xa-00004.",
                        "A short name that stays for ever: a–z, 0–9, hyphens, as xa-00004.")),
                drawing.text(
                    "name", Sentence("Tên cơ quan", "Name of the office"),
                    hint: Sentence("Tên đầy đủ, như trên con dấu.", "The full name, as on its seal."), width: "wide"),
                drawing.level,
                drawing.text(
                    "unit", Sentence("Địa bàn", "Place"),
                    hint: Sentence(
                        "Tên hoặc mã đơn vị hành chính; bỏ trống với Bộ và cơ quan đại diện.",
                        "Name or code of the unit; empty for the ministry and for missions."), width: "wide"),
                drawing.day(
                    Sentence("Từ ngày", "From"),
                    hint: Sentence("Ngày đầu tiên của giai đoạn.", "The first day of the period.")),
            ], action: "/administration/offices", csrf: csrf, button: Sentence("Mở cơ quan", "Open the office"))
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
    /// The end of the period that lasts; nil where none does.
    let closing: Form?

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
                drawing.text(
                    "name", Sentence("Tên hiển thị", "Name that is shown"),
                    hint: Sentence("Họ tên như đồng nghiệp gọi.", "The name as colleagues know it."), width: "wide"),
                drawing.role,
                drawing.until,
            ], action: OfficeWords.path(ofOffice: code), csrf: frame.csrf,
            button: Sentence("Tạo và đề nghị cấp vai trò", "Make it and ask for the role"))
        closing = last.flatMap { last in
            last.until == nil ? OfficePage.closing(drawing, of: last.code, csrf: frame.csrf) : nil
        }
    }

    private static func closing(_ drawing: AdministrationForm, of code: String, csrf: String) -> Form {
        drawing.form(
            Sentence("Kết thúc giai đoạn của cơ quan", "End the period of the office"),
            [
                drawing.day(
                    Sentence("Kể từ ngày", "From"),
                    hint: Sentence(
                        "Từ ngày này không ai làm việc tại cơ quan; vai trò ở đây hết hiệu lực.",
                        "From this day on nobody works there; roles in it give nothing any more."))
            ], action: OfficeWords.path(ofOffice: code) + "/end", csrf: csrf,
            button: Sentence("Kết thúc giai đoạn", "End the period"))
    }
}
