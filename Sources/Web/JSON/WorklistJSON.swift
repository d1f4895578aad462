import Civil
import Population

/// A worklist as programs read it.
package enum WorklistJSON {
    package static func list(_ list: Worklist) -> JSONValue {
        .object([
            "whole": .integer(Int64(list.whole)), "items": .array(list.items.map(item)),
            "next": CommonJSON.text(list.next?.text), "receipt": list.receipt.map { .string(String($0)) } ?? .null,
        ])
    }

    private static func item(_ item: WorkItem) -> JSONValue {
        .object([
            "person": .string(item.handle), "name": CommonJSON.text(item.name),
            "date_of_birth": CommonJSON.date(item.birth),
            "collect": .array(item.collect.map { .string($0.rawValue) }),
            "correct": .array(
                item.correct.map { finding in
                    .object([
                        "code": .string(finding.code.rawValue),
                        "field": finding.field.isEmpty ? .null : .string(finding.field),
                    ])
                }),
            "contradictions": .array(item.contradictions.map(ActJSON.rule)),
            "verify": .array(item.verify.map { .string($0.rawValue) }),
            "last_verified": CommonJSON.text(item.lastVerified?.description),
            "gain": .number(Double(item.gain.perMillion) / 1_000_000),
        ])
    }
}
