import Civil
import Foundation
import Linkage
import Population

/// What `dancu link` writes.
enum LinkText {
    /// `id_l,id_r,probability`; in one file the smaller id stands left.
    static func pairs(_ pairs: [LinkedPair], _ table: LinkTable) -> [UInt8] {
        var bytes = Array("id_l,id_r,probability\n".utf8)
        for pair in pairs {
            var (left, right) = (table.ids[Int(pair.left)], table.ids[Int(pair.right)])
            if table.split == 0, isBefore(right, left) { swap(&left, &right) }
            bytes += field(left)
            bytes.append(UInt8(ascii: ","))
            bytes += field(right)
            bytes.append(UInt8(ascii: ","))
            bytes += share(pair.probability).utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// `id,cluster`; a cluster bears the id of its first record in the file.
    static func clusters(_ firstOf: [UInt32], _ table: LinkTable) -> [UInt8] {
        var bytes = Array("id,cluster\n".utf8)
        for (record, first) in firstOf.enumerated() {
            bytes += field(table.ids[record])
            bytes.append(UInt8(ascii: ","))
            bytes += field(table.ids[Int(first)])
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// Numbers by value, anything else by its bytes.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        if let first = Int(left), let second = Int(right), first != second { return first < second }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private static func field(_ text: String) -> [UInt8] {
        let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        return Array((needsQuotes ? "\"\(text)\"" : text).utf8)
    }

    /// Four digits behind the point.
    static func share(_ probability: Float) -> String {
        let parts = Int((Double(probability) * 10_000).rounded())
        let digits = String(parts % 10_000)
        return "\(parts / 10_000).\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }

    /// One digit behind the point, with its sign.
    static func bits(_ bits: Double) -> String {
        let tenths = Int((abs(bits) * 10).rounded())
        return "\(bits < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10)"
    }

    static func show(_ result: LinkResult, asJSON: Bool) throws {
        let report = result.report
        let clusters = Set(result.clusters).count
        if asJSON {
            try Console.json(
                JSONValue.object([
                    "records": .integer(Int64(report.records)), "pairs": .integer(Int64(result.pairs.count)),
                    "clusters": .integer(Int64(clusters)), "compared": .integer(Int64(report.pairsCompared)),
                    "blocking_recall": .string(share(Float(report.blockingRecall))),
                    "expected_precision": .string(share(Float(report.expectedPrecision))),
                    "expected_recall": .string(share(Float(report.expectedRecall))),
                ]))
            return
        }
        Console.line("Bản ghi / records: \(report.records)")
        Console.line("Cặp đã so / pairs compared: \(report.pairsCompared)")
        Console.line("Cặp nghi trùng / pairs found: \(result.pairs.count)")
        Console.line("Số người / people: \(clusters)")
        Console.line(
            "Ước tính / estimated: khóa tìm được / blocking \(share(Float(report.blockingRecall))), "
                + "đúng / precision \(share(Float(report.expectedPrecision))), "
                + "đủ / recall \(share(Float(report.expectedRecall)))")
    }

    static func value(_ explanation: LinkExplanation, _ left: String, _ right: String) -> JSONValue {
        let evidence = explanation.lines.map { line -> JSONValue in
            .object([
                "feature": .string(line.feature), "bits": .string(bits(line.bits)),
                "vi": .string(line.sentence.vietnamese), "en": .string(line.sentence.english),
            ])
        }
        let alternative = JSONValue.object([
            "vi": .string(explanation.alternative.vietnamese), "en": .string(explanation.alternative.english),
        ])
        return .object([
            "id_l": .string(left), "id_r": .string(right), "probability": .string(share(explanation.probability)),
            "prior_bits": .string(bits(explanation.priorBits)), "alternative": alternative,
            "evidence": .array(evidence),
        ])
    }
}
