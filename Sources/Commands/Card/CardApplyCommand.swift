import Access
import ArgumentParser
import Cards
import Chip
import Civil
import Foundation
import Population
import Web

extension CardGround: ExpressibleByArgument {}
extension FilingChannel: ExpressibleByArgument {}
extension FeeExemption: ExpressibleByArgument {}
extension IdentityCheck: ExpressibleByArgument {}
extension OldCard: ExpressibleByArgument {}

/// The command `dancu card apply PERSON`.
struct CardApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Tiếp nhận hồ sơ cấp thẻ: an application in one sitting, from the register.",
        usage: "dancu card apply <person> [--ground <ground>] [--pickup <office>] [options]",
        discussion: """
            Examples:
              dancu card apply 005087000123
              dancu card apply 005087000123 --ground name_or_birth --pickup xa-00004 --portrait anh.jpg
              dancu card apply 005218000001 --representative 005087000123 --dry-run
              dancu card apply 005087000123 --book 2026-12-01

            An application that was only booked, or stopped midway, goes on with dancu card step.

            Everything is filled in from the register; a record that is missing or wrong is collected or corrected \
            first. Under 14 a representative files, under 6 nothing is taken. Grounds: first, milestone, \
            name_or_birth, features, card_error, boundary, number_reestablished, wish, from_citizen_card, lost, \
            unusable, nationality_regained. In a demonstration register a portrait and fingers are drawn when \
            none are given. \(FingerOptions.discussion)
            """)

    @Argument(help: "A handle or a 12-digit number.")
    var person: String

    @Option(name: .long, help: "The ground of the law.")
    var ground: CardGround = .first

    @Option(name: .long, help: "The code of the office where the card is handed over.")
    var pickup = "local"

    @Option(name: .long, help: "How it is filed: counter or online.")
    var channel: FilingChannel = .counter

    @Option(name: .long, help: "Why nothing is paid: poor_household and so on.")
    var exemption: FeeExemption?

    @Flag(name: .long, help: "The applicant has an electronic identity of level 2.")
    var levelTwo = false

    @Option(name: .long, help: "Who files for somebody under 14: a handle or number.")
    var representative: String?

    @Option(name: .long, help: "A JPEG or PNG of at most 12 MB.", completion: .file())
    var portrait: String?

    @Option(name: .long, help: "Why a portrait is taken that the checks refuse; whoever decides sees it.")
    var portraitReason: String?

    @OptionGroup var fingers: FingerOptions

    @Flag(name: .long, help: "Make it before others.")
    var urgent = false

    @Option(name: .long, help: "Only book it, for this day (YYYY-MM-DD).")
    var book: String?

    @Flag(name: .long, help: "Check everything, record nothing but the looks.")
    var dryRun = false

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        if let book, CalendarDate(iso: book) == nil {
            throw ValidationError("--book takes a day such as 2026-12-01, not \(book).")
        }
    }

    func run() async throws {
        let selector = try PersonArgument.selector(person)
        let other = try representative.map(PersonArgument.selector)
        let requester = try look.requester()
        let request = CardRequest(
            ground: ground, channel: channel, exemption: exemption, hasLevelTwo: levelTwo, pickup: pickup,
            isUrgent: urgent, booked: book.flatMap { CalendarDate(iso: $0) })
        // Before anything is recorded: a file that cannot be read leaves no application behind.
        let picture = try portrait.map(CardFolder.portrait)
        let taken = try fingers.captured()
        try await OpenedRegister.with(register, creating: nil) { register in
            let application = try await register.cards.apply(
                for: selector, request, representative: other, by: requester, dryRun: dryRun)
            guard !dryRun, book == nil else { return try tell(application) }
            let cards = register.cards
            if let picture {
                try await cards.capturePortrait(
                    application.handle, picture, accepting: portraitReason, by: requester)
            }
            if let taken {
                try await cards.captureFingers(
                    application.handle, taken, accepting: fingers.fingerReason, by: requester)
            }
            let face = Capture.specimen(for: application.person)
            try tell(try await cards.goOn(application.handle, face: face, by: requester))
        }
    }

    private func tell(_ application: CardApplication) throws {
        if output.json {
            try Console.json(CardJSON.application(application, dryRun: dryRun))
        } else {
            Console.line(CardText.text(application, dryRun: dryRun))
        }
    }
}

/// The command `dancu card step APPLICATION WHAT`.
struct CardStepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step", abstract: "Đi tiếp, tạm dừng, rút hồ sơ cấp thẻ: what stopped midway.",
        usage: "dancu card step <application> <step> [--reason <reason>] [options]",
        discussion: """
            Examples:
              dancu card step 3f6k2m9q0v7x1c8b5n4d2h6j0t identify --reason "đã đến"
              dancu card step 3f6k2m9q0v7x1c8b5n4d2h6j0t go-on --portrait anh.jpg
              dancu card step 3f6k2m9q0v7x1c8b5n4d2h6j0t withdraw --reason "công dân rút"

            identify: who booked has come, or the record was put in order. go-on: whatever is left until it is \
            submitted; in a demonstration register a portrait is drawn when none is given. block: the record must be \
            collected or corrected first.
            """)

    enum What: String, ExpressibleByArgument, CaseIterable {
        case identify, block, withdraw
        case goOn = "go-on"

        /// Nil for what is several steps.
        var action: ApplicationAction? {
            switch self {
            case .identify: .identify
            case .block: .block
            case .withdraw: .withdraw
            case .goOn: nil
            }
        }
    }

    @Argument(help: "The handle of the application.")
    var application: String

    @Argument(help: "What is done.")
    var what: What

    @Option(name: .long, help: "Why, 1 to 200 characters.")
    var reason: String?

    @Option(name: .long, help: "A JPEG or PNG of at most 12 MB.", completion: .file())
    var portrait: String?

    @Option(name: .long, help: "Why a portrait is taken that the checks refuse; whoever decides sees it.")
    var portraitReason: String?

    @OptionGroup var fingers: FingerOptions

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        let isCapturing = portrait != nil || fingers.fingers != nil || !fingers.missingFinger.isEmpty
        guard (what == .goOn) == (reason == nil), !isCapturing || what == .goOn else {
            throw ValidationError("go-on takes --portrait and --fingers; identify, block and withdraw take --reason.")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        let picture = try portrait.map(CardFolder.portrait)
        let taken = try fingers.captured()
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let cards = register.cards
            if let action = what.action {
                try await cards.step(application, action, reason: reason ?? "", by: requester)
            } else {
                if let picture {
                    try await cards.capturePortrait(application, picture, accepting: portraitReason, by: requester)
                }
                if let taken {
                    try await cards.captureFingers(application, taken, accepting: fingers.fingerReason, by: requester)
                }
                let person = try await cards.application(application, by: requester).person
                _ = try await cards.goOn(application, face: Capture.specimen(for: person), by: requester)
            }
            let stepped = try await cards.application(application, by: requester)
            if output.json {
                try Console.json(CardJSON.application(stepped))
            } else {
                Console.line(CardText.text(stepped))
            }
        }
    }
}

extension RefusalArticle: ExpressibleByArgument {}

/// The command `dancu card decide APPLICATION`.
struct CardDecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Duyệt hồ sơ cấp thẻ: approve, refuse or send back an application.",
        usage: "dancu card decide <application> (--approve | --refuse <reason> | --send-back <reason>) ...",
        discussion: """
            Examples:
              dancu card decide 3f6k2m9q0v7x1c8b5n4d2h6j0t --approve
              dancu card decide 3f6k2m9q0v7x1c8b5n4d2h6j0t --approve --despite "anh em sinh đôi"
              dancu card decide 3f6k2m9q0v7x1c8b5n4d2h6j0t --refuse "không đủ điều kiện" --article 19

            Officers never decide on an application that they took; whoever runs the program on the register's machine \
            is not bound by it. The record must still be the one that the applicant confirmed.
            """)

    @Argument(help: "The handle of the application.")
    var application: String

    @Flag(name: .long, help: "Approve it.")
    var approve = false

    @Option(name: .long, help: "Why persons with the same biometrics are others; with --approve.")
    var despite: String?

    @Option(name: .long, help: "Refuse it, and why.")
    var refuse: String?

    @Option(name: .long, help: "The article of Law 26/2023 that forbids it: 19, 21 or 24; with --refuse.")
    var article: RefusalArticle?

    @Option(name: .long, help: "Send it back to whoever took it.")
    var sendBack: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard [approve, refuse != nil, sendBack != nil].filter({ $0 }).count == 1 else {
            throw ValidationError("Name one of --approve, --refuse and --send-back.")
        }
        guard (refuse == nil) == (article == nil), despite == nil || approve else {
            throw ValidationError("--refuse goes with --article, --despite with --approve.")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            if let refuse, let article {
                try await register.cards.refuse(application, article, reason: refuse, by: requester)
            } else if let sendBack {
                try await register.cards.sendBack(application, reason: sendBack, by: requester)
            } else {
                try await register.cards.approve(application, despite: despite, by: requester)
            }
            let decided = try await register.cards.application(application, by: requester)
            if output.json {
                try Console.json(CardJSON.application(decided))
            } else {
                Console.line(CardText.text(decided))
            }
        }
    }
}

/// The command `dancu card order APPLICATION…`.
struct CardOrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Đặt sản xuất thẻ: take the snapshot that a card shows.",
        usage: "dancu card order (<application> ... | --all)",
        discussion: """
            Examples:
              dancu card order 3f6k2m9q0v7x1c8b5n4d2h6j0t
              dancu card order --all --json

            The snapshot never changes; the card shows it and not the register as it stands later. The day of the \
            order is the day of issue.
            """)

    @Argument(help: "Handles of approved applications.")
    var applications: [String] = []

    @Flag(name: .long, help: "Every approved application, the longest waiting first.")
    var all = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard applications.isEmpty == all else { throw ValidationError("Name applications, or --all.") }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let handles =
                all ? try await register.cards.applications(at: .approved, by: requester) : applications
            var first: (any ExplainedRefusal)?
            for handle in handles {
                do {
                    let card = try await register.cards.order(handle, by: requester)
                    if output.json {
                        try Console.json(CardJSON.card(card))
                    } else {
                        Console.line(CardText.text(card))
                    }
                } catch let refusal as any ExplainedRefusal {
                    // One that cannot be ordered keeps nobody else waiting.
                    Console.message("\(handle): \(refusal.sentence.inBoth) [\(refusal.code)]")
                    first = first ?? refusal
                }
            }
            if let first { throw first }
        }
    }
}
