import Database
import Ledger

extension AccessChange {
    /// Writes the change into the stream of its subject, in the transaction that makes it.
    ///
    /// - Parameter approvers: the second person, where the change needs one; two for emergency access.
    package func append(
        about subject: Int64, by actor: Actor, approvedBy approvers: [Actor] = [], to acts: ActStore,
        on connection: Connection
    ) throws {
        let subject = Subject.set(subject)
        let draft = ActDraft(
            kind: .accessChanged,
            subjects: [SubjectVersion(subject, version: try acts.version(of: subject, on: connection) + 1)],
            effective: nil,
            legalBasis: approvers.reduce(AccessRegister.legalBasis) { ApprovedBasis.text($0, approvedBy: $1) },
            content: try bytes())
        _ = try acts.append([draft], by: actor, on: connection)
    }
}
