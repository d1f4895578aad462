import Access
import Database
import Ledger

/// Reads streams of acts with their contents decoded, ready to be folded.
struct Streams {
    let acts: ActStore
    let connection: Connection

    /// The acts of a subject; those whose content was removed by a retention rule are left out.
    func acts(of subject: Subject) throws -> [RecordedAct] {
        try acts.stream(of: subject, on: connection).compactMap { stored in
            try Streams.recorded(stored.act, version: stored.version, content: stored.content)
        }
    }

    /// What `body` reads; nil where an act in its way is damaged, which keeps nobody from seeing what is not.
    static func ifLegible<Value>(_ body: () throws -> Value?) throws -> Value? {
        do {
            return try body()
        } catch is DamagedContent {
            return nil
        } catch is DamagedStream {
            return nil
        } catch is DamagedEntry {
            return nil
        }
    }

    static func recorded(_ act: Act, version: Int64, content: [UInt8]?) throws -> RecordedAct? {
        guard let content else { return nil }
        return RecordedAct(
            id: act.id, version: version, effective: act.effective, recorded: act.recorded,
            content: try ActContent(kind: act.kind, canonicalBytes: content), isFromBook: act.isFromBook)
    }
}

extension Act {
    /// Whether the civil-status side itself recorded it.
    package var isFromBook: Bool { Role(rawValue: actor.role)?.isVerifiedSource ?? false }
}
