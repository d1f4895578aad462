import Civil
import Ledger
import Logging
import Population

/// Rà soát trùng hằng đêm: what a server does about people who stand in the register twice.
package enum NightlySweepMode: String, CaseIterable, Sendable {
    case on
    /// With weights that officers' decisions teach.
    case taught
    case off
}

/// Rà soát trùng hằng đêm: a sweep for people who stand in the register twice, once a night of Vietnam.
///
/// By day never: a sweep takes all cores for its time, and looks would wait. One that is not done when the night ends
/// pauses, and goes on the next night. Of several processes the one that looks first sweeps; a register too large for
/// the memory is swept from the command line, on a machine that has it.
struct NightlySweep: DailyWork {
    let register: PopulationRegister
    var mode = NightlySweepMode.on
    let logger: Logger

    /// How often it is looked whether a day has begun.
    static let interval = Duration.seconds(60)
    /// What a sweep beside the server's own work may take.
    static let memory = 1 << 30

    func work(after last: CalendarDate?) async -> CalendarDate? {
        guard mode != .off, NightlySweep.isNight(register.surroundings.now()) else { return last }
        let surroundings = register.surroundings
        return await sweepIfNew(after: last) { NightlySweep.isNight(surroundings.now()) }
    }

    /// Whether it is between one and five in the morning in Vietnam.
    static func isNight(_ now: Instant) -> Bool {
        let hoursFromUTC: Int64 = 7
        return (1..<5).contains((now.microseconds / 3_600_000_000 + hoursFromUTC) % 24)
    }

    /// Sweeps unless the present day is `last`, or somebody swept on it; the day that needs no sweep any more.
    ///
    /// What fails is tried again the next day: a sweep is work for a whole night at the most.
    ///
    /// - Parameter goesOn: asked before each part whether there is time for it.
    func sweepIfNew(
        after last: CalendarDate?, while goesOn: @escaping @Sendable () -> Bool = { true }
    ) async -> CalendarDate? {
        let today = register.surroundings.today
        guard today != last else { return last }
        do {
            if try await register.lastDuplicateSweep()?.finished.dayInVietnam == today { return today }
            let outcome = try await register.sweepDuplicates(
                DuplicateSweepWish(
                    memory: NightlySweep.memory, isTaught: mode == .taught,
                    goesOn: { _ in goesOn() }))
            if case .paused = outcome { return last }
        } catch {
            logger.error("sweep for duplicates failed", metadata: ["code": .string(Problem.code(of: error))])
        }
        return today
    }
}
