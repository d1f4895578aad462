import CPKCS11
import Chip
import Synchronization

/// Khóa ký trên thiết bị: signs with a key that stays on its token.
package struct TokenSigner: CardSigner {
    let session: TokenSession
    let key: CK_OBJECT_HANDLE
    package let publicKey: ECPublicKey

    /// Hashed here and signed there: not every token hashes for itself.
    package func plainSignature(of message: [UInt8]) throws(SigningRefusal) -> [UInt8] {
        let digest = publicKey.curve.hash.digest(message)
        let signature: [UInt8]? = session.handle.withLock { handle in
            let functions = session.module.functions
            var digest = digest
            var mechanism = CK_MECHANISM(mechanism: CK_MECHANISM_TYPE(CKM_ECDSA), pParameter: nil, ulParameterLen: 0)
            guard functions.C_SignInit(handle, &mechanism, key) == CKR_OK else { return nil }
            var signature = [UInt8](repeating: 0, count: 64)
            var length = CK_ULONG(signature.count)
            let status = functions.C_Sign(handle, &digest, CK_ULONG(digest.count), &signature, &length)
            return status == CKR_OK && length == 64 ? signature : nil
        }
        guard let signature else { throw .keyFailed }
        return signature
    }
}
