import Civil
import Ledger
import Population
import Synchronization

/// Số liệu chất lượng đã đếm: reports of the last minute, with the maps drawn from them.
///
/// Sums of a nation take longer than a page may; the page says when they were counted. Nobody's data are in them.
final class QualityShelf: Sendable {
    private struct Drawing: Hashable {
        let measure: QualityMeasure
        let language: PageLanguage
    }

    private struct Entry {
        let report: QualityReport
        var maps: [Drawing: PageDrawing?] = [:]
    }

    private let register: PopulationRegister
    private let entries = Mutex<[QualityScope: Entry]>([:])

    /// For how long a report is shown again, in microseconds.
    static let lifetime: Int64 = 60_000_000
    /// How many reports are kept; the nation and its provinces fit.
    static let most = 64

    init(register: PopulationRegister) { self.register = register }

    /// The report of today, counted within the last minute, or that of a past day out of the series.
    func report(of scope: QualityScope, on day: CalendarDate?) async throws -> QualityReport {
        if let day, day != register.surroundings.today { return try await register.quality(of: scope, on: day) }
        let now = register.surroundings.now()
        if let known = entries.withLock({ $0[scope] }), isYoung(known.report, now) { return known.report }
        let report = try await register.quality(of: scope)
        entries.withLock { entries in
            if entries.count >= QualityShelf.most { entries = entries.filter { isYoung($0.value.report, now) } }
            if entries.count < QualityShelf.most { entries[scope] = Entry(report: report) }
        }
        return report
    }

    /// Counts a unit anew when it is asked for next, since what the report tells of it has changed.
    func forget(_ scope: QualityScope) { entries.withLock { $0[scope] = nil } }

    /// The map that was drawn of a report, or one that is drawn now.
    func map(
        of scope: QualityScope, _ report: QualityReport, _ measure: QualityMeasure, _ language: PageLanguage,
        draw: () -> PageDrawing?
    ) -> PageDrawing? {
        let key = Drawing(measure: measure, language: language)
        let known = entries.withLock { entries -> PageDrawing?? in
            guard let entry = entries[scope], entry.report.measured == report.measured else { return nil }
            return entry.maps[key]
        }
        if let known { return known }
        let map = draw()
        entries.withLock { entries in
            if entries[scope]?.report.measured == report.measured { entries[scope]?.maps[key] = .some(map) }
        }
        return map
    }

    private func isYoung(_ report: QualityReport, _ now: Instant) -> Bool {
        report.rule.day == now.dayInVietnam
            && abs(now.microseconds - report.measured.microseconds) < QualityShelf.lifetime
    }
}
