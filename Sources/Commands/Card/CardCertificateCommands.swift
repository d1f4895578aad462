import Access
import ArgumentParser
import Cards
import Civil
import Drawing
import Foundation
import Ledger
import Population
import Web

/// The command `dancu card certificate`.
struct CardCertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Giấy chứng nhận căn cước: for people of Vietnamese origin without a nationality.",
        subcommands: [
            CardCertificateIssueCommand.self, CardCertificatePaperCommand.self, CardCertificateDeliverCommand.self,
            CardCertificateChangeCommand.self,
        ])

    static func tell(_ certificate: IdentityCertificate, _ output: OutputOptions) throws {
        if output.json {
            try Console.json(CardJSON.certificate(certificate))
        } else {
            Console.line(
                "\(certificate.handle)  \(certificate.issued)  \(certificate.status.title.inBoth)  "
                    + "\(certificate.pickup)")
        }
    }
}

/// The command `dancu card certificate issue APPLICATION`.
struct CardCertificateIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Cấp giấy chứng nhận căn cước: the snapshot that the paper shows.",
        usage: "dancu card certificate issue <application> [options]",
        discussion: """
            Examples:
              dancu card apply 005087000123
              dancu card decide 3f6k2m9q0v7x1c8b5n4d2h6j0t --approve
              dancu card certificate issue 3f6k2m9q0v7x1c8b5n4d2h6j0t

            Whoever the record says is stateless applies as for a card and is given a certificate: the record says \
            which of both.
            """)

    @Argument(help: "The handle of an approved application.")
    var application: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            let certificate = try await register.cards.issueCertificate(application, by: LocalOperator.requester)
            try CardCertificateCommand.tell(certificate, output)
        }
    }
}

/// The command `dancu card certificate paper CERTIFICATE`.
struct CardCertificatePaperCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paper", abstract: "In giấy chứng nhận căn cước: the paper as PDF; a look on record.",
        usage: "dancu card certificate paper <certificate> --out <file>",
        discussion: """
            Examples:
              dancu card certificate paper 3f6k2m9q0v7x1c8b5n4d2h6j0t --out giay.pdf

            Portrait, both index fingers where they were taken as pictures, a square code with the handle, and the \
            fields that the circular lists. The layout is our own.
            """)

    @Argument(help: "The handle of the certificate.")
    var certificate: String

    @Option(name: .long, help: "The file to write.", completion: .file())
    var out: String

    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        let requester = try look.requester()
        try await OpenedRegister.with(register, creating: nil) { register in
            try FontSet.standard.check()
            let file = try await register.cards.file(ofCertificate: certificate, by: requester)
            let office = try await register.access.office(file.certificate.pickup)?.name ?? file.certificate.pickup
            let pdf = try file.pdf(office: office, isSpecimen: register.population.kind == .demonstration)
            try CardFolder.write(pdf, to: URL(fileURLWithPath: out))
            try CardFolder.tell(
                out, receipt: file.receipt, output,
                json: ["certificate": .string(certificate), "file": .string(out)])
        }
    }
}

/// The command `dancu card certificate deliver CERTIFICATE`.
struct CardCertificateDeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Trao giấy chứng nhận căn cước; the one before ends at that moment.",
        usage: "dancu card certificate deliver <certificate> --check <how> [--old <what>]",
        discussion: """
            Examples:
              dancu card certificate deliver 3f6k2m9q0v7x1c8b5n4d2h6j0t --check face

            --check: face, papers or representative. --old: collected, lost or none.
            """)

    @Argument(help: "The handle of the certificate.")
    var certificate: String

    @Option(name: .long, help: "How the receiver's identity was checked.")
    var check: IdentityCheck

    @Option(name: .long, help: "What became of the certificate before.")
    var old: OldCard = .none

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.handOver(
                certificate: certificate, check: check, oldOne: old, by: LocalOperator.requester)
            try CardCertificateCommand.tell(
                try await register.cards.certificate(certificate, by: LocalOperator.requester), output)
        }
    }
}

/// The command `dancu card certificate change CERTIFICATE WHAT`.
struct CardCertificateChangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change", abstract: "Báo mất, tìm thấy, thu hồi giấy chứng nhận căn cước.",
        usage: "dancu card certificate change <certificate> <lost|found|revoke> [--note <note>]",
        discussion: """
            Examples:
              dancu card certificate change 3f6k2m9q0v7x1c8b5n4d2h6j0t lost
              dancu card certificate change 3f6k2m9q0v7x1c8b5n4d2h6j0t revoke --note "cấp sai"

            A death, a nationality or a merge of the record stops a certificate by itself.
            """)

    enum What: String, ExpressibleByArgument, CaseIterable {
        case lost, found, revoke

        var action: CertificateAction {
            switch self {
            case .lost: .reportLost
            case .found: .reportFound
            case .revoke: .revoke
            }
        }
    }

    @Argument(help: "The handle of the certificate.")
    var certificate: String

    @Argument(help: "What happens to it.")
    var what: What

    @Option(name: .long, help: "A note of 1 to 200 characters; needed to revoke.")
    var note: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var trial: TrialOptions
    @OptionGroup var register: RegisterOptions

    func run() async throws {
        try await OpenedRegister.with(register, creating: nil, trial: trial) { register in
            try await register.cards.change(
                certificate: certificate, what.action, note: note, by: LocalOperator.requester)
            try CardCertificateCommand.tell(
                try await register.cards.certificate(certificate, by: LocalOperator.requester), output)
        }
    }
}
