import Cards
import Civil

extension ApplicationRefusal: StatusRefusal {
    /// The HTTP status that tells it.
    var status: Int {
        switch self {
        case .unknown: 404
        case .anotherIsOpen, .notNow, .recordChanged, .paperNotNow, .candidatesUndecided: 409
        case .searchFailed: 503
        case .ownApplication: 403
        case .personDead, .personMissing, .recordSetAside, .recordMerged, .recordIncomplete, .notVietnamese, .tooYoung,
            .groundNotInForce, .hasCard, .milestoneNotNear, .representativeNeeded, .representativeUnfit,
            .nothingIsTaken, .portraitNeeded, .portraitUnreadable, .portraitUnfit, .fingersIncomplete, .fingerUnfit,
            .reasonNeeded,
            .articleNeeded, .noTariff, .pickupUnknown:
            422
        }
    }
}

extension ProductionRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .cardUnknown, .batchUnknown, .siteUnknown, .jobUnknown, .parcelUnknown: 404
        case .cardNotNow, .batchNotNow, .siteTaken, .siteStopped, .nothingWaits, .noBlank, .nothingToMake, .jobIsOver,
            .mustBeReconciled, .outcomesUnknown, .differenceNotZero, .cardsNotDone, .holderStopped, .parcelNotNow,
            .parcelDiffers, .nothingToPack, .cardNotInParcel, .chipKnown, .chipFilesNotKept, .authoritiesUnknown:
            409
        case .exportsNothing: 403
        case .siteMalformed, .tooManyCards, .contentUnfit, .picturesTooLarge, .readingIncomplete: 422
        }
    }
}

extension CardLifeRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .seriesUnknown: 404
        case .notNow, .seriesSuspended, .seriesNotSuspended, .notDueYet, .fingersNotCompared, .fingersDiffer: 409
        case .notThisOffice: 403
        case .identityNotChecked, .oldCardMissing, .holderNotLiving, .numberNotInForce, .noRepresentative,
            .reasonNeeded, .groundNeeded, .fingerNotTaken:
            422
        }
    }
}

extension CertificateRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unknown: 404
        case .notNow, .otherProduct, .oldOneMissing: 409
        }
    }
}

extension FingerMatchRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .probePoor, .referencePoor: 422
        case .noMatcher, .matcherFailed: 503
        }
    }
}

extension BlankRefusal: StatusRefusal {
    var status: Int {
        switch self {
        case .unknown, .planUnknown: 404
        case .receivedBefore, .notNow, .notEnough, .atMachine, .plannedAlready, .tooManyPlans: 409
        case .serialMalformed, .countOutOfRange, .tooManyAtOnce, .secondPersonNeeded, .reasonNeeded: 422
        }
    }
}
