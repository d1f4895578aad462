import Civil

/// Chứng thư X.509: a certificate of card issuers, read with named or explicit curve parameters.
package struct Certificate: Hashable, Sendable {
    /// Phần mở rộng: one extension; `value` is what its OCTET STRING holds.
    struct Extension: Hashable, Sendable {
        let oid: OID
        let isCritical: Bool
        let value: [UInt8]
    }

    /// The whole certificate in DER.
    package let bytes: [UInt8]
    /// What is signed.
    let body: [UInt8]
    /// The serial number's bytes, without zeros in front.
    package let serial: [UInt8]
    /// Names in DER, to be compared byte by byte.
    package let issuer: [UInt8]
    package let subject: [UInt8]
    package let notBefore: Instant
    package let notAfter: Instant
    package let key: ECPublicKey
    /// The time in which the key may sign, which is shorter than the certificate's; that of the certificate when none
    /// is stated.
    package let signingPeriod: ClosedRange<Instant>
    let extensions: [Extension]
    let hash: HashAlgorithm
    let signature: [UInt8]

    package init(bytes: [UInt8]) throws(ChipFault) {
        let signed = try SignedStructure(bytes)
        signature = signed.signature
        var parts = signed.body.fields
        guard let version = try parts.optional(DER.context(0)) else { throw .unsupported("X.509 v1") }
        var versionParts = version.fields
        guard try DER.smallInteger(try versionParts.next()) == 2 else { throw .unsupported("X.509") }
        serial = try DER.unsigned(try parts.next())
        hash = try signed.hash(statedAs: try parts.next())
        issuer = Array(try parts.next(DER.sequence).whole)
        var validity = try parts.next(DER.sequence).fields
        notBefore = try DER.time(try validity.next())
        notAfter = try DER.time(try validity.next())
        subject = Array(try parts.next(DER.sequence).whole)
        key = try ECPublicKey(info: try parts.next(DER.sequence))
        if let field = try parts.optional(DER.context(3)) {
            extensions = try Certificate.extensions(field)
        } else {
            extensions = []
        }
        signingPeriod = Certificate.period(
            extensions.first { $0.oid == .privateKeyUsagePeriod }?.value,
            within: notBefore...max(notBefore, notAfter))
        body = Array(signed.body.whole)
        self.bytes = bytes
    }

    /// The extensions inside `[n]`; one that stands twice is refused.
    static func extensions(_ field: TLV) throws(ChipFault) -> [Extension] {
        var wrapper = field.fields
        var list = try wrapper.next(DER.sequence).fields
        var found: [Extension] = []
        while !list.isAtEnd {
            var parts = try list.next(DER.sequence).fields
            let oid = try OID(try parts.next())
            let critical = try parts.optional(DER.boolean)
            let value = Array(try parts.next(DER.octetString).value)
            guard !found.contains(where: { $0.oid == oid }) else { throw .malformed("extensions") }
            found.append(Extension(oid: oid, isCritical: critical?.value.first == 0xFF, value: value))
        }
        return found
    }

    func value(of oid: OID) -> [UInt8]? { extensions.first { $0.oid == oid }?.value }

    /// Two capital letters of the issuer's country; nil when its name has none.
    package var country: String? { DistinguishedName.value(of: .country, in: issuer)?.uppercased() }

    /// The common name of the subject.
    package var commonName: String? { DistinguishedName.value(of: .commonName, in: subject) }

    /// The identifier that the certificate gives its key.
    package var keyIdentifier: [UInt8]? {
        value(of: .subjectKeyIdentifier).flatMap { try? Array(TLV($0, tag: DER.octetString).value) }
    }

    /// The identifier of the key that signed it.
    package var authorityKeyIdentifier: [UInt8]? { Certificate.authorityKey(value(of: .authorityKeyIdentifier)) }

    static func authorityKey(_ value: [UInt8]?) -> [UInt8]? {
        guard let value, var parts = try? TLV(value, tag: DER.sequence).fields else { return nil }
        return (try? parts.optional(0x80)).flatMap { $0 }.map { Array($0.value) }
    }

    /// Whether it may sign certificates: basic constraints say CA and key usage says keyCertSign, both critical.
    package var isAuthority: Bool {
        guard let constraints = extensions.first(where: { $0.oid == .basicConstraints }), constraints.isCritical,
            var parts = try? TLV(constraints.value, tag: DER.sequence).fields,
            let flag = try? parts.next(DER.boolean)
        else { return false }
        return flag.value.first == 0xFF && hasUsage(.certificates)
    }

    /// Bits of key usage.
    enum Usage: UInt8 {
        case signatures = 0x80
        case certificates = 0x04
        case revocationLists = 0x02
    }

    func hasUsage(_ usage: Usage) -> Bool {
        guard let value = value(of: .keyUsage), let bits = try? TLV(value, tag: DER.bitString), bits.value.count > 1
        else { return false }
        return bits.value[bits.value.startIndex + 1] & usage.rawValue != 0
    }

    /// Whether the key of `authority` signed this certificate, and its name stands as the issuer.
    package func isSigned(by authority: Certificate) -> Bool {
        guard issuer == authority.subject else { return false }
        if let wanted = authorityKeyIdentifier, let given = authority.keyIdentifier, wanted != given { return false }
        return authority.key.isValid(signature: signature, of: body, hash: hash)
    }

    /// What the extension says of the time in which the key may sign.
    private static func period(_ value: [UInt8]?, within whole: ClosedRange<Instant>) -> ClosedRange<Instant> {
        guard let value, var parts = try? TLV(value, tag: DER.sequence).fields else { return whole }
        func time(_ tag: UInt32) -> Instant? {
            guard let field = try? parts.optional(tag) else { return nil }
            return try? DER.time(TLV(tag: DER.generalizedTime, value: field.value, whole: field.whole))
        }
        let first = time(0x80) ?? whole.lowerBound
        return first...max(first, time(0x81) ?? whole.upperBound)
    }

    /// Whether the certificate holds at an instant.
    package func isValid(at instant: Instant) -> Bool { notBefore <= instant && instant <= notAfter }
}
