import Access
import Civil
import Database
import Ledger

extension CardRegister {
    /// Đề nghị tiêu hủy phôi hỏng, phôi mẫu: nothing is destroyed until another account confirms it.
    package func planDestruction(
        of serials: [String], note: String, by requester: Requester
    ) async throws -> DestructionPlan {
        try AccessPolicy.require(requester, toUse: .destroyBlanks)
        let note = try CardRegister.stated(note, or: BlankRefusal.reasonNeeded)
        return try await plan(by: requester) { desk in
            let blanks = try desk.blanks(serials)
            guard !blanks.isEmpty else { throw BlankRefusal.unknown }
            try desk.requireSpoiled(blanks)
            return try desk.plan(blanks, card: nil, note: note)
        }
    }

    /// Đề nghị tiêu hủy thẻ không trao: after a year without its holder, or at once when it was stopped.
    package func planDestruction(
        card handle: String, note: String, by requester: Requester
    ) async throws -> DestructionPlan {
        try AccessPolicy.require(requester, toUse: .destroyBlanks)
        let note = try CardRegister.stated(note, or: CardLifeRefusal.reasonNeeded)
        return try await plan(by: requester) { desk in
            let card = try desk.piece(handle)
            return try desk.plan([try desk.blankToDestroy(of: card)], card: card, note: note)
        }
    }

    private func plan(
        by requester: Requester, _ body: @escaping @Sendable (CardDesk) throws -> DestructionPlan
    ) async throws -> DestructionPlan {
        do {
            return try await write(by: requester.actor, body)
        } catch DatabaseError.uniqueViolation(let what) where what.contains("blank_") {
            throw BlankRefusal.plannedAlready
        }
    }

    /// Các đề nghị tiêu hủy đang chờ: the oldest first.
    package func destructionPlans(by requester: Requester) async throws -> [DestructionPlan] {
        try AccessPolicy.require(requester, toUse: .keepBlanks)
        return try await database.read { try DestructionStore().open(limit: DestructionStore.mostOpen, on: $0) }
    }

    /// Phôi hỏng chưa có đề nghị tiêu hủy: the serials of spoiled blanks that nobody has planned to destroy.
    package func spoiledBlanksUnplanned(by requester: Requester) async throws -> [String] {
        let planned = Set(try await destructionPlans(by: requester).flatMap(\.serials))
        return try await blanks(.spoiled, by: requester).filter { !planned.contains($0) }
    }

    /// Xác nhận và ghi tiêu hủy: by the second person, who has seen it, in a session of their own.
    package func confirmDestruction(_ id: Int64, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .destroyBlanks)
        try await write(by: requester.actor) { desk in
            let plan = try desk.openPlan(id)
            guard plan.plannedBy != requester.actor.account else { throw BlankRefusal.secondPersonNeeded }
            let blanks = try desk.blanks(plan.serials)
            if let handle = plan.card {
                var card = try desk.piece(handle)
                _ = try desk.blankToDestroy(of: card)
                try desk.end(&card, note: plan.note)
            } else {
                try desk.requireSpoiled(blanks)
            }
            try desk.destroy(blanks, plannedBy: plan.plannedBy, note: plan.note)
            try DestructionStore().decide(
                plan.id, isDestroyed: true, by: requester.actor.account, at: desk.now, on: desk.connection)
        }
    }

    /// Bỏ đề nghị tiêu hủy: by anybody who might have confirmed it, or planned it.
    package func dropDestruction(_ id: Int64, reason: String, by requester: Requester) async throws {
        try AccessPolicy.require(requester, toUse: .destroyBlanks)
        let reason = try CardRegister.stated(reason, or: BlankRefusal.reasonNeeded)
        try await write(by: requester.actor) { desk in
            let plan = try desk.openPlan(id)
            try DestructionStore().decide(
                plan.id, isDestroyed: false, by: requester.actor.account, at: desk.now, on: desk.connection)
            for (lot, serials) in CardDesk.byLot(try desk.blanks(plan.serials)) {
                try desk.append(.destructionDropped(serials: serials, note: reason), about: lot)
            }
        }
    }
}

extension CardDesk {
    fileprivate func openPlan(_ id: Int64) throws -> DestructionPlan {
        guard let plan = try DestructionStore().open(id, on: connection) else { throw BlankRefusal.planUnknown }
        return plan
    }

    fileprivate func requireSpoiled(_ blanks: [Blank]) throws {
        for blank in blanks { _ = try blank.fate.after(.destroy) }
        // A good blank is a card; it is destroyed as one.
        if let good = blanks.first(where: { $0.fate == .good }) { throw BlankRefusal.notNow(.destroy, good.fate) }
    }

    fileprivate func plan(_ blanks: [Blank], card: Card?, note: String) throws -> DestructionPlan {
        let plan = DestructionPlan(
            id: surroundings.randomID(), serials: blanks.map(\.serial.canonical), card: card?.handle, note: note,
            plannedBy: actor.account, planned: now)
        guard
            try DestructionStore().open(limit: DestructionStore.mostOpen, on: connection).count
                < DestructionStore.mostOpen
        else { throw BlankRefusal.tooManyPlans }
        try DestructionStore().insert(plan, card: card?.id, on: connection)
        for (lot, serials) in CardDesk.byLot(blanks) {
            try append(.destructionPlanned(serials: serials, card: card?.handle, note: note), about: lot)
        }
        return plan
    }

    /// The blank of a card that may be destroyed now.
    fileprivate func blankToDestroy(of card: Card) throws -> Blank {
        guard let serial = card.blank, let blank = try BlankStore().blank(serial, on: connection) else {
            throw ProductionRefusal.cardNotNow(.destroy, card.stage)
        }
        _ = try card.stage.after(.destroy)
        // Whose number is another one by now nobody will be handed the card.
        if card.status == .made, try applicant(card.person).number == card.number {
            let since = try FlowStore().entered(card.id, on: connection) ?? card.ordered
            let waited = today.daysSinceEpoch - since.dayInVietnam.daysSinceEpoch
            guard waited >= ProductionLimits.undeliveredDays else { throw CardLifeRefusal.notDueYet }
        }
        return blank
    }

    /// Ends a card that is destroyed, and the application with it: whoever wants one after all applies anew.
    fileprivate func end(_ card: inout Card, note: String) throws {
        try change(&card, .destroy, note: note)
        try move(&card, .destroy, note: note)
        if var application = try ApplicationStore().application(card.application, on: connection),
            application.status.isLiving
        {
            try move(&application, .end, note: note)
        }
    }
}
