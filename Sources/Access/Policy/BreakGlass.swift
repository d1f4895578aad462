import Civil
import Ledger

/// Truy cập khẩn cấp: named persons for a short time, for a reason, approved by two of different offices.
///
/// Those looked at are told of it afterwards, and every such look goes into the review.
package struct BreakGlass: Hashable, Sendable {
    package static let mostMinutes = 60
    package static let mostPersons = 20
    package static let longestReason = 500

    /// Who asks, as they stood when they asked.
    package let account: String
    package let reason: String
    /// The register's own keys of those who are named.
    package let persons: Set<Int64>
    package let from: Instant
    /// The first moment at which it no longer holds.
    package let until: Instant

    /// Grants emergency access, or says what is missing.
    package init(
        to requester: Requester, reason: String, persons: Set<Int64>, from: Instant, minutes: Int,
        approvedBy approvers: [Requester]
    ) throws(AccessRefusal) {
        let reason = try BreakGlass.reason(reason, of: requester, persons: persons.count, minutes: minutes)
        let able = approvers.filter {
            Role.holders(of: .approve).contains($0.role) && $0.actor.account != requester.actor.account
        }
        guard Set(able.map(\.actor.account)).count >= 2, Set(able.map(\.actor.office)).count >= 2 else {
            throw .approversNotApart
        }
        account = requester.actor.account
        self.reason = reason
        self.persons = persons
        self.from = from
        until = Instant(microseconds: from.microseconds + Int64(minutes) * 60_000_000)
    }

    /// The reason in single spaces, when it may be asked for at all.
    package static func reason(
        _ text: String, of requester: Requester, persons: Int, minutes: Int
    ) throws(AccessRefusal) -> String {
        guard requester.role.may(.askEmergency) else { throw .roleMayNotDo }
        guard let reason = PlainLine.parse(text, longest: BreakGlass.longestReason) else { throw .reasonNeeded }
        guard (1...BreakGlass.mostPersons).contains(persons) else { throw .personsNotNamed }
        guard (1...BreakGlass.mostMinutes).contains(minutes) else { throw .emergencyTooLong }
        return reason
    }

    /// Whether it covers a look of that officer at that person now.
    package func covers(_ person: Int64, by requester: Requester, at now: Instant) -> Bool {
        requester.actor.account == account && persons.contains(person) && from <= now && now < until
    }
}

extension AccessPolicy {
    /// Why `second` may not approve emergency access that `first` asks for; nil when they may: another officer whose
    /// role approves, of the same office, of the one above, or for the whole nation.
    package static func refusal(ofEmergencyBy first: Actor, to second: SecondPerson) -> AccessRefusal? {
        let approver = second.requester
        let isAbove = second.isOfOfficeAbove || approver.jurisdiction == .nation
        return refusal(of: SecondPerson(approver, isOfOfficeAbove: isAbove), by: first)
    }
}
