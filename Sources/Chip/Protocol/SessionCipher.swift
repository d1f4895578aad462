import Crypto
import CryptoExtras
import Foundation

/// Khóa phiên AES-128: encryption and authentication as Doc 9303-11 §9.8 uses them.
enum SessionCipher {
    static let blockLength = 16

    /// The key derivation of Doc 9303-11 §9.7.1 for AES-128: SHA-1 over secret and counter, 16 bytes of it.
    static func key(_ secret: [UInt8], _ counter: UInt8) -> [UInt8] {
        Array(Insecure.SHA1.hash(data: secret + [0, 0, 0, counter]).prefix(16))
    }

    /// AES-CBC over whole blocks.
    static func encrypt(_ blocks: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
        guard let iv = try? AES._CBC.IV(ivBytes: iv),
            let data = try? AES._CBC.encrypt(blocks, using: SymmetricKey(data: key), iv: iv, noPadding: true)
        else { return [] }
        return Array(data)
    }

    static func decrypt(_ blocks: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8] {
        guard let iv = try? AES._CBC.IV(ivBytes: iv),
            let data = try? AES._CBC.decrypt(blocks, using: SymmetricKey(data: key), iv: iv, noPadding: true)
        else { return [] }
        return Array(data)
    }

    /// One block by itself.
    static func encrypt(block: [UInt8], key: [UInt8]) -> [UInt8] {
        encrypt(block, key: key, iv: [UInt8](repeating: 0, count: blockLength))
    }

    /// The first eight bytes of AES-CMAC.
    static func mac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        guard var code = try? AES.CMAC(key: SymmetricKey(data: key), outputSize: 8) else { return [] }
        code.update(data: message)
        return Array(code.finalize())
    }

    /// ISO 7816-4: `80`, then zeros to whole blocks.
    static func padded(_ bytes: [UInt8], to blockLength: Int) -> [UInt8] {
        bytes + [0x80] + [UInt8](repeating: 0, count: blockLength - 1 - bytes.count % blockLength)
    }

    /// The bytes before the padding; nil when there is none.
    static func unpadded(_ bytes: [UInt8]) -> [UInt8]? {
        guard let end = bytes.lastIndex(where: { $0 != 0 }), bytes[end] == 0x80 else { return nil }
        return Array(bytes[..<end])
    }
}
