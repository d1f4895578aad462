import Access
import ArgumentParser
import Cards
import Chip
import Civil
import Foundation
import Ledger
import Population
import Web

/// The command `dancu factory produce BATCH`.
struct FactoryProduceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "produce", abstract: "In, ghi chip, kiểm tra: make what waits of a batch on the virtual machine.",
        usage: "dancu factory produce <batch> --out <dir> --pki <dir> --passphrase-file <file>",
        discussion: """
            Examples:
              dancu factory produce hn-000017 --out cards --pki pki --passphrase-file passphrase

            Each card is leased, made with a key of its own, signed, read back and compared with its order. Files \
            go to DIR/<card>/EF.SOD.bin and so on. An interrupted run leaves its card with the machine: see dancu \
            factory jobs. For demonstration registers: the chip's private key is thrown away.
            """)

    @Argument(help: "The code of the batch.")
    var batch: String

    @Option(name: .long, help: "The folder of the cards' files.", completion: .directory)
    var out: String

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let options = register
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil) { register in
            guard register.population.kind == .demonstration else { throw CardSpecimenCommand.onlySpecimens }
            let issuer = try issuer.issuer(of: options, isMade: true)
            let signer = try issuer.signer()
            let trust = try issuer.trust()
            let folder = try CardFolder.made(URL(fileURLWithPath: out))
            try issuer.copyCertificates(into: folder)
            let cards = register.cards
            while let ticket = try await next(cards, requester) {
                let chip = try await personalised(ticket, by: signer, cards, requester)
                try CardFolder.write(chip.files, of: ticket.card, into: folder)
                try await cards.finish(ticket.job.id, chip.made, by: requester)
                let printed = try Personalisation.printed(ticket.content)
                let files = try chip.read(of: ticket.content, random: cards.surroundings.random)
                let rejects = try await cards.check(
                    ticket.card, QualityReading(zone: printed.zone, code: printed.code, files: files), trust: trust,
                    by: requester)
                try tell(ticket, rejects)
            }
        }
    }

    /// The chip of a ticket; when nothing can be signed, the card goes back, for its blank is not touched yet.
    private func personalised(
        _ ticket: WorkTicket, by signer: DocumentSigner, _ cards: CardRegister, _ requester: Requester
    ) async throws -> PersonalisedChip {
        do {
            return try Personalisation.chip(for: ticket, by: signer, at: cards.surroundings.now())
        } catch {
            try await cards.release(ticket.job.id, by: requester)
            throw error
        }
    }

    private func next(_ cards: CardRegister, _ requester: Requester) async throws -> WorkTicket? {
        do {
            return try await cards.lease(of: batch, to: "virtual", by: requester)
        } catch ProductionRefusal.nothingToMake {
            return nil
        }
    }

    private func tell(_ ticket: WorkTicket, _ rejects: Set<RejectCode>) throws {
        let codes = rejects.map(\.rawValue).sorted()
        if output.json {
            try Console.json(
                JSONValue.object([
                    "card": .string(ticket.card), "blank": .string(ticket.job.blank.canonical),
                    "rejects": .array(codes.map { .string($0) }),
                ]))
        } else {
            Console.line(
                "\(ticket.card)  \(ticket.job.blank.canonical)  "
                    + (codes.isEmpty ? "đạt / passed" : "KHÔNG ĐẠT / REJECTED \(codes.joined(separator: " "))"))
        }
    }
}

/// The command `dancu factory jobs`.
struct FactoryJobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Lượt in chưa rõ kết quả: list them, and reconcile one after looking.",
        usage: "dancu factory jobs [--lost-track <job>] [--reconcile <job> --found <what>]",
        discussion: """
            Examples:
              dancu factory jobs
              dancu factory jobs --lost-track 812345678901234567
              dancu factory jobs --reconcile 812345678901234567 --found spoiled

            Jobs whose lease is over are of unknown outcome: somebody goes to the machine and says what \
            is found – spoiled, untouched or missing. A finished card that the machine did not report is spoiled here, \
            since nothing is known of its chip.
            """)

    enum Found: String, ExpressibleByArgument, CaseIterable {
        case spoiled, untouched, missing

        var event: JobEvent {
            switch self {
            case .spoiled: .foundSpoiled
            case .untouched: .foundUntouched
            case .missing: .foundMissing
            }
        }
    }

    @Option(name: .long, help: "A running job whose machine has died.")
    var lostTrack: Int64?

    @Option(name: .long, help: "The job that was looked at.")
    var reconcile: Int64?

    @Option(name: .long, help: "spoiled, untouched or missing.")
    var found: Found?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard (reconcile == nil) == (found == nil) else { throw ValidationError("--reconcile goes with --found.") }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let cards = register.cards
            _ = try await cards.expireLeases(by: requester)
            if let lostTrack { try await cards.loseTrack(lostTrack, by: requester) }
            if let reconcile, let found { try await cards.reconcile(reconcile, found.event, by: requester) }
            for state in [JobState.running, .unknown] {
                for job in try await cards.jobs(at: state, by: requester) { try tell(job) }
            }
        }
    }

    private func tell(_ job: Job) throws {
        if output.json {
            try Console.json(
                JSONValue.object([
                    "job": .string(String(job.id)), "state": .string(job.state.rawValue),
                    "machine": .string(job.machine), "blank": .string(job.blank.canonical),
                    "lease_until": .string(job.leaseUntil.iso),
                ]))
        } else {
            Console.line(
                "\(job.id)  \(job.state.rawValue)  \(job.machine)  \(job.blank.canonical)  \(job.leaseUntil.iso)")
        }
    }
}

/// The command `dancu factory parcel`.
struct FactoryParcelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parcel", abstract: "Kiện thẻ: pack what is ready, send it, receive it counted.",
        usage:
            "dancu factory parcel (--pack <site> | --send <parcel> | --receive <parcel> | ...) [options]",
        discussion: """
            Examples:
              dancu factory parcel --pack hn --json
              dancu factory parcel --send K2J4X1 --tracking EV123456789VN
              dancu factory parcel --receive K2J4X1 --count 120
              dancu factory parcel --receive K2J4X1 --count 119 --missing AA00000017
              dancu factory parcel --bring-back AA00000018
              dancu factory parcel --lose AA00000019 --reason "mất ở kho"

            Whoever receives a parcel counts it; a difference is told and nothing is taken over. A card that was sent \
            and is not there is named by the serial of its blank: it is lost, holds nowhere, and its holder applies \
            anew. What an office sent back is brought back at the site, and packed again or destroyed.
            """)

    @Option(name: .long, help: "Pack what is ready at this site, one parcel for each office.")
    var pack: String?

    @Option(name: .long, help: "The parcel that goes to the carrier.")
    var send: String?

    @Option(name: .long, help: "The carrier's number.")
    var tracking: String?

    @Option(name: .long, help: "The parcel that has arrived.")
    var receive: String?

    @Option(name: .long, help: "How many cards were counted in it.")
    var count: Int?

    @Option(name: .long, help: "The serial of a card that was sent and is not in it; may be repeated.")
    var missing: [String] = []

    @Option(name: .long, help: "The serial of a card that came back to the site.")
    var bringBack: String?

    @Option(name: .long, help: "The serial of a card that is lost before its hand-over.")
    var lose: String?

    @Option(name: .long, help: "How it was lost.")
    var reason: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard [pack, send, receive, bringBack, lose].compactMap({ $0 }).count == 1,
            (send == nil) == (tracking == nil), (receive == nil) == (count == nil), (lose == nil) == (reason == nil),
            receive != nil || missing.isEmpty
        else {
            throw ValidationError(
                "Name one of --pack, --send and --tracking, --receive and --count, --bring-back, --lose and --reason."
            )
        }
    }

    func run() async throws {
        let requester = LocalOperator.requester
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let cards = register.cards
            if let pack {
                for office in try await cards.officesToPack(at: pack, by: requester) {
                    try tell(try await cards.pack(at: pack, for: office, by: requester).code, .packed, office)
                }
            } else if let send, let tracking {
                try await cards.dispatch(send, tracking: tracking, by: requester)
                try tell(send, .inTransit, nil)
            } else if let receive, let count {
                try await cards.receive(receive, counted: count, missing: missing, by: requester)
                try tell(receive, .atOffice, nil)
            } else if let bringBack {
                try await cards.bringBack(serial: bringBack, by: requester)
                try tell(bringBack, .passed, nil)
            } else if let lose, let reason {
                try await cards.lose(serial: lose, reason: reason, by: requester)
                try tell(lose, .lost, nil)
            }
        }
    }

    private func tell(_ parcel: String, _ stage: OrderStage, _ office: String?) throws {
        if output.json {
            try Console.json(
                JSONValue.object([
                    "parcel": .string(parcel), "stage": .string(stage.rawValue), "office": CommonJSON.text(office),
                ]))
        } else {
            Console.line("\(parcel)  \(stage.title.inBoth)\(office.map { "  \($0)" } ?? "")")
        }
    }
}
