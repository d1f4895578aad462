import Access
import Cards
import Civil
import Ledger
import Logging

/// Ghi thẻ hết hạn hằng ngày: notes the cards whose last day is over.
///
/// At the start, and shortly after midnight in Vietnam. A status check does not wait for it: the day itself decides
/// there. Pages, lists and histories follow the note.
struct CardExpiring: DailyWork {
    let cards: CardRegister
    let logger: Logger

    /// How long after midnight the work begins at the latest.
    static let interval = Duration.seconds(30)

    /// Notes what is over unless the present day is `last`; the day for which nothing is left.
    func work(after last: CalendarDate?) async -> CalendarDate? {
        let today = cards.surroundings.today
        guard today != last else { return last }
        do {
            // In pieces, so that nobody waits for a nation's cards of one day.
            while try await cards.expireDue(by: LocalOperator.requester) > 0 {
                guard !Task.isCancelled else { return last }
            }
            return today
        } catch {
            logger.error("noting expired cards failed", metadata: ["code": .string(Problem.code(of: error))])
            return last
        }
    }
}
