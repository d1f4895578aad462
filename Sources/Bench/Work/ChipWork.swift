import Chip
import Civil
import Foundation
import Ledger

/// The chip of a card: its files made, and the chip read in this process and over PC/SC from a virtual reader (vpcd).
struct ChipWork {
    let place: BenchPlace

    /// Cards in one sample.
    private static let cards = 1_000
    /// Readings in one sample.
    private static let readings = 5
    private static let mostToRead = 100.0

    struct Failure: Error { let reason: String }

    func measure() async throws -> [Figure] {
        let issuer = try ChipIssuer()
        var figures = [try made(by: issuer)]
        guard let reader = try ChipOnReader(in: place.folder, card: issuer.card()) else {
            Output.note("note: without pcscd and vpcd nobody reads the chip over PC/SC")
            return figures
        }
        defer { reader.stop() }
        figures.append(try read(over: reader, issuer))
        return figures
    }

    /// Data groups and EF.SOD, beside hashing as much and signing once: processor time, on one core.
    private func made(by issuer: ChipIssuer) throws -> Figure {
        var samples = (cards: Samples(), signatures: Samples())
        for _ in 0..<place.runs {
            samples.cards.add(try perSecond { _ = try issuer.files() })
            samples.signatures.add(try perSecond { _ = try issuer.signsPortrait() })
        }
        return Figure(
            work: "chip: data groups and EF.SOD, portrait of 20 kB, one core", value: samples.cards.median,
            unit: "cards/s", baseline: "SHA-256 of 20 kB and ECDSA", baselineValue: samples.signatures.median,
            least: samples.cards.least, greatest: samples.cards.greatest)
    }

    private func perSecond(_ body: () throws -> Void) rethrows -> Double {
        let start = ChipWork.processorSeconds
        for _ in 0..<ChipWork.cards { try body() }
        return Double(ChipWork.cards) / (ChipWork.processorSeconds - start)
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// PACE with the CAN, every file, active and chip authentication and the verdict; beside the same without a reader.
    private func read(over reader: ChipOnReader, _ issuer: ChipIssuer) throws -> Figure {
        var chip = try issuer.card()
        var samples = (far: Samples(), near: Samples())
        _ = try issuer.reads(reader.transmit)
        for _ in 0..<place.runs {
            samples.far.add(try milliseconds { try issuer.reads(reader.transmit) })
            samples.near.add(try milliseconds { try issuer.reads { chip.respond(to: $0) } })
        }
        return Figure(
            work: "chip: read with PACE over vpcd, verdict with both proofs", value: samples.far.median, unit: "ms",
            baseline: "the same without a reader", baselineValue: samples.near.median,
            required: "≤ \(Int(ChipWork.mostToRead)) ms", isReached: samples.far.median <= ChipWork.mostToRead,
            least: samples.far.least, greatest: samples.far.greatest)
    }

    private func milliseconds(_ body: () throws -> Bool) throws -> Double {
        let start = ContinuousClock.now
        for _ in 0..<ChipWork.readings {
            guard try body() else { throw Failure(reason: "the card is not genuine") }
        }
        return Stopwatch.seconds(since: start) * 1_000 / Double(ChipWork.readings)
    }
}

/// An issuer with one invented card.
struct ChipIssuer {
    private let content: CardContent
    private let face: FaceFile
    private let portrait: [UInt8]
    private let signer: DocumentSigner
    private let signerKey: any CardSigner
    private let chipKey: SoftwareSigner
    private let authentication: PassiveAuthentication
    private let surroundings = Surroundings.measuring()
    private let now: Instant

    /// - Parameter key: of the document signer; nil for one in memory.
    init(signing key: (any CardSigner)? = nil) throws {
        guard let birth = PartialDate(canonical: "1990-05-12"), let issued = CalendarDate(iso: "2026-11-29"),
            let face = FaceFile(image: ChipIssuer.image, width: 413, height: 531, sex: .female)
        else { throw ChipWork.Failure(reason: "content") }
        var content = CardContent(
            number: try PersonalIdentificationNumber(parsing: "005190000123"),
            name: try PersonName(parsing: "Nguyễn Thị Ánh Dương"), birth: birth, sex: .female, issued: issued,
            expires: CalendarDate(iso: "2030-05-12"))
        content.residence = "Số 8, ngõ 12, phố Hoa Sen, Phường Ba Đình, Thành phố Hà Nội"
        self.content = content
        self.face = face
        portrait = ChipIssuer.image
        let now = surroundings.now()
        self.now = now
        let later = Instant(microseconds: now.microseconds + 86_400_000_000)
        func named(_ name: String, _ serial: UInt8) -> CertificateContent {
            CertificateContent(
                subject: DistinguishedName(country: "VN", organization: nil, commonName: name), serial: [serial],
                validity: now...later, signing: now...later, listAddress: "http://crl.invalid/csca.crl",
                parameters: .named)
        }
        let rootKey = try SoftwareSigner()
        signerKey = try key ?? SoftwareSigner()
        chipKey = try SoftwareSigner()
        let root = named("CSCA", 1)
        let authority = CertificateAuthority(signer: rootKey, name: root.subject, country: "VNM")
        let certificate = try authority.certify(rootKey.publicKey, as: .authority, root)
        let list = try authority.revocationList(number: 1, revoked: [:], at: now, until: later)
        let own = try authority.certify(signerKey.publicKey, as: .documentSigner, named("DS", 2))
        guard let signer = DocumentSigner(key: signerKey, certificate: own) else {
            throw ChipWork.Failure(reason: "signer")
        }
        self.signer = signer
        authentication = PassiveAuthentication(trust: TrustStore(authorities: [certificate], lists: [list]), at: now)
    }

    private static let image: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0x5A, count: 20_000) + [0xFF, 0xD9]

    /// All files of the card, signed.
    func files() throws -> [ChipFile: [UInt8]] {
        var files = try content.files(face: face, chipKey: chipKey.publicKey)
        files[.sod] = try SecurityObject.bytes(for: files, by: signer, at: now)
        return files
    }

    func signsPortrait() throws -> [UInt8] { try signerKey.plainSignature(of: portrait) }

    private var can: String { String(content.number.digits.suffix(6)) }

    func card() throws -> VirtualChip {
        VirtualChip(
            files: try files(), zone: try content.zone(), can: can, key: chipKey, random: surroundings.random)
    }

    /// Reads the chip as a terminal; whether it is genuine and no copy.
    func reads(_ transmit: @escaping ([UInt8]) throws -> [UInt8]) throws -> Bool {
        var terminal = ChipTerminal(portion: 1_000, random: surroundings.random, transmit: transmit)
        let verdict = try ChipInspection(through: &terminal, with: .can(can)).verdict(by: authentication)
        return verdict.isGenuine && verdict.outcome(of: .chipAuthentication) == .passed
    }
}
