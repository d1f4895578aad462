import Crypto
import Foundation

/// Chia sẻ bí mật: a key cut into shares; a number of them gives it back, one fewer tells nothing (Shamir, 1979).
///
/// Each byte of the key is the value at 0 of a polynomial over GF(2⁸) whose other coefficients are random; a share is
/// the polynomials' values at its own index. The arithmetic has no tables and no branches that depend on secrets.
package enum SecretSharing {
    /// Mảnh: the values at an index, which is never 0.
    package struct Share: Hashable, Sendable {
        package let index: UInt8
        package var value: [UInt8]

        package init(index: UInt8, value: [UInt8]) {
            self.index = index
            self.value = value
        }
    }

    /// Bytes of a key, and so of a share.
    package static let length = 32
    /// More holders than any state has; a bound for what is read from files.
    package static let mostShares = 16

    /// The shares of a key with indices from 1 on, of which `threshold` give it back.
    ///
    /// - Parameter random: that many bytes from a cryptographic random source.
    package static func split(
        _ key: SymmetricKey, into count: Int, threshold: Int, random: (Int) -> [UInt8]
    ) throws(CeremonyRefusal) -> [Share] {
        guard (2...mostShares).contains(threshold), (threshold...mostShares).contains(count),
            key.bitCount == 8 * length
        else { throw .thresholdImpossible }
        var coefficients = key.withUnsafeBytes { Array($0) } + random((threshold - 1) * length)
        defer { coefficients.wipe() }
        guard coefficients.count == threshold * length else { throw .thresholdImpossible }
        return (1...UInt8(count)).map { index in
            var value = [UInt8](repeating: 0, count: length)
            // Horner's rule, from the highest coefficient down.
            for degree in (0..<threshold).reversed() {
                for place in 0..<length {
                    value[place] = product(value[place], index) ^ coefficients[degree * length + place]
                }
            }
            return Share(index: index, value: value)
        }
    }

    /// The key of shares with different indices; a wrong one when they are too few or one is not of this key, so that
    /// whoever calls checks each share first.
    package static func combine(_ shares: [Share]) -> SymmetricKey {
        var bytes = [UInt8](repeating: 0, count: length)
        defer { bytes.wipe() }
        for share in shares {
            // Lagrange's polynomial of this share at 0; minus is plus here.
            var weight: UInt8 = 1
            for other in shares where other.index != share.index {
                weight = product(weight, product(other.index, inverse(other.index ^ share.index)))
            }
            for place in 0..<min(length, share.value.count) { bytes[place] ^= product(share.value[place], weight) }
        }
        return SymmetricKey(data: bytes)
    }

    /// The product in GF(2⁸) with the polynomial of AES.
    static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var sum: UInt8 = 0
        var factor = left
        for bit in 0..<8 {
            sum ^= factor & (0 &- (right >> UInt8(bit) & 1))
            factor = factor << 1 ^ (0x1B & (0 &- (factor >> 7)))
        }
        return sum
    }

    /// The inverse: the power 254; 0 for 0.
    static func inverse(_ element: UInt8) -> UInt8 {
        var power = element
        // 254 is 11111110 in binary: square, and multiply at each one.
        for _ in 0..<6 { power = product(product(power, power), element) }
        return product(power, power)
    }
}

extension [UInt8] {
    /// Xóa khỏi bộ nhớ: writes zeros over the bytes, which the compiler may not leave out.
    ///
    /// Copies that Swift made elsewhere are out of reach; secrets are kept in few places and for a short time.
    package mutating func wipe() {
        withUnsafeMutableBytes { bytes in
            if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
        }
    }
}
