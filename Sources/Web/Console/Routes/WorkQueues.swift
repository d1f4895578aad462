import Access
import Cards
import Civil
import Ledger
import Population

/// Hàng đợi của tôi: how much of each kind of work waits for an officer, and when the oldest of it is due.
struct WorkQueues: Sendable {
    let register: PopulationRegister
    let access: AccessRegister
    let cards: CardRegister

    func all(of admission: Admission) async throws -> [QueuesPage.Queue] {
        try await files(admission) + approvals(admission) + returned(admission) + roles(admission)
            + identityCards(admission)
            + supplies(admission) + rows(admission) + duplicates(admission) + alarms(admission) + seals(admission)
            + exports(admission)
            + emergency(admission) + audit(admission)
    }

    private func files(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.openDossier) else { return [] }
        let counts = try await access.dossierCounts(by: admission.requester(for: SearchGround.duty))
        func queue(
            _ title: Sentence, _ what: Sentence, _ queue: DossierQueue
        ) -> QueuesPage.Queue {
            QueuesPage.Queue(
                title: title, what: what, path: DossiersPage.path(of: queue), count: counts[queue].count,
                oldestDue: counts[queue].oldestDue)
        }
        return [
            queue(
                Sentence("Hồ sơ trả lại tôi", "Files returned to me"),
                Sentence("Đồng nghiệp đề nghị làm lại.", "A colleague wants something done anew."), .returned),
            queue(
                Sentence("Hồ sơ quá hạn", "Overdue files"),
                Sentence("Hồ sơ của cơ quan đã quá ngày hẹn trả.", "The office's files past their due date."),
                .overdue),
            queue(
                Sentence("Hồ sơ tôi thụ lý", "Files in my hands"),
                Sentence("Hồ sơ đang mở do tôi giải quyết.", "Open files that I answer for."), .mine),
        ]
    }

    private func approvals(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.approve) else { return [] }
        let waiting = try await register.approvals(waitingFor: admission.requester(for: SearchGround.duty))
        return [
            QueuesPage.Queue(
                title: ApprovalsPage.title,
                what: Sentence("Việc cần người thứ hai phê duyệt.", "What needs a second person."),
                path: "/approvals", count: waiting.count, oldestDue: waiting.first?.expires.dayInVietnam)
        ]
    }

    /// What was asked of a second person and not granted; the queue is there while there is some.
    private func returned(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        let back = try await register.approvals(returnedTo: admission.requester(for: SearchGround.duty))
        guard !back.isEmpty else { return [] }
        return [
            QueuesPage.Queue(
                title: Sentence("Đề nghị trả lại tôi", "Requests returned to me"),
                what: Sentence(
                    "Bị từ chối hoặc hết hạn; mở ra để xem lý do và đề nghị lại.",
                    "Rejected or expired; open them for the reason, and ask again."),
                path: "/approvals#asked", count: back.count)
        ]
    }

    /// Roles are asked for seldom: the queue is there while one waits.
    private func roles(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        let waiting = try await access.roleChanges(waitingFor: admission.requester(for: SearchGround.duty))
        guard let first = waiting.first else { return [] }
        return [
            QueuesPage.Queue(
                title: RoleChangesPage.title,
                what: Sentence("Vai trò của cán bộ cần người thứ hai.", "Officers' roles that need a second person."),
                path: "/role-changes", count: waiting.count, oldestDue: first.expires.dayInVietnam)
        ]
    }

    private func identityCards(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        let role = admission.session.grant.role
        guard role.may(.applyForCard) || role.may(.decideOnCard) || role.may(.deliverCards) else { return [] }
        let counts = try await cards.counts(by: admission.requester(for: SearchGround.duty))
        func queue(_ title: Sentence, _ what: Sentence, _ count: Int, due: CalendarDate? = nil) -> QueuesPage.Queue {
            QueuesPage.Queue(title: title, what: what, path: CardsPage.path, count: count, oldestDue: due)
        }
        return [
            counts.toDecide.map { count in
                queue(
                    Sentence("Hồ sơ cấp thẻ chờ duyệt", "Card applications to decide"),
                    Sentence("Hồ sơ thẻ căn cước đã trình.", "Applications for identity cards."), count,
                    due: counts.firstDue)
            },
            counts.toFinish.map { count in
                queue(
                    Sentence("Hồ sơ cấp thẻ dở dang", "Card applications begun"),
                    Sentence("Đã tiếp nhận, chưa trình duyệt.", "Taken and not submitted."), count)
            },
            counts.toHandOver.map { count in
                queue(
                    Sentence("Thẻ chờ trả", "Cards to hand over"),
                    Sentence("Thẻ căn cước đang ở cơ quan.", "Identity cards that lie at the office."), count)
            },
        ].compactMap { $0 }
    }

    private func supplies(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.keepBlanks) else { return [] }
        let today = register.surroundings.today
        let due = try await cards.supplies(by: admission.requester(for: SearchGround.duty))
            .filter { $0.isDue(on: today) }
        return [
            QueuesPage.Queue(
                title: Sentence("Vật tư phải đặt", "Supplies to order"),
                what: Sentence("Ruy băng, màng phủ, phong bì sắp hết.", "Ribbons, laminate, envelopes that run out."),
                path: StockPage.path, count: due.count, oldestDue: due.first?.orderBy(from: today))
        ]
    }

    private func alarms(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.reviewLooks) else { return [] }
        return [
            QueuesPage.Queue(
                title: AlarmsPage.title,
                what: Sentence(
                    "Tài khoản tra cứu theo số quá nhiều lần.", "Accounts that looked people up too often by number."),
                path: "/alarms", count: try await access.openAlarms()),
            QueuesPage.Queue(
                title: Sentence("Tra cứu không có hồ sơ", "Looks without a file"),
                what: Sentence(
                    "Mục đích do cán bộ tự nêu; soát xét trong nhật ký.",
                    "For purposes that officers stated themselves."),
                path: "/audit?stated=yes", count: 0),
        ]
    }

    private func seals(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.sealPersons) else { return [] }
        let waiting = try await register.seals(waitingFor: admission.requester(for: SearchGround.duty))
        return [
            QueuesPage.Queue(
                title: SealsPage.title,
                what: Sentence(
                    "Niêm phong, gỡ niêm phong chờ người thứ hai.", "Sealing and lifting that need a second person."),
                path: "/seals", count: waiting.count, oldestDue: waiting.first?.expires.dayInVietnam)
        ]
    }

    private func exports(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.exportPersons) else { return [] }
        let waiting = try await register.exports(waitingFor: admission.requester(for: SearchGround.duty))
        return [
            QueuesPage.Queue(
                title: ExportsPage.title,
                what: Sentence(
                    "Danh sách người của một đơn vị, cần người thứ hai.",
                    "The people of a unit as a file; needs a second person."),
                path: "/exports", count: waiting.count, oldestDue: waiting.first?.expires.dayInVietnam)
        ]
    }

    /// What waits for approval or review; for the others it is the way to the page.
    private func emergency(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        let rights = EmergencyPage.Rights(admission.session.grant.role)
        guard rights.isAny else { return [] }
        let requester = admission.requester(for: SearchGround.duty)
        var count = try await register.emergencies(waitingFor: requester).count
        if rights.reviews {
            let reviews = try await register.emergencyReviews(by: requester)
            count += reviews.waiting(at: register.surroundings.now())
        }
        return [
            QueuesPage.Queue(
                title: EmergencyPage.title,
                what: Sentence(
                    "Xem hồ sơ ngoài quyền trong một giờ, có hai người phê duyệt và soát xét sau.",
                    "Records beyond one's rights for an hour, approved by two, reviewed afterwards."),
                path: "/emergency", count: count)
        ]
    }

    /// Nothing waits there; it is the way to the page.
    private func audit(_ admission: Admission) -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.readAudit) else { return [] }
        return [
            QueuesPage.Queue(
                title: AuditPage.title,
                what: Sentence("Ai đã tra cứu ai, ai đã ghi việc gì.", "Who looked at whom, who recorded what."),
                path: "/audit", count: 0)
        ]
    }

    private func duplicates(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.reviewDuplicates) else { return [] }
        let waiting = try await register.duplicateCount(for: admission.requester(for: SearchGround.duty))
        return [
            QueuesPage.Queue(
                title: DuplicatesPage.title,
                what: Sentence(
                    "Hai bản ghi có thể là một người.", "Two records that may be one person's."),
                path: DuplicatesPage.path, count: waiting)
        ]
    }

    private func rows(_ admission: Admission) async throws -> [QueuesPage.Queue] {
        guard admission.session.grant.role.may(.reviewRows) else { return [] }
        let held = try await register.waitingRows(by: admission.requester(for: SearchGround.duty))
        return [
            QueuesPage.Queue(
                title: Sentence("Phiếu chờ xem xét", "Rows held for review"),
                what: Sentence(
                    "Phiếu thu thập chưa thành người trong cơ sở dữ liệu.", "Sheets that did not become a person yet."),
                path: HeldRowsPage.path, count: held)
        ]
    }
}
