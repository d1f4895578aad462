import Access
import Cards
import Civil
import Population

/// A refusal that says with which HTTP status it is told.
///
/// 404 for what is not there or lies elsewhere, 409 for what somebody else has changed or done meanwhile, 403 for what
/// this caller may not do, 422 for what a caller can put right.
protocol StatusRefusal: ExplainedRefusal {
    /// The HTTP status that tells it.
    var status: Int { get }
}

extension WebRefusal: StatusRefusal {}

extension SearchRefusal: StatusRefusal {
    var status: Int { self == .noSealKey ? 503 : 400 }
}

extension QualityRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unitUnknown, .setUnknown, .dayMissing: 404
        case .dayInFuture, .targetOutOfRange: 422
        case .clockSetBack: 503
        }
    }
}

extension DuplicateRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unknown, .ruleUnknown: 404
        case .seenByNobodyHere: 403
        case .sweptElsewhere: 409
        case .reasonNeeded, .remainsUnknown, .sampleTooSmall, .tooMany, .notTogether, .memoryTooSmall, .ruleTooLow:
            422
        }
    }
}

extension SheetDecisionRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .notHeld: 404
        case .decidedAlready: 409
        case .reasonNeeded, .noCandidate, .correctFirst, .stillHeld, .otherCause, .sampleTooSmall, .tooMany: 422
        }
    }
}

extension AdministrationRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .officerUnknown, .officeUnknown, .grantUnknown: 404
        case .accountTaken, .officePeriodsOverlap, .officeLevelChanged, .askedAlready: 409
        case .tooManyAsked: 429
        case .accountMalformed, .nameMalformed, .officeCodeMalformed, .unitUnknown, .grantTooLong, .reasonMissing,
            .dayMalformed, .colleagueUnknown:
            422
        }
    }
}

extension SealRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unknown: 404
        case .alreadySealed: 409
        case .reasonMissing, .endNotAhead: 422
        }
    }
}

extension EmergencyRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unknown, .noticeUnknown: 404
        case .stillRunning, .reviewed: 409
        case .own: 403
        case .personUnknown, .noteMissing, .putOffIncomplete: 422
        }
    }
}

extension PersonExportRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unknown: 404
        case .notGranted, .over: 409
        case .reasonMissing, .unitUnknown, .tooMany: 422
        }
    }
}

extension SentBefore: StatusRefusal {
    var status: Int { self == .answerLost ? 409 : 422 }
}
