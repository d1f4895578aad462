import Civil
import Ledger
import Population

/// Biểu mẫu đã đọc: the act that is asked for, or for each field what to do.
package struct GuidedReading: Sendable {
    /// Nil while there are errors.
    package let request: ActRequest?
    package let errors: [FieldError]
    package let summary: [SummaryRow]
    package let count: FieldCount
}

extension GuidedForm {
    /// Reads what was typed into the act that it asks for.
    package func read(_ input: FormInput, for subject: FormSubject, in language: PageLanguage) -> GuidedReading {
        let words = ValueWords(language, units: subject.units)
        let groups = groups(for: subject)
        var reader = FormReader(groups, subject: subject, words: words, input: input)
        let content = content(&reader, groups, subject)
        let summary = reader.summary(groups, changedOnly: self == .correction)
        let request = ActRequest(
            kind: kind, effective: reader.date("effective"), legalBasis: legalBasis,
            persons: self == .birth || self == .marriage || self == .divorce || self == .unmerge
                ? nil : [subject.answer.handle],
            content: content)
        return GuidedReading(
            request: reader.errors.isEmpty ? request : nil, errors: reader.errors, summary: summary,
            count: reader.count)
    }

    /// The field that a refusal of the register is about, so that it stands beside the field.
    package func error(of refusal: RequestRefusal, for subject: FormSubject, in language: PageLanguage) -> FieldError {
        let plans = groups(for: subject).flatMap(\.fields)
        let plan = plans.first { plan in
            switch (refusal, plan.kind) {
            case (.unknownPerson, .person), (.unknownHousehold, .person), (.unresolvedAddress, .place),
                (.communeMissing, .place):
                true
            default: false
            }
        }
        return FieldError(field: plan?.inputs.first ?? "main", text: language.of(refusal.sentence))
    }

    private func content(_ reader: inout FormReader, _ groups: [FormGroup], _ subject: FormSubject) -> JSONValue {
        switch self {
        case .correction:
            return GuidedForm.object(["document": reader.text("ground")])
                .with(corrected(&reader, groups), as: "details")
        case .permanentResidence:
            return GuidedForm.residence(reader)
        case .temporaryResidence, .stay:
            GuidedForm.requirePeriod(&reader, longest: ActRules.longestDays[kind])
            return GuidedForm.residence(reader)
        case .absence:
            GuidedForm.requirePeriod(&reader, longest: nil)
            return GuidedForm.object(["reason": reader.text("reason"), "until": reader.text("until")])
        case .birth: return birth(&reader)
        case .death:
            return GuidedForm.object(["certificate": GuidedForm.certificate(reader), "note": reader.text("note")])
        case .marriage, .divorce: return couple(&reader, subject)
        case .householdSplit:
            let members = reader.members("members")
            var content = GuidedForm.household(members, "split_from", subject)
            if let address = reader.text("address") { content["address"] = .string(address) }
            if let all = subject.household?.members.count, members.count == all {
                reader.fail(
                    "members",
                    Sentence("Để lại ít nhất một người ở hộ cũ.", "Leave at least one person in the old household."))
            }
            return .object(content)
        // The register draws the number.
        case .numberAssigned: return .object([:])
        case .numberCancelled: return GuidedForm.cancellation(reader, of: "number")
        case .numberReestablished: return GuidedForm.cancellation(reader, of: "replaces")
        case .annulment: return GuidedForm.object(["act": reader.text("act"), "reason": reader.text("reason")])
        case .householdJoin:
            return GuidedForm.object([
                "household": reader.text("member"), "person": subject.answer.handle,
                "relation": reader.text("relation"),
            ])
        case .householdLeave:
            return GuidedForm.object(["household": subject.household?.handle, "person": subject.answer.handle])
        case .unmerge:
            return GuidedForm.object(["duplicate": reader.text("duplicate"), "into": subject.answer.handle])
        case .headChange:
            return .object(GuidedForm.household(reader.members("members"), "household", subject))
        }
    }

    private static func object(_ members: [String: String?]) -> JSONValue {
        var object: JSONMembers = [:]
        for (name, text) in members { object[name] = text.map { .string($0) } }
        return .object(object)
    }

    private static func cancellation(_ reader: FormReader, of name: String) -> JSONValue {
        object([
            name: reader.text("number"), "ground": reader.text("cancellation-ground"),
            "document": reader.text("ground"),
        ])
        .with(.bool(reader.answers["requested"] == .yes), as: "requested")
    }

    private static func residence(_ reader: FormReader) -> JSONValue {
        let consents = ResidenceConsent.allCases.filter { reader.answers["consent-\($0.rawValue)"] == .yes }
        return object([
            "address": reader.text("address"), "until": reader.text("until"), "reason": reader.text("reason"),
        ]).with(consents.isEmpty ? nil : .array(consents.map { .string($0.rawValue) }), as: "consents")
    }

    /// The end comes after the beginning, and no later than the law allows.
    private static func requirePeriod(_ reader: inout FormReader, longest: Int?) {
        guard let since = reader.date("effective")?.earliest, let until = reader.date("until") else { return }
        if until.latest < since {
            reader.fail(
                "until-day",
                Sentence("Ghi ngày kết thúc sau ngày bắt đầu.", "Write an end that comes after the beginning."))
        } else if let longest, until.latest > since.advanced(byDays: longest) {
            reader.fail(
                "until-day",
                Sentence(
                    "Ghi ngày kết thúc \(longest < 30 ? "chưa đến 30 ngày" : "trong vòng hai năm") kể từ ngày bắt đầu.",
                    "Write an end \(longest < 30 ? "less than 30 days" : "within two years") from the beginning."))
        }
    }

    /// `Số 12/2026, quyển 01/2026, UBND xã …, 03/02/2026`: Vietnamese always, since it is kept with the act.
    private static func certificate(_ reader: FormReader) -> String? {
        guard let number = reader.text("document-number") else { return nil }
        let date = reader.date("document-date")?.dayFirst
        return [
            "Số \(number)", reader.text("document-book").map { "quyển \($0)" }, reader.text("document-office"), date,
        ].compactMap { $0 }.joined(separator: ", ")
    }

    // MARK: Details

    private static let corrected: [(field: String, name: String)] = [
        ("name", "name"), ("other-name", "other_name"), ("birth", "birth"), ("sex", "sex"),
        ("marital", "marital_status"), ("ethnicity", "ethnicity"), ("nationality", "nationality"),
        ("origin", "origin"), ("birth-place", "birth_place"), ("phone", "phone"), ("email", "email"),
        ("residence-file", "residence_file_number"),
    ]

    private func corrected(_ reader: inout FormReader, _ groups: [FormGroup]) -> JSONValue {
        let plans = Dictionary(groups.flatMap(\.fields).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var details: JSONMembers = [:]
        for (field, name) in GuidedForm.corrected {
            guard let plan = plans[field] else { continue }
            if !plan.known.isEmpty, plan.optional, reader.answers[field] == nil,
                !reader.errors.contains(where: { plan.inputs.contains($0.field) })
            {
                reader.fail(
                    plan,
                    Sentence(
                        "Ô này có trong cơ sở dữ liệu: ghi giá trị đúng, không để trống.",
                        "The register has a value here: write the right one, do not leave it empty."))
            } else if let text = reader.text(field), !FormDrawing.isKnown(plan, reader.input) {
                details[name] = .string(text)
            }
        }
        if details.count == 0, reader.errors.isEmpty {
            reader.fail(
                "name",
                Sentence("Sửa ít nhất một ô rồi tiếp tục.", "Correct at least one field, then go on."))
        }
        return .object(details)
    }

    // MARK: Civil status

    private func birth(_ reader: inout FormReader) -> JSONValue {
        var details: JSONMembers = [:]
        for (field, name) in [
            ("name", "name"), ("effective", "birth"), ("sex", "sex"),
            ("registered-at", "birth_registration_place"), ("birth-place", "birth_place"),
            ("origin", "origin"), ("ethnicity", "ethnicity"), ("nationality", "nationality"),
        ] {
            if let text = reader.text(field) { details[name] = .string(text) }
        }
        var content: JSONMembers = ["details": .object(details)]
        for parent in ["mother", "father"] {
            if let reference = GuidedForm.reference(reader, parent) { content[parent] = reference }
        }
        if content["mother"] == nil, content["father"] == nil {
            reader.fail(
                "mother-person",
                Sentence("Ghi mẹ hoặc cha theo giấy khai sinh.", "Name mother or father as on the certificate."))
        }
        if let certificate = GuidedForm.certificate(reader) { content["certificate"] = .string(certificate) }
        return .object(content)
    }

    private func couple(_ reader: inout FormReader, _ subject: FormSubject) -> JSONValue {
        let own = JSONValue.object(["person": .string(subject.answer.handle)])
        let other = GuidedForm.reference(reader, "spouse")
        if other == nil {
            reader.fail(
                "spouse-person",
                Sentence(
                    "Ghi số định danh của vợ hoặc chồng, hoặc họ tên khi không có số.",
                    "Enter the spouse's number, or the name where there is none."))
        }
        var content: JSONMembers = ["spouses": .array([own, other].compactMap { $0 })]
        if let certificate = GuidedForm.certificate(reader) { content["certificate"] = .string(certificate) }
        return .object(content)
    }

    private static func reference(_ reader: FormReader, _ name: String) -> JSONValue? {
        let reference = ["person": reader.text("\(name)-person"), "name": reader.text("\(name)-name")]
        return reference.values.contains { $0 != nil } ? object(reference) : nil
    }

    // MARK: Household

    private static func household(
        _ members: [FormAnswer.Member], _ key: String, _ subject: FormSubject
    ) -> JSONMembers {
        var content: JSONMembers = [
            "members": .array(
                members.map {
                    .object(["person": .string($0.handle), "relation": .string($0.relation.rawValue)])
                })
        ]
        if let household = subject.household { content[key] = .string(household.handle) }
        if let head = members.first(where: { $0.relation == .head }) { content["head"] = .string(head.handle) }
        return content
    }
}
