import Access
import ArgumentParser
import Cards
import Chip
import Civil
import Foundation
import Ledger
import Population
import Web

/// The command `dancu card deliver CARD`.
struct CardDeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Trao thẻ: hand a card over; the card before ends at that moment.",
        usage: "dancu card deliver <card> --check <how> [--old-card <what>] [options]",
        discussion: """
            Examples:
              dancu card deliver 3f6k2m9q0v7x1c8b5n4d2h6j0t --check face
              dancu card deliver 3f6k2m9q0v7x1c8b5n4d2h6j0t --check fingers --old-card collected

            --check: face, fingers, papers or representative. --old-card: collected, lost or none.
            """)

    @Argument(help: "The handle of the card.")
    var card: String

    @Option(name: .long, help: "How the receiver's identity was checked.")
    var check: IdentityCheck

    @Option(name: .long, help: "What became of the card before.")
    var oldCard: OldCard = .none

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.handOver(card, check: check, oldCard: oldCard, by: LocalOperator.requester)
            if output.json {
                try Console.json(JSONValue.object(["card": .string(card), "status": .string("active")]))
            } else {
                Console.line("Đã trao, đã kích hoạt / handed over and active: \(card)")
            }
        }
    }
}

/// The command `dancu card change CARD WHAT`.
struct CardChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Tạm giữ, báo mất, thu hồi thẻ: change whether a card holds.",
        usage: "dancu card change <card> <what> [--ground <ground>] [--note <note>]",
        discussion: """
            Examples:
              dancu card change 3f6k2m9q0v7x1c8b5n4d2h6j0t lost
              dancu card change 3f6k2m9q0v7x1c8b5n4d2h6j0t hold --ground detention
              dancu card change 3f6k2m9q0v7x1c8b5n4d2h6j0t revoke --ground issued_wrongly

            What: activate, hold (detention, prison, compulsory_centre, reform_school), give-back, lost, found, revoke \
            (nationality_lost, issued_wrongly, altered). Grounds are those of the law and no other; a death stops a \
            card by itself, in the transaction that records it.
            """)

    enum What: String, ExpressibleByArgument, CaseIterable {
        case activate, hold, lost, found, revoke
        case giveBack = "give-back"
    }

    @Argument(help: "The handle of the card.")
    var card: String

    @Argument(help: "What happens to it.")
    var what: What

    @Option(name: .long, help: "The ground of the law, for hold and revoke.")
    var ground: String?

    @Option(name: .long, help: "A note of 1 to 200 characters.")
    var note: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        let known =
            switch what {
            case .hold: HoldGround.allCases.map(\.rawValue)
            case .revoke: RevocationGround.allCases.map(\.rawValue)
            case .activate, .lost, .found, .giveBack: [String]()
            }
        guard known.isEmpty ? ground == nil : known.contains(ground ?? "") else {
            throw ValidationError(
                known.isEmpty
                    ? "\(what.rawValue) has no ground." : "--ground is one of \(known.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let cards = register.cards
            switch what {
            case .activate: try await cards.activate(card, by: requester)
            case .hold:
                if let ground = ground.flatMap(HoldGround.init) { try await cards.hold(card, ground, by: requester) }
            case .giveBack: try await cards.giveBack(card, by: requester)
            case .lost: try await cards.reportLost(card, note: note, by: requester)
            case .found: try await cards.reportFound(card, by: requester)
            case .revoke:
                if let ground = ground.flatMap(RevocationGround.init) {
                    try await cards.revoke(card, ground, note: note, by: requester)
                }
            }
            if output.json {
                try Console.json(JSONValue.object(["card": .string(card), "changed": .string(what.rawValue)]))
            } else {
                Console.line("Đã ghi / recorded: \(card) \(what.rawValue)")
            }
        }
    }
}

/// The command `dancu card status`.
struct CardStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tra tình trạng thẻ: whether a card holds, by number and day, or by its chip.",
        usage: "dancu card status (<number> --issued <day> | --chip <folder>) [options]",
        discussion: """
            Examples:
              dancu card status 005087000123 --issued 2026-11-29
              dancu card status --chip cards/3f6k2m9q0v7x1c8b5n4d2h6j0t --json

            --chip reads EF.DG15.bin of a folder that dancu factory produce wrote. The document number of the zone is \
            no key: two people can share it. The question is a look on record. Exit code 0: it holds; 1: it does not, \
            or no such card is known.
            """)

    @Argument(help: "The 12-digit number.")
    var number: String?

    @Option(name: .long, help: "The day of issue (YYYY-MM-DD).")
    var issued: String?

    @Option(name: .long, help: "A folder with the files of a card.", completion: .directory)
    var chip: String?

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard chip == nil ? number != nil && issued != nil : number == nil && issued == nil else {
            throw ValidationError("Name the number with --issued, or --chip.")
        }
    }

    func run() async throws {
        let requester = try look.requester()
        let isValid = try await OpenedRegister.with(register, creating: nil) { register in
            guard let standing = try await standing(register.cards, requester) else {
                throw ProductionRefusal.cardUnknown
            }
            if output.json {
                try Console.json(CardJSON.standing(standing))
            } else {
                Console.line(CardText.text(standing))
            }
            return standing.isValid
        }
        if !isValid { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }

    private func standing(_ cards: CardRegister, _ requester: Requester) async throws -> CardStanding? {
        if let chip {
            let file = CardFolder.url(of: .dg15, in: URL(fileURLWithPath: chip)).path
            let bytes = try CardFolder.bytes(file)
            guard let key = try? ActiveKeyFile(bytes: bytes).key else {
                throw ProductionRefusal.cardUnknown
            }
            return try await cards.standing(chipKey: key, by: requester)
        }
        let number = try PersonalIdentificationNumber(parsing: number ?? "")
        guard let day = CalendarDate(iso: issued ?? "") else {
            throw ValidationError("--issued takes a day such as 2026-11-29.")
        }
        return try await cards.standing(number: number, issued: day, by: requester)
    }
}

/// The command `dancu card list PERSON`.
struct CardListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Các thẻ của một người: every card of a person, the newest first.",
        usage: "dancu card list <person> [options]",
        discussion: """
            Examples:
              dancu card list 005087000123
              dancu card list 005087000123 --json
            """)

    @Argument(help: "A handle or a 12-digit number.")
    var person: String

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let selector = try PersonArgument.selector(person)
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { register in
            for card in try await register.cards.cards(of: selector, by: requester) {
                if output.json {
                    try Console.json(CardJSON.card(card))
                } else {
                    Console.line(CardText.text(card))
                }
            }
        }
    }
}

/// The command `dancu card history CARD`.
struct CardHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Lịch sử thẻ: every act of a card, with who, when and on which basis.",
        usage: "dancu card history <card> [options]",
        discussion: """
            Examples:
              dancu card history 3f6k2m9q0v7x1c8b5n4d2h6j0t
              dancu card history 3f6k2m9q0v7x1c8b5n4d2h6j0t --json
            """)

    @Argument(help: "The handle of the card.")
    var card: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil) { register in
            for event in try await register.cards.history(of: card, by: LocalOperator.requester) {
                let act = event.act
                let content = String(decoding: try event.change.bytes(), as: UTF8.self)
                if output.json {
                    let value = try JSONDecoder().decode(JSONValue.self, from: Data(content.utf8))
                    try Console.json(
                        JSONValue.object([
                            "act": .string(String(act.id.rawValue)), "recorded": .string(act.recorded.iso),
                            "account": .string(act.actor.account), "legal_basis": .string(act.legalBasis),
                            "content": value,
                        ]))
                } else {
                    Console.line("\(act.recorded.iso)  \(act.actor.account)  \(content)")
                }
            }
        }
    }
}

/// The command `dancu card status-list`.
struct CardStatusListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status-list", abstract: "Danh sách thẻ không còn giá trị, signed, for terminals without a line.",
        usage: "dancu card status-list --out <file> --pki <dir> --passphrase-file <file>",
        discussion: """
            Examples:
              dancu card status-list --out the.list --pki pki --passphrase-file passphrase
              dancu card status-list --out the.list --pki pki --passphrase-file passphrase --hours 6

            The file names nobody: it holds the beginning of the hash of each chip's key. Beside it <file>.der is the \
            certificate of whose key signed it. dancu card inspect --status-list reads both; the form of the list is \
            in docs/cards.md.
            """)

    @Option(name: .long, help: "The file to write.", completion: .file())
    var out: String

    @Option(name: .long, help: "How long a terminal may use it, 1 to 168.")
    var hours = 24

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (1...168).contains(hours) else { throw ValidationError("--hours is 1 to 168.") }
    }

    func run() async throws {
        let issuer = try issuer.issuer(of: register)
        let (key, certificate) = (try issuer.signingKey(), try issuer.signer().certificate)
        try await OpenedRegister.with(register, creating: nil) { register in
            let list = try await register.cards.statusList(
                by: key, holdsFor: hours, by: LocalOperator.requester)
            try CardFolder.write(list.bytes, to: URL(fileURLWithPath: out))
            try CardFolder.write(certificate.bytes, to: URL(fileURLWithPath: out + ".der"))
            if output.json {
                try Console.json(
                    JSONValue.object([
                        "entries": .integer(Int64(list.count)), "issued": .string(list.issued.iso),
                        "next": .string(list.next.iso),
                    ]))
            } else {
                Console.line("\(out): \(list.count) thẻ / cards, đến / until \(list.next.iso)")
            }
        }
    }
}
