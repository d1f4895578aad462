/// Khoảng cách sửa: how many letters must be inserted, left out, replaced or swapped with a neighbour (optimal string
/// alignment: no part is edited twice).
///
/// Counts Unicode scalars; give it text in NFC.
package enum EditDistance {
    /// The distance, or nil when it is more than `limit`.
    package static func between(_ left: some StringProtocol, _ right: some StringProtocol, limit: Int) -> Int? {
        between(left.unicodeScalars.map(\.value), right.unicodeScalars.map(\.value), limit: limit)
    }

    /// The same on scalars already taken apart.
    package static func between(_ left: [UInt32], _ right: [UInt32], limit: Int) -> Int? {
        guard limit >= 0 else { return nil }
        if left == right { return 0 }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= limit else { return nil }
        if short.isEmpty { return long.count }
        let distance = short.count <= 64 ? bitParallel(short, long) : table(short, long)
        return distance <= limit ? distance : nil
    }

    /// 1 for equal texts, 0 for texts without anything in common: 1 − distance ÷ longer length.
    package static func similarity(_ left: some StringProtocol, _ right: some StringProtocol) -> Double {
        let longest = max(left.unicodeScalars.count, right.unicodeScalars.count)
        guard longest > 0, let distance = between(left, right, limit: longest) else { return 1 }
        return 1 - Double(distance) / Double(longest)
    }

    /// Hyyrö 2003: one machine word holds a whole column of the table; `pattern` has at most 64 scalars.
    private static func bitParallel(_ pattern: [UInt32], _ text: [UInt32]) -> Int {
        let last = UInt64(1) << UInt64(pattern.count - 1)
        var diagonal: UInt64 = 0
        var up = ~UInt64(0)
        var down: UInt64 = 0
        var matchBefore: UInt64 = 0
        var distance = pattern.count
        for scalar in text {
            var match: UInt64 = 0
            for (index, letter) in pattern.enumerated() where letter == scalar { match |= 1 << UInt64(index) }
            let swapped = ((~diagonal & match) << 1) & matchBefore
            diagonal = (((match & up) &+ up) ^ up) | match | down | swapped
            var right = down | ~(diagonal | up)
            var left = diagonal & up
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
            right = right << 1 | 1
            left <<= 1
            up = left | ~(diagonal | right)
            down = right & diagonal
            matchBefore = match
        }
        return distance
    }

    /// The textbook table, three rows of it, for texts longer than a machine word.
    static func table(_ left: [UInt32], _ right: [UInt32]) -> Int {
        var before = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for i in 1...max(1, left.count) where !left.isEmpty {
            var row = [i] + [Int](repeating: 0, count: right.count)
            for j in 1...max(1, right.count) where !right.isEmpty {
                let cost = left[i - 1] == right[j - 1] ? 0 : 1
                row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], before[j - 2] + 1)
                }
            }
            before = previous
            previous = row
        }
        return previous[right.count]
    }
}
