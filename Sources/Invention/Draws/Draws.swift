/// Dãy số từ một hạt giống: numbers drawn from a seed, the same on every machine and in every version of the toolchain.
///
/// SplitMix64, and whole numbers alone: neither the system's randomness nor floating point nor the library's own way of
/// choosing takes part, so that the same seed gives the same people for ever.
package struct Draws: Sendable {
    private var state: UInt64

    /// The numbers of a seed for one purpose; other `parts` give numbers that have nothing to do with these.
    package init(seed: UInt64, _ parts: UInt64...) {
        state = seed
        for part in parts { state = Draws.mixed(state &+ 0x9E37_79B9_7F4A_7C15) ^ Draws.mixed(part &+ 0x5851_F42D) }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Draws.mixed(state)
    }

    /// A number from 0 to below `bound`, which is at least 1.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
    }

    package mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True that many times in ten thousand.
    package mutating func chance(_ perTenThousand: Int) -> Bool { below(10_000) < perTenThousand }

    /// One of the list, each as likely as the other.
    package mutating func pick<Value>(_ list: [Value], else other: Value) -> Value {
        list.isEmpty ? other : list[below(list.count)]
    }

    package mutating func pick(_ words: [String]) -> String { pick(words, else: "") }

    /// A number that looks drawn but is always the same for the same value.
    static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// A list to draw from in which some stand oftener than others.
package struct WeightedList<Value: Sendable>: Sendable {
    private let values: [Value]
    /// The sums of the weights up to and with each value.
    private let sums: [Int]

    package init(_ weighted: [(value: Value, weight: Int)]) {
        values = weighted.map(\.value)
        var sum = 0
        sums = weighted.map {
            sum += $0.weight
            return sum
        }
    }

    /// Words from the commonest to the rarest: the weight falls with the place in the list.
    ///
    /// The larger `flatness` is, the more even the words are; with 3 the first word is some five times as common as
    /// the twentieth.
    init(falling words: [Value], flatness: Int) {
        self.init(words.enumerated().map { (value: $0.element, weight: 1_000_000 / ($0.offset + flatness)) })
    }

    package var total: Int { sums.last ?? 0 }

    /// The index of the value in whose part of the line the point lies.
    package func index(at point: Int) -> Int {
        var low = 0
        var high = max(sums.count - 1, 0)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > point { high = middle } else { low = middle + 1 }
        }
        return low
    }

    package func draw(_ draws: inout Draws) -> Value { values[index(at: draws.below(total))] }
}
