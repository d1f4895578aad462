extension ActContent {
    /// Giấy tờ hộ tịch: number, book and office of the civil-status document, as they were read off it.
    package var certificate: String? {
        switch self {
        case .registeredAtBirth(let birth): birth.certificate
        case .married(let couple), .divorced(let couple): couple.certificate
        case .declaredMissing(let record), .returned(let record), .died(let record): record.certificate
        case .eventConfirmed(let confirmation): confirmation.certificate
        default: nil
        }
    }

    /// Giấy tờ chứng minh: the document that proves what was cancelled, given again or corrected.
    package var document: String? {
        switch self {
        case .numberCancelled(let cancellation): cancellation.document
        case .numberReestablished(let reestablishment): reestablishment.document
        case .detailsCorrected(let correction): correction.document
        default: nil
        }
    }
}
