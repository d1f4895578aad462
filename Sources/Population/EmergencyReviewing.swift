import Access
import Civil
import Database
import Ledger

/// The data-protection officer's queue: what was granted, and who is to be told.
package struct EmergencyReviews: Sendable {
    /// Granted and not reviewed, the oldest first; one that still runs is among them.
    package let open: [Emergency]
    /// Reviewed last.
    package let reviewed: [Emergency]
    /// Who has not been told, the first due first.
    package let notices: [Notice]
    package let handles: [Int64: String]

    package init(open: [Emergency], reviewed: [Emergency], notices: [Notice], handles: [Int64: String]) {
        self.open = open
        self.reviewed = reviewed
        self.notices = notices
        self.handles = handles
    }

    /// How much waits: reviews of what has ended, and notices that are due.
    package func waiting(at now: Instant) -> Int {
        open.filter { !$0.isRunning(at: now) }.count + notices.filter { $0.due <= now }.count
    }
}

extension PopulationRegister {
    /// Soát xét truy cập khẩn cấp: every grant waits here until somebody has reviewed it.
    package func emergencyReviews(by requester: Requester) async throws -> EmergencyReviews {
        try AccessPolicy.require(requester, toUse: .reviewLooks)
        return try await database.read { connection in
            let store = EmergencyStore()
            let open = try store.unreviewed(on: connection)
            let reviewed = try store.reviewed(limit: 50, on: connection)
            let notices = try NoticeStore().waiting(on: connection)
            let persons = Set((open + reviewed).flatMap(\.persons) + notices.map(\.person))
            return EmergencyReviews(
                open: open, reviewed: reviewed, notices: notices,
                handles: try PersonStore().handles(of: persons, table: .person, on: connection))
        }
    }

    /// Ghi kết quả soát xét: once, when it has ended; on record as an act.
    ///
    /// - Parameters:
    ///   - day: until the end of which those looked at are not told; nil: they are told in time.
    ///   - why: the reason for that.
    package func review(
        emergency id: Int64, note: String, puttingOffUntil day: CalendarDate? = nil, because why: String = "",
        by requester: Requester
    ) async throws {
        try AccessPolicy.require(requester, toUse: .reviewLooks)
        guard let note = PlainLine.parse(note, longest: Emergency.longestNote) else {
            throw EmergencyRefusal.noteMissing
        }
        let now = surroundings.now()
        let putOff = try PopulationRegister.putOff(until: day, because: why, at: now)
        do {
            try await database.write { connection in
                guard let emergency = try EmergencyStore().emergency(id, on: connection), emergency.grant != nil else {
                    throw EmergencyRefusal.unknown
                }
                guard emergency.review == nil else { throw EmergencyRefusal.reviewed }
                guard !emergency.isRunning(at: now) else { throw EmergencyRefusal.stillRunning }
                let involved = [emergency.asker] + emergency.decisions.map(\.actor)
                guard !involved.contains(where: { $0.account == requester.actor.account }) else {
                    throw EmergencyRefusal.own
                }
                let review = Emergency.Review(actor: requester.actor, reviewed: now, note: note, putOff: putOff)
                try EmergencyStore().review(emergency, review, on: connection)
                try AccessChange.emergencyReviewed(
                    account: emergency.asker.account, note: note, putOffUntil: putOff?.until.iso,
                    putOffReason: putOff?.reason
                ).append(about: id, by: requester.actor, to: acts, on: connection)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("emergency_review") {
            throw EmergencyRefusal.reviewed
        }
    }

    /// Ghi đã thông báo: that somebody who was looked at was told, and how.
    package func tell(emergency id: Int64, _ handle: Handle?, how: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .reviewLooks)
        guard let how = PlainLine.parse(how, longest: Emergency.longestLine) else { throw EmergencyRefusal.noteMissing }
        let now = surroundings.now()
        do {
            try await database.write { connection in
                guard let row = try handle.flatMap({ try PersonStore().person(handle: $0, on: connection) }),
                    let notice = try NoticeStore().waiting(on: connection).first(where: {
                        $0.emergency == id && $0.person == row.state.person
                    })
                else { throw EmergencyRefusal.noticeUnknown }
                try NoticeStore().tell(notice, how: how, by: requester.actor, at: now, on: connection)
                try AccessChange.emergencyTold(person: row.handle, how: how)
                    .append(about: id, by: requester.actor, to: acts, on: connection)
            }
        } catch DatabaseError.uniqueViolation(let what) where what.contains("notice_told") {
            throw EmergencyRefusal.noticeUnknown
        }
    }

    /// A day to come and a reason, or neither.
    private static func putOff(
        until day: CalendarDate?, because why: String, at now: Instant
    ) throws(EmergencyRefusal) -> Emergency.PutOff? {
        let reason = PlainLine.parse(why, longest: Emergency.longestLine)
        if day == nil, why.allSatisfy(\.isWhitespace) { return nil }
        guard let until = day.map(Instant.init(endOf:)), until > now, let reason else { throw .putOffIncomplete }
        return Emergency.PutOff(until: until, reason: reason)
    }
}
