import ArgumentParser
import Chip
import Foundation
import Ledger
import Reader

/// The command `dancu card chip FOLDER`.
struct CardChipCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chip", abstract: "Chip ảo: a card's files as a chip on a virtual reader (vpcd).",
        usage: "dancu card chip <folder> [--passphrase-file <file>] [options]",
        discussion: """
            Examples:
              dancu card chip cards/3f6k2m9q0v7x1c8b5n4d2h6j0t --passphrase-file passphrase
              dancu card chip cards/3f6k2m9q0v7x1c8b5n4d2h6j0t --can-file can.txt --port 35964

            Answers as the chip with the files that `dancu card specimen` or `card export` wrote, so that every \
            program that reads cards over PC/SC can read it, over PACE or the older basic access control: install \
            vsmartcard-vpcd, start pcscd. The chip opens with the zone of its EF.DG1 and with the CAN, which is the \
            end of the personal number or what --can-file says. With the chip.key that `card specimen \
            --keep-chip-key` wrote it also proves that it is no copy; without it, it answers as a copy would. \
            Fingers stay closed unless --authority names the CVCA of dancu pki rights. \
            Ctrl-C takes the card off the reader.
            """)

    @Argument(help: "The folder with the files of one card.", completion: .directory)
    var folder: String

    @Option(
        name: .long,
        help: ArgumentHelp("A file whose first line is the passphrase of the chip's key.", valueName: "file"),
        completion: .file())
    var passphraseFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A file whose first line is another CAN, six digits.", valueName: "file"),
        completion: .file())
    var canFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("authority.cvcert of whom the chip believes about terminals.", valueName: "file"),
        completion: .file())
    var authority: String?

    @Flag(
        name: .long, inversion: .prefixedNo,
        help: "Also open by basic access control, for readers that know no PACE.")
    var basicAccess = true

    @Option(name: .long, help: "Where the virtual reader listens.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "Its port.")
    var port = VirtualReader.usualPort

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("--port is 1 to 65535.") }
    }

    func run() async throws {
        var chip = try chip()
        let reader = try VirtualReader.connect(host: host, port: port)
        let signals = StopSignals { reader.stop() }
        Console.message("Thẻ đã đặt lên đầu đọc ảo / the card is on the virtual reader: \(host):\(port)")
        try reader.serve(&chip)
        signals.cancel()
        Console.message("Đã nhấc thẻ ra / the card was taken off.")
    }

    private func chip() throws -> VirtualChip {
        let place = URL(fileURLWithPath: folder)
        let files = try CardFolder.read(place)
        guard files[.cardAccess] != nil, let zoneFile = files[.dg1] else { throw CardChipCommand.incomplete }
        let zone = try ZoneFile(bytes: zoneFile).zone
        let can = try canFile.map { try CardCode.can($0) } ?? CardZone(zone).can
        return VirtualChip(
            files: files, zone: zone, can: can, key: try key(in: place),
            authority: try authority.map { try TerminalCertificate(bytes: try CardFolder.bytes($0)) },
            hasBasicAccess: basicAccess, random: Surroundings.system.random)
    }

    private func key(in place: URL) throws -> SoftwareSigner? {
        let path = CardFolder.chipKey(in: place).path
        let isThere = FileManager.default.fileExists(atPath: path)
        guard let passphraseFile else {
            Console.message(
                isThere
                    ? "Chưa mở khóa của chip nên chip trả lời như bản sao; thêm --passphrase-file. / "
                        + "The chip's key is not opened, so it answers as a copy would; add --passphrase-file."
                    : "Không có khóa của chip nên chip trả lời như bản sao. / "
                        + "There is no key of the chip, so it answers as a copy would.")
            return nil
        }
        guard isThere else { throw CardChipCommand.noKey }
        return try PKIFolder.key(in: path, passphrase: try PKIFolder.passphrase(passphraseFile))
    }

    private static var incomplete: CommandFailure {
        CommandFailure(
            code: "card_folder_incomplete", exit: .refused,
            vietnamese: "Thư mục thiếu EF.CardAccess.bin hoặc EF.DG1.bin; dùng thư mục do dancu card export ghi.",
            english: "EF.CardAccess.bin or EF.DG1.bin is missing; use a folder that dancu card export wrote.")
    }

    private static var noKey: CommandFailure {
        CommandFailure(
            code: "chip_key_missing", exit: .refused,
            vietnamese: "Thư mục không có chip.key; làm lại bằng dancu card specimen --keep-chip-key.",
            english: "The folder has no chip.key; make it again with dancu card specimen --keep-chip-key.")
    }
}
