import Civil
import Ledger

@testable import Access
@testable import Population
@testable import Web

/// The page of the audit: before the question, with looks and acts found, and with nothing.
extension ConsoleSamples {
    private func entry(_ id: Int64, _ kind: ActKind?, persons: Int) -> AuditEntry {
        AuditEntry(
            id: id, at: ConsoleSamples.at("2026-03-01T02:05:00Z"),
            actor: Actor(account: "cb-017\(evil)", role: Role.communeOfficer.rawValue, office: "xa-00097\(evil)"),
            kind: kind, purpose: kind == nil ? "xác nhận cư trú\(evil)" : nil,
            legalBasis: "Luật 26/2023/QH15, Điều 10\(evil)",
            persons: (0..<persons).map { ConsoleSamples.handle(Int64($0 + 1)).text },
            fields: kind == nil ? ["birth", "name"] : [])
    }

    func audit(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(AuditPage.title), language, section: .queues)
        let input = FormInput([
            "log": "acts", "account": "cb-017\(evil)", "office": "xa-00097\(evil)", "since": "01/03/2026\(evil)",
            "words": "cư trú\(evil)", "kind": "moved", "stated": "yes",
        ])
        let found = AuditAnswer(
            entries: [
                entry(903, nil, persons: 1), entry(902, .moved, persons: 5), entry(901, .accessChanged, persons: 0),
            ],
            next: 901, receipt: 907)
        return [
            (
                "audit",
                AuditPage(
                    frame: frame, input: FormInput(["person": ConsoleSamples.handle(1).text]), exports: true,
                    units: units)
            ), ("audit-found", AuditPage(frame: frame, input: input, answer: found, exports: true, units: units)),
            (
                "audit-nothing",
                AuditPage(
                    frame: frame, input: FormInput(), answer: AuditAnswer(entries: [], next: nil, receipt: 908),
                    exports: true, problem: AuditRefusal.malformed.sentence, units: units)
            ),
        ]
    }
}
