import Civil

/// What a register is: its name, its kind, the key of its log.
package struct RegisterIdentity: Hashable, Sendable {
    package let id: String
    package let kind: RegisterKind
    package let created: Instant
    /// The public key that checkpoints are verified with, base64.
    package let logKey: String

    package init(id: String, kind: RegisterKind, created: Instant, logKey: String) {
        self.id = id
        self.kind = kind
        self.created = created
        self.logKey = logKey
    }
}

/// Whether a register holds real people or invented ones.
package enum RegisterKind: String, Codable, Hashable, Sendable {
    /// Takes and draws numbers with prefixes that no province holds, and says so everywhere.
    case demonstration
    /// Takes real numbers alone.
    case production
}
