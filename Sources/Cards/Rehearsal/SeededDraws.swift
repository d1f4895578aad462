/// Số ngẫu nhiên theo hạt giống: the same draws for the same seed (SplitMix64), for rehearsals; never for a key.
struct SeededDraws: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Whether something happens that happens in that share of cases.
    mutating func happens(_ share: Double) -> Bool {
        Double(next() >> 11) / Double(UInt64(1) << 53) < share
    }

    mutating func choice<Value>(_ values: [Value], or other: Value) -> Value {
        values.isEmpty ? other : values[Int(next() % UInt64(values.count))]
    }
}
