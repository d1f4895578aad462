extension RandomAccessCollection {
    /// The first index at which something holds that holds of everything behind it; `endIndex` where it holds nowhere.
    package func firstIndex(ofOrdered holds: (Element) -> Bool) -> Index {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = index(low, offsetBy: distance(from: low, to: high) / 2)
            if holds(self[middle]) { high = middle } else { low = index(after: middle) }
        }
        return low
    }
}
