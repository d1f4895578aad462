import Civil
import Synchronization

/// What the rooms need from outside and never take themselves: the clock and randomness.
package struct Surroundings: Sendable {
    /// The present instant.
    package let now: @Sendable () -> Instant
    /// That many bytes from a cryptographic random source.
    package let random: @Sendable (_ count: Int) -> [UInt8]

    package init(now: @escaping @Sendable () -> Instant, random: @escaping @Sendable (_ count: Int) -> [UInt8]) {
        self.now = now
        self.random = random
    }

    /// Today in Vietnam.
    package var today: CalendarDate { now().dayInVietnam }

    /// A random positive number of 63 bits, never 0.
    package func randomID() -> Int64 {
        var value: UInt64 = 0
        for byte in random(8) { value = value << 8 | UInt64(byte) }
        return Int64(value >> 1) | 1
    }
}

/// Gives numbers to entries: they grow within a process, and across processes they follow the clock.
///
/// 43 bits of milliseconds, then 20 bits that start at random, so that two processes rarely meet; when they do, the
/// primary key refuses the second and its transaction is tried again.
package final class EntryNumbers: Sendable {
    private let last = Mutex<Int64>(0)
    private let surroundings: Surroundings

    package init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The first of `count` consecutive numbers.
    package func next(_ count: Int) -> Int64 {
        let milliseconds = surroundings.now().microseconds / 1000
        let start = surroundings.random(3).reduce(Int64(0)) { $0 << 8 | Int64($1) } & 0x7_FFFF
        return last.withLock { last in
            let first = max(last + 1, milliseconds << 20 | start)
            last = first + Int64(count) - 1
            return first
        }
    }
}
