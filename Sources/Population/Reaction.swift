import Database
import Ledger

/// Phản ứng của phần khác: what another room does in the transaction of an act that changed a person's record.
///
/// The room registers it with the register when the program is put together; so a death stops the card at the very
/// moment at which it is recorded, and `Population` knows nothing of cards. What it throws undoes the act.
package protocol Reaction: Sendable {
    /// Whether acts of that kind can matter to the room; of others it is not told.
    func concerns(_ kind: ActKind) -> Bool
    /// Called once the act and the person's row of state are written.
    func react(to change: PersonChange, on connection: Connection) throws
}

/// Thay đổi của một người: the record before and after an act, and who recorded it.
package struct PersonChange: Sendable {
    /// Nil for somebody whom the act brought into the register.
    package let before: PersonState?
    package let after: PersonState
    package let act: Act
    package let actor: Actor

    package init(before: PersonState?, after: PersonState, act: Act, actor: Actor) {
        self.before = before
        self.after = after
        self.act = act
        self.actor = actor
    }
}
