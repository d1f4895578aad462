import Civil

/// Dữ liệu có chữ ký (CMS SignedData, RFC 5652): content of any kind, with one signer and their certificate.
package struct SignedData: Hashable, Sendable {
    let contentType: OID
    /// What is signed.
    package let content: [UInt8]
    /// The certificates that came with it, none of which is trusted for that.
    package let certificates: [Certificate]
    let signer: SignerInfo

    /// Thông tin người ký: one signature over attributes, among which stands the hash of the content.
    struct SignerInfo: Hashable, Sendable {
        /// Issuer and serial number of the certificate, or else its key's identifier.
        let issuer: [UInt8]?
        let serial: [UInt8]
        let keyIdentifier: [UInt8]?
        let digest: HashAlgorithm
        let hash: HashAlgorithm
        /// The attributes as a SET, whose bytes are signed.
        let attributes: [UInt8]
        let contentType: OID
        let messageDigest: [UInt8]
        let signingTime: Instant?
        let signature: [UInt8]
    }

    /// When it was signed, as the signer says.
    package var signingTime: Instant? { signer.signingTime }

    // MARK: Reading

    /// Reads a ContentInfo.
    package init(bytes: some Sequence<UInt8>) throws(ChipFault) {
        var outer = try TLV(bytes, tag: DER.sequence).fields
        guard try OID(try outer.next()) == .signedData else { throw .malformed("ContentInfo") }
        var wrapper = try outer.next(DER.context(0)).fields
        try outer.finish()
        var parts = try wrapper.next(DER.sequence).fields
        _ = try DER.smallInteger(try parts.next())
        _ = try parts.next(DER.set)
        var inner = try parts.next(DER.sequence).fields
        contentType = try OID(try inner.next())
        var octets = try inner.next(DER.context(0)).fields
        content = Array(try octets.next(DER.octetString).value)
        var certificates: [Certificate] = []
        if let field = try parts.optional(DER.context(0)) {
            var list = field.fields
            while !list.isAtEnd { certificates.append(try Certificate(bytes: Array(try list.next().whole))) }
        }
        self.certificates = certificates
        _ = try parts.optional(DER.context(1))
        var signers = try parts.next(DER.set).fields
        // Of several signers each would need a verdict of its own; issuers of cards have one.
        signer = try SignerInfo(try signers.next(DER.sequence))
        guard signers.isAtEnd else { throw .unsupported("SignerInfo × n") }
        try parts.finish()
    }

    /// The certificate of the signer among those that came with it.
    package var signerCertificate: Certificate? {
        certificates.first { certificate in
            if let issuer = signer.issuer { return certificate.issuer == issuer && certificate.serial == signer.serial }
            return certificate.keyIdentifier == signer.keyIdentifier
        }
    }

    /// Whether the holder of the certificate's key signed exactly this content as this kind of content.
    package func isSigned(by certificate: Certificate) -> Bool {
        signer.contentType == contentType && signer.messageDigest == signer.digest.digest(content)
            && certificate.key.isValid(signature: signer.signature, of: signer.attributes, hash: signer.hash)
    }

    // MARK: Writing

    /// The ContentInfo of signed content, version 3, as content that is no plain data needs it.
    static func bytes(
        _ content: [UInt8], of type: OID, by signer: any CardSigner, certificate: Certificate,
        others: [Certificate] = [], at time: Instant
    ) throws(SigningRefusal) -> [UInt8] {
        let hash = signer.publicKey.curve.hash
        func attribute(_ type: OID, _ value: [UInt8]) -> [UInt8] { DER.sequence(type.der, TLV.bytes(DER.set, value)) }
        let attributes = DER.setOf([
            attribute(.contentType, type.der), attribute(.signingTime, DER.time(time)),
            attribute(.messageDigest, DER.octets(hash.digest(content))),
        ])
        let signature = try signer.signature(of: attributes)
        // The same bytes stand in the object under the tag [0].
        var tagged = attributes
        tagged[0] = 0xA0
        let info = DER.sequence(
            DER.integer(1), DER.sequence(certificate.issuer, DER.integer(unsigned: certificate.serial)),
            hash.algorithm, tagged, hash.signatureAlgorithm, DER.octets(signature))
        let certificates = ([certificate] + others).map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
        let signed = DER.sequence(
            DER.integer(3), TLV.bytes(DER.set, hash.algorithm),
            DER.sequence(type.der, TLV.bytes(DER.context(0), DER.octets(content))),
            TLV.bytes(DER.context(0), joining: certificates), TLV.bytes(DER.set, info))
        return DER.sequence(OID.signedData.der, TLV.bytes(DER.context(0), signed))
    }
}

extension SignedData.SignerInfo {
    init(_ field: TLV) throws(ChipFault) {
        var parts = field.fields
        _ = try DER.smallInteger(try parts.next())
        if let identifier = try parts.optional(0x80) {
            keyIdentifier = Array(identifier.value)
            issuer = nil
            serial = []
        } else {
            var name = try parts.next(DER.sequence).fields
            issuer = Array(try name.next(DER.sequence).whole)
            serial = try DER.unsigned(try name.next())
            keyIdentifier = nil
        }
        digest = try HashAlgorithm.named(try parts.next(), signing: false)
        let signed = try parts.next(DER.context(0))
        hash = try HashAlgorithm.named(try parts.next(), signing: true)
        signature = Array(try parts.next(DER.octetString).value)
        attributes = [UInt8(DER.set)] + signed.whole.dropFirst()
        var values: [OID: TLV] = [:]
        var list = signed.fields
        while !list.isAtEnd {
            var attribute = try list.next(DER.sequence).fields
            let type = try OID(try attribute.next())
            var set = try attribute.next(DER.set).fields
            guard values.updateValue(try set.next(), forKey: type) == nil, set.isAtEnd else {
                throw .malformed("signedAttrs")
            }
        }
        guard let type = values[.contentType], let digest = values[.messageDigest], digest.tag == DER.octetString else {
            throw .malformed("signedAttrs")
        }
        contentType = try OID(type)
        messageDigest = Array(digest.value)
        if let time = values[.signingTime] { signingTime = try DER.time(time) } else { signingTime = nil }
    }
}
