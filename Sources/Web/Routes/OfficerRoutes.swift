import Access
import Civil
import HTTPTypes
import Hummingbird
import Ledger
import Population

/// Quản trị qua API: offices, accounts, their roles and sessions, and what waits for a second person.
struct OfficerRoutes: Sendable {
    let register: PopulationRegister
    let access: AccessRegister

    func add(to api: RouterGroup<WebContext>, changes: RouterGroup<WebContext>) {
        addOffices(to: api, changes)
        addOfficers(to: api, changes)
        addRoles(to: api, changes)
    }

    // MARK: Offices

    private func addOffices(to api: RouterGroup<WebContext>, _ changes: RouterGroup<WebContext>) {
        api.get("offices") { request, context in
            let offices = try await access.administeredOffices(
                below: Asking.query("below", request), by: try context.requester())
            return JSONAnswer.response(
                .object([
                    "offices": .array(
                        offices.map { OfficerJSON.office($0.office, officers: $0.officers, register.units) })
                ]))
        }
        changes.post("offices") { request, context in
            let form = try await JSONAnswer.body(OfficeForm.self, of: request)
            let requester = try context.requester()
            guard let since = try Asking.day(form.since, "since") else {
                throw WebRefusal.dateMalformed(field: "since")
            }
            guard let level = OfficeLevel(rawValue: form.level) else { throw WebRefusal.bodyMalformed(field: "level") }
            let unit = try form.unit.map { code throws(AdministrationRefusal) in
                guard let set = register.units.set(on: since), let unit = register.units.unit(UnitCode(code, set))
                else { throw .unitUnknown }
                return unit.code
            }
            try await access.open(
                Office(code: form.office, name: form.name, level: level, unit: unit, since: since), by: requester)
            return try await office(form.office, requester, status: .created)
        }
        api.get("offices/{office}") { _, context in
            try await office(Asking.part("office", context), try context.requester())
        }
        changes.post("offices/{office}/end") { request, context in
            let form = try await JSONAnswer.body(EndForm.self, of: request)
            let (code, requester) = (Asking.part("office", context), try context.requester())
            guard let day = try Asking.day(form.until, "until") else { throw WebRefusal.dateMalformed(field: "until") }
            try await access.closeOffice(code, until: day, by: requester)
            return try await office(code, requester)
        }
    }

    private func office(
        _ code: String, _ requester: Requester, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (periods, holders) = try await access.administered(office: code, by: requester)
        return JSONAnswer.response(
            .object([
                "periods": .array(periods.map { OfficerJSON.office($0, officers: nil, register.units) }),
                "holders": .array(holders.map { OfficerJSON.holder($0.officer, $0.grant) }),
            ]), status: status)
    }

    private struct OfficeForm: RequestBody {
        var office: String
        var name: String
        var level: String
        /// The code of the unit, in the set in force on the day.
        var unit: String?
        var since: String

        enum CodingKeys: CodingKey {
            case office, name, level, unit, since
        }
    }

    private struct EndForm: RequestBody {
        /// The first day on which the office is no more.
        var until: String

        enum CodingKeys: CodingKey {
            case until
        }
    }

    // MARK: Accounts

    private func addOfficers(to api: RouterGroup<WebContext>, _ changes: RouterGroup<WebContext>) {
        changes.post("officers") { request, context in
            let form = try await JSONAnswer.body(EnrolForm.self, of: request)
            let requester = try context.requester()
            _ = try await access.enrol(
                account: form.account, name: form.name, askingFor: try role(form.role), in: form.office,
                until: try end(form.until), by: requester)
            return try await officer(form.account, requester, status: .created)
        }
        api.get("officers/{account}") { _, context in
            try await officer(Asking.part("account", context), try context.requester())
        }
        changes.post("officers/{account}/steps") { request, context in
            let form = try await JSONAnswer.body(StepForm.self, of: request)
            let (account, requester) = (Asking.part("account", context), try context.requester())
            switch form.step {
            case .disable, .enable:
                try await access.setDisabled(form.step == .disable, account, reason: form.reason, by: requester)
            case .endSessions: try await access.endSessions(of: account, reason: form.reason, by: requester)
            }
            return try await officer(account, requester)
        }
        // The link is a secret, which no answer keeps; the next one takes its place.
        api.post("officers/{account}/link") { _, context in
            let link = try await access.issueEnrolment(
                for: Asking.part("account", context), by: try context.requester())
            return JSONAnswer.response(.object(["path": .string("/enrol/\(link)")]), status: .created)
        }
        changes.post("officers/{account}/roles") { request, context in
            let form = try await JSONAnswer.body(RoleForm.self, of: request)
            let requester = try context.requester()
            _ = try await access.ask(
                toGive: try role(form.role), in: form.office, to: Asking.part("account", context),
                until: try end(form.until), by: requester)
            return try await roleChanges(requester)
        }
        changes.post("officers/{account}/roles/{grant}/revoke") { request, context in
            let form = try await JSONAnswer.body(ReasonForm.self, of: request)
            let (account, requester) = (Asking.part("account", context), try context.requester())
            let grant = try Asking.id("grant", context, orThrow: AdministrationRefusal.grantUnknown)
            try await access.revokeOrAsk(grant, of: account, reason: form.reason, by: requester)
            return try await roleChanges(requester)
        }
    }

    private func officer(
        _ account: String, _ requester: Requester, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (entry, isAdministered) = try await access.administered(account: account, by: requester)
        let sessions = isAdministered ? try await access.sessions(of: entry.officer.id) : nil
        return JSONAnswer.response(OfficerJSON.officer(entry, sessions: sessions), status: status)
    }

    private func role(_ text: String) throws(WebRefusal) -> Role {
        guard let role = Role(rawValue: text), role != .localOperator else { throw .bodyMalformed(field: "role") }
        return role
    }

    /// The end of a role's last day.
    private func end(_ text: String) throws -> Instant {
        guard let day = try Asking.day(text, "until") else { throw WebRefusal.dateMalformed(field: "until") }
        return Instant(endOf: day)
    }

    private struct EnrolForm: RequestBody {
        var account: String
        var name: String
        var role: String
        var office: String
        var until: String

        enum CodingKeys: CodingKey {
            case account, name, role, office, until
        }
    }

    private struct RoleForm: RequestBody {
        var role: String
        var office: String
        var until: String

        enum CodingKeys: CodingKey {
            case role, office, until
        }
    }

    private struct StepForm: RequestBody {
        enum Step: String, Decodable {
            case disable, enable
            case endSessions = "end_sessions"
        }

        var step: Step
        var reason: String

        enum CodingKeys: CodingKey {
            case step, reason
        }
    }

    // MARK: Roles

    private func addRoles(to api: RouterGroup<WebContext>, _ changes: RouterGroup<WebContext>) {
        api.get("role-changes") { _, context in try await roleChanges(try context.requester()) }
        changes.post("role-changes/{change}/decision") { request, context in
            let form = try await JSONAnswer.body(VerdictForm.self, of: request)
            let requester = try context.requester()
            let id = try Asking.id("change", context, orThrow: ApprovalRefusal.unknown)
            try await access.decide(roleChange: id, form.verdict, by: requester)
            return try await roleChanges(requester)
        }
        changes.post("deputies") { request, context in
            let form = try await JSONAnswer.body(DeputyForm.self, of: request)
            let requester = try context.requester()
            _ = try await access.ask(toDeputise: form.account, until: try end(form.until), by: requester)
            return try await roleChanges(requester)
        }
    }

    private func roleChanges(_ requester: Requester) async throws -> Response {
        let (waiting, asked) = try await access.roleChanges(by: requester)
        return JSONAnswer.response(OfficerJSON.roleChanges(waiting: waiting, asked: asked))
    }

    private struct DeputyForm: RequestBody {
        var account: String
        /// The last day.
        var until: String

        enum CodingKeys: CodingKey {
            case account, until
        }
    }
}
