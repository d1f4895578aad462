import Civil

/// Hồ sơ chứng thư: the certificates of a card issuer, as Doc 9303-12 §7.1 profiles them.
package enum CertificateProfile: Hashable, Sendable {
    /// CSCA: the authority that signs document signers; signed by itself.
    case authority
    /// The same key and name as a new authority, signed by the one before, so that its trust goes over.
    case link
    /// DS: signs what stands on chips.
    case documentSigner
    /// Signs master lists.
    case masterListSigner
}

/// What a certificate says beside its profile.
package struct CertificateContent: Hashable, Sendable {
    package var subject: DistinguishedName
    /// One to twenty bytes; the issuer gives none twice.
    package var serial: [UInt8]
    package var validity: ClosedRange<Instant>
    /// When the private key may sign.
    package var signing: ClosedRange<Instant>
    /// Where the revocation list is fetched.
    package var listAddress: String
    package var parameters: ParameterStyle

    package init(
        subject: DistinguishedName, serial: [UInt8], validity: ClosedRange<Instant>, signing: ClosedRange<Instant>,
        listAddress: String, parameters: ParameterStyle
    ) {
        self.subject = subject
        self.serial = serial
        self.validity = validity
        self.signing = signing
        self.listAddress = listAddress
        self.parameters = parameters
    }
}

/// Cơ quan cấp chứng thư: an authority's key with its name, which signs certificates and lists.
package struct CertificateAuthority: Sendable {
    let signer: any CardSigner
    let name: DistinguishedName
    /// Three letters, as on cards: `VNM`.
    let country: String

    package init(signer: any CardSigner, name: DistinguishedName, country: String) {
        self.signer = signer
        self.name = name
        self.country = country
    }

    /// Signs a certificate for a key.
    package func certify(
        _ key: ECPublicKey, as profile: CertificateProfile, _ content: CertificateContent
    ) throws(SigningRefusal) -> Certificate {
        let algorithm = signer.publicKey.curve.hash.signatureAlgorithm
        let extensions = extensions(key, profile, content)
        let body = DER.sequence(
            TLV.bytes(DER.context(0), DER.integer(2)), DER.integer(unsigned: content.serial), algorithm, name.der,
            DER.sequence(DER.time(content.validity.lowerBound), DER.time(content.validity.upperBound)),
            content.subject.der, key.info(content.parameters),
            TLV.bytes(DER.context(3), TLV.bytes(DER.sequence, joining: extensions)))
        let signature = try signer.signature(of: body)
        guard let certificate = try? Certificate(bytes: DER.sequence(body, algorithm, DER.bits(signature))) else {
            throw .keyFailed
        }
        return certificate
    }

    private func extensions(
        _ key: ECPublicKey, _ profile: CertificateProfile, _ content: CertificateContent
    ) -> [[UInt8]] {
        let isAuthority = profile == .authority || profile == .link
        var list = [
            Self.entry(.authorityKeyIdentifier, authorityKey),
            Self.entry(.subjectKeyIdentifier, DER.octets(key.identifier)),
            // keyCertSign and cRLSign, or digitalSignature alone.
            Self.entry(.keyUsage, TLV.bytes(DER.bitString, isAuthority ? [1, 0x06] : [7, 0x80]), isCritical: true),
            Self.entry(
                .privateKeyUsagePeriod,
                DER.sequence(
                    DER.generalTime(0x80, content.signing.lowerBound),
                    DER.generalTime(0x81, content.signing.upperBound))),
            Self.entry(.subjectAltName, alternativeName),
            Self.entry(.issuerAltName, alternativeName),
        ]
        if isAuthority {
            let constraints = DER.sequence(TLV.bytes(DER.boolean, [0xFF]), DER.integer(0))
            list.append(Self.entry(.basicConstraints, constraints, isCritical: true))
        }
        let address = TLV.bytes(0x86, Array(content.listAddress.utf8))
        let point = TLV.bytes(DER.context(0), TLV.bytes(DER.context(0), address))
        list.append(Self.entry(.crlDistributionPoints, DER.sequence(DER.sequence(point))))
        if profile == .documentSigner {
            list.append(Self.entry(.documentTypes, DER.sequence(DER.integer(0), DER.setOf([DER.printable("I")]))))
        }
        if profile == .masterListSigner {
            list.append(Self.entry(.extendedKeyUsage, DER.sequence(OID.masterListSigner.der), isCritical: true))
        }
        return list
    }

    var authorityKey: [UInt8] { DER.sequence(TLV.bytes(0x80, signer.publicKey.identifier)) }

    /// A directory name that says the country as cards write it.
    private var alternativeName: [UInt8] {
        let name = DER.sequence(DistinguishedName.part(.locality, DER.printable(country)))
        return DER.sequence(TLV.bytes(DER.context(4), name))
    }

    static func entry(_ oid: OID, _ value: [UInt8], isCritical: Bool = false) -> [UInt8] {
        DER.sequence(oid.der, isCritical ? TLV.bytes(DER.boolean, [0xFF]) : [], DER.octets(value))
    }
}
