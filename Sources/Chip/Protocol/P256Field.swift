/// Số học trên trường của P-256: whole numbers modulo the prime of the curve, in Montgomery form.
///
/// The time it takes depends on the numbers: for the virtual chip and for tests, never for keys of an issuer.
struct P256Field: Equatable {
    /// Four words, the lowest first, of the number times 2^256.
    private var words: SIMD4<UInt64>

    private static let prime = SIMD4<UInt64>(
        0xFFFF_FFFF_FFFF_FFFF, 0x0000_0000_FFFF_FFFF, 0x0000_0000_0000_0000, 0xFFFF_FFFF_0000_0001)

    static let zero = P256Field(words: .zero)
    static let one = P256Field(words: doubled(SIMD4(1, 0, 0, 0), times: 256))
    /// 2^512, by which a number comes into its form.
    private static let squaredRadix = P256Field(words: doubled(SIMD4(1, 0, 0, 0), times: 512))

    private init(words: SIMD4<UInt64>) { self.words = words }

    /// The number of 32 bytes, most significant first, which is below the prime.
    init(bytes: some Collection<UInt8>) {
        var words = SIMD4<UInt64>.zero
        for (place, byte) in bytes.enumerated() {
            let word = 3 - place / 8
            words[word] = words[word] << 8 | UInt64(byte)
        }
        self = P256Field(words: words) * P256Field.squaredRadix
    }

    /// The number in 32 bytes, most significant first.
    var bytes: [UInt8] {
        let plain = (self * P256Field(words: SIMD4(1, 0, 0, 0))).words
        return (0..<32).map { UInt8(truncatingIfNeeded: plain[3 - $0 / 8] >> (56 - 8 * UInt64($0 % 8))) }
    }

    var isZero: Bool { words == .zero }

    static func + (left: P256Field, right: P256Field) -> P256Field {
        let (sum, carry) = added(left.words, right.words)
        return P256Field(words: reduced(sum, carry))
    }

    static func - (left: P256Field, right: P256Field) -> P256Field {
        let (difference, borrow) = subtracted(left.words, right.words)
        return P256Field(words: borrow ? added(difference, prime).sum : difference)
    }

    /// Montgomery's product: the lowest word is made zero and shifted out, four times.
    static func * (left: P256Field, right: P256Field) -> P256Field {
        var sum = SIMD8<UInt64>.zero
        for place in 0..<4 {
            var carry = accumulate(left.words, times: right.words[place], into: &sum)
            var high = sum[4].addingReportingOverflow(carry)
            sum[4] = high.partialValue
            sum[5] = high.overflow ? 1 : 0
            // The prime's lowest word is −1, so that the factor is the lowest word itself.
            let factor = sum[0]
            carry = accumulate(prime, times: factor, into: &sum)
            high = sum[4].addingReportingOverflow(carry)
            sum[4] = high.partialValue
            sum[5] &+= high.overflow ? 1 : 0
            for word in 0..<5 { sum[word] = sum[word + 1] }
            sum[5] = 0
        }
        return P256Field(words: reduced(SIMD4(sum[0], sum[1], sum[2], sum[3]), sum[4] != 0))
    }

    /// Adds four words times a factor to the lowest four; gives what goes over.
    private static func accumulate(
        _ words: SIMD4<UInt64>, times factor: UInt64, into sum: inout SIMD8<UInt64>
    ) -> UInt64 {
        var carry: UInt64 = 0
        for place in 0..<4 {
            let product = words[place].multipliedFullWidth(by: factor)
            let first = product.low.addingReportingOverflow(sum[place])
            let second = first.partialValue.addingReportingOverflow(carry)
            sum[place] = second.partialValue
            carry = product.high &+ (first.overflow ? 1 : 0) &+ (second.overflow ? 1 : 0)
        }
        return carry
    }

    /// The inverse, by Fermat: the power of the prime less two; zero has zero.
    var inverse: P256Field {
        var exponent = P256Field.prime
        exponent[0] -= 2
        var result = P256Field.one
        for bit in (0..<256).reversed() {
            result = result * result
            if exponent[bit / 64] >> UInt64(bit % 64) & 1 == 1 { result = result * self }
        }
        return result
    }

    // MARK: Words

    private static func added(_ left: SIMD4<UInt64>, _ right: SIMD4<UInt64>) -> (sum: SIMD4<UInt64>, carry: Bool) {
        var sum = SIMD4<UInt64>.zero
        var carry = false
        for place in 0..<4 {
            let first = left[place].addingReportingOverflow(right[place])
            let second = first.partialValue.addingReportingOverflow(carry ? 1 : 0)
            sum[place] = second.partialValue
            carry = first.overflow || second.overflow
        }
        return (sum, carry)
    }

    private static func subtracted(
        _ left: SIMD4<UInt64>, _ right: SIMD4<UInt64>
    ) -> (difference: SIMD4<UInt64>, borrow: Bool) {
        var difference = SIMD4<UInt64>.zero
        var borrow = false
        for place in 0..<4 {
            let first = left[place].subtractingReportingOverflow(right[place])
            let second = first.partialValue.subtractingReportingOverflow(borrow ? 1 : 0)
            difference[place] = second.partialValue
            borrow = first.overflow || second.overflow
        }
        return (difference, borrow)
    }

    private static func reduced(_ words: SIMD4<UInt64>, _ carry: Bool) -> SIMD4<UInt64> {
        let (difference, borrow) = subtracted(words, prime)
        return carry || !borrow ? difference : words
    }

    private static func doubled(_ start: SIMD4<UInt64>, times: Int) -> SIMD4<UInt64> {
        var words = start
        for _ in 0..<times {
            let (sum, carry) = added(words, words)
            words = reduced(sum, carry)
        }
        return words
    }
}
