import Ledger

/// The metrics in the text format of Prometheus.
enum MetricsText {
    /// The sizes that are read when the metrics are.
    struct Sizes: Sendable {
        var logs: [LogName: UInt64] = [:]
        var waiting = 0
        /// Alarms about guessing that nobody has answered.
        var alarms = 0
        /// Days in which the signer of the last cards may still sign; nil before the first card.
        var signerDaysLeft: Int?
    }

    static func text(_ counts: ServerWatch.Counts, sizes: Sizes?) -> String {
        var lines: [String] = []
        func head(_ name: String, _ type: String, _ help: String) {
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) \(type)")
        }
        head("dancu_http_requests_total", "counter", "Requests answered, by route, method and status.")
        for (key, count) in counts.answers.sorted(by: { label($0.key) < label($1.key) }) {
            lines.append("dancu_http_requests_total{\(label(key))} \(count)")
        }
        head("dancu_http_request_seconds", "histogram", "Time from request to answer.")
        for (route, durations) in counts.durations.sorted(by: { $0.key < $1.key }) {
            let label = "route=\"\(escaped(route))\""
            for (bound, count) in zip(ServerWatch.Durations.bounds, durations.buckets) {
                lines.append("dancu_http_request_seconds_bucket{\(label),le=\"\(bound)\"} \(count)")
            }
            lines.append("dancu_http_request_seconds_bucket{\(label),le=\"+Inf\"} \(durations.count)")
            lines.append("dancu_http_request_seconds_sum{\(label)} \(durations.sum)")
            lines.append("dancu_http_request_seconds_count{\(label)} \(durations.count)")
        }
        head("dancu_acts_recorded_total", "counter", "Acts recorded through this server.")
        lines.append("dancu_acts_recorded_total \(counts.acts)")
        head("dancu_looks_recorded_total", "counter", "Looks at persons recorded through this server.")
        lines.append("dancu_looks_recorded_total \(counts.looks)")
        head("dancu_store_up", "gauge", "Whether the store answered when these figures were read.")
        lines.append("dancu_store_up \(sizes == nil ? 0 : 1)")
        head("dancu_log_integration_failures", "gauge", "Failed integrations since the last that went well.")
        lines.append("dancu_log_integration_failures \(counts.failures)")
        guard let sizes else { return lines.joined(separator: "\n") + "\n" }
        head("dancu_log_size", "gauge", "Entries that have their place in the log.")
        for log in LogName.allCases { lines.append("dancu_log_size{log=\"\(log.text)\"} \(sizes.logs[log] ?? 0)") }
        head("dancu_log_waiting", "gauge", "Entries that wait for their place.")
        lines.append("dancu_log_waiting \(sizes.waiting)")
        head("dancu_alarms_open", "gauge", "Alarms about guessing that nobody has answered.")
        lines.append("dancu_alarms_open \(sizes.alarms)")
        if let days = sizes.signerDaysLeft {
            head("dancu_card_signer_days_left", "gauge", "Days in which the signer of the last cards may still sign.")
            lines.append("dancu_card_signer_days_left \(days)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func label(_ key: ServerWatch.Counts.Answers) -> String {
        "route=\"\(escaped(key.route))\",method=\"\(key.method)\",status=\"\(key.status)\""
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    }
}
