import Civil
import Ledger

/// Quyết định của người thứ hai: by whom and when, and why it was rejected where it was.
package struct SecondDecision: Hashable, Sendable {
    package let actor: Actor
    package let decided: Instant
    /// Why it was rejected; nil when it was accepted.
    package let rejection: String?

    package init(actor: Actor, decided: Instant, rejection: String?) {
        self.actor = actor
        self.decided = decided
        self.rejection = rejection
    }
}
