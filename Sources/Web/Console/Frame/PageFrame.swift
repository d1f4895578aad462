import Civil

/// Khung trang: what every page of the console has around it, whoever looks at it.
package struct PageFrame: Equatable, Sendable {
    /// Cán bộ đang làm việc: who is signed in, as text.
    package struct Officer: Equatable, Sendable {
        package let account: String
        package let role: String
        package let office: String
        /// There is another role to go on in.
        package let hasOtherRoles: Bool

        package init(account: String, role: String, office: String, hasOtherRoles: Bool = false) {
            self.hasOtherRoles = hasOtherRoles
            self.account = account
            self.role = role
            self.office = office
        }
    }

    /// Hồ sơ đang mở: the open file, which carries purpose and legal basis of every look.
    package struct Dossier: Equatable, Sendable {
        package let code: String
        package let procedure: String
        package let path: String

        package init(code: String, procedure: String, path: String) {
            self.code = code
            self.procedure = procedure
            self.path = path
        }
    }

    struct NavigationItem: Equatable, Sendable {
        let href: String
        let title: String
        let current: Bool
        /// How many wait there; nil where nothing can wait.
        let count: String?
    }

    let title: String
    /// "Lỗi: " before the title of a page with errors.
    let failed: Bool
    /// The code of the other language, and the path to come back to.
    let otherLanguage: String
    let back: String
    let demonstration: Bool
    let csrf: String
    let officer: Officer?
    let dossier: Dossier?
    /// What looks without a file are for; nil while a file is open.
    let purpose: String?
    let navigation: [NavigationItem]
    /// What was typed into the search box, shown again.
    let searched: String
    let language: String
    let day: String

    package init(
        title: String, language: PageLanguage, today: CalendarDate, csrf: String, path: String,
        demonstration: Bool = false, officer: Officer? = nil, dossier: Dossier? = nil, purpose: String? = nil,
        section: ConsoleSection? = nil, sections: [ConsoleSection] = ConsoleSection.allCases,
        waiting: [ConsoleSection: Int] = [:], searched: String = "", failed: Bool = false
    ) {
        self.title = title
        self.failed = failed
        self.language = language.rawValue
        otherLanguage = (language == .vietnamese ? PageLanguage.english : .vietnamese).rawValue
        back = path
        self.demonstration = demonstration
        self.csrf = csrf
        self.officer = officer
        self.dossier = dossier
        self.purpose = dossier == nil ? purpose : nil
        self.searched = searched
        day = DayText.vietnamese(today)
        navigation =
            officer == nil
            ? []
            : sections.map { item in
                NavigationItem(
                    href: item.path, title: language.of(item.title), current: item == section,
                    count: waiting[item].map(NumberText.grouped))
            }
    }

    /// The language that the frame speaks.
    var spoken: PageLanguage { PageLanguage(rawValue: language) ?? .vietnamese }
}
