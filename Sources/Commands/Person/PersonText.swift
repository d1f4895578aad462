import Civil
import Ledger
import Population
import Web

/// Records as people read them at a terminal.
enum PersonText {
    static func person(_ answer: PersonAnswer, in register: PopulationRegister) -> String {
        let state = answer.state
        let details = state.details
        var rows: [[String]] = []
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { rows.append([label, value]) }
        }
        add("Mã tra cứu / handle", answer.handle)
        add("Số định danh / number", state.number ?? "chưa có / none")
        for cancelled in state.cancelledNumbers {
            add("Số đã hủy / cancelled", "\(cancelled.number) (\(cancelled.ground?.rawValue ?? "merged"))")
        }
        add("Họ và tên / name", details.name)
        add("Tên gọi khác / other name", details.otherName)
        add("Ngày sinh / born", details.birth?.description)
        add("Giới tính / sex", details.sex.map { "\($0.vietnamese) / \($0.english)" })
        add("Tình trạng / life", life(state.life))
        add("Dân tộc / ethnicity", details.ethnicity?.entry?.vietnamese)
        add("Tôn giáo / religion", details.religion?.entry?.vietnamese)
        add("Quốc tịch / nationality", details.nationality?.entry?.vietnamese)
        add("Hôn nhân / marital status", details.maritalStatus?.vietnamese)
        add("Nhóm máu / blood group", details.bloodGroup?.rawValue)
        add("Số CMND / old number", details.oldNumber)
        add("Nơi ĐKKS / birth registered", address(details.birthRegistrationPlace, register))
        add("Nơi sinh / born at", address(details.birthPlace, register))
        add("Quê quán / origin", address(details.origin, register))
        add("Số điện thoại / phone", details.phone)
        add("Thư điện tử / e-mail", details.email)
        add("Thường trú / permanent", residence(state.permanentResidence, register))
        add("Tạm trú / temporary", residence(state.temporaryResidence, register))
        add("Nơi ở hiện tại / current", residence(state.currentResidence, register))
        add("Lưu trú / stay", residence(state.stay, register))
        if let absence = state.absence {
            add("Tạm vắng / absent", absence.reason + period(absence.since, absence.until))
        }
        add("Số hồ sơ cư trú / residence file", details.residenceFileNumber)
        if let household = state.household {
            add("Hộ / household", answer.households[household.household])
            add("Quan hệ với chủ hộ / relation", household.relation?.vietnamese)
        }
        add("Cha / father", relative(state.father, answer))
        add("Mẹ / mother", relative(state.mother, answer))
        add("Vợ, chồng / spouse", relative(state.spouse, answer))
        for parent in state.recognisedParents ?? [] {
            add("Cha, mẹ nhận sau / recognised parent", relative(parent, answer))
        }
        for parent in state.adoptiveParents { add("Cha, mẹ nuôi / adoptive parent", relative(parent, answer)) }
        let children = Set(answer.children + state.children.compactMap(\.person)).compactMap { answer.persons[$0] }
        for child in children.sorted() { add("Con / child", child) }
        add("Người giám hộ / guardian", relative(state.guardian, answer))
        for ward in state.wards { add("Người được giám hộ / ward", relative(ward, answer)) }
        if let merged = state.mergedInto { add("Đã hợp nhất vào / merged into", answer.persons[merged]) }
        for merged in state.mergedFrom { add("Đã nhận hợp nhất / merged from", answer.persons[merged]) }
        add("Chờ xem xét / set aside", state.setAside)
        for rule in state.contradictedRules {
            add("Mâu thuẫn / contradiction", "\(rule.code): \(rule.sentence.vietnamese)")
        }
        add("Biên nhận lượt tra cứu / receipt", String(answer.receipt))
        let banner =
            register.kind == .demonstration
            ? "Cơ sở dữ liệu trình diễn: người trong đây không có thật. / Demonstration register: invented people.\n"
            : ""
        return banner + Console.table(rows)
    }

    static func history(_ answer: HistoryAnswer) -> String {
        let rows = answer.entries.map { entry in
            [
                String(entry.version), entry.act.effective?.description ?? "—",
                String(entry.act.recorded.iso.prefix(19)),
                entry.act.kind.rawValue, "\(entry.act.actor.role) @ \(entry.act.actor.office)", entry.act.legalBasis,
                "act \(entry.act.id.rawValue)",
            ]
        }
        let heading = [
            "#", "hiệu lực/effective", "ghi nhận/recorded", "sự việc/kind", "người ghi/by", "căn cứ/basis", "",
        ]
        return Console.table([heading] + rows) + "\nBiên nhận / receipt: \(answer.receipt)"
    }

    static func household(_ answer: HouseholdAnswer, in register: PopulationRegister) -> String {
        var lines = ["Hộ / household  \(answer.handle)"]
        if let text = address(answer.state.address, register) { lines.append("Địa chỉ / address  \(text)") }
        lines.append(members(answer.members))
        lines.append("* chủ hộ / head.  Biên nhận / receipt: \(answer.receipt)")
        return lines.joined(separator: "\n")
    }

    private static func members(_ members: [HouseholdAnswer.Member]) -> String {
        Console.table(
            members.map { member in
                [
                    member.isHead ? "*" : " ", member.person.details.name ?? "—",
                    member.person.details.birth?.description ?? "—", member.relation?.vietnamese ?? "—", member.handle,
                ]
            })
    }

    static func dwelling(_ answer: DwellingAnswer, in register: PopulationRegister) -> String {
        var lines = ["Chỗ ở / dwelling  \(address(answer.address, register) ?? answer.address.written)"]
        for household in answer.households {
            lines.append(
                "Hộ / household  \(household.handle)  \(household.since) – \(household.until?.description ?? "")")
            if !household.members.isEmpty { lines.append(members(household.members)) }
        }
        for resident in answer.residents {
            lines.append(
                "\(resident.kind.title.vietnamese) / \(resident.kind.title.english)  "
                    + "\(resident.person.details.name ?? "—")  \(resident.since) – "
                    + "\(resident.until?.description ?? "")  \(resident.handle)")
        }
        if answer.hidden > 0 { lines.append("Không hiện / not shown: \(answer.hidden)") }
        if answer.isCut { lines.append("Còn nữa / there are more.") }
        lines.append("* chủ hộ / head.  Biên nhận / receipt: \(answer.receipt)")
        return lines.joined(separator: "\n")
    }

    private static func life(_ life: PersonState.Life) -> String {
        let since = life.since.map { " (\($0))" } ?? ""
        return switch life.status {
        case .living: "còn sống / living"
        case .missing: "mất tích / missing" + since
        case .dead: "đã chết / dead" + since
        }
    }

    /// The address as written; behind it the unit that it was found to name, and what became of that unit.
    private static func address(_ address: Address?, _ register: PopulationRegister) -> String? {
        guard let address else { return nil }
        guard let unit = address.unit else { return "\(address.written)  [chưa rõ đơn vị / unit not certain]" }
        var text =
            "\(address.detail.isEmpty ? "" : address.detail + ", ")\(register.units.path(of: unit)) [\(unit.code)]"
        switch register.units.successors(of: unit, on: register.surroundings.today) {
        case .one(let successor): text += " → \(register.units.path(of: successor.code)) [\(successor.code.code)]"
        case .candidates(let units, _): text += " → \(units.map(\.name).joined(separator: " | "))"
        case .same, .none: break
        }
        return text
    }

    private static func residence(
        _ residence: PersonState.Residence?, _ register: PopulationRegister
    ) -> String? {
        guard let residence, let text = address(residence.address, register) else { return nil }
        return text + period(residence.since, residence.until)
    }

    private static func period(_ since: PartialDate?, _ until: PartialDate?) -> String {
        (since.map { ", từ / since \($0)" } ?? "") + (until.map { ", đến / until \($0)" } ?? "")
    }

    private static func relative(_ reference: PersonReference?, _ answer: PersonAnswer) -> String? {
        guard let reference else { return nil }
        let handle = reference.person.flatMap { answer.persons[$0] }
        return [reference.name, reference.number, handle].compactMap { $0 }.joined(separator: "  ")
    }
}
