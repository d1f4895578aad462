import Civil
import Ledger
import Synchronization

@testable import Population

/// A clock that a test moves, and randomness with a seed.
final class TestSurroundings: Sendable {
    private let instant: Mutex<Int64>
    private let state: Mutex<UInt64>

    init(at instant: Instant, seed: UInt64 = 7) {
        self.instant = Mutex(instant.microseconds)
        state = Mutex(seed)
    }

    func set(_ instant: Instant) {
        self.instant.withLock { $0 = instant.microseconds }
    }

    /// What the rooms are given.
    var surroundings: Surroundings {
        Surroundings(
            now: { Instant(microseconds: self.instant.withLock { $0 }) },
            random: { count in (0..<count).map { _ in self.next() } })
    }

    private func next() -> UInt8 {
        state.withLock { state in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }
}

/// A day of a test's text; the day before all others when the text is none, so that the test fails.
func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? CalendarDate(daysSinceEpoch: -700_000) }

/// A partial date of a test's text.
func date(_ text: String) -> PartialDate { PartialDate(canonical: text) ?? PartialDate(day("")) }

/// The end of that day in Vietnam, or that instant.
func instant(_ text: String) -> Instant { Instant(parsing: text) ?? Instant(microseconds: 0) }

/// Details with some fields stated.
func details(_ change: (inout PersonDetails) -> Void) -> PersonDetails {
    var details = PersonDetails()
    change(&details)
    return details
}

func named(_ name: String) -> PersonDetails { details { $0.name = name } }

/// An invented address in a commune of either set.
func address(_ code: String, _ set: UnitSet = .untilJune2025, text: String = "Số 1, Phường Mẫu") -> Address {
    guard let address = try? Address(parsing: text) else { preconditionFailure("\(text) is no address") }
    return address.resolved(to: UnitCode(code, set), detail: "Số 1")
}

/// The acts of one stream as a test tells them, each with its version; number and version grow together.
struct Stream {
    private(set) var acts: [RecordedAct] = []

    /// Adds an act that was recorded at the end of a day, in effect since that day or another one.
    @discardableResult
    mutating func record(_ content: ActContent, on day: String, effective: String?) -> ActID {
        let version = Int64(acts.count + 1)
        let act = RecordedAct(
            id: ActID(rawValue: 100 + version), version: version, effective: effective.map(date),
            recorded: instant(day), content: content)
        acts.append(act)
        return act.id
    }

    @discardableResult
    mutating func record(_ content: ActContent, on day: String) -> ActID {
        record(content, on: day, effective: day)
    }

    @discardableResult
    mutating func annul(_ act: ActID, on day: String) -> ActID {
        record(.annulled(Annulment(act: act.rawValue, reason: "ghi nhầm")), on: day)
    }

    func person(effectiveAt: String? = nil, knownAt: String? = nil) throws -> PersonState? {
        try PersonFold.state(
            of: Sample.person, acts: acts, effectiveAt: effectiveAt.map(day), knownAt: knownAt.map(instant))
    }

    func household(effectiveAt: String? = nil, knownAt: String? = nil) throws -> HouseholdState? {
        try HouseholdFold.state(
            of: Sample.household, acts: acts, effectiveAt: effectiveAt.map(day), knownAt: knownAt.map(instant))
    }
}
