import Civil
import Crypto
import Foundation

/// Bước của buổi lễ: what a line of the protocol is about.
package enum CeremonyStep: String, Hashable, Sendable, Codable, CaseIterable {
    case open
    case authority = "csca"
    case signer
    case link
    case list = "crl"
    case masterList = "master-list"

    /// The words for the protocol.
    package var title: Sentence {
        switch self {
        case .open: Sentence("Mở buổi lễ theo kế hoạch", "The ceremony is opened by its plan")
        case .authority: Sentence("Tạo khóa và chứng thư CSCA", "Key and certificate of the CSCA are made")
        case .signer: Sentence("Cấp chứng thư người ký giấy tờ", "A document signer is certified")
        case .link: Sentence("Tạo CSCA mới và chứng thư nối", "A new CSCA with its link certificate")
        case .list: Sentence("Ký danh sách thu hồi", "The revocation list is signed")
        case .masterList: Sentence("Ký danh sách CSCA", "The master list is signed")
        }
    }

    /// What people do next, told after the step.
    package var next: Sentence {
        switch self {
        case .open:
            Sentence(
                "Mỗi người giữ đặt mật khẩu vào một tệp riêng, rồi chạy dancu pki ceremony csca.",
                "Each holder writes a passphrase into a file of his own; then run dancu pki ceremony csca.")
        case .authority, .link:
            Sentence(
                "Mỗi người giữ mang tệp .share của mình đi và giữ một bản sao; rồi chạy signer và crl.",
                "Each holder takes his .share file away and keeps a copy; then run signer and crl.")
        case .signer:
            Sentence(
                "Ký danh sách thu hồi bằng crl nếu chưa có, rồi giao cho nhà máy bằng export.",
                "Sign a revocation list with crl if there is none, then hand over to the factory with export.")
        case .list:
            Sentence(
                "Công bố danh sách; ký danh sách kế tiếp trong 90 ngày.",
                "Publish the list; sign the next one within 90 days.")
        case .masterList: Sentence("Công bố danh sách CSCA.", "Publish the master list.")
        }
    }

    /// Who must be present beside the holders: an auditor too, where a key of an authority is made.
    package var roles: [CeremonyRole] {
        switch self {
        case .open, .authority, .link: [.master, .witness, .auditor]
        case .signer, .list, .masterList: [.master, .witness]
        }
    }
}

/// Dòng của biên bản: one step, who was there, what was made, and the hash of all lines before.
///
/// People stand by their words of the plan, so that a line names nobody by itself.
package struct CeremonyLine: Hashable, Sendable, Codable {
    /// From 1 on, without gaps.
    package let number: Int
    /// The ceremony's identifier.
    package let ceremony: String
    package let at: String
    package let step: CeremonyStep
    /// `csca-1`, `signer-2`; the ceremony itself when it is opened.
    package let subject: String
    package let present: [String]
    /// The SHA-256 of each file that others need, by its name.
    package let made: [String: String]
    /// The checksum of each holder's share; empty where no key was shared out.
    package let shares: [String: String]
    /// The hash of the line before; of nothing in the first one.
    package let before: String
    /// The hash of this line with `before` in it, and so of the protocol so far.
    package private(set) var hash: String

    package init(
        after last: CeremonyLine?, ceremony: String, at time: Instant, step: CeremonyStep, subject: String,
        present: [String], made: [String: String], shares: [String: String] = [:]
    ) {
        number = (last?.number ?? 0) + 1
        self.ceremony = ceremony
        at = time.iso
        self.step = step
        self.subject = subject
        self.present = present
        self.made = made
        self.shares = shares
        before = last?.hash ?? ""
        hash = ""
        hash = ownHash
    }

    /// The line as it is stored: JSON with sorted keys, the same for the same values.
    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private var ownHash: String {
        var open = self
        open.hash = ""
        return Hex.text(SHA256.hash(data: Data(open.text.utf8)))
    }

    /// Biên bản đọc lại: the lines of a protocol; refused at the first one that is not what was written.
    package static func chain(_ texts: [String]) throws(CeremonyRefusal) -> [CeremonyLine] {
        var lines: [CeremonyLine] = []
        for text in texts {
            let number = lines.count + 1
            guard let line = try? JSONDecoder().decode(CeremonyLine.self, from: Data(text.utf8)), line.text == text,
                line.number == number, line.hash == line.ownHash, line.before == lines.last?.hash ?? "",
                line.at >= lines.last?.at ?? "",
                line.ceremony == lines.first?.ceremony ?? line.ceremony, (line.step == .open) == (number == 1)
            else { throw .protocolChanged(number) }
            lines.append(line)
        }
        return lines
    }
}
