import Civil
import Ledger

/// Câu hỏi quản trị: what the decision on a change of offices, accounts or roles needs to know.
package struct AdministrationQuestion: Hashable, Sendable {
    package var function: Function
    /// The office that is changed, or every office where the account concerned holds a role or is to hold one.
    package var offices: [Office]
    /// The account concerned; nil where an office is.
    package var account: String?
    /// Whether a role only ends.
    package var endsRole: Bool

    package init(_ function: Function, offices: [Office], account: String? = nil, endsRole: Bool = false) {
        self.function = function
        self.offices = offices
        self.account = account
        self.endsRole = endsRole
    }
}

extension AccessPolicy {
    /// Whether `requester` may change it, alone or with a second person.
    ///
    /// Whoever administers does so for the offices of their own places; offices themselves are opened and closed from
    /// above. Nobody administers their own account, except that they may give up a role of their own, alone.
    package static func decide(
        _ requester: Requester, administer question: AdministrationQuestion
    ) -> FunctionDecision {
        let decision = decide(requester, use: question.function)
        guard case .allowed(let needsSecond) = decision else { return decision }
        if requester.role == .localOperator { return decision }
        if question.account == requester.actor.account {
            return question.endsRole ? .allowed(needsSecondPerson: false) : .refused(.ownAccount)
        }
        let isOutside = question.offices.contains { office in
            !requester.jurisdiction.administers(office, fromAbove: question.function == .manageOffices)
        }
        return isOutside ? .refused(.officeNotYours) : .allowed(needsSecondPerson: needsSecond)
    }
}

extension Jurisdiction {
    /// Whether an office belongs to whoever administers these places; ministry and missions to the nation alone.
    ///
    /// - Parameter fromAbove: leave out the office of these very places.
    package func administers(_ office: Office, fromAbove: Bool = false) -> Bool {
        switch self {
        case .nation: true
        case .places(let own, let places):
            office.unit.map { places.contains($0) && !(fromAbove && $0 == own) } ?? false
        case .nobody: false
        }
    }
}
