import Civil

/// Danh sách CSCA (master list): the authorities whose cards an issuer accepts, signed (Doc 9303-12 §8).
package struct MasterList: Hashable, Sendable {
    package let authorities: [Certificate]
    package let signed: SignedData

    package init(bytes: [UInt8]) throws(ChipFault) {
        signed = try SignedData(bytes: bytes)
        guard signed.contentType == .masterList else { throw .malformed("master list") }
        var parts = try TLV(signed.content, tag: DER.sequence).fields
        guard try DER.smallInteger(try parts.next()) == 0 else { throw .unsupported("master list") }
        var list = try parts.next(DER.set).fields
        try parts.finish()
        var authorities: [Certificate] = []
        while !list.isAtEnd {
            // Authorities with keys of other kinds are left out: their cards cannot be checked here anyway.
            let bytes = Array(try list.next(DER.sequence).whole)
            if let certificate = try? Certificate(bytes: bytes) { authorities.append(certificate) }
        }
        self.authorities = authorities
    }

    /// The list of these authorities; `authority` is the one that certified the signer of lists.
    package static func bytes(
        of authorities: [Certificate], by signer: any CardSigner, certificate: Certificate, authority: Certificate,
        at time: Instant
    ) throws(SigningRefusal) -> [UInt8] {
        let content = DER.sequence(DER.integer(0), DER.setOf(authorities.map(\.bytes)))
        return try SignedData.bytes(
            content, of: .masterList, by: signer, certificate: certificate, others: [authority], at: time)
    }

    /// Whether its signer may sign lists and was certified by this authority.
    package func isSigned(under authority: Certificate) -> Bool {
        guard let certificate = signed.signerCertificate, certificate.isSigned(by: authority), authority.isAuthority,
            let usage = certificate.value(of: .extendedKeyUsage), usage == DER.sequence(OID.masterListSigner.der)
        else { return false }
        return signed.isSigned(by: certificate)
    }
}
