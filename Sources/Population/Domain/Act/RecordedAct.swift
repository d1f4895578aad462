import Civil
import Ledger

/// An act of a stream with its content, ready to be folded.
package struct RecordedAct: Hashable, Sendable {
    package let id: ActID
    /// The place in the stream that it was read from.
    package let version: Int64
    package let effective: PartialDate?
    package let recorded: Instant
    package let content: ActContent
    /// Whether the civil-status side itself recorded it.
    package let isFromBook: Bool
    /// The day from which the act holds; without a date of its own, the day on which it was recorded.
    package let effectiveDay: CalendarDate

    package init(
        id: ActID, version: Int64, effective: PartialDate?, recorded: Instant, content: ActContent,
        isFromBook: Bool = false
    ) {
        self.id = id
        self.version = version
        self.effective = effective
        self.recorded = recorded
        self.content = content
        self.isFromBook = isFromBook
        effectiveDay = effective?.earliest ?? recorded.dayInVietnam
    }

    /// How many acts of a stream were known then.
    static func version(of acts: [RecordedAct], knownAt: Instant?) -> Int64 {
        acts.lazy.filter { act in knownAt.map { act.recorded <= $0 } ?? true }.map(\.version).max() ?? 0
    }

    /// The acts that hold at both points of time, in the order in which they take effect.
    ///
    /// - An act that was recorded after `knownAt` is not known yet.
    /// - An act that a known and standing annulment names does not hold; annulling an annulment restores it.
    /// - An act that takes effect after `effectiveAt` does not hold yet. An annulment works at once for all days.
    /// - What a sheet or certificate of a later day says of the time before it comes first: what was in force wins.
    package static func standing(
        _ acts: [RecordedAct], effectiveAt: CalendarDate?, knownAt: Instant?
    ) -> [RecordedAct] {
        let known = acts.filter { act in knownAt.map { act.recorded <= $0 } ?? true }.sorted { $0.version < $1.version }
        let annulled = annulled(among: known)
        return
            known
            .filter { act in
                guard !annulled.contains(act.id) else { return false }
                return effectiveAt.map { act.effectiveDay <= $0 || act.content.isFromTheStart } ?? true
            }
            .sorted { left, right in
                if let effectiveAt, (left.effectiveDay > effectiveAt) != (right.effectiveDay > effectiveAt) {
                    return left.effectiveDay > effectiveAt
                }
                return (left.effectiveDay, left.version) < (right.effectiveDay, right.version)
            }
    }

    /// The acts that a standing annulment names: a later annulment can have annulled an earlier one.
    package static func annulled(among acts: [RecordedAct]) -> Set<ActID> {
        var annulled: Set<ActID> = []
        for act in acts.sorted(by: { $0.version > $1.version }) where !annulled.contains(act.id) {
            if case .annulled(let annulment) = act.content { annulled.insert(ActID(rawValue: annulment.act)) }
        }
        return annulled
    }

    /// Tạm ghi: civil-status events that somebody entered from a document, until the civil-status side confirms them.
    package static func provisional(among acts: [RecordedAct]) -> Set<ActID> {
        provisional(
            among: acts, events: acts.filter { $0.content.kind.isCivilStatusEvent && !$0.isFromBook }.map(\.id))
    }

    /// The same of a stream of which some contents are gone: what happened stands in the envelopes.
    static func provisional(among acts: [RecordedAct], events envelopes: [Act]) -> Set<ActID> {
        provisional(
            among: acts, events: envelopes.filter { $0.kind.isCivilStatusEvent && !$0.isFromBook }.map(\.id))
    }

    private static func provisional(among acts: [RecordedAct], events: [ActID]) -> Set<ActID> {
        let annulled = annulled(among: acts)
        var provisional = Set(events).subtracting(annulled)
        for act in acts where !annulled.contains(act.id) {
            if case .eventConfirmed(let confirmation) = act.content {
                provisional.remove(ActID(rawValue: confirmation.act))
            }
        }
        return provisional
    }
}

extension ActKind {
    /// Sự kiện hộ tịch: whether the civil-status book has events of this kind (Luật Hộ tịch 60/2014/QH13).
    package var isCivilStatusEvent: Bool {
        switch self {
        case .registeredAtBirth, .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .died,
            .declaredMissing, .returned:
            true
        default: false
        }
    }
}

extension ActContent {
    /// Details stated on a first sheet or birth certificate, and their corrections, hold from birth on.
    var isFromTheStart: Bool {
        switch self {
        case .collected, .registeredAtBirth, .detailsCorrected: true
        case .numberAssigned, .numberCancelled, .numberReestablished, .detailsChanged, .permanentResidenceRegistered,
            .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified, .absenceDeclared, .moved,
            .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft,
            .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .nationalityChanged,
            .declaredMissing, .returned, .died, .mergedWith, .unmerged, .annulled, .setAside, .findingNoted,
            .relativeLinked, .eventConfirmed, .batchReceived, .sheetHeld, .sheetDecided:
            false
        }
    }
}
