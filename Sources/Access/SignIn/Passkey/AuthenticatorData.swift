import Ledger

/// What an authenticator says about one ceremony, and signs (WebAuthn level 3, §6.1).
package struct AuthenticatorData: Hashable, Sendable {
    /// SHA-256 of the relying party's id.
    package let relyingPartyHash: Digest32
    package let flags: Flags
    /// How often the authenticator has signed; 0 where it does not count.
    package let counter: UInt32
    /// The new key, at registration alone.
    package let credential: Credential?
    package let extensions: CBORValue?

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// UP: somebody touched the authenticator.
        package static let userPresent = Flags(rawValue: 1 << 0)
        /// UV: it knows its user, by PIN, finger or face.
        package static let userVerified = Flags(rawValue: 1 << 2)
        /// BE: the key may be copied to the user's other devices.
        package static let backupEligible = Flags(rawValue: 1 << 3)
        /// BS: it has been.
        package static let backedUp = Flags(rawValue: 1 << 4)
        /// AT: a new credential follows.
        package static let attestedCredential = Flags(rawValue: 1 << 6)
        /// ED: extensions follow.
        package static let extensions = Flags(rawValue: 1 << 7)
    }

    /// A key that the authenticator has just made.
    package struct Credential: Hashable, Sendable {
        /// The model of the authenticator, 16 bytes; zeros where it does not say.
        package let aaguid: [UInt8]
        package let id: [UInt8]
        package let key: PasskeyPublicKey
    }

    /// Why bytes are not read.
    package enum Refusal: Error, Hashable, Sendable {
        case endsTooSoon
        case tooLong
        /// WebAuthn allows 16 to 1023 bytes (§4, credential ID).
        case credentialIDLength
        case key(PasskeyPublicKey.Refusal)
        case cbor(CBORReader.Refusal)
        case extensionsNotAMap
        case bytesLeft
        /// BS without BE (§6.1.3).
        case backupFlags
    }

    package init(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= CBORReader.longest else { throw .tooLong }
        guard bytes.count >= 37, let hash = Digest32(bytes[..<32]) else { throw .endsTooSoon }
        relyingPartyHash = hash
        flags = Flags(rawValue: bytes[32])
        counter = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        guard !flags.contains(.backedUp) || flags.contains(.backupEligible) else { throw .backupFlags }
        var rest = bytes[37...]
        credential = flags.contains(.attestedCredential) ? try AuthenticatorData.credential(&rest) : nil
        extensions = flags.contains(.extensions) ? try AuthenticatorData.map(&rest) : nil
        guard rest.isEmpty else { throw .bytesLeft }
    }

    private static func credential(_ rest: inout ArraySlice<UInt8>) throws(Refusal) -> Credential {
        guard rest.count >= 18 else { throw .endsTooSoon }
        let aaguid = Array(rest.prefix(16))
        let length = rest.dropFirst(16).prefix(2).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(18)
        guard (16...1_023).contains(length) else { throw .credentialIDLength }
        guard rest.count >= length else { throw .endsTooSoon }
        let id = Array(rest.prefix(length))
        rest = rest.dropFirst(length)
        let before = rest
        let map = try value(&rest)
        let cose = Array(before[before.startIndex..<rest.startIndex])
        do {
            return Credential(aaguid: aaguid, id: id, key: try PasskeyPublicKey(map, cose: cose))
        } catch {
            throw .key(error)
        }
    }

    private static func map(_ rest: inout ArraySlice<UInt8>) throws(Refusal) -> CBORValue {
        let value = try value(&rest)
        guard case .map = value else { throw .extensionsNotAMap }
        return value
    }

    private static func value(_ rest: inout ArraySlice<UInt8>) throws(Refusal) -> CBORValue {
        var reader = CBORReader(rest)
        do {
            let value = try reader.next()
            rest = rest[reader.position...]
            return value
        } catch {
            throw .cbor(error)
        }
    }
}
