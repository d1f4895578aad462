import Civil

/// Chức năng: what an officer does besides looking at persons and recording acts.
package enum Function: String, CaseIterable, Hashable, Sendable {
    /// Tra cứu theo điều kiện: a search that returns names.
    case searchPersons = "search_persons"
    /// Danh sách việc cần làm: whose data to mend next.
    case seeWorklist = "see_worklist"
    /// Nhập lô phiếu.
    case importBatch = "import_batch"
    /// Rà soát phiếu: the rows of a batch with the sheet as it was written.
    case reviewRows = "review_rows"
    /// Rà soát trùng: two records that may be one person's.
    case reviewDuplicates = "review_duplicates"
    /// Mở hồ sơ.
    case openDossier = "open_dossier"
    /// Phê duyệt.
    case approve
    /// Chỉ số chất lượng: sums, nobody's data.
    case seeQuality = "see_quality"
    case setTargets = "set_targets"
    /// Quy định đang có hiệu lực.
    case seeRules = "see_rules"
    /// Kiểm tra nhật ký: who looked at and did what.
    case readAudit = "read_audit"
    case exportAudit = "export_audit"
    /// Soát xét lượt tra cứu: looks without a file, emergencies, alarms.
    case reviewLooks = "review_looks"
    /// Xuất dữ liệu hàng loạt.
    case exportPersons = "export_persons"
    /// Bảo vệ đặc biệt: sealing somebody's record.
    case sealPersons = "seal_persons"
    /// Đề nghị truy cập khẩn cấp.
    case askEmergency = "ask_emergency"
    case manageOffices = "manage_offices"
    case manageOfficers = "manage_officers"
    /// Cấp, thu hồi vai trò.
    case changeRoles = "change_roles"
    /// Ủy quyền khi vắng mặt.
    case appointDeputy = "appoint_deputy"
    /// Tiếp nhận hồ sơ cấp thẻ: taking applications for identity cards, of people of any place.
    case applyForCard = "apply_for_card"
    /// Duyệt hồ sơ cấp thẻ.
    case decideOnCard = "decide_on_card"
    /// Đặt sản xuất thẻ: the snapshot of the record that a card shows, once it is approved.
    case orderCards = "order_cards"
    /// Sản xuất thẻ: batches, machines, packing.
    case produceCards = "produce_cards"
    /// Kiểm tra chất lượng thẻ: never by whoever makes them.
    case checkCardQuality = "check_card_quality"
    /// Quản lý phôi thẻ.
    case keepBlanks = "keep_blanks"
    /// Tiêu hủy phôi, thẻ.
    case destroyBlanks = "destroy_blanks"
    /// Trả thẻ, thu thẻ cũ, tạm giữ, báo mất.
    case deliverCards = "deliver_cards"
    /// Thu hồi thẻ.
    case revokeCards = "revoke_cards"
    /// Tạm dừng một loạt chip.
    case suspendSeries = "suspend_series"
    /// Kiểm tra tình trạng thẻ.
    case checkCardStatus = "check_card_status"
    /// Cân đối sản xuất thẻ: sums, nobody's data.
    case seeCardFlow = "see_card_flow"

    /// Whether one person may not do it alone.
    package var needsSecondPerson: Bool {
        switch self {
        case .exportPersons, .sealPersons, .changeRoles, .destroyBlanks: true
        // Emergency access has a rule of its own, with two approvers.
        case .searchPersons, .seeWorklist, .importBatch, .reviewRows, .reviewDuplicates, .openDossier, .approve,
            .seeQuality, .setTargets,
            .seeRules, .readAudit, .exportAudit, .reviewLooks, .askEmergency, .manageOffices, .manageOfficers,
            .appointDeputy, .applyForCard, .decideOnCard, .orderCards, .produceCards, .checkCardQuality, .keepBlanks,
            .deliverCards, .revokeCards, .suspendSeries, .checkCardStatus, .seeCardFlow:
            false
        }
    }

    /// Whether it is done for a place, which then must be one of the office's.
    package var isBoundToPlaces: Bool {
        switch self {
        case .seeWorklist, .setTargets, .exportPersons: true
        case .searchPersons, .importBatch, .reviewRows, .reviewDuplicates, .openDossier, .approve, .seeQuality,
            .seeRules, .readAudit,
            .exportAudit, .reviewLooks, .sealPersons, .askEmergency, .manageOffices, .manageOfficers, .changeRoles,
            .appointDeputy, .applyForCard, .decideOnCard, .orderCards, .produceCards, .checkCardQuality, .keepBlanks,
            .destroyBlanks, .deliverCards, .revokeCards, .suspendSeries, .checkCardStatus, .seeCardFlow:
            false
        }
    }
}

extension Role {
    /// The roles that have a function, besides the local operator: the one table role × function.
    package static func holders(of function: Function) -> Set<Role> {
        switch function {
        case .searchPersons: [.communeOfficer, .approver, .provinceAuditor, .ministryOperator]
        case .seeWorklist: [.communeOfficer, .approver, .provinceAuditor, .ministryOperator]
        case .importBatch: [.communeOfficer, .ministryOperator]
        case .reviewRows: [.communeOfficer, .approver, .ministryOperator]
        case .reviewDuplicates: [.communeOfficer, .approver, .ministryOperator]
        case .openDossier: [.communeOfficer, .approver, .ministryOperator]
        case .approve: [.approver, .ministryOperator]
        case .seeQuality:
            [
                .communeOfficer, .approver, .provinceAuditor, .ministryOperator, .dataProtectionOfficer,
                .readOnlyAuditor, .systemAdministrator,
            ]
        case .setTargets: [.provinceAuditor, .ministryOperator]
        case .seeRules: Set(Role.allCases).subtracting([.localOperator])
        case .readAudit: [.provinceAuditor, .dataProtectionOfficer, .readOnlyAuditor]
        case .exportAudit: [.dataProtectionOfficer, .readOnlyAuditor]
        case .reviewLooks: [.dataProtectionOfficer]
        case .exportPersons: [.ministryOperator]
        case .sealPersons: [.approver, .ministryOperator]
        case .askEmergency: [.communeOfficer, .approver, .ministryOperator]
        case .manageOffices, .manageOfficers, .changeRoles: [.systemAdministrator]
        // Whoever works in an office can be absent.
        case .appointDeputy: Set(Role.allCases).subtracting([.localOperator, .civilStatusSystem])
        case .applyForCard, .deliverCards: [.communeOfficer, .ministryOperator]
        case .decideOnCard, .orderCards, .revokeCards: [.approver, .ministryOperator]
        case .produceCards: [.cardProducer]
        case .checkCardQuality: [.qualityController]
        case .keepBlanks, .destroyBlanks: [.stockKeeper]
        case .suspendSeries: [.ministryOperator]
        case .checkCardStatus: [.communeOfficer, .approver, .provinceAuditor, .ministryOperator]
        case .seeCardFlow:
            [
                .communeOfficer, .approver, .provinceAuditor, .ministryOperator, .readOnlyAuditor, .cardProducer,
                .qualityController, .stockKeeper,
            ]
        }
    }

    package func may(_ function: Function) -> Bool {
        self == .localOperator || Role.holders(of: function).contains(self)
    }
}

/// Whether a function may be used, as a value that carries its reason.
package enum FunctionDecision: Hashable, Sendable {
    case allowed(needsSecondPerson: Bool)
    case refused(AccessRefusal)
}

extension AccessPolicy {
    /// Whether `requester` may use a function, for a place where it is bound to one; nil is the whole nation.
    package static func decide(
        _ requester: Requester, use function: Function, for unit: UnitCode? = nil
    ) -> FunctionDecision {
        guard requester.role.may(function) else { return .refused(.roleMayNotDo) }
        if function.isBoundToPlaces, !requester.jurisdiction.reaches([unit].compactMap { $0 }) {
            return .refused(.outsideJurisdiction)
        }
        return .allowed(needsSecondPerson: function.needsSecondPerson && requester.role != .localOperator)
    }

    /// The same as an error, for services.
    package static func require(
        _ requester: Requester, toUse function: Function, for unit: UnitCode? = nil
    ) throws(AccessRefusal) {
        if case .refused(let refusal) = decide(requester, use: function, for: unit) { throw refusal }
    }
}
