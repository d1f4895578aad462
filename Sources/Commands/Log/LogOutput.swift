import Civil
import Ledger
import Population

/// The logs as programs read them.
enum LogJSON {
    static func verification(_ result: LogVerification) -> JSONValue {
        .object([
            "clean": .bool(result.isClean), "waiting": .integer(Int64(result.waiting)),
            "checkpoints": .integer(Int64(result.checkpoints)),
            "leaves": .object(
                JSONMembers(
                    counts: Dictionary(uniqueKeysWithValues: result.leaves.map { ($0.key.text, $0.value) }))),
            "removed_contents": .integer(Int64(result.removedContents)),
            "removed_looks": .integer(Int64(result.removedLooks)),
            "damage_count": .integer(Int64(result.damageCount)),
            "damages": .array(
                result.damages.map {
                    .object([
                        "kind": .string($0.kind.rawValue), "log": .string($0.log.text), "place": .string($0.place),
                    ])
                }),
        ])
    }

    static func checkpoint(_ checkpoint: StoredCheckpoint?, of log: LogName) -> JSONValue {
        guard let checkpoint else { return .object(["log": .string(log.text), "size": .integer(0)]) }
        return .object([
            "log": .string(log.text), "size": .integer(Int64(checkpoint.size)), "root": .string(checkpoint.root.base64),
            "issued": .string(checkpoint.issued.iso), "note": .string(checkpoint.note),
        ])
    }

    static func receipt(_ receipt: LogReceipt) -> JSONValue {
        .object([
            "log": .string(receipt.log.text), "entry": .string(String(receipt.entry)),
            "index": .integer(Int64(receipt.index)), "size": .integer(Int64(receipt.checkpoint.size)),
            "leaf_data": .string(receipt.commitment.base64), "proof": .string(receipt.text),
        ])
    }
}

/// What a verification came to, as people or programs read it.
enum LogOutput {
    /// - Parameter place: What a demonstration changed in the copy that was verified.
    static func tell(_ result: LogVerification, changed place: String? = nil, asJSON: Bool) throws {
        guard asJSON else { return Console.line(LogText.verification(result)) }
        try Console.json(LogJSON.verification(result).with(place.map { .string($0) }, as: "changed"))
    }
}

/// The logs as people read them.
enum LogText {
    static func verification(_ result: LogVerification) -> String {
        var lines = LogName.allCases.map { "\($0.text): \(result.leaves[$0] ?? 0) entries" }
        lines.append("checkpoints: \(result.checkpoints), waiting: \(result.waiting)")
        if result.removedContents + result.removedLooks > 0 {
            lines.append(
                "removed by retention rules: \(result.removedContents) contents, \(result.removedLooks) looks")
        }
        if result.isClean {
            lines.append("Nhật ký nguyên vẹn: không mất, không đổi. / Clean: nothing lost, nothing changed.")
        } else {
            lines.append("HỎNG / DAMAGED: \(result.damageCount)")
            lines += result.damages.prefix(50).map { "  \($0.kind.rawValue)  \($0.log.text)  \($0.place)" }
        }
        return lines.joined(separator: "\n")
    }
}
