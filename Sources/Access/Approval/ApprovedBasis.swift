import Ledger

/// Căn cứ kèm người phê duyệt: the legal basis of an act that two people made names the second one.
///
/// It stands in the envelope, which the log commits to and which stays when a retention rule removes the content.
package enum ApprovedBasis {
    package static let mark = "phê duyệt:"

    /// The basis with the approver behind it; as it is where one person was enough.
    package static func text(_ basis: String, approvedBy approver: Actor?) -> String {
        approver.map { "\(basis); \(mark) \($0.account), \($0.role), \($0.office)" } ?? basis
    }
}
