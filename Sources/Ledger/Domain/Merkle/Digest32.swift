/// Giá trị băm: thirty-two bytes, the output of SHA-256 and HMAC-SHA256.
///
/// Held as four words and never as an array, so that a tile of 256 of them is one block of 8,192 bytes. The words keep
/// the bytes in memory order: what `withBytes` shows is the digest on every machine.
package struct Digest32: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes a digest has.
    package static let byteCount = 32

    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The digest in those bytes, or nil when there are not exactly 32 of them.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Digest32.byteCount else { return nil }
        self.init(loadingFrom: bytes)
    }

    /// The digest in those bytes, or nil when there are not exactly 32 of them.
    package init?(_ bytes: some Sequence<UInt8>) {
        let digest = bytes.withContiguousStorageIfAvailable { Digest32(UnsafeRawBufferPointer($0)) }
        guard let found = digest ?? Array(bytes).withUnsafeBytes({ Digest32($0) }) else { return nil }
        self = found
    }

    /// The digest written with 64 hexadecimal digits in lower case, or nil.
    package init?(hex: some StringProtocol) {
        guard let bytes = Base16Text.bytes(of: hex.utf8) else { return nil }
        self.init(bytes)
    }

    /// The digest written in canonical base64 (RFC 4648 §4, with padding), or nil.
    package init?(base64: some StringProtocol) {
        guard let bytes = Base64Text.bytes(of: base64.utf8) else { return nil }
        self.init(bytes)
    }

    /// The first 32 bytes of the buffer, which the caller knows to be there.
    init(loadingFrom bytes: UnsafeRawBufferPointer) {
        first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        fourth = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    /// Writes the 32 bytes at an offset of a buffer that has room for them.
    func store(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
        buffer.storeBytes(of: first, toByteOffset: offset, as: UInt64.self)
        buffer.storeBytes(of: second, toByteOffset: offset + 8, as: UInt64.self)
        buffer.storeBytes(of: third, toByteOffset: offset + 16, as: UInt64.self)
        buffer.storeBytes(of: fourth, toByteOffset: offset + 24, as: UInt64.self)
    }

    /// Lends the 32 bytes without copying them to the heap.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: self, body)
    }

    /// The 32 bytes.
    package var bytes: [UInt8] { withBytes { Array($0) } }

    /// 64 hexadecimal digits in lower case.
    package var hex: String { Base16Text.text(of: bytes) }

    /// Canonical base64, 44 characters.
    package var base64: String { Base64Text.text(of: bytes) }

    package var description: String { hex }

    /// Whether both digests are the same, in a time that does not depend on where they differ.
    package func isEqualInConstantTime(to other: Digest32) -> Bool {
        let difference =
            (first ^ other.first) | (second ^ other.second) | (third ^ other.third) | (fourth ^ other.fourth)
        return difference == 0
    }
}

extension Digest32 {
    /// The bytes of many digests one after the other, as a tile stores them.
    package static func joined(_ digests: [Digest32]) -> [UInt8] {
        digests.withUnsafeBytes { Array($0) }
    }

    /// The digests in a stored tile, or nil when the count of bytes is no multiple of 32.
    package static func list(from bytes: [UInt8]) -> [Digest32]? {
        guard bytes.count.isMultiple(of: byteCount) else { return nil }
        return bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count, by: byteCount).map { offset in
                Digest32(loadingFrom: UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + byteCount]))
            }
        }
    }
}
