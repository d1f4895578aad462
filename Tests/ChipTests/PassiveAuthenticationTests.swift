import Civil
import Testing

@testable import Chip

@Suite("Passive authentication")
struct PassiveAuthenticationTests {
    @Test("a card of a trusted issuer is genuine", arguments: ParameterStyle.allCases)
    func genuine(style: ParameterStyle) throws {
        let verdict = try Specimen(style).verdict()
        #expect(verdict.lines.allSatisfy { $0.outcome == .passed })
        #expect(verdict.isGenuine && !verdict.hasFailed)
        #expect(
            verdict.lines.map(\.check.name) == [
                "security_object", "hash_dg1", "hash_dg2", "hash_dg3", "hash_dg13", "hash_dg14", "hash_dg15",
                "signature", "chain", "validity", "revocation", "contents",
            ])
    }

    @Test("fingers that were not read leave the card genuine, an altered portrait does not")
    func hashes() throws {
        var specimen = try Specimen()
        specimen.files[.dg3] = nil
        #expect(specimen.verdict().outcome(of: .hash(dataGroup: 3)) == .open(.groupNotRead))
        #expect(specimen.verdict().isGenuine)
        specimen.files[.dg2]?[1_000] ^= 1
        #expect(specimen.verdict().outcome(of: .hash(dataGroup: 2)) == .failed(.hashDiffers))
        #expect(!specimen.verdict().isGenuine && specimen.verdict().hasFailed)
    }

    @Test("a data group that was not signed fails")
    func addedGroup() throws {
        var specimen = try Specimen()
        let signed = specimen.files.filter { $0.key != .dg13 && $0.key != .sod }
        specimen.files[.sod] = try SecurityObject.bytes(for: signed, by: specimen.signer, at: Specimen.now)
        #expect(specimen.verdict().outcome(of: .hash(dataGroup: 13)) == .failed(.groupNotSigned))
        #expect(!specimen.verdict().isGenuine)
    }

    @Test("without EF.SOD, or with one that cannot be read, nothing is genuine")
    func noObject() throws {
        var specimen = try Specimen()
        specimen.files[.sod] = nil
        #expect(specimen.verdict().outcome(of: .securityObject) == .failed(.noSecurityObject))
        specimen.files[.sod] = [0x77, 0x02, 0x30, 0x00]
        #expect(specimen.verdict().outcome(of: .securityObject) == .failed(.unreadable(.endsTooSoon)))
        #expect(!specimen.verdict().isGenuine)
    }

    @Test("an altered signature, and hashes signed for other content, fail")
    func signature() throws {
        var specimen = try Specimen()
        let count = try #require(specimen.files[.sod]).count
        specimen.files[.sod]?[count - 1] ^= 1
        #expect(specimen.verdict().outcome(of: .signature) == .failed(.signatureWrong))
        // The signature is right, but of attributes that name another hash of content.
        let other = try Specimen()
        let object = try SecurityObject(bytes: try #require(other.files[.sod]))
        let hash = try #require(object.hashes[1])
        var bytes = try #require(other.files[.sod])
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: hash) })
        bytes[place] ^= 1
        var changed = other
        changed.files[.sod] = bytes
        #expect(changed.verdict().outcome(of: .signature) == .failed(.signatureWrong))
        #expect(!changed.verdict().isGenuine)
    }

    @Test("an issuer nobody trusts fails, no trust at all stays open")
    func chain() throws {
        let specimen = try Specimen()
        let stranger = try Specimen(secret: 60)
        let verdict = specimen.verdict(trust: stranger.trust)
        #expect(verdict.outcome(of: .chain) == .failed(.signerNotTrusted) && !verdict.isGenuine)
        let alone = specimen.verdict(trust: TrustStore(authorities: []))
        #expect(alone.outcome(of: .chain) == .open(.noTrust) && !alone.isGenuine && !alone.hasFailed)
    }

    @Test("a certificate that may not sign cards signs none")
    func wrongProfile() throws {
        var specimen = try Specimen()
        let key = try SoftwareSigner(secret: [UInt8](repeating: 50, count: 32))
        let content = Specimen.content("Master list", [6], 5, 5, .named)
        let certificate = try specimen.authority.certify(key.publicKey, as: .masterListSigner, content)
        let signer = try #require(DocumentSigner(key: key, certificate: certificate))
        specimen.files[.sod] = try SecurityObject.bytes(for: specimen.files, by: signer, at: Specimen.now)
        #expect(specimen.verdict().outcome(of: .chain) == .failed(.signerMayNotSign))
    }

    @Test("time and revocation count")
    func timeAndRevocation() throws {
        let specimen = try Specimen()
        #expect(specimen.verdict(at: Specimen.years(12)).outcome(of: .validity) == .failed(.expired))
        #expect(specimen.verdict(at: Specimen.years(-1)).outcome(of: .validity) == .failed(.notYetValid))
        #expect(specimen.verdict(at: Specimen.years(2)).outcome(of: .revocation) == .open(.listOutdated))
        let revoked = try specimen.authority.revocationList(
            number: 2, revoked: [[0x81, 2]: Specimen.now], at: Specimen.now, until: Specimen.years(1))
        let authorities = [specimen.authorityCertificate]
        for lists in [[specimen.list, revoked], [revoked, specimen.list]] {
            let verdict = specimen.verdict(trust: TrustStore(authorities: authorities, lists: lists))
            #expect(verdict.outcome(of: .revocation) == .failed(.revoked) && !verdict.isGenuine)
        }
        let none = specimen.verdict(trust: TrustStore(authorities: authorities))
        #expect(none.outcome(of: .revocation) == .open(.noList))
        let foreign = TrustStore(authorities: authorities, lists: [try Specimen(secret: 60).list])
        #expect(specimen.verdict(trust: foreign).outcome(of: .revocation) == .open(.noList))
    }

    @Test("a zone of one person with national fields of another fails")
    func contents() throws {
        var specimen = try Specimen()
        let zone = try Holder.zone("003300000001", "Nguyễn Thị Khác", born: "2000-02-29")
        specimen.files[.dg1] = ZoneFile(zone: zone).bytes
        specimen.files[.sod] = try SecurityObject.bytes(for: specimen.files, by: specimen.signer, at: Specimen.now)
        #expect(specimen.verdict().outcome(of: .contents) == .failed(.zoneDiffers))
        specimen.files[.dg1] = nil
        #expect(specimen.verdict().outcome(of: .contents) == .open(.nothingToCompare))
    }
}
