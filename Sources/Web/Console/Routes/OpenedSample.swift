import Ledger
import Population
import Synchronization

/// Mẫu đã mở: what each session has opened, for deciding on many of a kind; kept in memory alone.
final class OpenedSample<Item: Hashable & Sendable>: Sendable {
    private let items = Mutex<[Digest32: Set<Item>]>([:])

    /// How many sessions, and items of one, are remembered; beyond, a sample is opened anew.
    private static var mostRemembered: Int { 1_000 }

    func open(_ item: Item, in session: Digest32) {
        items.withLock { items in
            if items.count >= OpenedSample.mostRemembered { items.removeAll() }
            if items[session, default: []].count >= OpenedSample.mostRemembered { items[session] = [] }
            items[session, default: []].insert(item)
        }
    }

    func opened(in session: Digest32) -> Set<Item> { items.withLock { $0[session] ?? [] } }
}

/// Mẫu đã mở của từng loại: what pages and programs have opened of what can be decided together.
struct OpenedSamples: Sendable {
    /// Approvals, by number.
    let approvals = OpenedSample<Int64>()
    /// Pairs of possible duplicates, by both handles.
    let duplicates = OpenedSample<String>()
    /// Rows that wait, by sheet number.
    let rows = OpenedSample<Int64>()

    /// How a pair is remembered, whichever of the two is named first.
    static func pair(_ one: Handle, _ other: Handle) -> String {
        [one.text, other.text].sorted().joined(separator: "-")
    }
}
