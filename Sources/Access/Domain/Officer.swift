import Civil

/// Cán bộ: somebody with an account of their own; never two people behind one account.
package struct Officer: Hashable, Sendable {
    package let id: Int64
    /// The name of the account, as acts and looks carry it: letters, digits, dots and hyphens, never a person's name or
    /// number.
    package let account: String
    /// What colleagues call the officer, shown beside acts; at most 80 characters.
    package let name: String
    /// The officer's own record in the register; nil until it is bound.
    package let person: Int64?
    package let language: Language
    /// When the account was disabled; nil while it may sign in.
    package let disabled: Instant?

    /// Ngôn ngữ của bàn làm việc.
    package enum Language: String, CaseIterable, Hashable, Sendable, Codable {
        case vietnamese = "vi"
        case english = "en"
    }

    package init(
        id: Int64, account: String, name: String, person: Int64?, language: Language, disabled: Instant?
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.person = person
        self.language = language
        self.disabled = disabled
    }

    /// Whether a text can be the name of an account.
    package static func isAccount(_ text: String) -> Bool {
        (3...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 46
            }
            && !text.utf8.allSatisfy { (48...57).contains($0) }
    }
}

/// Phân công: one role in one office, for a time; every grant ends by itself.
package struct Grant: Hashable, Sendable {
    package let id: Int64
    package let officer: Int64
    package let role: Role
    /// The stable code of the office.
    package let office: String
    package let since: Instant
    /// The grant holds before this instant and not at it.
    package let until: Instant
    package let revoked: Instant?
    /// Ủy quyền khi vắng mặt: the officer whose absence this grant covers; nil for a grant of one's own.
    package let deputyFor: Int64?

    package init(
        id: Int64, officer: Int64, role: Role, office: String, since: Instant, until: Instant, revoked: Instant? = nil,
        deputyFor: Int64? = nil
    ) {
        self.id = id
        self.officer = officer
        self.role = role
        self.office = office
        self.since = since
        self.until = until
        self.revoked = revoked
        self.deputyFor = deputyFor
    }

    /// Whether it holds now.
    ///
    /// What was revoked stays so, also when a clock is set back to before the revocation.
    package func isInForce(at now: Instant) -> Bool { revoked == nil && since <= now && now < until }

    /// The longest that a grant may last, in days; then somebody has to look whether it is still right.
    package static let longestDays = 366
}
