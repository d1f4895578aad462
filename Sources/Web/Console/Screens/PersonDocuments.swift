import Civil
import Ledger
import Population

/// Giấy tờ của một người: the papers on which the record rests, out of the acts that stand, the newest first.
///
/// The register keeps no copies: of a sheet it has what was written, of a civil-status document its number, book and
/// office as an officer read them off it.
struct PersonDocuments: Equatable, Sendable {
    struct Line: Equatable, Sendable {
        let title: String
        /// What the document says of itself; nil for a sheet.
        let text: String?
        /// What was recorded from it, and when.
        let about: String
        /// The slip of the act.
        let href: String
    }

    let lines: [Line]
    let hasLines: Bool

    /// - Parameter handle: of the person.
    init(_ entries: [HistoryEntry], of handle: String, _ words: ValueWords) {
        let annulled = RecordedAct.annulled(among: entries.compactMap(\.recorded))
        lines = entries.suffix(Timeline.most).reversed().filter { !annulled.contains($0.act.id) }.flatMap {
            entry -> [Line] in
            guard let content = entry.content else { return [] }
            let day = DayText.vietnamese(entry.act.recorded.dayInVietnam)
            func line(_ title: Sentence, _ text: String?) -> Line {
                Line(
                    title: words.language.of(title), text: text,
                    about: "\(words.language.of(entry.act.kind.title)), \(day)",
                    href: "/persons/\(handle)/slips/\(entry.act.id.rawValue)")
            }
            if entry.act.kind == .collected {
                return [line(Sentence("Phiếu thu thập thông tin dân cư DC01", "Collection sheet DC01"), nil)]
            }
            return [(ActRemarks.certificate, content.certificate), (ActRemarks.document, content.document)]
                .filter { !($0.1 ?? "").isEmpty }.map(line)
        }
        hasLines = !lines.isEmpty
    }
}
