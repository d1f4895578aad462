/// Passkey: one key of an officer, as it is stored; the private half never leaves the authenticator.
package struct Passkey: Hashable, Sendable {
    /// The name that the authenticator gave the key, 16 to 1023 bytes, of no two keys the same.
    package let credential: [UInt8]
    package let key: PasskeyPublicKey
    /// Whose key it is, as the authenticator knows it: random bytes, nobody's name or number.
    package let user: [UInt8]
    package let counter: UInt32
    /// The model of the authenticator; zeros where it does not say.
    package let model: [UInt8]
    package let isBackupEligible: Bool
    package let isBackedUp: Bool
    package let attestation: Attestation

    /// What vouches for the authenticator.
    package enum Attestation: String, CaseIterable, Hashable, Sendable {
        case none
        /// Signed with the new key itself: proves that its holder has it.
        case own = "self"
        /// There is a statement of a maker, which nobody asked for and nobody has checked.
        case unchecked
    }

    package init(
        credential: [UInt8], key: PasskeyPublicKey, user: [UInt8], counter: UInt32, model: [UInt8],
        isBackupEligible: Bool, isBackedUp: Bool, attestation: Attestation
    ) {
        self.credential = credential
        self.key = key
        self.user = user
        self.counter = counter
        self.model = model
        self.isBackupEligible = isBackupEligible
        self.isBackedUp = isBackedUp
        self.attestation = attestation
    }

    /// How long a challenge is valid: five minutes, in microseconds; it is used once.
    package static let challengeValidity: Int64 = 5 * 60 * 1_000_000
    package static let challengeLength = 32
    package static let userLength = 32
}
