import Civil
import Crypto

/// Muối: sixteen random bytes that are kept beside the content and are removed together with it.
package struct CommitmentSalt: Hashable, Sendable {
    /// How many bytes a salt has.
    package static let byteCount = 16

    package let bytes: [UInt8]

    /// The salt of 16 bytes, which must come from a cryptographic random source.
    package init(_ bytes: [UInt8]) throws(CommitmentRefusal) {
        guard bytes.count == CommitmentSalt.byteCount else { throw .wrongSaltLength(bytes.count) }
        self.bytes = bytes
    }
}

/// Cam kết: a digest that binds to a content without telling it: HMAC-SHA256 under a salt.
///
/// The commitment is what the log's leaf holds. Once content and salt are removed it says nothing about them, and the
/// tree stays whole.
package struct Commitment: Hashable, Sendable {
    package let digest: Digest32

    /// A commitment that was stored.
    package init(digest: Digest32) {
        self.digest = digest
    }

    /// The commitment to that content.
    package init(to content: [UInt8], salt: CommitmentSalt) {
        var authenticator = HMAC<SHA256>(key: SymmetricKey(data: salt.bytes))
        content.withUnsafeBytes { authenticator.update(data: $0) }
        digest = authenticator.finalize().withUnsafeBytes { Digest32(loadingFrom: $0) }
    }

    /// Returns when this is the commitment to that content, otherwise refuses.
    ///
    /// Takes the same time wherever the two differ.
    package func verify(_ content: [UInt8], salt: CommitmentSalt) throws(CommitmentRefusal) {
        guard Commitment(to: content, salt: salt).digest.isEqualInConstantTime(to: digest) else { throw .mismatch }
    }
}

/// Why a commitment cannot be made or does not bind to the content.
package enum CommitmentRefusal: ExplainedRefusal {
    case wrongSaltLength(Int)
    case mismatch

    package var code: String {
        switch self {
        case .wrongSaltLength: "commitment_wrong_salt_length"
        case .mismatch: "commitment_mismatch"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .wrongSaltLength(let count):
            Sentence(
                "Muối có \(count) byte: dùng đúng \(CommitmentSalt.byteCount) byte ngẫu nhiên.",
                "The salt has \(count) bytes: use exactly \(CommitmentSalt.byteCount) random bytes.")
        case .mismatch:
            Sentence(
                "Nội dung không khớp với cam kết trong nhật ký: khôi phục nội dung từ bản sao lưu và báo giám sát.",
                "The content does not match its commitment in the log: restore it from a backup and report it.")
        }
    }
}
