/// A sum over the rows of the streams, whatever their order: two sets of rows with one sum are the same set.
///
/// Each row is hashed under the process's own secret seed, so that nobody can make up rows that cancel each other out.
/// The acts' lists of subjects and the table of streams are both read as they lie and need no join.
struct StreamSum: Hashable, Sendable {
    private var rows = 0
    private var sum: UInt64 = 0
    /// Whether a list could not be read.
    private(set) var isBroken = false

    /// Bytes that one subject takes in an act's list.
    private static let width = 17

    mutating func add(kind: Int64, subject: Int64, version: Int64, act: Int64) {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(subject)
        hasher.combine(version)
        hasher.combine(act)
        rows += 1
        sum &+= UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// Adds what an act's packed list says.
    mutating func add(packed list: UnsafeRawBufferPointer, act: Int64) {
        guard list.count.isMultiple(of: StreamSum.width) else {
            isBroken = true
            return
        }
        for start in stride(from: 0, to: list.count, by: StreamSum.width) {
            let kind = Int64(list[start])
            if Subject.Kind(rawValue: kind) == nil { isBroken = true }
            let subject = list.loadUnaligned(fromByteOffset: start + 1, as: Int64.self).bigEndian
            let version = list.loadUnaligned(fromByteOffset: start + 9, as: Int64.self).bigEndian
            add(kind: kind, subject: subject, version: version, act: act)
        }
    }

    static func + (left: StreamSum, right: StreamSum) -> StreamSum {
        var result = left
        result.rows += right.rows
        result.sum &+= right.sum
        result.isBroken = left.isBroken || right.isBroken
        return result
    }
}
