import Civil

/// Danh sách thu hồi chứng thư (CRL): which certificates of an authority hold no longer.
package struct RevocationList: Hashable, Sendable {
    package let bytes: [UInt8]
    let body: [UInt8]
    package let issuer: [UInt8]
    package let thisUpdate: Instant
    package let nextUpdate: Instant
    /// Serial numbers, without zeros in front, and since when.
    package let revoked: [[UInt8]: Instant]
    /// Grows with every list.
    package let number: Int
    let extensions: [Certificate.Extension]
    let hash: HashAlgorithm
    let signature: [UInt8]

    package init(bytes: [UInt8]) throws(ChipFault) {
        let signed = try SignedStructure(bytes)
        signature = signed.signature
        var parts = signed.body.fields
        guard try DER.smallInteger(try parts.next()) == 1 else { throw .unsupported("CRL v1") }
        hash = try signed.hash(statedAs: try parts.next())
        issuer = Array(try parts.next(DER.sequence).whole)
        thisUpdate = try DER.time(try parts.next())
        nextUpdate = try DER.time(try parts.next())
        var revoked: [[UInt8]: Instant] = [:]
        if let list = try parts.optional(DER.sequence) {
            var entries = list.fields
            while !entries.isAtEnd {
                var entry = try entries.next(DER.sequence).fields
                let serial = try DER.unsigned(try entry.next())
                revoked[serial] = try DER.time(try entry.next())
            }
        }
        self.revoked = revoked
        extensions =
            try parts.optional(DER.context(0)).map { (field) throws(ChipFault) in
                try Certificate.extensions(field)
            } ?? []
        let numberValue = extensions.first { $0.oid == .crlNumber }?.value ?? []
        number = (try? DER.smallInteger(TLV(numberValue, tag: DER.integer))) ?? 0
        body = Array(signed.body.whole)
        self.bytes = bytes
    }

    /// Whether the authority's key signed this list, and may.
    package func isSigned(by authority: Certificate) -> Bool {
        let wanted = Certificate.authorityKey(extensions.first { $0.oid == .authorityKeyIdentifier }?.value)
        return issuer == authority.subject && authority.hasUsage(.revocationLists)
            && (wanted == nil || wanted == authority.keyIdentifier)
            && authority.key.isValid(signature: signature, of: body, hash: hash)
    }
}

extension CertificateAuthority {
    /// Signs a list; an authority publishes one at least every ninety days, also an empty one (Doc 9303-12 §5).
    package func revocationList(
        number: Int, revoked: [[UInt8]: Instant], at thisUpdate: Instant, until nextUpdate: Instant
    ) throws(SigningRefusal) -> RevocationList {
        let algorithm = signer.publicKey.curve.hash.signatureAlgorithm
        let entries = revoked.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { serial, since in
            DER.sequence(DER.integer(unsigned: serial), DER.time(since))
        }
        let extensions = DER.sequence(
            Self.entry(.authorityKeyIdentifier, authorityKey), Self.entry(.crlNumber, DER.integer(number)))
        let body = DER.sequence(
            DER.integer(1), algorithm, name.der, DER.time(thisUpdate), DER.time(nextUpdate),
            entries.isEmpty ? [] : TLV.bytes(DER.sequence, joining: entries), TLV.bytes(DER.context(0), extensions))
        let signature = try signer.signature(of: body)
        guard let list = try? RevocationList(bytes: DER.sequence(body, algorithm, DER.bits(signature))) else {
            throw .keyFailed
        }
        return list
    }
}
