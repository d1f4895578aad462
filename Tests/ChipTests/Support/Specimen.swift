import Civil
import Testing

@testable import Chip

/// An invented card, its issuer and the certificates of both, at a fixed time.
struct Specimen {
    static let now = Instant(microseconds: 1_790_000_000_000_000)

    static func years(_ count: Int64) -> Instant {
        Instant(microseconds: now.microseconds + count * 31_557_600 * 1_000_000)
    }

    let style: ParameterStyle
    let authority: CertificateAuthority
    let authorityCertificate: Certificate
    let signer: DocumentSigner
    let list: RevocationList
    var files: [ChipFile: [UInt8]]

    init(_ style: ParameterStyle = .named, secret: UInt8 = 7, serial: [UInt8] = [0, 0x81, 2]) throws {
        self.style = style
        let authorityKey = try SoftwareSigner(secret: [UInt8](repeating: secret, count: 32))
        authority = CertificateAuthority(
            signer: authorityKey,
            name: DistinguishedName(country: "VN", organization: "Dân cư", commonName: "CSCA bản mẫu"), country: "VNM")
        authorityCertificate = try authority.certify(
            authorityKey.publicKey, as: .authority, Self.content("CSCA bản mẫu", [1], 15, 5, style))
        let signerKey = try SoftwareSigner(secret: [UInt8](repeating: secret + 1, count: 32))
        let certificate = try authority.certify(
            signerKey.publicKey, as: .documentSigner, Self.content("DS 1", serial, 11, 1, style))
        signer = try #require(DocumentSigner(key: signerKey, certificate: certificate))
        list = try authority.revocationList(number: 1, revoked: [:], at: Self.now, until: Self.years(1))
        files = try Self.files()
        files[.sod] = try SecurityObject.bytes(for: files, by: signer, at: Self.now)
    }

    static func content(
        _ name: String, _ serial: [UInt8], _ valid: Int64, _ signs: Int64, _ style: ParameterStyle
    ) -> CertificateContent {
        let start = Instant(microseconds: now.microseconds - 60_000_000)
        return CertificateContent(
            subject: DistinguishedName(country: "VN", organization: "Dân cư", commonName: name), serial: serial,
            validity: start...years(valid), signing: start...years(signs),
            listAddress: "http://crl.invalid/csca.crl", parameters: style)
    }

    static let image: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0x5A, count: 20_000) + [0xFF, 0xD9]

    static func national() -> NationalFile {
        NationalFile(
            texts: [
                .number: "003300000001", .name: "Nguyễn Thị Mẫu", .birth: "29/02/2000", .sex: "Nữ",
                .nationality: "Việt Nam", .ethnicity: "Kinh", .residence: "Số 1 Phố Mẫu, Hà Nội", .issued: "01/07/2026",
            ],
            father: nil, mother: "Trần Thị Mẫu", spouse: "Lê Văn Mẫu")
    }

    static func files() throws -> [ChipFile: [UInt8]] {
        let zone = try Holder.zone("003300000001", "Nguyễn Thị Mẫu", born: "2000-02-29")
        let chipKey = try SoftwareSigner(secret: [UInt8](repeating: 9, count: 32)).publicKey
        let face = try #require(FaceFile(image: image, width: 413, height: 531, sex: .female))
        let prints = [Finger.rightIndex, .leftIndex].map {
            FingerFile.Print(finger: $0, width: 4, height: 2, compression: 0, image: [1, 2, 3, 4, 5, 6, 7, 8])
        }
        return [
            .cardAccess: SecurityInfos.pace().cardAccess,
            .com: ContentsFile(files: [.dg1, .dg2, .dg3, .dg13, .dg14, .dg15]).bytes,
            .dg1: ZoneFile(zone: zone).bytes,
            .dg2: face.bytes,
            .dg3: FingerFile(prints: prints).bytes,
            .dg13: national().bytes,
            .dg14: SecurityInfos.card(chipKey: chipKey).dataGroup14,
            .dg15: ActiveKeyFile(key: chipKey).bytes,
        ]
    }

    var trust: TrustStore { TrustStore(authorities: [authorityCertificate], lists: [list]) }

    func verdict(trust: TrustStore? = nil, at now: Instant = years(0)) -> CardVerdict {
        PassiveAuthentication(trust: trust ?? self.trust, at: now).verdict(on: files)
    }
}
