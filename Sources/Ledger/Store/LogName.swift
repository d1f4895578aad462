/// Nhật ký: the two logs that the register keeps with one code.
package enum LogName: Int64, CaseIterable, Sendable {
    /// Nhật ký sự việc, kept for ever.
    case acts = 1
    /// Nhật ký tra cứu, kept for a time.
    case looks = 2

    /// `acts` or `looks`, as in paths and on the command line.
    package var text: String {
        switch self {
        case .acts: "acts"
        case .looks: "looks"
        }
    }

    package init?(text: String) {
        guard let log = LogName.allCases.first(where: { $0.text == text }) else { return nil }
        self = log
    }
}
