import Civil
import Foundation

/// Thay đổi quyền truy cập: what happened to offices, accounts and rights; the content of an act of its own kind.
///
/// It stands in the same log as what happens to people, so that nobody can give and take a right unseen.
package enum AccessChange: Codable, Hashable, Sendable {
    case officeOpened(OfficePeriod)
    case officeClosed(code: String, until: String)
    case officerEnrolled(account: String, name: String)
    /// Whose record, by handle, the officer's own is.
    case officerIdentified(account: String, person: String)
    case officerDisabled(account: String, reason: String)
    case officerEnabled(account: String, reason: String)
    case grantGiven(account: String, role: String, office: String, until: String, deputyFor: String?)
    case grantRevoked(account: String, role: String, office: String, reason: String)
    /// A link with which the officer sets up a way to sign in; it replaces the ways there were when it is used.
    case enrolmentIssued(account: String)
    case passwordSet(account: String)
    case passkeyAdded(account: String, label: String)
    case passkeyRemoved(account: String, label: String)
    case sessionEnded(account: String, reason: String)
    /// What came of an alarm about guessing.
    case alarmAnswered(account: String, alarm: String, kind: String, note: String)
    /// A list of the people of a unit was taken.
    case personsExported(unit: String, persons: Int, reason: String)
    /// Somebody, by handle, is under special protection until an instant, or until it is lifted.
    case personSealed(person: String, until: String?, reason: String)
    case sealLifted(person: String, reason: String)
    /// An account may see those persons, by handle, until an instant.
    case emergencyGranted(account: String, persons: [String], reason: String, until: String)
    /// What the data-protection officer found, and until when those looked at are not told, and why.
    case emergencyReviewed(account: String, note: String, putOffUntil: String?, putOffReason: String?)
    /// Somebody was told of having been looked at.
    case emergencyTold(person: String, how: String)

    /// One period of an office, in texts that are stable.
    package struct OfficePeriod: Codable, Hashable, Sendable {
        package let code: String
        package let name: String
        package let level: String
        package let unit: String?
        package let since: String
        package let until: String?

        package init(_ office: Office) {
            code = office.code
            name = office.name
            level = office.level.rawValue
            unit = office.unit?.description
            since = office.since.description
            until = office.until?.description
        }
    }

    /// The content as it is stored and hashed: members sorted by name.
    package func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// The change of a stored content.
    package init(bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(AccessChange.self, from: Data(bytes))
    }
}
