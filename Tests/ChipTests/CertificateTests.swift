import Civil
import Foundation
import Testing

@testable import Chip

@Suite("Certificates, lists and signed objects")
struct CertificateTests {
    @Test("certificates of both styles are read back and chain", arguments: ParameterStyle.allCases)
    func chain(style: ParameterStyle) throws {
        let specimen = try Specimen(style)
        let authority = specimen.authorityCertificate
        let signer = specimen.signer.certificate
        #expect(authority.isAuthority && !signer.isAuthority)
        #expect(authority.isSigned(by: authority) && signer.isSigned(by: authority) && !authority.isSigned(by: signer))
        #expect(signer.country == "VN" && signer.commonName == "DS 1")
        #expect(signer.serial == [0x81, 2])
        #expect(signer.signingPeriod.upperBound == Specimen.years(1))
        #expect(signer.hasUsage(.signatures) && !signer.hasUsage(.certificates))
        #expect(signer.authorityKeyIdentifier == authority.keyIdentifier)
        let other = try Specimen(style, secret: 40)
        #expect(!signer.isSigned(by: other.authorityCertificate))
    }

    @Test("every altered byte of a certificate breaks it")
    func alteredCertificate() throws {
        let specimen = try Specimen()
        let bytes = specimen.signer.certificate.bytes
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x01
            let isAccepted = (try? Certificate(bytes: changed))?.isSigned(by: specimen.authorityCertificate) ?? false
            #expect(!isAccepted, "byte \(place)")
        }
    }

    @Test("a revocation list is signed, numbered and names serials")
    func revocationList() throws {
        let specimen = try Specimen()
        let list = try specimen.authority.revocationList(
            number: 7, revoked: [[0x81, 2]: Specimen.now, [3]: Specimen.now], at: Specimen.now, until: Specimen.years(1)
        )
        let read = try RevocationList(bytes: list.bytes)
        #expect(read == list && read.number == 7)
        #expect(Set(read.revoked.keys) == [[0x81, 2], [3]])
        #expect(read.isSigned(by: specimen.authorityCertificate) && !read.isSigned(by: specimen.signer.certificate))
        #expect(specimen.list.revoked.isEmpty)
    }

    @Test("a link certificate carries trust to the next authority, a master list to others")
    func trustFollows() throws {
        let old = try Specimen()
        let key = try SoftwareSigner(secret: [UInt8](repeating: 21, count: 32))
        let next = CertificateAuthority(signer: key, name: old.authority.name, country: "VNM")
        let content = Specimen.content("CSCA bản mẫu", [9], 15, 5, .named)
        let root = try next.certify(key.publicKey, as: .authority, content)
        let link = try old.authority.certify(key.publicKey, as: .link, content)
        var trust = old.trust
        let stranger = try Specimen(secret: 60)
        let follows = [
            trust.follow(link: link, to: stranger.authorityCertificate), trust.follow(link: link, to: root),
        ]
        #expect(follows == [false, true] && trust.authorities.count == 2)

        let listKey = try SoftwareSigner(secret: [UInt8](repeating: 33, count: 32))
        let listContent = Specimen.content("Master list", [5], 5, 5, .named)
        let listSigner = try old.authority.certify(listKey.publicKey, as: .masterListSigner, listContent)
        let bytes = try MasterList.bytes(
            of: [root, stranger.authorityCertificate], by: listKey, certificate: listSigner,
            authority: old.authorityCertificate, at: Specimen.now)
        let list = try MasterList(bytes: bytes)
        #expect(Set(list.authorities) == [root, stranger.authorityCertificate])
        var fresh = old.trust
        var foreign = stranger.trust
        let accepted = [fresh.follow(list), foreign.follow(list)]
        #expect(accepted == [true, false] && fresh.authorities.count == 3 && foreign.authorities.count == 1)
        // A signer of cards may not sign a list.
        let forged = try MasterList.bytes(
            of: [root], by: SoftwareSigner(secret: [UInt8](repeating: 8, count: 32)),
            certificate: old.signer.certificate, authority: old.authorityCertificate, at: Specimen.now)
        let isFollowed = fresh.follow(try MasterList(bytes: forged))
        #expect(!isFollowed)
    }

    @Test("a later key of an authority signs the lists for certificates of the one before, once it is trusted")
    func listsOfLaterKeys() throws {
        let old = try Specimen()
        let key = try SoftwareSigner(secret: [UInt8](repeating: 21, count: 32))
        let next = CertificateAuthority(signer: key, name: old.authority.name, country: "VNM")
        let content = Specimen.content("CSCA bản mẫu", [9], 15, 5, .named)
        let list = try next.revocationList(
            number: 5, revoked: [[0x81, 2]: Specimen.now], at: Specimen.now, until: Specimen.years(1))
        var trust = TrustStore(authorities: [old.authorityCertificate], lists: [old.list, list])
        #expect(trust.list(of: old.authorityCertificate) == old.list)
        let isFollowed = trust.follow(
            link: try old.authority.certify(key.publicKey, as: .link, content),
            to: try next.certify(key.publicKey, as: .authority, content))
        #expect(isFollowed && trust.list(of: old.authorityCertificate) == list)
    }

    @Test("a key file opens with its passphrase alone")
    func keyFiles() throws {
        let signer = try SoftwareSigner()
        let text = try SealedKey.text(of: signer, passphrase: "một mật khẩu dài")
        #expect(try SealedKey.open(text, passphrase: "một mật khẩu dài").publicKey == signer.publicKey)
        #expect(throws: SigningRefusal.keyNotOpened) { try SealedKey.open(text, passphrase: "một mật khẩu khác") }
        #expect(throws: SigningRefusal.keyNotOpened) { try SealedKey.open("", passphrase: "một mật khẩu dài") }
        #expect(throws: SigningRefusal.keyNotOpened) {
            try SealedKey.open(text.replacing("ln=15", with: "ln=14"), passphrase: "một mật khẩu dài")
        }
        #expect(throws: SigningRefusal.passphraseTooShort) { try SealedKey.text(of: signer, passphrase: "ngắn") }
    }

    @Test("nothing is signed outside the signer's time, or with a key that is not the certificate's")
    func signsInTime() throws {
        let specimen = try Specimen()
        #expect(throws: SigningRefusal.signerNotInUse) {
            try SecurityObject.bytes(for: specimen.files, by: specimen.signer, at: Specimen.years(2))
        }
        #expect(DocumentSigner(key: try SoftwareSigner(), certificate: specimen.signer.certificate) == nil)
    }

    // MARK: Judged by others

    @Test(
        "OpenSSL accepts the signed object, the certificates and the list", .enabled(if: Oracle.hasOpenSSL),
        arguments: ParameterStyle.allCases)
    func openssl(style: ParameterStyle) throws {
        let specimen = try Specimen(style)
        let object = try #require(specimen.files[.sod])
        let cms = Array(try TLV(object, tag: ChipFile.sod.tag).value)
        try Oracle.withFolder { folder in
            let sod = try folder.write(cms, as: "sod.der")
            let csca = try folder.write(specimen.authorityCertificate.bytes, as: "csca.der")
            let ds = try folder.write(specimen.signer.certificate.bytes, as: "ds.der")
            let crl = try folder.write(specimen.list.bytes, as: "crl.der")
            let pem = folder.appending(path: "csca.pem").path
            try Oracle.openssl("x509", "-inform", "DER", "-in", csca, "-out", pem)
            let out = folder.appending(path: "content.der").path
            let moment = String(Specimen.now.microseconds / 1_000_000)
            // OpenSSL refuses chains with explicit parameters, which Doc 9303 asks for: the signature alone then.
            let trust = style == .named ? ["-CAfile", pem, "-purpose", "any"] : ["-noverify"]
            let command = ["cms", "-verify", "-inform", "DER", "-in", sod, "-out", out, "-attime", moment] + trust
            #expect(try Oracle.openssl(command).contains("successful"))
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: out)) == Data(SecurityObject(bytes: object).signed.content))
            let text = try Oracle.openssl("x509", "-inform", "DER", "-in", ds, "-noout", "-text")
            #expect(text.contains("CN = DS 1") && text.contains("Digital Signature"))
            #expect(text.contains(style == .named ? "NIST CURVE: P-256" : "Generator (uncompressed)"))
            #expect(
                try Oracle.openssl("crl", "-inform", "DER", "-in", crl, "-CAfile", pem, "-noout").contains("verify OK"))
            // A changed byte is refused, so the acceptance above means something.
            var bad = cms
            bad[bad.count - 1] ^= 1
            let altered = try folder.write(bad, as: "bad.der")
            #expect(throws: Oracle.Failure.self) {
                try Oracle.openssl("cms", "-verify", "-inform", "DER", "-in", altered, "-noverify", "-out", out)
            }
        }
    }

    @Test(
        "Python's cryptography accepts chains and lists of both styles", .enabled(if: Oracle.hasPython("cryptography")),
        arguments: ParameterStyle.allCases)
    func python(style: ParameterStyle) throws {
        let specimen = try Specimen(style)
        try Oracle.withFolder { folder in
            _ = try folder.write(specimen.authorityCertificate.bytes, as: "csca.der")
            _ = try folder.write(specimen.signer.certificate.bytes, as: "ds.der")
            _ = try folder.write(specimen.list.bytes, as: "crl.der")
            let answer = try Oracle.python(
                """
                import sys
                from cryptography import x509
                read = lambda name: open(sys.argv[1] + '/' + name, 'rb').read()
                csca = x509.load_der_x509_certificate(read('csca.der'))
                ds = x509.load_der_x509_certificate(read('ds.der'))
                csca.verify_directly_issued_by(csca)
                ds.verify_directly_issued_by(csca)
                crl = x509.load_der_x509_crl(read('crl.der'))
                print(crl.is_signature_valid(csca.public_key()), len(ds.extensions), ds.serial_number)
                """, folder.path)
            #expect(answer == "True 8 33026\n")
        }
    }

    @Test("asn1crypto finds the hashes of the data groups", .enabled(if: Oracle.hasPython("asn1crypto")))
    func hashes() throws {
        let specimen = try Specimen()
        try Oracle.withFolder { folder in
            for (file, bytes) in specimen.files { _ = try folder.write(bytes, as: "\(file.rawValue).bin") }
            let answer = try Oracle.python(
                """
                import sys, hashlib
                from asn1crypto import cms, core, algos
                class Hash(core.Sequence): _fields = [('n', core.Integer), ('v', core.OctetString)]
                class Hashes(core.SequenceOf): _child_spec = Hash
                class Object(core.Sequence):
                    _fields = [('v', core.Integer), ('a', algos.DigestAlgorithm), ('h', Hashes)]
                read = lambda name: open(sys.argv[1] + '/EF.' + name + '.bin', 'rb').read()
                sod = read('SOD')
                signed = cms.ContentInfo.load(sod[4:])['content']
                object = Object.load(signed['encap_content_info']['content'].contents)
                for h in object['h']:
                    print(h['n'].native, h['v'].native == hashlib.sha256(read('DG%d' % h['n'].native)).digest())
                print(object['a']['algorithm'].native, signed['version'].native)
                """, folder.path)
            #expect(answer == "1 True\n2 True\n3 True\n13 True\n14 True\n15 True\nsha256 v3\n")
        }
    }
}
