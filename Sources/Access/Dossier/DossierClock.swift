import Civil

/// Thời hạn của hồ sơ: how the legal clock of a file stands.
package enum DossierClock: Hashable, Sendable {
    /// The law states no time, or the file has ended.
    case none
    /// Ngày hẹn trả: the last day in time.
    case running(due: CalendarDate)
    /// The file waits for its applicant; that many working days are left, negative when it was late before.
    case paused(left: Int)

    package var due: CalendarDate? {
        if case .running(let due) = self { due } else { nil }
    }
}

extension Dossier {
    /// The day of receipt is not counted, nor any day on which the file waits for its applicant.
    package var clock: DossierClock {
        guard isOpen, var left = workingDays else { return .none }
        var from = received.dayInVietnam
        var isPaused = false
        for step in steps {
            let day = max(from, step.at.dayInVietnam)
            switch (step.stage == .waiting, isPaused) {
            case (true, false): left -= day.workingDays(since: from)
            case (false, true): break
            default: continue
            }
            from = day
            isPaused.toggle()
        }
        return isPaused ? .paused(left: left) : .running(due: from.advanced(byWorkingDays: left))
    }
}
