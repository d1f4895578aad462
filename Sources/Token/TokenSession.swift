import CPKCS11
import Chip
import Synchronization

/// Phiên làm việc với thiết bị giữ khóa: finds and makes key pairs on P-256; private keys never leave the token.
package final class TokenSession: Sendable {
    let module: TokenModule
    /// A session does one thing at a time.
    let handle: Mutex<CK_SESSION_HANDLE>

    init(module: TokenModule, handle: CK_SESSION_HANDLE) {
        self.module = module
        self.handle = Mutex(handle)
    }

    deinit {
        _ = handle.withLock { module.functions.C_CloseSession($0) }
    }

    /// Object identifier of P-256 in DER, as `CKA_EC_PARAMS` holds it.
    private static let curve: [UInt8] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]

    /// The signer of a label's one key pair.
    package func signer(_ label: String) throws(TokenRefusal) -> TokenSigner {
        let result: Result<TokenSigner, TokenRefusal> = handle.withLock { session in
            do throws(TokenRefusal) {
                let privateKeys = try self.objects(.privateKey, label, session)
                let publicKeys = try self.objects(.publicKey, label, session)
                guard privateKeys.count == 1, publicKeys.count == 1,
                    let key = self.publicKey(publicKeys[0], session)
                else { return .failure(.keyNotFound) }
                return .success(TokenSigner(session: self, key: privateKeys[0], publicKey: key))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// A new key pair: the private half is on the token, sensitive and not to be taken out.
    package func generate(_ label: String) throws(TokenRefusal) -> TokenSigner {
        let status: Result<Void, TokenRefusal> = handle.withLock { session in
            do throws(TokenRefusal) {
                guard try self.objects(.privateKey, label, session).isEmpty else { return .failure(.keyExists) }
                try self.generate(label, session)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try status.get()
        return try signer(label)
    }

    private enum Kind: CK_ULONG {
        case publicKey = 2
        case privateKey = 3
    }

    private func generate(_ label: String, _ session: CK_SESSION_HANDLE) throws(TokenRefusal) {
        let name = Array(label.utf8)
        let yes: [UInt8] = [1]
        let no: [UInt8] = [0]
        let publicPart: Template = [
            (CKA_TOKEN, yes), (CKA_VERIFY, yes), (CKA_LABEL, name), (CKA_ID, name), (CKA_EC_PARAMS, Self.curve),
        ]
        let privatePart: Template = [
            (CKA_TOKEN, yes), (CKA_PRIVATE, yes), (CKA_SIGN, yes), (CKA_SENSITIVE, yes), (CKA_EXTRACTABLE, no),
            (CKA_LABEL, name), (CKA_ID, name),
        ]
        var mechanism = CK_MECHANISM(
            mechanism: CK_MECHANISM_TYPE(CKM_EC_KEY_PAIR_GEN), pParameter: nil, ulParameterLen: 0)
        var keys = (CK_OBJECT_HANDLE(), CK_OBJECT_HANDLE())
        let status = withAttributes(publicPart) { publicList, publicCount in
            withAttributes(privatePart) { privateList, privateCount in
                module.functions.C_GenerateKeyPair(
                    session, &mechanism, publicList, publicCount, privateList, privateCount, &keys.0, &keys.1)
            }
        }
        try module.require(status)
    }

    private func objects(
        _ kind: Kind, _ label: String, _ session: CK_SESSION_HANDLE
    ) throws(TokenRefusal) -> [CK_OBJECT_HANDLE] {
        let wanted: Template = [
            (CKA_CLASS, withUnsafeBytes(of: kind.rawValue) { Array($0) }), (CKA_LABEL, Array(label.utf8)),
        ]
        try module.require(withAttributes(wanted) { module.functions.C_FindObjectsInit(session, $0, $1) })
        defer { _ = module.functions.C_FindObjectsFinal(session) }
        var found = [CK_OBJECT_HANDLE](repeating: 0, count: 2)
        var count: CK_ULONG = 0
        try module.require(module.functions.C_FindObjects(session, &found, 2, &count))
        return Array(found.prefix(Int(count)))
    }

    /// The point of a public key on P-256: a DER OCTET STRING around `04`, x, y.
    private func publicKey(_ object: CK_OBJECT_HANDLE, _ session: CK_SESSION_HANDLE) -> ECPublicKey? {
        var point = [UInt8](repeating: 0, count: 80)
        let count = point.withUnsafeMutableBytes { bytes -> Int? in
            var attribute = CK_ATTRIBUTE(
                type: CK_ATTRIBUTE_TYPE(CKA_EC_POINT), pValue: bytes.baseAddress, ulValueLen: CK_ULONG(bytes.count))
            guard module.functions.C_GetAttributeValue(session, object, &attribute, 1) == CKR_OK else { return nil }
            return Int(attribute.ulValueLen)
        }
        guard count == 67, point.starts(with: [0x04, 65]) else { return nil }
        return ECPublicKey(curve: .p256, point: Array(point[2..<67]))
    }
}

typealias Template = [(type: UInt, value: [UInt8])]

/// Runs a body with attributes as the interface wants them; their memory holds for that time.
func withAttributes<Result>(
    _ template: Template, _ body: (UnsafeMutablePointer<CK_ATTRIBUTE>?, CK_ULONG) -> Result
) -> Result {
    // Numbers among the values stand at multiples of eight.
    var storage: [UInt8] = []
    var places: [Int] = []
    for (_, value) in template {
        places.append(storage.count)
        storage += value + [UInt8](repeating: 0, count: 8 - value.count % 8)
    }
    return storage.withUnsafeMutableBytes { bytes in
        var list = zip(template, places).map { attribute, place in
            CK_ATTRIBUTE(
                type: CK_ATTRIBUTE_TYPE(attribute.type), pValue: bytes.baseAddress?.advanced(by: place),
                ulValueLen: CK_ULONG(attribute.value.count))
        }
        return list.withUnsafeMutableBufferPointer { body($0.baseAddress, CK_ULONG($0.count)) }
    }
}
