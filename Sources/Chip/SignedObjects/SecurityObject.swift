import Civil

/// EF.SOD: the hashes of all data groups, signed by the document signer (Doc 9303-10 §4.6.2).
package struct SecurityObject: Hashable, Sendable {
    /// The hash of each data group by its number.
    package let hashes: [Int: [UInt8]]
    package let hash: HashAlgorithm
    package let signed: SignedData

    private static let version = 0
    private static let largestGroup = 16

    package init(bytes: [UInt8]) throws(ChipFault) {
        signed = try SignedData(bytes: try TLV(bytes, tag: ChipFile.sod.tag).value)
        guard signed.contentType == .securityObject else { throw .malformed("EF.SOD") }
        var parts = try TLV(signed.content, tag: DER.sequence).fields
        guard try DER.smallInteger(try parts.next()) <= 1 else { throw .unsupported("LDSSecurityObject") }
        hash = try HashAlgorithm.named(try parts.next(), signing: false)
        var list = try parts.next(DER.sequence).fields
        var hashes: [Int: [UInt8]] = [:]
        while !list.isAtEnd {
            var entry = try list.next(DER.sequence).fields
            let number = try DER.smallInteger(try entry.next())
            let value = Array(try entry.next(DER.octetString).value)
            try entry.finish()
            guard (1...SecurityObject.largestGroup).contains(number), hashes.updateValue(value, forKey: number) == nil
            else { throw .malformed("EF.SOD") }
        }
        self.hashes = hashes
    }

    /// The file for a card's data groups; each is hashed as the bytes that go onto the chip.
    package static func bytes(
        for files: [ChipFile: [UInt8]], by signer: DocumentSigner, at time: Instant
    ) throws(SigningRefusal) -> [UInt8] {
        guard signer.certificate.signingPeriod.contains(time) else { throw .signerNotInUse }
        let hash = signer.key.publicKey.curve.hash
        let groups = files.compactMap { file, bytes in file.dataGroup.map { ($0, bytes) } }.sorted { $0.0 < $1.0 }
        let list = groups.map { number, bytes in
            DER.sequence(DER.integer(number), DER.octets(hash.digest(bytes)))
        }
        let content = DER.sequence(DER.integer(version), hash.algorithm, TLV.bytes(DER.sequence, joining: list))
        let signed = try SignedData.bytes(
            content, of: .securityObject, by: signer.key, certificate: signer.certificate, at: time)
        return TLV.bytes(ChipFile.sod.tag, signed)
    }
}

/// Người ký giấy tờ (DS): the key that signs what stands on chips, with its certificate.
package struct DocumentSigner: Sendable {
    let key: any CardSigner
    package let certificate: Certificate

    /// Nil when the certificate is of another key.
    package init?(key: any CardSigner, certificate: Certificate) {
        guard key.publicKey == certificate.key else { return nil }
        self.key = key
        self.certificate = certificate
    }
}
