/// So sánh từng tiếng: how far two words of names agree.
struct WordComparer: Sendable {
    enum Likeness: Int, Comparable {
        case same
        /// The same letters; one of the words has no marks.
        case bare
        /// The same letters with other marks.
        case marks
        /// One letter more, less, other or swapped; i and y; forms of the North and the South.
        case slip
        case different

        static func < (left: Likeness, right: Likeness) -> Bool { left.rawValue < right.rawValue }
    }

    private(set) var foldOf: [UInt32] = []
    private(set) var isMarked: [Bool] = []
    /// The letters of all forms without marks, one behind the other, and where each begins.
    private var letters: [UInt8] = []
    private var starts: [Int32] = [0]
    /// Which letters stand in each form, a bit for each.
    private var lettersIn: [UInt32] = []
    /// Forms that are one name in the North and the South, by form; 0 for none.
    private var doublets: [UInt32] = []

    init(_ book: WordBook) {
        extend(to: book)
    }

    /// Takes over the words that the book has been given since.
    mutating func extend(to book: WordBook) {
        guard book.foldOf.count > foldOf.count else { return }
        foldOf = book.foldOf
        isMarked = book.isMarked
        let known = doublets.count
        guard book.folds.count > known else { return }
        for fold in book.folds[known...] {
            let spelled = fold.map { $0 == UInt8(ascii: "y") ? UInt8(ascii: "i") : $0 }
            letters += spelled
            lettersIn.append(spelled.reduce(0) { $0 | 1 << UInt32($1 & 31) })
            starts.append(Int32(letters.count))
            doublets.append(0)
        }
        for pair in WordVariants.pairs {
            guard let first = book.number(ofFold: Array(pair[0].utf8)),
                let second = book.number(ofFold: Array(pair[1].utf8))
            else { continue }
            doublets[Int(first)] = second
            doublets[Int(second)] = first
        }
    }

    func compare(_ left: UInt32, _ right: UInt32) -> Likeness {
        if left == right { return .same }
        let (first, second) = (foldOf[Int(left)], foldOf[Int(right)])
        if first == second { return isMarked[Int(left)] && isMarked[Int(right)] ? .marks : .bare }
        if doublets[Int(first)] == second { return .slip }
        // One slip brings at most one letter and takes at most one.
        if (lettersIn[Int(first)] ^ lettersIn[Int(second)]).nonzeroBitCount > 2 { return .different }
        return isSlip(range(first), range(second)) ? .slip : .different
    }

    private func range(_ fold: UInt32) -> Range<Int> { Int(starts[Int(fold)])..<Int(starts[Int(fold) + 1]) }

    /// Whether two words of at least three letters together five are one slip apart.
    private func isSlip(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        letters.withUnsafeBufferPointer { letters in
            WordComparer.isSlip(
                UnsafeBufferPointer(rebasing: letters[left]), UnsafeBufferPointer(rebasing: letters[right]))
        }
    }

    static func isSlip(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1 else { return false }
        var front = 0
        while front < short.count, short[front] == long[front] { front += 1 }
        if front == short.count { return long.count == short.count || long.count >= 3 }
        var back = 0
        while back < short.count - front, short[short.count - 1 - back] == long[long.count - 1 - back] { back += 1 }
        let left = short.count - front - back
        guard long.count >= 3 else { return false }
        if long.count > short.count { return left == 0 }
        return left == 1
            || left == 2 && short[front] == long[front + 1] && short[front + 1] == long[front]
    }

    /// Whether two names have the same letters but for one slip when all spaces are left out.
    func areJoined(_ cells: [UInt32], _ left: NameCells, _ right: NameCells) -> Bool {
        guard abs(letterCount(cells, left) - letterCount(cells, right)) <= 1 else { return false }
        let first = joined(cells, left)
        let second = joined(cells, right)
        return first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { WordComparer.isSlip(first, $0) }
        }
    }

    private func letterCount(_ cells: [UInt32], _ name: NameCells) -> Int {
        var count = 0
        for place in name.base..<(name.base + name.count) { count += range(foldOf[Int(cells[place])]).count }
        return count
    }

    private func joined(_ cells: [UInt32], _ name: NameCells) -> [UInt8] {
        var text: [UInt8] = []
        for place in name.base..<(name.base + name.count) {
            text += letters[range(foldOf[Int(cells[place])])]
        }
        return text
    }
}
