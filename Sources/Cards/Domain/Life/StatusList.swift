import Chip
import Civil

/// Danh sách thẻ không còn giá trị: a signed file that a terminal can hold without a connection.
///
/// A few lines of text (`dancu card status 1`, `issued`, `next`, `entries`), an empty line, then sixteen bytes for each
/// card – the beginning of the SHA-256 of its chip's public point, in ascending order – and r‖s of ECDSA on P-256 with
/// SHA-256 over all of it. It names nobody.
package struct StatusList: Hashable, Sendable {
    package static let entryLength = 16
    private static let title = "dancu card status 1"

    package let issued: Instant
    package let next: Instant
    private let entries: [UInt8]
    /// The whole file.
    package let bytes: [UInt8]

    package var count: Int { entries.count / StatusList.entryLength }

    init(issued: Instant, next: Instant, entries: [UInt8], by signer: some CardSigner) throws(SigningRefusal) {
        self.issued = issued
        self.next = next
        self.entries = entries
        let head =
            "\(StatusList.title)\nissued \(issued.iso)\nnext \(next.iso)\n"
            + "entries \(entries.count / StatusList.entryLength)\n\n"
        let content = Array(head.utf8) + entries
        bytes = content + (try signer.plainSignature(of: content))
    }

    /// Reads a file; nil when it is damaged or was not signed with that key.
    package init?(bytes: [UInt8], signedBy key: ECPublicKey) {
        guard bytes.count > ECPublicKey.plainSignatureLength else { return nil }
        let content = bytes.dropLast(ECPublicKey.plainSignatureLength)
        guard key.isValid(plainSignature: bytes.suffix(ECPublicKey.plainSignatureLength), of: content),
            let end = content.firstRange(of: Array("\n\n".utf8))
        else { return nil }
        let lines = String(decoding: content[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
        func value(_ place: Int, _ name: String) -> Substring? {
            guard lines.count == 4, lines[place].hasPrefix(name + " ") else { return nil }
            return lines[place].dropFirst(name.count + 1)
        }
        guard lines.first ?? "" == StatusList.title, let issued = value(1, "issued").flatMap({ Instant(parsing: $0) }),
            let next = value(2, "next").flatMap({ Instant(parsing: $0) }),
            let count = value(3, "entries").flatMap({ Int($0) })
        else { return nil }
        let entries = Array(content[end.upperBound...])
        guard entries.count == count * StatusList.entryLength else { return nil }
        self.issued = issued
        self.next = next
        self.entries = entries
        self.bytes = bytes
    }

    /// What a terminal that holds the list says of a card's chip.
    ///
    /// - Parameters:
    ///   - key: the chip's key, out of signed data; nil where the card has none.
    ///   - signer: whose signature the list has, with what `authentication` trusts.
    package func standing(
        of key: ECPublicKey?, signedBy signer: Certificate, _ authentication: PassiveAuthentication, at now: Instant
    ) -> CardOutcome {
        guard authentication.outcome(of: signer, signed: issued) == .passed else { return .open(.standingUntrusted) }
        guard let key else { return .open(.noChipKey) }
        // What the list says of a card stays so, also when the list is old.
        if contains(key) { return .failed(.holdsNoMore) }
        return now <= next ? .passed : .open(.listOutdated)
    }

    /// Whether the card with that chip is on the list.
    package func contains(_ key: ECPublicKey) -> Bool {
        let wanted = ChipKey.fingerprint(key).prefix(StatusList.entryLength)
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let entry = entries[middle * StatusList.entryLength..<(middle + 1) * StatusList.entryLength]
            if entry.elementsEqual(wanted) { return true }
            if entry.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return false
    }
}
