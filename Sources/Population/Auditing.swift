import Access
import Civil
import Database
import Ledger

/// Câu hỏi kiểm tra nhật ký: which entries of one of the two logs.
package struct AuditQuestion: Hashable, Sendable {
    package enum Log: String, CaseIterable, Hashable, Sendable { case looks, acts }

    package var log = Log.looks
    package var account: String?
    package var office: String?
    package var person: Handle?
    /// First and last day, by the clock of Vietnam.
    package var since: CalendarDate?
    package var until: CalendarDate?
    /// Of acts.
    package var kind: ActKind?
    /// A part of the purpose of looks, or of the legal basis of acts.
    package var words: String?
    /// Looks for a citizen that were made in no file.
    package var withoutFile = false

    package init() {}

    /// What was asked, for the entry that the search itself leaves; it names no person.
    var text: String {
        let parts = [
            log.rawValue, account, office, since?.description, until?.description, kind?.rawValue, words,
            withoutFile ? "without file" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

/// Một mục nhật ký cho người kiểm tra: the envelope of a look or an act, persons by handle.
package struct AuditEntry: Hashable, Sendable {
    package let id: Int64
    package let at: Instant
    package let actor: Actor
    /// Nil of a look.
    package let kind: ActKind?
    /// Nil of an act.
    package let purpose: String?
    package let legalBasis: String
    /// The handles of whom it concerns, in its order.
    package let persons: [String]
    /// The names of the fields that a look showed.
    package let fields: [String]

    package init(
        id: Int64, at: Instant, actor: Actor, kind: ActKind?, purpose: String?, legalBasis: String,
        persons: [String], fields: [String]
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.kind = kind
        self.purpose = purpose
        self.legalBasis = legalBasis
        self.persons = persons
        self.fields = fields
    }
}

/// A page of entries, the newest first, with the receipt of the look that reading them is.
package struct AuditAnswer: Sendable {
    package let entries: [AuditEntry]
    /// Where the next page begins; nil at the end.
    package let next: Int64?
    package let receipt: Int64

    package init(entries: [AuditEntry], next: Int64?, receipt: Int64) {
        self.entries = entries
        self.next = next
        self.receipt = receipt
    }
}

/// Vì sao chưa kiểm tra được: why the logs are not read or exported as asked.
package enum AuditRefusal: ExplainedRefusal, CaseIterable {
    /// The words, the account or the office are no plain line, or the days are in the wrong order.
    case malformed
    /// An export without a reason.
    case reasonMissing
    /// More entries than one export holds.
    case tooMany

    package var code: String {
        switch self {
        case .malformed: "audit_question_malformed"
        case .reasonMissing: "audit_reason_missing"
        case .tooMany: "audit_export_too_long"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .malformed:
            Sentence(
                "Điều kiện chưa hiểu được; ghi ngày theo dd/mm/yyyy, ngày đầu trước ngày cuối, mỗi ô một dòng ngắn.",
                "The conditions are not understood; write days as dd/mm/yyyy in order, and a short line in each field.")
        case .reasonMissing:
            Sentence(
                "Xuất nhật ký phải nêu lý do; ghi lý do từ 1 đến 120 ký tự.",
                "An export needs a reason; write 1 to 120 characters.")
        case .tooMany:
            Sentence(
                "Mỗi lần chỉ xuất đến \(PopulationRegister.longestAuditExport) mục; thu hẹp số ngày.",
                "One export holds at most \(PopulationRegister.longestAuditExport) entries; narrow the days.")
        }
    }
}

extension PopulationRegister {
    package static let auditPage = 50
    /// The longest export that one person may make; there is none beyond it.
    package static let longestAuditExport = 5_000

    /// Kiểm tra nhật ký: looks or acts by what their envelopes say, within the requester's places.
    ///
    /// Reading them is itself a look, durable before the answer is given.
    package func audit(
        _ question: AuditQuestion, before: Int64? = nil, by requester: Requester
    ) async throws -> AuditAnswer {
        try AccessPolicy.require(requester, toUse: .readAudit)
        return try await read(question, before: before, limit: PopulationRegister.auditPage, "", by: requester)
    }

    /// Xuất nhật ký: everything that the question finds, up to a limit, with the reason on record.
    package func exportAudit(
        _ question: AuditQuestion, reason: String, by requester: Requester
    ) async throws -> AuditAnswer {
        try AccessPolicy.require(requester, toUse: .exportAudit)
        guard let reason = PlainLine.parse(reason, longest: 120) else { throw AuditRefusal.reasonMissing }
        let answer = try await read(
            question, before: nil, limit: PopulationRegister.longestAuditExport, "; \(reason)", by: requester)
        guard answer.next == nil else { throw AuditRefusal.tooMany }
        return answer
    }

    private func read(
        _ question: AuditQuestion, before: Int64?, limit: Int, _ reason: String, by requester: Requester
    ) async throws -> AuditAnswer {
        for text in [question.account, question.office, question.words].compactMap({ $0 }) {
            guard PlainLine.parse(text, longest: 80) == text else { throw AuditRefusal.malformed }
        }
        if let since = question.since, let until = question.until, until < since { throw AuditRefusal.malformed }
        let looks = looks
        let standings = standings
        let now = surroundings.now()
        return try await database.writeGrouped { connection in
            let sight = AuditSight(requester: requester, now: now, connection: connection)
            var filter = question.filter
            filter.before = before
            filter.offices = try standings.offices(of: requester, connection)
            var named: [Int64] = []
            if let handle = question.person {
                // Nobody of that handle, somebody sealed, and somebody of whom there is nothing: the same empty answer.
                let person = try PersonStore().person(handle: handle, on: connection)?.state.person
                named = try person.map { try sight.seen(of: [$0]) } ?? []
                filter.person = named.first ?? 0
            }
            let entries = try AuditEntries(filter, of: question.log, limit: limit + 1, sight)
            let purpose = Purpose.audit
            let look = try looks.append(
                by: requester.actor, purpose: "\(purpose.text): \(question.text)\(reason)",
                legalBasis: purpose.legalBasis, persons: named, fields: ["audit"], on: connection)
            let page = Array(entries.entries.prefix(limit))
            return AuditAnswer(
                entries: page, next: entries.entries.count > limit ? page.last?.id : nil, receipt: look.id)
        }
    }
}

extension AuditQuestion {
    /// The same for the logs; places and person are found by whoever reads.
    fileprivate var filter: AuditFilter {
        var filter = AuditFilter()
        filter.account = account
        filter.office = office
        filter.since = since.map(Instant.init(startOf:))
        filter.until = until.map(Instant.init(endOf:))
        filter.kind = log == .acts ? kind : nil
        filter.words = words
        filter.purposePrefix = log == .looks && withoutFile ? Purpose.withoutFile : nil
        return filter
    }
}

/// Entries of one log with the handles of whom they concern.
private struct AuditEntries {
    let entries: [AuditEntry]

    init(_ filter: AuditFilter, of log: AuditQuestion.Log, limit: Int, _ sight: AuditSight) throws {
        let connection = sight.connection
        switch log {
        case .looks:
            let looks = try AuditReader.looks(filter, limit: limit, on: connection)
            let handles = try sight.handles(of: looks.flatMap(\.persons))
            entries = looks.map { look in
                AuditEntry(
                    id: look.id, at: look.at, actor: look.actor, kind: nil, purpose: look.purpose,
                    legalBasis: look.legalBasis, persons: look.persons.compactMap { handles[$0] },
                    fields: look.fields)
            }
        case .acts:
            let acts = try AuditReader.acts(filter, limit: limit, on: connection)
            let persons = acts.map { act in
                act.subjects.filter { $0.subject.kind == .person }.map(\.subject.id)
            }
            let handles = try sight.handles(of: persons.flatMap { $0 })
            entries = zip(acts, persons).map { act, persons in
                AuditEntry(
                    id: act.id.rawValue, at: act.recorded, actor: act.actor, kind: act.kind, purpose: nil,
                    legalBasis: act.legalBasis, persons: persons.compactMap { handles[$0] }, fields: [])
            }
        }
    }
}

/// Of whom an auditor is told that entries concern them: of everybody but those who are sealed, unless auditing
/// protection itself.
private struct AuditSight {
    let requester: Requester
    let now: Instant
    let connection: Connection

    func seen(of persons: [Int64]) throws -> [Int64] {
        if requester.role == .dataProtectionOfficer { return persons }
        let seals = try StandingSeals(of: Set(persons), at: now, on: connection)
        return persons.filter { !seals.hides($0, from: requester) }
    }

    func handles(of persons: [Int64]) throws -> [Int64: String] {
        try PersonStore().handles(of: Set(try seen(of: persons)), table: .person, on: connection)
    }
}
