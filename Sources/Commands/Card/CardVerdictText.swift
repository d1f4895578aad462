import Chip
import Civil
import Population

/// Verdicts as people and programs read them.
enum CardVerdictText {
    static func text(_ verdict: CardVerdict) -> String {
        let rows = verdict.lines.map { line -> [String] in
            switch line.outcome {
            case .passed: ["đạt / passed", line.check.name, ""]
            case .failed(let fault): ["KHÔNG ĐẠT / FAILED", line.check.name, sentence(fault)]
            case .open(let fault): ["chưa kiểm tra / open", line.check.name, sentence(fault)]
            }
        }
        let conclusion =
            verdict.isGenuine
            ? "Kết luận: dữ liệu thật. / Verdict: genuine."
            : verdict.hasFailed
                ? "Kết luận: KHÔNG chấp nhận. / Verdict: NOT accepted."
                : "Kết luận: chưa đủ căn cứ. / Verdict: not enough to say."
        return Console.table(rows) + "\n" + conclusion
    }

    private static func sentence(_ fault: CardFault) -> String {
        "\(fault.sentence.inBoth) [\(fault.code)]"
    }

    static func json(_ verdict: CardVerdict) -> JSONValue {
        let checks = verdict.lines.map { line -> JSONValue in
            var value: [String: JSONValue] = ["check": .string(line.check.name)]
            func add(_ outcome: String, _ fault: CardFault?) {
                value["outcome"] = .string(outcome)
                guard let fault else { return }
                value["code"] = .string(fault.code)
                value["vi"] = .string(fault.sentence.vietnamese)
                value["en"] = .string(fault.sentence.english)
            }
            switch line.outcome {
            case .passed: add("passed", nil)
            case .failed(let fault): add("failed", fault)
            case .open(let fault): add("open", fault)
            }
            return .object(JSONMembers(value))
        }
        return .object(["genuine": .bool(verdict.isGenuine), "checks": .array(checks)])
    }
}
