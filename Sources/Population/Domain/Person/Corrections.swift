import Civil
import Ledger

/// Cải chính: the corrections of a stream, each bound to the statement that was wrong.
///
/// A correction supersedes from the start: whoever asks for any day gets the corrected value, as long as the correction
/// was known at the instant asked for. Which statement it binds to does not depend on the day that is asked for.
struct Corrections {
    private typealias Field = PersonDetails.Field

    private var byAct: [ActID: [PersonDetails]] = [:]

    /// Takes every standing act that was known, in the order in which they take effect, whatever day is asked for.
    init(among standing: [RecordedAct]) {
        // For each correction, where its fields were bound; whoever corrects a correction means the same statements.
        var bound: [ActID: [Field: ActID]] = [:]
        for act in standing.sorted(by: { $0.version < $1.version }) {
            guard case .detailsCorrected(let correction) = act.content else { continue }
            let named = correction.corrects.map { ActID(rawValue: $0) }
            var targets: [Field: ActID] = [:]
            for field in correction.details.stated {
                let target: ActID? =
                    if let named {
                        if let places = bound[named] { places[field] ?? places.values.min() } else { named }
                    } else {
                        Corrections.statement(of: field, for: act, among: standing)
                    }
                guard let target else { continue }
                targets[field] = target
                var only = PersonDetails()
                only.apply(correction.details, only: [field])
                byAct[target, default: []].append(only)
            }
            bound[act.id] = targets
        }
    }

    /// What the act states, as corrected; a later correction wins.
    func corrected(_ details: PersonDetails, statedBy act: ActID) -> PersonDetails {
        var details = details
        for correction in byAct[act] ?? [] { details.apply(correction) }
        return details
    }

    /// The last statement of the field that was in force when the correction takes effect; else the first sheet.
    private static func statement(
        of field: Field, for correction: RecordedAct, among standing: [RecordedAct]
    ) -> ActID? {
        let day = correction.effective?.latest
        var first: ActID?
        var background: ActID?
        var found: ActID?
        for act in standing where act.version < correction.version {
            if act.content.isFirstStatement { first = first ?? act.id }
            guard act.content.states(field) else { continue }
            if day.map({ act.effectiveDay <= $0 }) ?? true {
                found = act.id
            } else if act.content.isFirstStatement {
                background = background ?? act.id
            }
        }
        return found ?? background ?? first
    }
}

extension ActContent {
    /// Whether it is a person's sheet or birth certificate, which tells of the time before it too.
    fileprivate var isFirstStatement: Bool {
        switch self {
        case .collected, .registeredAtBirth: true
        default: false
        }
    }

    fileprivate func states(_ field: PersonDetails.Field) -> Bool {
        switch self {
        case .collected(let sheet): sheet.details.states(field)
        case .registeredAtBirth(let birth): birth.details.states(field)
        case .detailsChanged(let change): change.details.states(field)
        case .nationalityChanged: field == .nationality
        case .married, .divorced: field == .maritalStatus
        default: false
        }
    }

    /// Whether it states details, or corrects them, so that a correction can name it.
    var canBeCorrected: Bool {
        switch self {
        case .detailsCorrected: true
        default: PersonDetails.Field.allCases.contains(where: states)
        }
    }
}
