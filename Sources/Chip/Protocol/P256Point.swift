/// Điểm trên P-256: addition and multiples, which the mapping of PACE needs and swift-crypto does not offer.
///
/// Jacobian coordinates (x / z², y / z³); z is zero at infinity.
struct P256Point {
    private let x: P256Field
    private let y: P256Field
    private let z: P256Field

    private static let infinity = P256Point(x: .one, y: .one, z: .zero)

    private init(x: P256Field, y: P256Field, z: P256Field) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The point of a key, which was held against the curve when the key was made.
    init?(_ key: ECPublicKey) {
        guard key.curve == .p256 else { return nil }
        self.init(
            x: P256Field(bytes: key.point[1..<33]), y: P256Field(bytes: key.point[33..<65]), z: .one)
    }

    /// The point as a key; nil at infinity.
    var key: ECPublicKey? {
        guard !z.isZero else { return nil }
        let inverse = z.inverse
        let square = inverse * inverse
        return ECPublicKey(curve: .p256, point: [4] + (x * square).bytes + (y * square * inverse).bytes)
    }

    private var doubled: P256Point {
        guard !z.isZero, !y.isZero else { return .infinity }
        let square = y * y
        let beta = x * square
        let delta = z * z
        let slope = (x - delta) * (x + delta)
        let alpha = slope + slope + slope
        let beta4 = beta + beta + beta + beta
        let newX = alpha * alpha - (beta4 + beta4)
        let gamma = square * square
        let gamma4 = gamma + gamma + gamma + gamma
        let newZ = (y + z) * (y + z) - square - delta
        return P256Point(x: newX, y: alpha * (beta4 - newX) - (gamma4 + gamma4), z: newZ)
    }

    static func + (left: P256Point, right: P256Point) -> P256Point {
        if left.z.isZero { return right }
        if right.z.isZero { return left }
        let leftSquare = left.z * left.z
        let rightSquare = right.z * right.z
        let leftX = left.x * rightSquare
        let difference = right.x * leftSquare - leftX
        let leftY = left.y * right.z * rightSquare
        let rise = right.y * left.z * leftSquare - leftY
        if difference.isZero { return rise.isZero ? left.doubled : .infinity }
        let square = difference * difference
        let cube = square * difference
        let part = leftX * square
        let newX = rise * rise - cube - part - part
        return P256Point(x: newX, y: rise * (part - newX) - leftY * cube, z: left.z * right.z * difference)
    }

    /// The multiple by a number, most significant byte first.
    func times(_ factor: [UInt8]) -> P256Point {
        var result = P256Point.infinity
        for byte in factor {
            for bit in (0..<8).reversed() {
                result = result.doubled
                if byte >> UInt8(bit) & 1 == 1 { result = result + self }
            }
        }
        return result
    }
}
