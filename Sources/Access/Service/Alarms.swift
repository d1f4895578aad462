import Civil
import Database
import Ledger

extension AccessRegister {
    /// Cảnh báo dò số: those that wait for an answer, the oldest first, and the last that were answered.
    ///
    /// - Parameter place: where the page before ended.
    package func alarms(
        after place: ListPlace? = nil, limit: Int = ListPage<Alarm>.usual, by requester: Requester
    ) async throws -> (open: ListPage<Alarm>, answered: [Alarm]) {
        try AccessPolicy.require(requester, toUse: .reviewLooks)
        return try await database.read { connection in
            let open = try GuessStore().open(after: place, limit: limit + 1, connection)
            return (
                ListPage(open, limit: limit) { ListPlace(["\($0.raised.microseconds)", "\($0.id)"]) },
                try GuessStore().answered(limit: 50, connection)
            )
        }
    }

    /// How many alarms wait for an answer.
    package func openAlarms() async throws -> Int {
        try await database.read { try GuessStore().countOpen($0) }
    }

    /// Ghi nhận cảnh báo: once, with a note of what was found out and done; the note stands in the log as an act.
    package func answer(alarm id: Int64, note: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .reviewLooks)
        let note = note.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...Alarm.longestNote).contains(note.count) else { throw AlarmRefusal.noteMissing }
        let now = surroundings.now()
        do {
            try await database.write { connection in
                guard let alarm = try GuessStore().alarm(id, connection) else { throw AlarmRefusal.unknown }
                guard alarm.answer == nil else { throw AlarmRefusal.answered }
                guard alarm.actor.account != requester.actor.account else { throw AlarmRefusal.own }
                try GuessStore().answer(
                    alarm, Alarm.Answer(actor: requester.actor, answered: now, note: note), on: connection)
                let officer = try OfficerStore().officer(account: alarm.actor.account, connection)
                try append(
                    .alarmAnswered(
                        account: alarm.actor.account, alarm: String(id), kind: alarm.kind.rawValue, note: note),
                    about: officer?.id ?? id, by: requester.actor, on: connection)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("alarm_answer") {
            throw AlarmRefusal.answered
        }
    }
}
