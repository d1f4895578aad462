import Civil
import Foundation
import Ledger
import Population

/// Điều đã ghi kèm sự việc: what an act says beside the change of the record: document, ground, reason, consents.
///
/// It is read from the content as programs see it, so that a request that still waits is told in the same words as an
/// act that stands.
struct ActRemarks {
    struct Line: Equatable, Sendable {
        let label: Sentence
        let value: Sentence
    }

    let lines: [Line]

    /// What a civil-status document, and one that proves a correction, are called.
    static let certificate = Sentence("Giấy tờ hộ tịch", "Civil-status document")
    static let document = Sentence("Giấy tờ chứng minh", "Document that proves it")

    init(_ content: JSONValue) {
        lines = ActRemarks.labels.compactMap { key, label in
            ActRemarks.value(of: key, in: content).map { Line(label: label, value: $0) }
        }
    }

    init(_ content: ActContent) {
        let form = (try? content.canonicalBytes()).flatMap {
            try? JSONDecoder().decode(JSONValue.self, from: Data($0))
        }
        self.init(form?["body"] ?? .null)
    }

    private static let labels: [(key: String, label: Sentence)] = [
        ("certificate", certificate),
        ("ground", Sentence("Căn cứ", "Ground")),
        ("requested", Sentence("Công dân đề nghị", "Asked for by the citizen")),
        ("document", document),
        ("act", Sentence("Về sự việc", "About the act")),
        ("reason", Sentence("Lý do", "Reason")), ("note", Sentence("Ghi chú", "Note")),
        ("consents", Sentence("Ý kiến đồng ý", "Consents")),
    ]

    private static func value(of key: String, in content: JSONValue) -> Sentence? {
        switch (key, content[key]) {
        case ("ground", .string(let code)?):
            CancellationGround(rawValue: code)?.title ?? DeletionGround(rawValue: code)?.title
        case ("requested", .bool(let isRequested)?):
            isRequested ? Sentence("có", "yes") : Sentence("không", "no")
        case ("act", .integer(let act)?): Sentence(String(act), String(act))
        case ("consents", .array(let given)?): consents(given.compactMap(\.text))
        case (_, .string(let text)?) where !text.isEmpty: Sentence(text, text)
        default: nil
        }
    }

    private static func consents(_ given: [String]) -> Sentence? {
        let titles = given.compactMap { ResidenceConsent(rawValue: $0)?.title }
        guard !titles.isEmpty else { return nil }
        return Sentence(
            titles.map(\.vietnamese).joined(separator: ", "), titles.map(\.english).joined(separator: ", "))
    }
}

extension ResidenceConsent {
    var title: Sentence {
        switch self {
        case .applicant: Sentence("người kê khai", "the applicant")
        case .head: Sentence("chủ hộ", "the head of household")
        case .owner: Sentence("chủ sở hữu chỗ ở hợp pháp", "the owner of the dwelling")
        case .parent: Sentence("cha, mẹ hoặc người giám hộ", "parent or guardian")
        }
    }
}

extension DeletionGround {
    /// Luật 68/2020/QH14, Điều 24.
    var title: Sentence {
        switch self {
        case .deadOrMissing: Sentence("chết, mất tích", "dead or missing")
        case .settledAbroad: Sentence("ra nước ngoài để định cư", "settled abroad")
        case .decisionAnnulled: Sentence("quyết định đăng ký bị hủy bỏ", "the registration was annulled")
        case .longAbsence: Sentence("vắng mặt liên tục từ 12 tháng", "away for twelve months")
        case .nationalityLost: Sentence("thôi hoặc mất quốc tịch", "nationality lost")
        case .leaseEnded: Sentence("hết thuê, mượn, ở nhờ", "the lease has ended")
        case .ownerWithdrewConsent: Sentence("chủ sở hữu không còn đồng ý", "the owner has withdrawn consent")
        case .dwellingDemolished: Sentence("chỗ ở đã bị phá dỡ", "the dwelling was demolished")
        }
    }
}
