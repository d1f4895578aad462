import Ledger

/// Checks what browsers and authenticators answer (WebAuthn level 3, §7); pure, and strict in every point.
///
/// The caller gives out a challenge, stores it with the officer and the time, and takes it away before it asks here, so
/// that no answer is used twice.
package struct PasskeyVerifier: Sendable {
    package let party: RelyingParty

    package init(party: RelyingParty) {
        self.party = party
    }

    /// What `navigator.credentials.create` gave.
    package struct Registration: Hashable, Sendable {
        package let clientData: [UInt8]
        package let attestationObject: [UInt8]

        package init(clientData: [UInt8], attestationObject: [UInt8]) {
            self.clientData = clientData
            self.attestationObject = attestationObject
        }
    }

    /// What `navigator.credentials.get` gave.
    package struct Assertion: Hashable, Sendable {
        package let credential: [UInt8]
        package let clientData: [UInt8]
        package let authenticatorData: [UInt8]
        package let signature: [UInt8]
        /// Whose key it is; authenticators give it for keys that are found without a name.
        package let user: [UInt8]?

        package init(
            credential: [UInt8], clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8], user: [UInt8]?
        ) {
            self.credential = credential
            self.clientData = clientData
            self.authenticatorData = authenticatorData
            self.signature = signature
            self.user = user
        }
    }

    /// The new key of a user (§7.1); that no other account has it is the store's to see.
    package func register(
        _ answer: Registration, challenge: [UInt8], user: [UInt8]
    ) throws(PasskeyRefusal) -> Passkey {
        try check(answer.clientData, type: "webauthn.create", challenge)
        guard let object = try? AttestationObject(answer.attestationObject) else {
            throw .malformed(part: .attestation)
        }
        let data = try authenticatorData(object.authenticatorData)
        guard let credential = data.credential else { throw .malformed(part: .authenticatorData) }
        let signed = object.authenticatorData + SignInHash.sha256(answer.clientData).bytes
        return Passkey(
            credential: credential.id, key: credential.key, user: user, counter: data.counter,
            model: credential.aaguid, isBackupEligible: data.flags.contains(.backupEligible),
            isBackedUp: data.flags.contains(.backedUp),
            attestation: try attestation(object, of: credential.key, signed))
    }

    /// The key as it is after a right sign-in, with its new counter (§7.2).
    package func verify(
        _ answer: Assertion, challenge: [UInt8], key: Passkey
    ) throws(PasskeyRefusal) -> Passkey {
        guard answer.credential == key.credential else { throw .keyUnknown }
        guard answer.user == key.user else { throw .userWrong }
        try check(answer.clientData, type: "webauthn.get", challenge)
        let data = try authenticatorData(answer.authenticatorData)
        guard data.credential == nil else { throw .malformed(part: .authenticatorData) }
        guard data.flags.contains(.backupEligible) == key.isBackupEligible else { throw .backupChanged }
        let signed = answer.authenticatorData + SignInHash.sha256(answer.clientData).bytes
        guard key.key.isValid(signature: answer.signature, of: signed) else { throw .signatureWrong }
        guard data.counter > key.counter || (data.counter == 0 && key.counter == 0) else { throw .counterWentBack }
        return Passkey(
            credential: key.credential, key: key.key, user: key.user, counter: data.counter, model: key.model,
            isBackupEligible: key.isBackupEligible, isBackedUp: data.flags.contains(.backedUp),
            attestation: key.attestation)
    }

    private func check(_ bytes: [UInt8], type: String, _ challenge: [UInt8]) throws(PasskeyRefusal) {
        guard let data = try? ClientData(json: bytes) else { throw .malformed(part: .clientData) }
        guard data.type == type else { throw .wrongCeremony }
        guard challenge.count >= 16, SecretComparison.isSame(data.challenge, challenge) else { throw .challengeWrong }
        // Scalar for scalar: `==` would take two spellings of one letter for the same.
        guard party.origins.contains(where: { $0.utf8.elementsEqual(data.origin.utf8) }), !data.isCrossOrigin,
            data.topOrigin == nil
        else { throw .originWrong }
    }

    private func authenticatorData(_ bytes: [UInt8]) throws(PasskeyRefusal) -> AuthenticatorData {
        let data: AuthenticatorData
        do {
            data = try AuthenticatorData(bytes)
        } catch {
            switch error {
            case .key(.algorithmUnknown): throw .algorithmNotOffered
            case .key: throw .malformed(part: .key)
            case .endsTooSoon, .tooLong, .credentialIDLength, .cbor, .extensionsNotAMap, .bytesLeft, .backupFlags:
                throw .malformed(part: .authenticatorData)
            }
        }
        guard data.relyingPartyHash == party.idHash else { throw .relyingPartyWrong }
        guard data.flags.contains(.userPresent) else { throw .userNotPresent }
        guard data.flags.contains(.userVerified) else { throw .userNotVerified }
        return data
    }

    /// What the statement is worth.
    ///
    /// Options ask for none, so statements of makers are not read: whom they name would be one more thing that says
    /// which
    /// devices an officer owns, and no list of makers is kept here (§7.1 leaves it to the relying party's policy).
    private func attestation(
        _ object: AttestationObject, of key: PasskeyPublicKey, _ signed: [UInt8]
    ) throws(PasskeyRefusal) -> Passkey.Attestation {
        switch object.format {
        case "none":
            guard object.statement == .map([:]) else { throw .attestationWrong }
            return .none
        case "packed" where object.statement["x5c"] == nil:
            guard object.statement["alg"]?.integer == key.algorithm.rawValue,
                let signature = object.statement["sig"]?.byteString, key.isValid(signature: signature, of: signed)
            else { throw .attestationWrong }
            return .own
        default:
            return .unchecked
        }
    }
}
