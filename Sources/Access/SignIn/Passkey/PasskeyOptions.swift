import Foundation

/// What a page hands to `navigator.credentials.create`, as JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`.
package struct PasskeyCreationOptions: Hashable, Sendable {
    package let party: RelyingParty
    package let challenge: [UInt8]
    /// Random bytes that name the officer's account to authenticators.
    package let user: [UInt8]
    package let account: String
    package let displayName: String
    /// The keys that the account has already: one authenticator makes no second one.
    package let existing: [[UInt8]]

    package init(
        party: RelyingParty, challenge: [UInt8], user: [UInt8], account: String, displayName: String,
        existing: [[UInt8]]
    ) {
        self.party = party
        self.challenge = challenge
        self.user = user
        self.account = account
        self.displayName = displayName
        self.existing = existing
    }

    /// JSON in one line, its members in order.
    package func json() throws -> String {
        try PasskeyJSON.text(
            PasskeyJSON.Creation(
                rp: PasskeyJSON.Party(id: party.id, name: party.name),
                user: PasskeyJSON.User(
                    id: Base64URLText.text(of: user), name: account, displayName: displayName),
                challenge: Base64URLText.text(of: challenge),
                pubKeyCredParams: PasskeyAlgorithm.allCases.map { PasskeyJSON.Parameter(alg: $0.rawValue) },
                excludeCredentials: existing.map { PasskeyJSON.Descriptor(id: Base64URLText.text(of: $0)) }))
    }
}

/// What a page hands to `navigator.credentials.get`, as JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`.
///
/// It names no keys: the authenticator finds the officer's own, so nobody learns here which accounts there are.
package struct PasskeyRequestOptions: Hashable, Sendable {
    package let party: RelyingParty
    package let challenge: [UInt8]

    package init(party: RelyingParty, challenge: [UInt8]) {
        self.party = party
        self.challenge = challenge
    }

    package func json() throws -> String {
        try PasskeyJSON.text(
            PasskeyJSON.Request(challenge: Base64URLText.text(of: challenge), rpId: party.id))
    }
}

/// The dictionaries of WebAuthn level 3, §5.4, §5.5, with what never changes.
private enum PasskeyJSON {
    struct Creation: Encodable {
        let rp: Party
        let user: User
        let challenge: String
        let pubKeyCredParams: [Parameter]
        let excludeCredentials: [Descriptor]
        var timeout = PasskeyJSON.timeout
        var attestation = "none"
        var authenticatorSelection = Selection()
    }

    struct Request: Encodable {
        let challenge: String
        let rpId: String
        var allowCredentials: [Descriptor] = []
        var timeout = PasskeyJSON.timeout
        var userVerification = "required"
    }

    struct Party: Encodable {
        let id: String
        let name: String
    }

    struct User: Encodable {
        let id: String
        let name: String
        let displayName: String
    }

    struct Parameter: Encodable {
        let alg: Int
        var type = "public-key"
    }

    struct Descriptor: Encodable {
        let id: String
        var type = "public-key"
    }

    struct Selection: Encodable {
        var residentKey = "required"
        var requireResidentKey = true
        var userVerification = "required"
    }

    /// In milliseconds, as long as the challenge lives.
    static let timeout = Int(Passkey.challengeValidity / 1000)

    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
