/// Đối tượng của sự việc: whom or what an act is about.
package struct Subject: Hashable, Sendable {
    /// Kinds are stored as small integers; a number is never given another meaning.
    package enum Kind: Int64, Hashable, Sendable, CaseIterable {
        /// Công dân.
        case person = 1
        /// Hộ gia đình.
        case household = 2
        /// A set (a batch, a unit, a card series): joined at read, never written out member by member.
        case set = 3
    }

    package let kind: Kind
    package let id: Int64

    package init(_ kind: Kind, _ id: Int64) {
        self.kind = kind
        self.id = id
    }

    package static func person(_ id: Int64) -> Subject { Subject(.person, id) }
    package static func household(_ id: Int64) -> Subject { Subject(.household, id) }
    package static func set(_ id: Int64) -> Subject { Subject(.set, id) }
}

/// The place of an act in one subject's stream: the first act has version 1.
package struct SubjectVersion: Hashable, Sendable {
    package let subject: Subject
    package let version: Int64

    package init(_ subject: Subject, version: Int64) {
        self.subject = subject
        self.version = version
    }
}

/// Người thực hiện: who acts, with the role and office held at that time.
package struct Actor: Hashable, Sendable {
    /// A stable name of the account, never a person's name or number.
    package let account: String
    package let role: String
    package let office: String

    package init(account: String, role: String, office: String) {
        self.account = account
        self.role = role
        self.office = office
    }
}
