import Database
import Ledger

extension AccessChange {
    /// Writes the change into the stream of its subject, in the transaction that makes it.
    ///
    /// - Parameter approver: the second person, where the change needs one.
    package func append(
        about subject: Int64, by actor: Actor, approvedBy approver: Actor? = nil, to acts: ActStore,
        on connection: Connection
    ) throws {
        let subject = Subject.set(subject)
        let draft = ActDraft(
            kind: .accessChanged,
            subjects: [SubjectVersion(subject, version: try acts.version(of: subject, on: connection) + 1)],
            effective: nil, legalBasis: ApprovedBasis.text(AccessRegister.legalBasis, approvedBy: approver),
            content: try bytes())
        _ = try acts.append([draft], by: actor, on: connection)
    }
}
