import ArgumentParser
import Cards
import Chip
import Civil
import Foundation
import Ledger
import Reader

/// The command `dancu card inspect FOLDER`, or `--reader`.
struct CardInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Kiểm tra thẻ như một đầu đọc: a verdict for each check of a chip or its files.",
        usage: """
            dancu card inspect <folder> [--trust <dir>] [options]
            dancu card inspect --reader [<name>] (--can-file <file> | --zone-file <file>) [options]
            """,
        discussion: """
            Examples:
              dancu card inspect cards/3f6k2m9q0v7x1c8b5n4d2h6j0t --trust pki
              dancu card inspect --reader --zone-file zone.txt --trust pki
              dancu card inspect --reader "ACS ACR1252" --can-file can.txt --json
              dancu card inspect --reader --can-file can.txt --trust pki --rights may-doc \\
                --rights-passphrase-file c
              dancu card inspect --reader --can-file can.txt --trust pki --status-list the.list

            A folder holds EF.SOD.bin, EF.DG1.bin and so on. A chip on a reader (PC/SC) opens to whoever knows \
            what is printed on the card: the zone, or the CAN, which is the end of the personal number; the file \
            may be /dev/stdin. The chip must then also prove that it is no copy. --trust names a folder with \
            certificates of authorities, revocation lists and master lists in DER; trust never comes from the \
            card. With --rights the terminal shows the chip its right and reads the fingers too. Exit code 0: \
            genuine; 1: a check failed; 4: not everything could be checked.
            """)

    @Argument(help: "The folder with the files of one card.", completion: .directory)
    var folder: String?

    @Option(
        name: .long, defaultAsFlag: "",
        help: ArgumentHelp("A card on this reader, or on the first that has one.", valueName: "name"))
    var reader: String?

    @OptionGroup var code: CardCodeOptions

    @Option(name: .long, help: "A folder with certificates and lists that you trust.", completion: .directory)
    var trust: String?

    @Option(
        name: .long, help: "A terminal's folder from dancu pki rights terminal: fingers are read too.",
        completion: .directory)
    var rights: String?

    @Option(
        name: .long, help: ArgumentHelp("A file whose first line opens the terminal's key.", valueName: "file"),
        completion: .file())
    var rightsPassphraseFile: String?

    @Option(
        name: .long, help: "The issuer's list of cards that hold no more; its signer's certificate is <file>.der.",
        completion: .file())
    var statusList: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (folder == nil) != (reader == nil) else {
            throw ValidationError("Name the folder of a card's files, or --reader.")
        }
        guard reader == nil || code.isOne else {
            throw ValidationError("--reader needs either --can-file or --zone-file.")
        }
        guard (rights == nil) == (rightsPassphraseFile == nil), rights == nil || reader != nil else {
            throw ValidationError("--rights needs --rights-passphrase-file and --reader.")
        }
        guard reader != nil || code.isNone else {
            throw ValidationError("--can-file and --zone-file open a chip: they need --reader.")
        }
    }

    func run() async throws {
        let trust = try trust.map { try CardFolder.trust(URL(fileURLWithPath: $0)) } ?? TrustStore(authorities: [])
        let authentication = PassiveAuthentication(trust: trust, at: Surroundings.system.now())
        var verdict: CardVerdict
        let files: [ChipFile: [UInt8]]
        if let folder {
            files = try CardFolder.read(URL(fileURLWithPath: folder))
            verdict = authentication.verdict(on: files)
        } else {
            let chip = try read()
            (files, verdict) = (chip.files, chip.verdict(by: authentication))
        }
        if let statusList { verdict = try standing(by: statusList, of: files, verdict, authentication) }
        if output.json {
            try Console.json(CardVerdictText.json(verdict))
        } else {
            Console.line(CardVerdictText.text(verdict))
        }
        if verdict.hasFailed { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
        if !verdict.isGenuine { throw ExitCode(CommandFailure.Exit.unavailable.rawValue) }
    }

    /// The verdict with what the issuer's list says of the card.
    ///
    /// The chip's key counts only as far as it was signed; a list that is damaged, or not signed by the certificate
    /// beside it, is no list.
    private func standing(
        by path: String, of files: [ChipFile: [UInt8]], _ verdict: CardVerdict, _ authentication: PassiveAuthentication
    ) throws -> CardVerdict {
        let bytes = try CardFolder.bytes(path, upTo: 1 << 30)
        guard let signer = try? Certificate(bytes: try CardFolder.bytes(path + ".der")),
            let list = StatusList(bytes: bytes, signedBy: signer.key)
        else { return verdict.adding(.standing, .open(.standingUntrusted)) }
        let isSigned = verdict.outcome(of: .hash(dataGroup: 15)) == .passed
        let key = isSigned ? files[.dg15].flatMap { try? ActiveKeyFile(bytes: $0).key } : nil
        return verdict.adding(
            .standing, list.standing(of: key, signedBy: signer, authentication, at: Surroundings.system.now()))
    }

    /// How much is asked of a chip at once that takes extended lengths; every such chip can give as much.
    private static let longPortion = 1_000
    private static let shortPortion = 223

    /// The chip on the reader.
    private func read() throws -> ChipInspection {
        let password = try code.password()
        let connection = try CardService().connect(to: reader.flatMap { $0.isEmpty ? nil : $0 })
        Console.message("Đầu đọc / reader: \(connection.reader)")
        let isLong = connection.answerToReset?.hasExtendedLength ?? false
        var terminal = ChipTerminal(
            portion: isLong ? Self.longPortion : Self.shortPortion, random: Surroundings.system.random,
            transmit: connection.transmit)
        let rights = try rights.map { folder in
            try RightsFolder(url: URL(fileURLWithPath: folder)).rights(
                passphrase: try PKIFolder.passphrase(rightsPassphraseFile ?? ""))
        }
        return try ChipInspection(through: &terminal, with: password, rights: rights)
    }
}
