import Access
import ArgumentParser
import Civil
import Ledger
import Population

/// The command `dancu officer`.
struct OfficerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "officer",
        abstract: "Cán bộ: accounts, the roles they hold, and their end.",
        subcommands: [
            OfficerListCommand.self, OfficerCreateCommand.self, OfficerGrantCommand.self, OfficerRevokeCommand.self,
            OfficerDisableCommand.self, OfficerLinkCommand.self, OfficerPersonCommand.self,
        ])
}

/// `dancu officer list`.
struct OfficerListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every account with its grants.", usage: "dancu officer list [options]",
        discussion: """
            Examples:
              dancu officer list
              dancu officer list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { opened in
            let now = opened.population.surroundings.now()
            for entry in try await opened.access.officers() {
                if output.json {
                    try Console.json(OfficerText.json(entry, now))
                } else {
                    Console.line(OfficerText.lines(entry, now))
                }
            }
        }
    }
}

/// `dancu officer create`.
struct OfficerCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account with its first role.",
        usage: "dancu officer create ACCOUNT --name NAME --role ROLE --office CODE --until DAY [options]",
        discussion: """
            Examples:
              dancu officer create lan.nt --name "Nguyễn Thị Lan" --role commune_officer --office xa-00004 \
            --until 2026-12-31
            """)

    @Argument(help: "The account: 3 to 40 of a–z, 0–9, dots, hyphens; never a person's number.")
    var account: String

    @Option(name: .long, help: "What colleagues call the officer.")
    var name: String

    @Option(name: .long, help: "The server's address for the link.")
    var address = "http://localhost:8080"

    @OptionGroup var role: RoleOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            let asked = try role.asked()
            try await opened.access.enrol(account: account, name: name, by: LocalOperator.requester)
            try await opened.access.grant(
                asked.role, in: asked.office, to: account, until: asked.until, by: LocalOperator.requester)
            let token = try await opened.access.issueEnrolment(for: account, by: LocalOperator.requester)
            Console.line("Đã tạo / created: \(account)")
            Console.line(OfficerText.link(token, address))
        }
    }
}

/// `dancu officer grant`.
struct OfficerGrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give an account one more role for a time.",
        usage: "dancu officer grant ACCOUNT --role ROLE --office CODE --until DAY [options]",
        discussion: """
            Examples:
              dancu officer grant lan.nt --role approver --office xa-00004 --until 2026-01-15 --deputy-for minh.tv
            """)

    @Argument(help: "The account.")
    var account: String

    @OptionGroup var role: RoleOptions

    @Option(name: .long, help: "The account whose absence is covered.")
    var deputyFor: String?

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            let asked = try role.asked()
            let grant = try await opened.access.grant(
                asked.role, in: asked.office, to: account, until: asked.until, deputyFor: deputyFor,
                by: LocalOperator.requester)
            Console.line("Đã phân công / granted: \(grant.id)")
        }
    }
}

/// `dancu officer revoke`.
struct OfficerRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a role away; it gives nothing from the next request on.",
        usage: "dancu officer revoke ACCOUNT GRANT --reason TEXT [options]",
        discussion: """
            Examples:
              dancu officer revoke lan.nt 4611686018427387905 --reason "chuyển công tác"
            """)

    @Argument(help: "The account.")
    var account: String

    @Argument(help: "The grant's number, as dancu officer list shows it.")
    var grant: Int64

    @Option(name: .long, help: "Why.")
    var reason: String

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            try await opened.access.revoke(grant, of: account, reason: reason, by: LocalOperator.requester)
            Console.line("Đã thu hồi / revoked: \(grant)")
        }
    }
}

/// `dancu officer person`.
struct OfficerPersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Gắn bản ghi của cán bộ: whose own record an account's is.",
        usage: "dancu officer person ACCOUNT HANDLE [options]",
        discussion: """
            Examples:
              dancu officer person lan.nt 3f6k2m9q0v7x1c8b5n4d2h6j0t

            Nobody records or approves an act that concerns their own record; a colleague does. The handle is what \
            dancu person show prints.
            """)

    @Argument(help: "The account.")
    var account: String

    @Argument(help: "The handle of the officer's own record.")
    var handle: String

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        guard let handle = Handle(parsing: handle) else { throw ValidationError("That is no handle.") }
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            guard
                let answer = try await opened.population.look(at: .handle(handle), by: LocalOperator.requester)
            else { throw AccessRefusal.notFoundHere }
            try await opened.access.identify(
                account, as: answer.state.person, handle: answer.handle, by: LocalOperator.requester)
            Console.line("Đã gắn / identified: \(account)")
        }
    }
}

/// `dancu officer disable`.
struct OfficerDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Lock an account and end its sessions; --enable opens it again.",
        usage: "dancu officer disable ACCOUNT --reason TEXT [--enable] [options]",
        discussion: """
            Examples:
              dancu officer disable lan.nt --reason "mất điện thoại"
            """)

    @Argument(help: "The account.")
    var account: String

    @Option(name: .long, help: "Why.")
    var reason: String

    @Flag(name: .long, help: "Open the account again.")
    var enable = false

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            try await opened.access.setDisabled(!enable, account, reason: reason, by: LocalOperator.requester)
            Console.line(enable ? "Đã mở / enabled: \(account)" : "Đã khóa / disabled: \(account)")
        }
    }
}

/// `dancu officer link`.
struct OfficerLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "A new link with which an officer sets up how to sign in; it works once, within a day.",
        usage: "dancu officer link ACCOUNT [--address URL] [options]",
        discussion: """
            Examples:
              dancu officer link lan.nt --address https://dancu.example.vn
            """)

    @Argument(help: "The account.")
    var account: String

    @Option(name: .long, help: "The server's address for the link.")
    var address = "http://localhost:8080"

    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { opened in
            let token = try await opened.access.issueEnrolment(for: account, by: LocalOperator.requester)
            Console.line(OfficerText.link(token, address))
        }
    }
}

/// A role in an office until a day.
struct RoleOptions: ParsableArguments {
    @Option(name: .long, help: "The role, such as commune_officer, approver, system_administrator.")
    var role: String

    @Option(name: .long, help: "The office's code.")
    var office: String

    @Option(name: .long, help: "The last day (YYYY-MM-DD), at most a year away.")
    var until: String

    func asked() throws -> (role: Role, office: String, until: Instant) {
        guard let role = Role(rawValue: role), role != .localOperator else {
            let names = Role.allCases.filter { $0 != .localOperator }.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--role takes one of \(names).")
        }
        guard CalendarDate(iso: until) != nil, let end = Instant(parsing: "\(until)T23:59:59+07:00") else {
            throw ValidationError("--until takes a day such as 2026-12-31.")
        }
        return (role, office, end)
    }
}

/// Officers as text and JSON.
enum OfficerText {
    static func link(_ token: String, _ address: String) -> String {
        let base = address.hasSuffix("/") ? String(address.dropLast()) : address
        return "Liên kết dùng một lần, trong 24 giờ / works once, within 24 hours:\n\(base)/enrol/\(token)"
    }

    static func lines(_ entry: OfficerEntry, _ now: Instant) -> String {
        let state = entry.officer.disabled == nil ? "" : "  (đã khóa / disabled)"
        let grants = entry.grants.filter { $0.isInForce(at: now) }.map { grant in
            "\n    \(grant.id)  \(grant.role.rawValue)  \(grant.office)  → \(grant.until.dayInVietnam)"
        }
        return "\(entry.officer.account)  \(entry.officer.name)\(state)" + grants.joined()
    }

    static func json(_ entry: OfficerEntry, _ now: Instant) -> JSONValue {
        .object([
            "account": .string(entry.officer.account), "name": .string(entry.officer.name),
            "disabled": .bool(entry.officer.disabled != nil),
            "grants": .array(
                entry.grants.map { grant in
                    .object([
                        "grant": .string(String(grant.id)), "role": .string(grant.role.rawValue),
                        "office": .string(grant.office), "since": .string(grant.since.iso),
                        "until": .string(grant.until.iso), "in_force": .bool(grant.isInForce(at: now)),
                    ])
                }),
        ])
    }
}
