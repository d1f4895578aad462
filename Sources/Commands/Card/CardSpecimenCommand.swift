import Access
import ArgumentParser
import Cards
import Chip
import Civil
import Foundation
import Ledger
import Population

/// The command `dancu card specimen PERSON… --out DIR`.
struct CardSpecimenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "specimen", abstract: "Làm thẻ bản mẫu: a specimen card's files for persons of the register.",
        usage: "dancu card specimen <person> ... --out <dir> [options]",
        discussion: """
            Examples:
              dancu card specimen 005087000123 --out cards
              dancu card specimen 005087000123 005170000124 --out cards --pki pki \\
                --passphrase-file passphrase --purpose "kiểm thử đầu đọc thẻ"

            Specimens that nobody applied for, for demonstrations: the register's data, a portrait and two fingers \
            that are drawn (EF.DG3, which a chip shows to terminals with the right alone). Cards that the factory made \
            are exported by dancu card export. Without --pki an issuer beside the register's keys signs, made when \
            it is first wanted. The chip's key is thrown away, unless --keep-chip-key seals it under the same \
            passphrase as DIR/<handle>/chip.key, for `dancu card chip`. Every person is a look, on record before a \
            file is written. Files go to DIR/<handle>/EF.SOD.bin and \
            so on, the certificates to DIR/certificates. A production register makes no specimens.
            """)

    @Argument(help: "Handles or 12-digit numbers.")
    var persons: [String]

    @Option(name: .long, help: "A folder that is empty or not there yet.", completion: .directory)
    var out: String

    @Flag(name: .long, help: "Keep the key of the chip, sealed under the passphrase.")
    var keepChipKey = false

    @Option(name: .long, help: "The curve of PACE: P-256 or brainpoolP256r1.")
    var paceCurve: Curve = .p256

    @OptionGroup var issuer: IssuerOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var register: RegisterOptions

    func validate() throws {
        guard paceCurve != .p384 else { throw ValidationError("--pace-curve is P-256 or brainpoolP256r1.") }
    }

    private static let purpose = "xuất thẻ bản mẫu để trình diễn và kiểm thử đầu đọc"

    func run() async throws {
        let selectors = try persons.map(PersonArgument.selector)
        let requester = try look.requester(otherwise: Self.purpose)
        let folder = URL(fileURLWithPath: out)
        let options = register
        try await OpenedRegister.with(register, creating: nil) { register in
            guard register.population.kind == .demonstration else { throw CardSpecimenCommand.onlySpecimens }
            let issuer = try issuer.issuer(of: options, isMade: true)
            let signer = try issuer.signer()
            try PKIFolder.prepare(folder)
            try issuer.copyCertificates(into: folder)
            for selector in selectors {
                let answer = try await register.population.look(
                    at: selector, asking: FieldGroups(groups: [.religion, .ethnicity]), by: requester)
                guard let answer else { throw PersonArgument.missing }
                let content = try SpecimenCard(answer: answer, register: register.population).content()
                let now = register.population.surroundings.now()
                let key = try SoftwareSigner()
                try CardFolder.write(
                    try SpecimenCard.files(
                        of: content, key: key, paceOn: paceCurve, by: signer, at: now), of: answer.handle,
                    into: folder)
                try keep(key, of: issuer, in: folder.appendingPathComponent(answer.handle))
                try CardFolder.tell(
                    "\(out)/\(answer.handle)", receipt: answer.receipt, output,
                    json: ["handle": .string(answer.handle)])
            }
        }
    }

    private func keep(_ key: SoftwareSigner, of issuer: CardIssuer, in folder: URL) throws {
        guard keepChipKey else { return }
        let passphrase = try issuer.passphrase()
        try CardFolder.write(
            key: try SealedKey.text(of: key, passphrase: passphrase), to: CardFolder.chipKey(in: folder))
    }

    static var onlySpecimens: CommandFailure {
        CommandFailure(
            code: "specimens_of_demonstrations_only", exit: .refused,
            vietnamese: "Cơ sở dữ liệu chính thức không làm thẻ bản mẫu; dùng cơ sở dữ liệu trình diễn.",
            english: "A production register makes no specimen cards; use a demonstration register.")
    }
}

extension Curve: ExpressibleByArgument {}

/// A card made of a person's record as a look showed it.
struct SpecimenCard {
    let answer: PersonAnswer
    let register: PopulationRegister

    /// What the card says.
    func content() throws -> CardContent {
        let state = answer.state
        let details = state.details
        guard state.life.status == .living,
            let number = state.number.flatMap(PersonalIdentificationNumber.init(canonical:)),
            let name = details.name.flatMap({ try? PersonName(parsing: $0) }), let birth = details.birth
        else { throw SpecimenCard.incomplete }
        let issued = register.surroundings.today
        var content = CardContent(
            number: number, name: name, birth: birth, sex: details.sex, issued: issued,
            expires: CardExpiry.day(born: birth, issued: issued))
        content.nationality = details.nationality?.entry?.vietnamese
        content.ethnicity = details.ethnicity?.entry?.vietnamese
        content.religion = details.religion?.entry?.vietnamese
        content.origin = text(details.origin)
        content.residence = text(state.permanentResidence?.address)
        content.father = state.father?.name
        content.mother = state.mother?.name
        content.spouse = state.spouse?.name
        content.oldNumber = details.oldNumber
        return content
    }

    /// The files of the chip with the signed object.
    static func files(
        of content: CardContent, key: SoftwareSigner, paceOn curve: Curve, by signer: DocumentSigner, at now: Instant
    ) throws -> [ChipFile: [UInt8]] {
        guard let face = SpecimenPortrait.face(for: content.number, sex: content.sex) else { throw incomplete }
        let prints = OrderContent.onChip.prefix(2).map { finger in
            FingerFile.Print(
                finger: finger, width: SpecimenFinger.width, height: SpecimenFinger.height, compression: 3,
                image: SpecimenFinger(seed: UInt64(content.number.value % 97), finger: finger).jpeg())
        }
        var files = try content.files(
            face: face, fingers: FingerFile(prints: prints), chipKey: key.publicKey, paceOn: curve)
        files[.sod] = try SecurityObject.bytes(for: files, by: signer, at: now)
        return files
    }

    private func text(_ address: Address?) -> String? {
        address.map { register.units.text(of: $0, on: register.surroundings.today) }
    }

    private static var incomplete: CommandFailure {
        CommandFailure(
            code: "card_content_incomplete", exit: .refused,
            vietnamese: "Thẻ cần người còn sống có số định danh, họ tên và ngày sinh; bổ sung dữ liệu trước.",
            english: "A card needs a living person with number, name and birth; complete the record first.")
    }
}
