import CGcrypt

/// 3DES với hai khóa: what basic access control encrypts and authenticates with (Doc 9303-11 §9.8.6), by libgcrypt.
///
/// For chips that know nothing newer; nothing else here uses it.
enum TripleDES {
    static let blockLength = 8

    static func encrypt(_ blocks: [UInt8], key: [UInt8]) -> [UInt8] {
        run(GCRY_CIPHER_3DES, blocks, key: key + key.prefix(blockLength), isDecrypting: false)
    }

    static func decrypt(_ blocks: [UInt8], key: [UInt8]) -> [UInt8] {
        run(GCRY_CIPHER_3DES, blocks, key: key + key.prefix(blockLength), isDecrypting: true)
    }

    /// The retail code of whole blocks (ISO/IEC 9797-1, algorithm 3): single DES, and for the last block both keys.
    static func mac(_ blocks: [UInt8], key: [UInt8]) -> [UInt8] {
        guard blocks.count >= blockLength else { return [] }
        let single = Array(key.prefix(blockLength))
        let chained = run(GCRY_CIPHER_DES, Array(blocks.dropLast(blockLength)), key: single, isDecrypting: false)
        let before = chained.isEmpty ? [UInt8](repeating: 0, count: blockLength) : Array(chained.suffix(blockLength))
        return encrypt(zip(blocks.suffix(blockLength), before).map { $0 ^ $1 }, key: key)
    }

    /// The key derivation of Doc 9303-11 §9.7.2: 16 bytes of SHA-1 over secret and counter, each with odd parity.
    static func key(_ secret: [UInt8], _ counter: UInt8) -> [UInt8] {
        SessionCipher.key(secret, counter).map { $0 & 0xFE | UInt8(($0 >> 1).nonzeroBitCount & 1 ^ 1) }
    }

    /// CBC with an initial block of zeros; empty where the library refuses the key.
    private static func run(
        _ cipher: gcry_cipher_algos, _ blocks: [UInt8], key: [UInt8], isDecrypting: Bool
    ) -> [UInt8] {
        guard !blocks.isEmpty, Gcrypt.isReady else { return [] }
        var opened: OpaquePointer?
        guard gcry_cipher_open(&opened, Int32(cipher.rawValue), Int32(GCRY_CIPHER_MODE_CBC.rawValue), 0) == 0,
            let opened
        else { return [] }
        defer { gcry_cipher_close(opened) }
        var result = [UInt8](repeating: 0, count: blocks.count)
        guard gcry_cipher_setkey(opened, key, key.count) == 0,
            gcry_cipher_setiv(opened, [UInt8](repeating: 0, count: blockLength), blockLength) == 0
        else { return [] }
        let failed =
            isDecrypting
            ? gcry_cipher_decrypt(opened, &result, result.count, blocks, blocks.count)
            : gcry_cipher_encrypt(opened, &result, result.count, blocks, blocks.count)
        return failed == 0 ? result : []
    }
}
