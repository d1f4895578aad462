import Chip
import Civil
import Database
import Ledger

/// Người ký thẻ đang dùng: until when the document signer may sign that signs the cards now.
package struct SignerStanding: Hashable, Sendable {
    package let signsUntil: Instant
    package let holdsUntil: Instant
    /// Whole days in which it may still sign; negative when its time is over.
    package let daysLeft: Int

    /// Cards cannot be made any more when its time is over, and a new signer takes days to certify.
    package static let warningDays = 30

    package var isEnding: Bool { daysLeft < Self.warningDays }
}

extension CardRegister {
    /// The signer whose certificate stood on a card last for the first time; nil before the first card.
    package func signerStanding() async throws -> SignerStanding? {
        let bytes = try await database.read { try ChipFileStore().certificates(.signer, on: $0) }
        guard let certificate = try bytes.last.map({ try Certificate(bytes: $0) }) else { return nil }
        let until = min(certificate.signingPeriod.upperBound, certificate.notAfter)
        let left = until.microseconds - surroundings.now().microseconds
        return SignerStanding(
            signsUntil: until, holdsUntil: certificate.notAfter,
            daysLeft: Int((Double(left) / 86_400_000_000).rounded(.down)))
    }
}
