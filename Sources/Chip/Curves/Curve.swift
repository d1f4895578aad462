/// Đường cong: the curves whose signatures this program makes and checks.
package enum Curve: String, Hashable, Sendable, CaseIterable {
    case p256 = "P-256"
    case p384 = "P-384"
    /// RFC 5639; checked and agreed on, never signed with.
    case brainpoolP256r1

    /// Bytes of a coordinate.
    var size: Int {
        switch self {
        case .p256, .brainpoolP256r1: 32
        case .p384: 48
        }
    }

    /// The hash that goes with the curve when this program signs.
    package var hash: HashAlgorithm {
        switch self {
        case .p256, .brainpoolP256r1: .sha256
        case .p384: .sha384
        }
    }

    var oid: OID {
        switch self {
        case .p256: OID(1, 2, 840, 10045, 3, 1, 7)
        case .p384: OID(1, 3, 132, 0, 34)
        case .brainpoolP256r1: OID(1, 3, 36, 3, 3, 2, 8, 1, 1, 7)
        }
    }

    /// What libgcrypt calls it.
    var libraryName: String {
        switch self {
        case .p256: "NIST P-256"
        case .p384: "NIST P-384"
        case .brainpoolP256r1: "brainpoolP256r1"
        }
    }

    /// The number of its standard parameters in PACE (Doc 9303-11 §9.5.1); nil where this program agrees on nothing.
    var paceParameters: UInt8? {
        switch self {
        case .p256: 12
        case .p384: nil
        case .brainpoolP256r1: 13
        }
    }

    var prime: [UInt8] { numbers.first ?? [] }

    /// `04`, x, y of the base point.
    var generator: ECPublicKey? { numbers.count == 5 ? ECPublicKey(curve: self, point: numbers[3]) : nil }

    /// ECParameters with every number written out, the base point uncompressed and the cofactor there, as Doc 9303-12
    /// §4.1.6.3 asks.
    var explicitParameters: [UInt8] {
        switch self {
        case .p256: Curve.explicitP256
        case .p384: Curve.explicitP384
        case .brainpoolP256r1: Curve.explicitBrainpoolP256r1
        }
    }

    private static let explicitP256 = explicit(
        prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        a: "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
        b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        generator: "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")

    private static let explicitP384 = explicit(
        prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        a: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
        b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        generator: "04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"
            + "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
        order: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973")

    private static let explicitBrainpoolP256r1 = explicit(
        prime: "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
        a: "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
        b: "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
        generator: "048bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262"
            + "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
        order: "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7")

    private static func explicit(
        prime: String, a: String, b: String, generator: String, order: String
    ) -> [UInt8] {
        DER.sequence(
            DER.integer(1), DER.sequence(OID.primeField.der, DER.integer(unsigned: Hex.bytes(prime))),
            DER.sequence(DER.octets(Hex.bytes(a)), DER.octets(Hex.bytes(b))), DER.octets(Hex.bytes(generator)),
            DER.integer(unsigned: Hex.bytes(order)), DER.integer(1))
    }

    /// The curve that parameters name or write out, and in which of the two ways.
    static func read(_ field: TLV) throws(ChipFault) -> (curve: Curve, style: ParameterStyle) {
        if field.tag == DER.oid {
            let oid = try OID(field)
            guard let curve = allCases.first(where: { $0.oid == oid }) else { throw .unsupported("curve") }
            return (curve, .named)
        }
        let written = try numbers(field)
        for curve in allCases where try numbers(TLV(curve.explicitParameters, tag: DER.sequence)) == written {
            return (curve, .explicit)
        }
        throw .unsupported("curve")
    }

    /// Prime, coefficients, base point and order, without zeros in front.
    var numbers: [[UInt8]] {
        (try? TLV(explicitParameters, tag: DER.sequence)).flatMap { try? Curve.numbers($0) } ?? []
    }

    /// Prime, coefficients, base point and order: all that makes a curve.
    ///
    /// A seed and the cofactor follow from them.
    private static func numbers(_ field: TLV) throws(ChipFault) -> [[UInt8]] {
        guard field.tag == DER.sequence else { throw .unexpectedTag(field.tag) }
        var parts = field.fields
        guard try DER.smallInteger(try parts.next()) == 1 else { throw .unsupported("ECParameters") }
        var fieldID = try parts.next(DER.sequence).fields
        guard try OID(try fieldID.next()) == .primeField else { throw .unsupported("curve") }
        let prime = try DER.unsigned(try fieldID.next())
        var curve = try parts.next(DER.sequence).fields
        let a = try curve.next(DER.octetString).value
        let b = try curve.next(DER.octetString).value
        let generator = try parts.next(DER.octetString).value
        let order = try DER.unsigned(try parts.next())
        return [prime, Array(a.drop { $0 == 0 }), Array(b.drop { $0 == 0 }), Array(generator), order]
    }
}

/// Cách ghi tham số đường cong: by name (RFC 5480), or every number written out (Doc 9303-12).
package enum ParameterStyle: String, Hashable, Sendable, CaseIterable { case named, explicit }

/// Hexadecimal text.
package enum Hex {
    /// The bytes of pairs of digits; signs that are no digits count as 0.
    static func bytes(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { UInt8($0 < 58 ? $0 & 0x0F : ($0 & 0x07) + 9) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// Small letters, two for a byte.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
