import CPKCS11
import Chip
import Foundation
import Synchronization

/// Thư viện PKCS #11: the vendor's library through which a program reaches tokens; loaded once in a process.
package final class TokenModule: Sendable {
    /// Filled once by the library; the functions lock for themselves, as `C_Initialize` asks.
    let functions: CK_FUNCTION_LIST

    private static let loaded = Mutex<[String: TokenModule]>([:])

    /// The library at a path.
    package static func load(_ path: String) throws(TokenRefusal) -> TokenModule {
        let result: Result<TokenModule, TokenRefusal> = loaded.withLock { modules in
            if let module = modules[path] { return .success(module) }
            do throws(TokenRefusal) {
                let module = try TokenModule(path)
                modules[path] = module
                return .success(module)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(_ path: String) throws(TokenRefusal) {
        typealias GetFunctionList = @convention(c) (UnsafeMutablePointer<CK_FUNCTION_LIST_PTR?>?) -> CK_RV
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(library, "C_GetFunctionList") else {
            throw .moduleNotLoaded
        }
        var list: CK_FUNCTION_LIST_PTR?
        guard unsafeBitCast(symbol, to: GetFunctionList.self)(&list) == CKR_OK, let list else {
            throw .moduleNotLoaded
        }
        functions = list.pointee
        var arguments = CK_C_INITIALIZE_ARGS()
        arguments.flags = CK_FLAGS(CKF_OS_LOCKING_OK)
        let status = functions.C_Initialize(&arguments)
        guard status == CKR_OK || status == CK_RV(CKR_CRYPTOKI_ALREADY_INITIALIZED) else { throw .failed(status) }
    }

    /// A session with the token of a label, signed in; it ends with the last signer that uses it.
    package func open(token label: String, pin: String) throws(TokenRefusal) -> TokenSession {
        let slot = try slot(of: label)
        var session = CK_SESSION_HANDLE()
        try require(functions.C_OpenSession(slot, CK_FLAGS(CKF_SERIAL_SESSION | CKF_RW_SESSION), nil, nil, &session))
        var digits = Array(pin.utf8)
        let status = functions.C_Login(session, CK_USER_TYPE(CKU_USER), &digits, CK_ULONG(digits.count))
        // Signing in is the token's, not the session's: another session may have done it.
        guard status == CKR_OK || status == CK_RV(CKR_USER_ALREADY_LOGGED_IN) else {
            _ = functions.C_CloseSession(session)
            throw status == CK_RV(CKR_PIN_INCORRECT) ? .pinWrong : .failed(status)
        }
        return TokenSession(module: self, handle: session)
    }

    private func slot(of label: String) throws(TokenRefusal) -> CK_SLOT_ID {
        var count: CK_ULONG = 0
        try require(functions.C_GetSlotList(1, nil, &count))
        var slots = [CK_SLOT_ID](repeating: 0, count: Int(count))
        try require(functions.C_GetSlotList(1, &slots, &count))
        for slot in slots.prefix(Int(count)) {
            var info = CK_TOKEN_INFO()
            guard functions.C_GetTokenInfo(slot, &info) == CKR_OK else { continue }
            let bytes = withUnsafeBytes(of: info.label) { Array($0) }
            let end = bytes.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0
            if String(decoding: bytes[..<end], as: UTF8.self) == label { return slot }
        }
        throw .tokenNotFound
    }

    func require(_ status: CK_RV) throws(TokenRefusal) {
        guard status == CKR_OK else { throw .failed(status) }
    }
}
