/// What certificates and revocation lists have in common: a body, the algorithm, and the signature over the body (RFC
/// 5280, §4.1.1 and §5.1.1).
struct SignedStructure {
    let body: TLV
    let signature: [UInt8]
    private let algorithm: TLV

    init(_ bytes: [UInt8]) throws(ChipFault) {
        var outer = try TLV(bytes, tag: DER.sequence).fields
        body = try outer.next(DER.sequence)
        algorithm = try outer.next()
        signature = Array(try DER.wholeBits(try outer.next()))
        try outer.finish()
    }

    /// The algorithm, which stands twice, while only the one inside the body is signed.
    func hash(statedAs inner: TLV) throws(ChipFault) -> HashAlgorithm {
        guard Array(inner.whole) == Array(algorithm.whole) else { throw .malformed("signatureAlgorithm") }
        return try HashAlgorithm.named(algorithm, signing: true)
    }
}
