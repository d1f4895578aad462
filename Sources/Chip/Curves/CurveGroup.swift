import CGcrypt

/// Nhóm điểm của đường cong: what swift-crypto does not offer, sums of points and curves of Brainpool, by libgcrypt.
///
/// For chips, terminals and what others signed; keys of an issuer sign through swift-crypto or on a token.
final class CurveGroup {
    private let curve: Curve
    private let context: OpaquePointer

    /// Nil where the library is older than 1.10 or does not know the curve.
    init?(_ curve: Curve) {
        guard Gcrypt.isReady else { return nil }
        var made: OpaquePointer?
        guard gcry_mpi_ec_new(&made, nil, curve.libraryName) == 0, let made else { return nil }
        self.curve = curve
        context = made
    }

    deinit { gcry_ctx_release(context) }

    /// Whether a point, `04`, x, y, is on the curve.
    func holds(_ point: [UInt8]) -> Bool {
        guard point.count == 1 + 2 * curve.size, point.first == 4 else { return false }
        let prime = curve.prime
        let (x, y) = (point[1..<(1 + curve.size)], point[(1 + curve.size)...])
        guard x.lexicographicallyPrecedes(prime), y.lexicographicallyPrecedes(prime), let read = Point(point, curve)
        else { return false }
        return gcry_mpi_ec_curve_point(read.pointer, context) != 0
    }

    /// The sum of multiples of points; nil at infinity.
    func sum(_ terms: [(factor: [UInt8], point: ECPublicKey)]) -> ECPublicKey? {
        var sum: Point?
        for (factor, key) in terms {
            guard key.curve == curve, let number = Number(factor), let point = Point(key.point, curve),
                let product = Point(curve)
            else { return nil }
            gcry_mpi_ec_mul(product.pointer, number.pointer, point.pointer, context)
            if let before = sum, let both = Point(curve) {
                gcry_mpi_ec_add(both.pointer, before.pointer, product.pointer, context)
                sum = both
            } else {
                sum = product
            }
        }
        return sum.flatMap(key)
    }

    private func key(_ point: Point) -> ECPublicKey? {
        guard let x = Number(), let y = Number(),
            gcry_mpi_ec_get_affine(x.pointer, y.pointer, point.pointer, context) == 0,
            let left = x.bytes(curve.size), let right = y.bytes(curve.size)
        else { return nil }
        return ECPublicKey(curve: curve, point: [4] + left + right)
    }

    /// A whole number.
    private final class Number {
        let pointer: OpaquePointer

        init?() {
            guard let made = gcry_mpi_new(0) else { return nil }
            pointer = made
        }

        /// The number of bytes, most significant first.
        init?(_ bytes: some Collection<UInt8>) {
            var made: OpaquePointer?
            let bytes = Array(bytes)
            guard gcry_mpi_scan(&made, GCRYMPI_FMT_USG, bytes, bytes.count, nil) == 0, let made else { return nil }
            pointer = made
        }

        deinit { gcry_mpi_release(pointer) }

        /// The number in so many bytes; nil when it does not fit.
        func bytes(_ count: Int) -> [UInt8]? {
            var written = 0
            var bytes = [UInt8](repeating: 0, count: count)
            guard gcry_mpi_print(GCRYMPI_FMT_USG, &bytes, count, &written, pointer) == 0 else { return nil }
            return [UInt8](repeating: 0, count: count - written) + bytes.prefix(written)
        }
    }

    private final class Point {
        let pointer: OpaquePointer

        init?(_ curve: Curve) {
            guard let made = gcry_mpi_point_new(UInt32(8 * curve.size)) else { return nil }
            pointer = made
        }

        init?(_ bytes: [UInt8], _ curve: Curve) {
            guard let x = Number(bytes[1..<(1 + curve.size)]), let y = Number(bytes[(1 + curve.size)...]),
                let z = Number([1]), let made = gcry_mpi_point_set(nil, x.pointer, y.pointer, z.pointer)
            else { return nil }
            pointer = made
        }

        deinit { gcry_mpi_point_release(pointer) }
    }
}

extension CurveGroup {
    /// Whether r‖s is the signature (ECDSA) of a digest by the holder of a key.
    static func isValid(signature: [UInt8], of digest: [UInt8], by key: ECPublicKey) -> Bool {
        let size = key.curve.size
        guard Gcrypt.isReady, signature.count == 2 * size else { return false }
        // A zero in front: no number of these is negative.
        func hex(_ bytes: some Sequence<UInt8>) -> String { "#00\(Hex.text(bytes))#" }
        let curve = key.curve.libraryName
        let texts = [
            "(sig-val (ecdsa (r \(hex(signature.prefix(size)))) (s \(hex(signature.suffix(size))))))",
            "(data (flags raw) (value \(hex(digest.prefix(size)))))",
            "(public-key (ecc (curve \"\(curve)\") (q #\(Hex.text(key.point))#)))",
        ]
        var made: [OpaquePointer] = []
        defer { for one in made { gcry_sexp_release(one) } }
        for text in texts {
            var one: OpaquePointer?
            guard gcry_sexp_new(&one, text, text.utf8.count, 0) == 0, let one else { return false }
            made.append(one)
        }
        return gcry_pk_verify(made[0], made[1], made[2]) == 0
    }
}

/// libgcrypt, once in a process.
enum Gcrypt {
    static let isReady = dancu_gcrypt_start() != 0
}
