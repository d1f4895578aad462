/// Độ giống Jaro–Winkler: 0 to 1, higher for texts that share letters in nearly the same places and begin alike.
///
/// For single words (a given name, a street). Never for whole Vietnamese names, half of which begin with `Nguyễn`.
package enum JaroWinkler {
    /// The likeness of two words, the same in either order.
    package static func similarity(_ left: some StringProtocol, _ right: some StringProtocol) -> Double {
        let first = left.unicodeScalars.map(\.value)
        let second = right.unicodeScalars.map(\.value)
        let jaro = jaro(first, second)
        // Winkler's boost is for texts that are alike already.
        guard jaro > 0.7 else { return jaro }
        let prefix = zip(first, second).prefix(4).prefix { $0 == $1 }.count
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    static func jaro(_ left: [UInt32], _ right: [UInt32]) -> Double {
        if left.isEmpty, right.isEmpty { return 1 }
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        let window = max(0, max(left.count, right.count) / 2 - 1)
        var taken = [Bool](repeating: false, count: right.count)
        var matchedLeft: [UInt32] = []
        for (index, letter) in left.enumerated() {
            let from = max(0, index - window)
            let to = min(right.count, index + window + 1)
            guard from < to, let at = (from..<to).first(where: { !taken[$0] && right[$0] == letter }) else { continue }
            taken[at] = true
            matchedLeft.append(letter)
        }
        guard !matchedLeft.isEmpty else { return 0 }
        let matchedRight = right.indices.filter { taken[$0] }.map { right[$0] }
        let transposed = zip(matchedLeft, matchedRight).count { $0 != $1 }
        let matches = Double(matchedLeft.count)
        return
            (matches / Double(left.count) + matches / Double(right.count)
            + (matches - Double(transposed) / 2) / matches) / 3
    }
}
