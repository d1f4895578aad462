import Civil
import Ledger

/// Đề nghị cấp hoặc thu hồi vai trò: what one administrator asks, and a second person decides once.
package struct RoleChange: Hashable, Sendable {
    package let id: Int64
    /// The account whose role it is.
    package let holder: String
    package let role: Role
    package let office: String
    package let wish: Wish
    package let asker: Actor
    package let asked: Instant
    /// It can be decided before this instant and not at it.
    package let expires: Instant
    package let decision: SecondDecision?

    /// What one account may have asked for that is not decided yet.
    package static let mostOpen = 50

    package enum Wish: Hashable, Sendable {
        /// Cấp: to hold until an instant; for a deputy, the account that is absent.
        case give(until: Instant, deputyFor: String? = nil)
        /// Thu hồi: a grant in force, with the reason.
        case take(grant: Int64, reason: String)
    }

    package init(
        id: Int64, holder: String, role: Role, office: String, wish: Wish, asker: Actor, asked: Instant,
        expires: Instant, decision: SecondDecision? = nil
    ) {
        self.id = id
        self.holder = holder
        self.role = role
        self.office = office
        self.wish = wish
        self.asker = asker
        self.asked = asked
        self.expires = expires
        self.decision = decision
    }

    /// Why it cannot be decided at that instant; nil when it can.
    package func refusal(at now: Instant) -> ApprovalRefusal? {
        if decision != nil { return .alreadyDecided }
        return now < expires ? nil : .expired
    }
}
