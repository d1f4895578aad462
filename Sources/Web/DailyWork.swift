import Civil
import ServiceLifecycle

/// Việc hằng ngày của máy chủ: work that is done once for each day of Vietnam.
protocol DailyWork: Service {
    /// How often it is looked whether there is something to do.
    static var interval: Duration { get }

    /// Does the work unless it is done for the present day, or its time has not come; `last` is the day for which there
    /// was nothing more to do, and so is what is given back.
    func work(after last: CalendarDate?) async -> CalendarDate?
}

extension DailyWork {
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last: CalendarDate?
            while !Task.isCancelled {
                last = await work(after: last)
                try? await Task.sleep(for: Self.interval)
            }
        }
    }
}
