import Access

extension SignInRefusal: StatusRefusal {
    /// The HTTP status that tells it.
    var status: Int {
        switch self {
        case .wrong, .noRole, .sessionMissing, .sessionEnded: 401
        case .demonstrationOnly, .enrolmentInvalid, .formTokenWrong, .notRecent: 403
        case .tooManyTries: 429
        }
    }
}
