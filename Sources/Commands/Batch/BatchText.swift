import Population

/// Batches as people read them at a terminal.
enum BatchText {
    static func summary(_ summary: BatchSummary) -> String {
        let batch = summary.batch
        var lines = [
            "\(batch.name)  (\(batch.encoding), \(batch.rows) dòng/rows)",
            "  nhận / accepted                      \(summary.accepted)",
            "  nhận, có phát hiện / with findings   \(summary.acceptedWithFindings)",
            "  chờ xem xét / held                   \(summary.held)",
            "  công dân / persons                   \(summary.persons)",
            "  hộ / households                      \(summary.households)",
        ]
        if batch.done < batch.rows { lines.append("  còn lại / still to do                \(batch.rows - batch.done)") }
        let findings = summary.findings.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        if !findings.isEmpty { lines.append("  phát hiện / findings") }
        for (code, count) in findings {
            let number = String(count)
            lines.append(
                "    " + String(repeating: " ", count: max(0, 6 - number.count)) + number + "  \(code.rawValue)")
        }
        return lines.joined(separator: "\n")
    }
}
