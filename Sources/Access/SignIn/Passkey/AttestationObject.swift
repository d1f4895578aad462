/// What comes back from making a passkey (WebAuthn level 3, §6.5.4): the authenticator's data and what vouches for it.
package struct AttestationObject: Hashable, Sendable {
    package let format: String
    package let statement: CBORValue
    package let authenticatorData: [UInt8]

    /// Why bytes are not read.
    package enum Refusal: Error, Hashable, Sendable {
        case cbor(CBORReader.Refusal)
        case notAnAttestation
    }

    package init(_ bytes: [UInt8]) throws(Refusal) {
        let value: CBORValue
        do { value = try CBORReader.value(of: bytes) } catch { throw .cbor(error) }
        guard let format = value["fmt"]?.string, let statement = value["attStmt"], case .map = statement,
            let data = value["authData"]?.byteString
        else { throw .notAnAttestation }
        self.format = format
        self.statement = statement
        authenticatorData = data
    }
}
