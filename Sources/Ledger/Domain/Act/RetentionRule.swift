import Civil
import Foundation

/// Quyết định lưu giữ: what a lawful rule takes away, as the act that orders it says.
///
/// The verifier takes a gap for lawful only where such an act stands in the log; its legal basis is the act's own.
package enum RetentionRule: Hashable, Sendable {
    /// Looks before the instant.
    case looks(before: Instant)
    /// The content of one act; its envelope stays.
    case content(of: ActID)

    /// The stream that all rules stand in; no batch, card or series has that number.
    package static let subject = Subject.set(.max)

    /// The canonical bytes: `{"body":{"looks_before":…},"form":"retention_ruled/1"}`, instants in microseconds.
    package var canonicalBytes: [UInt8] {
        let body =
            switch self {
            case .looks(let cut): "\"looks_before\":\(cut.microseconds)"
            case .content(let act): "\"content_of\":\(act.rawValue)"
            }
        return Array("{\"body\":{\(body)},\"form\":\"\(RetentionRule.form)\"}".utf8)
    }

    private static let form = "\(ActKind.retentionRuled.rawValue)/1"

    private struct Written: Decodable {
        struct Body: Decodable {
            var looksBefore: Int64?
            var contentOf: Int64?

            enum CodingKeys: String, CodingKey {
                case looksBefore = "looks_before"
                case contentOf = "content_of"
            }
        }
        var body: Body
        var form: String
    }

    /// What `canonicalBytes` wrote; nil for anything else.
    package init?(canonicalBytes bytes: [UInt8]) {
        guard let written = try? JSONDecoder().decode(Written.self, from: Data(bytes)),
            written.form == RetentionRule.form
        else { return nil }
        switch (written.body.looksBefore, written.body.contentOf) {
        case (let cut?, nil): self = .looks(before: Instant(microseconds: cut))
        case (nil, let act?): self = .content(of: ActID(rawValue: act))
        default: return nil
        }
    }
}
