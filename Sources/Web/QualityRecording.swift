import Civil
import Ledger
import Logging
import Population

/// Ghi số đo hằng ngày: keeps the sums of every new day, at the start and shortly after midnight in Vietnam.
///
/// The day comes from the register's clock. It asks the store only when that clock shows a day that it has not seen.
struct QualityRecording: DailyWork {
    let register: PopulationRegister
    let logger: Logger

    /// How long after midnight a day is recorded at the latest.
    static let interval = Duration.seconds(30)

    /// Records the present day unless it is `last`; the day that is recorded now.
    ///
    /// A failure is tried again.
    func work(after last: CalendarDate?) async -> CalendarDate? {
        let today = register.surroundings.today
        guard today != last else { return last }
        do {
            return try await register.recordQualityDay().day
        } catch {
            logger.error("recording of quality failed", metadata: ["code": .string(Problem.code(of: error))])
            // Said once a day: somebody has to say which of the two days is the wrong one.
            if case QualityRefusal.clockSetBack = error { return today }
            return last
        }
    }
}
