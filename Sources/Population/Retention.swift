import Civil
import Database
import Ledger

/// Why nothing is taken away by a retention rule.
package enum RetentionRefusal: ExplainedRefusal, CaseIterable {
    case basisMissing
    case cutInFuture
    case actNotFound
    case contentGone
    /// The record rests on this act, or the law keeps it for ever.
    case contentKept

    package var code: String {
        switch self {
        case .basisMissing: "legal_basis_missing"
        case .cutInFuture: "retention_in_future"
        case .actNotFound: "act_not_found"
        case .contentGone: "content_removed_already"
        case .contentKept: "content_kept"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .basisMissing:
            Sentence("Chưa nêu căn cứ pháp lý; ghi văn bản và điều.", "No legal basis; name the document and article.")
        case .cutInFuture:
            Sentence(
                "Chỉ xóa được lượt tra cứu của những ngày đã qua; chọn ngày sớm hơn.",
                "Only looks of days that are over can go; name an earlier day.")
        case .actNotFound: Sentence("Không có sự việc này; kiểm tra mã.", "There is no such act; check its number.")
        case .contentGone:
            Sentence(
                "Nội dung của sự việc này đã được xóa; không cần làm gì thêm.",
                "The content of this act is removed already; nothing is left to do.")
        case .contentKept:
            Sentence(
                "Nội dung loại sự việc này phải lưu vĩnh viễn; nếu sai thì cải chính hoặc hủy bỏ sự việc.",
                "The content of this kind of act is kept for ever; if it is wrong, correct or annul the act.")
        }
    }
}

extension ActKind {
    /// Whether a retention rule may take the content away.
    ///
    /// What a record begins with, numbers, civil status and residence are kept for ever (Nghị định 70/2024/NĐ-CP,
    /// Điều 11 khoản 11; Nghị định 154/2024/NĐ-CP, Điều 13); short stays, absences and details that a citizen gave
    /// beside them are not.
    package var isContentRemovable: Bool {
        switch self {
        case .stayNotified, .absenceDeclared, .detailsChanged, .detailsCorrected, .setAside: true
        case .collected, .registeredAtBirth, .numberAssigned, .numberCancelled, .numberReestablished,
            .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .moved,
            .householdFormed, .householdSplit, .headOfHouseholdChanged, .householdMemberJoined, .householdMemberLeft,
            .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .nationalityChanged,
            .declaredMissing, .returned, .died, .mergedWith, .unmerged, .annulled, .findingNoted, .relativeLinked,
            .eventConfirmed, .batchReceived,
            .sheetHeld, .sheetDecided, .retentionRuled, .registerChanged, .accessChanged, .cardChanged:
            false
        }
    }
}

extension ActContent {
    /// Of changed and corrected details, only those that are told beside the civil-status book can go.
    fileprivate var isRemovable: Bool {
        let beside: Set<PersonDetails.Field> = [.phone, .email, .religion, .bloodGroup]
        return switch self {
        case .detailsChanged(let change): change.details.stated.isSubset(of: beside)
        case .detailsCorrected(let correction): correction.details.stated.isSubset(of: beside)
        default: kind.isContentRemovable
        }
    }
}

extension PopulationRegister {
    /// Looks that are deleted in one transaction.
    private static let looksPerPiece = 5_000

    /// Xóa lượt tra cứu hết thời hạn lưu giữ: takes away the looks before a day, under a legal basis; how many.
    ///
    /// An interrupted removal is finished by the same call. The rule is an act; `ruled` is called once it is recorded
    /// and before anything goes, so that the log has it first.
    package func retainLooks(
        from day: CalendarDate, legalBasis: String, by actor: Actor, dryRun: Bool = false,
        ruled: @Sendable () async throws -> Void = {}
    ) async throws -> Int {
        let acts = acts
        let basis = try RetentionRefusal.stated(legalBasis)
        guard day <= surroundings.today else { throw RetentionRefusal.cutInFuture }
        let cut = Instant(startOf: day)
        let now = surroundings.now()
        if dryRun {
            return try await database.read {
                try RetentionStore(connection: $0, acts: acts, actor: actor).looks(before: cut)
            }
        }
        try await database.write {
            try RetentionStore(connection: $0, acts: acts, actor: actor)
                .rule(looksBefore: cut, legalBasis: basis, at: now)
        }
        try await ruled()
        var total = 0
        while true {
            let count = try await database.write {
                try RetentionStore(connection: $0, acts: acts, actor: actor)
                    .deleteLooks(before: cut, atMost: PopulationRegister.looksPerPiece)
            }
            total += count
            if count < PopulationRegister.looksPerPiece { return total }
        }
    }

    /// Xóa nội dung sự việc: takes the content of an act away under a legal basis, and folds its persons anew.
    ///
    /// The envelope stays in the log with its commitment; whoever has the content can still prove that it stood there.
    package func removeContent(
        of id: ActID, legalBasis: String, by actor: Actor, dryRun: Bool = false
    ) async throws -> Act {
        let basis = try RetentionRefusal.stated(legalBasis)
        let acts = acts
        let now = surroundings.now()
        return try await database.write { connection in
            guard let stored = try acts.act(id, on: connection) else { throw RetentionRefusal.actNotFound }
            guard stored.act.kind.isContentRemovable else { throw RetentionRefusal.contentKept }
            guard let content = stored.content else { throw RetentionRefusal.contentGone }
            guard try ActContent(kind: stored.act.kind, canonicalBytes: content).isRemovable else {
                throw RetentionRefusal.contentKept
            }
            if dryRun { return stored.act }
            try RetentionStore(connection: connection, acts: acts, actor: actor)
                .removeContent(of: id, legalBasis: basis, at: now)
            let streams = Streams(acts: acts, connection: connection)
            for subject in stored.act.subjects.map(\.subject) where subject.kind == .person {
                guard let state = try PersonFold.state(of: subject.id, acts: try streams.acts(of: subject)) else {
                    continue
                }
                try PersonStore().update(state, from: nil, on: connection)
            }
            return stored.act
        }
    }
}

extension RetentionRefusal {
    fileprivate static func stated(_ legalBasis: String) throws(RetentionRefusal) -> String {
        guard let line = PlainLine.parse(legalBasis, longest: 500) else { throw .basisMissing }
        return line
    }
}
