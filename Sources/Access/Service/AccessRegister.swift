import Civil
import Database
import Ledger

/// Quản lý truy cập: offices, officers, grants and sessions of one register; one method per use case in the files
/// beside this one.
///
/// What happens to them is written as acts of kind `access_changed`, each in the stream of its office or account.
package struct AccessRegister: Sendable {
    package let database: Database
    package let surroundings: Surroundings
    package let isDemonstration: Bool
    let acts: ActStore
    let jurisdictions: Jurisdictions
    let numbers: EntryNumbers
    let passwordCost: PasswordHash.Cost

    /// - Parameter passwordCost: how dear a guess of a password is; less than the standard is for tests alone.
    package init(
        database: Database, surroundings: Surroundings, numbers: EntryNumbers, units: UnitsInForce,
        isDemonstration: Bool, passwordCost: PasswordHash.Cost = .standard
    ) {
        self.database = database
        self.surroundings = surroundings
        self.isDemonstration = isDemonstration
        self.numbers = numbers
        self.passwordCost = passwordCost
        acts = ActStore(surroundings: surroundings, numbers: numbers)
        jurisdictions = Jurisdictions(units: units)
    }

    /// Writes a change into the stream of its subject, in the transaction that makes it.
    ///
    /// - Parameter approver: the second person, where the change needs one.
    func append(
        _ change: AccessChange, about subject: Int64, by actor: Actor, approvedBy approver: Actor? = nil,
        on connection: Connection
    ) throws {
        try change.append(about: subject, by: actor, approvedBy: [approver].compactMap { $0 }, to: acts, on: connection)
    }

    /// Who may reach the register's data is ordered by the law on identification.
    static let legalBasis = "Luật 26/2023/QH15, Điều 10"
}
