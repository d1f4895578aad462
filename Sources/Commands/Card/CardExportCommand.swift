import ArgumentParser
import Cards
import Chip
import Foundation
import Population

/// The command `dancu card export [CARD…] --out DIR`.
struct CardExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Xuất tệp trên chip của thẻ đã làm: for the readers and tools of others.",
        usage: "dancu card export [<card> ...] --out <dir> [options]",
        discussion: """
            Examples:
              dancu card export --out cards
              dancu card export 3f6k2m9q0v7x1c8b5n4d2h6j0t --out cards --json

            All cards that passed quality control, or those that are named: what stands on their chips goes to \
            DIR/<card>/EF.SOD.bin, EF.DG1.bin and so on, each held against EF.SOD before it is written; the \
            certificates of authorities and signers go to DIR/certificates in DER, with the revocation list of the \
            issuer that --pki names or that the register has of its own. Fingers lie open in a file. Every card is \
            a look, on record before its files are written. Chips' keys are kept nowhere. A production register \
            exports nothing; a card of somebody who has not applied is made by dancu card specimen.
            """)

    @Argument(help: "Handles of cards; all without one.")
    var cards: [String] = []

    @Option(name: .long, help: "A folder that is empty or not there yet.", completion: .directory)
    var out: String

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    private static let purpose = "xuất tệp trên chip để trình diễn và kiểm thử đầu đọc"

    func run() async throws {
        let requester = try look.requester(otherwise: Self.purpose)
        let folder = URL(fileURLWithPath: out)
        let options = register
        try await OpenedRegister.with(register, creating: nil) { register in
            // Refused before a folder is made.
            let authorities = try await register.cards.authorityCertificates(by: requester)
            try PKIFolder.prepare(folder)
            var certificates = authorities.map { ("csca", $0) }
            var next = cards.isEmpty ? try await register.cards.exportable(after: "", by: requester) : cards
            while !next.isEmpty {
                let part = Array(next.prefix(CardRegister.mostExported))
                for card in try await register.cards.chipFiles(of: part, by: requester) {
                    try CardFolder.write(card.files, of: card.card, into: folder)
                    certificates += card.signerCertificate.map { [("signer", $0)] } ?? []
                    try CardFolder.tell(
                        "\(out)/\(card.card)", receipt: card.receipt, output, json: ["card": .string(card.card)])
                }
                next.removeFirst(part.count)
                if cards.isEmpty, let last = part.last {
                    next = try await register.cards.exportable(after: last, by: requester)
                }
            }
            try write(certificates, into: try CardFolder.made(folder.appendingPathComponent("certificates")))
            try copyList(of: options, into: folder)
        }
    }

    /// Each certificate once, named by what it is and where it stands among its like.
    private func write(_ certificates: [(name: String, bytes: [UInt8])], into folder: URL) throws {
        var written: [String: [[UInt8]]] = [:]
        for (name, bytes) in certificates where !written[name, default: []].contains(bytes) {
            written[name, default: []].append(bytes)
            let count = written[name]?.count ?? 1
            let file = count == 1 ? "\(name).der" : "\(name)-\(count).der"
            try CardFolder.write(bytes, to: folder.appendingPathComponent(file))
        }
    }

    /// The issuer's revocation list, where an issuer is named or the register has its own.
    private func copyList(of options: RegisterOptions, into folder: URL) throws {
        guard let issuer = try issuer.known(of: options) else { return }
        try issuer.folder.copyList(to: folder.appendingPathComponent("certificates"))
    }
}
