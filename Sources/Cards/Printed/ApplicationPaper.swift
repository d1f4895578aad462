import Civil
import Drawing
import Population

/// Giấy tờ CC01, CC02, CC03: what stands on each; the layouts are our own, for the circular's were not at hand.
package struct ApplicationPaper {
    let record: ApplicationRecord
    /// The names of offices by their codes; one that is not among them is named by its code.
    let offices: [String: String]
    let units: UnitDirectory
    let today: CalendarDate
    let isSpecimen: Bool

    package init(
        _ record: ApplicationRecord, offices: [String: String], units: UnitDirectory, today: CalendarDate,
        isSpecimen: Bool
    ) {
        self.record = record
        self.offices = offices
        self.units = units
        self.today = today
        self.isSpecimen = isSpecimen
    }

    /// The paper as a PDF file.
    package func pdf(_ form: ApplicationForm) throws -> [UInt8] { try paper(form).pdf() }

    package func paper(_ form: ApplicationForm) -> Paper {
        switch form {
        case .cc01: collection
        case .cc02: appointment
        case .cc03: refusal
        }
    }

    private var application: CardApplication { record.application }
    private var person: PersonState { record.applicant }
    private var details: PersonDetails { person.details }
    private var opened: CalendarDate { application.opened.dayInVietnam }

    private func office(_ code: String) -> String { offices[code] ?? code }

    private func text(_ address: Address?) -> String? { address.map { units.text(of: $0, on: opened) } }

    private func text(_ day: CalendarDate?) -> String? { day.map { PartialDate($0).dayFirst } }

    private func paper(
        _ form: ApplicationForm, _ size: Paper.Size, _ title: Sentence, _ sections: [Paper.Section]
    ) -> Paper {
        Paper(
            size: size, form: form.rawValue.uppercased(), title: title, office: office(application.office),
            code: application.handle, day: today, sections: sections, isSpecimen: isSpecimen)
    }

    // MARK: CC01

    /// Phiếu thu nhận thông tin căn cước: what the register holds of the applicant, to be checked and signed.
    private var collection: Paper {
        var paper = paper(
            .cc01, .a4, ApplicationForm.cc01.title,
            [identity, residence, family, request])
        paper.portrait = record.portrait?.image
        paper.notes = [
            Sentence(
                "Tôi đã kiểm tra thông tin trên phiếu này và xác nhận là đúng.",
                "I have checked what stands on this sheet and confirm that it is right.")
        ]
        paper.signatures = [
            record.representative == nil
                ? Sentence("Người đề nghị", "Applicant") : Sentence("Người đại diện", "Representative"),
            Sentence("Cán bộ thu nhận", "Officer"),
        ]
        return paper
    }

    private var identity: Paper.Section {
        Paper.Section(
            Sentence("Thông tin công dân", "The citizen"),
            [
                .init(Sentence("Họ, chữ đệm và tên khai sinh", "Full name"), details.name?.uppercased(), strong: true),
                .init(Sentence("Tên gọi khác", "Other name"), details.otherName),
                .init(Sentence("Số định danh cá nhân", "Personal identification number"), person.number, strong: true),
                .init(Sentence("Số CMND 9 số", "Old identity number"), details.oldNumber),
                .init(Sentence("Ngày, tháng, năm sinh", "Date of birth"), details.birth?.dayFirst),
                .init(Sentence("Giới tính", "Sex"), details.sex?.vietnamese),
                .init(Sentence("Quốc tịch", "Nationality"), details.nationality?.entry?.vietnamese),
                .init(Sentence("Dân tộc", "Ethnicity"), details.ethnicity?.entry?.vietnamese),
                .init(Sentence("Tôn giáo", "Religion"), details.religion?.entry?.vietnamese),
                .init(Sentence("Nhóm máu", "Blood group"), details.bloodGroup?.rawValue),
                .init(Sentence("Nơi sinh", "Place of birth"), text(details.birthPlace)),
                .init(
                    Sentence("Nơi đăng ký khai sinh", "Place of birth registration"),
                    text(details.birthRegistrationPlace)),
                .init(Sentence("Quê quán", "Place of origin"), text(details.origin)),
            ])
    }

    private var residence: Paper.Section {
        Paper.Section(
            Sentence("Nơi cư trú", "Residence"),
            [
                .init(Sentence("Nơi thường trú", "Permanent residence"), text(person.permanentResidence?.address)),
                .init(Sentence("Nơi tạm trú", "Temporary residence"), text(person.temporaryResidence?.address)),
                .init(Sentence("Nơi ở hiện tại", "Current residence"), text(person.currentResidence?.address)),
                .init(Sentence("Số điện thoại", "Telephone"), details.phone),
            ])
    }

    private var family: Paper.Section {
        func text(_ relative: PersonReference?) -> String? {
            relative.map { [$0.name, $0.number].compactMap { $0 }.joined(separator: " · ") }
        }
        var rows: [Paper.Row] = [
            .init(Sentence("Tình trạng hôn nhân", "Marital status"), details.maritalStatus?.vietnamese),
            .init(Sentence("Cha", "Father"), text(person.father)),
            .init(Sentence("Mẹ", "Mother"), text(person.mother)),
            .init(Sentence("Vợ, chồng", "Spouse"), text(person.spouse)),
        ]
        if let other = record.representative {
            let reference = PersonReference(name: other.details.name, number: other.number)
            rows.append(.init(Sentence("Người đại diện", "Representative"), text(reference)))
        }
        return Paper.Section(Sentence("Gia đình", "Family"), rows)
    }

    private var request: Paper.Section {
        Paper.Section(
            Sentence("Đề nghị và thu nhận", "Request and capture"),
            [
                .init(Sentence("Trường hợp", "Ground"), both(application.ground.title), strong: true),
                .init(Sentence("Ngày tiếp nhận", "Received on"), text(opened)),
                .init(Sentence("Lệ phí", "Fee"), fee),
                .init(Sentence("Ảnh chân dung", "Portrait"), record.portrait == nil ? "Không thu nhận" : "Đã thu nhận"),
                .init(Sentence("Vân tay", "Fingerprints"), fingers),
                .init(Sentence("Nơi trả thẻ", "Handed over at"), office(application.pickup)),
            ])
    }

    /// The amount, and behind it each reason with where it is written.
    private var fee: String {
        let amount = application.fee == 0 ? "Không thu" : "\(application.fee) đồng"
        guard let lines = record.fee?.lines, !lines.isEmpty else { return amount }
        let reasons = lines.map { line in
            let money = line.amount == 0 || lines.count == 1 ? "" : "\(line.amount) đồng: "
            return "\(money)\(line.vietnamese) (\(line.basis))"
        }
        return "\(amount). " + reasons.joined(separator: "; ")
    }

    private var fingers: String {
        guard record.portrait != nil else { return "Không thu nhận" }
        let taken = record.fingers.filter { $0.reason == nil }.count
        let reasons = MissingFinger.allCases.compactMap { reason -> String? in
            let count = record.fingers.filter { $0.reason == reason }.count
            return count == 0 ? nil : "\(count) ngón \(reason.title.vietnamese)"
        }
        return (["Đã thu nhận \(taken) ngón"] + reasons).joined(separator: "; ")
    }

    private func both(_ sentence: Sentence) -> String { "\(sentence.vietnamese) / \(sentence.english)" }

    // MARK: CC02

    /// Giấy hẹn: where and when to come, and the code by which the application is asked after.
    private var appointment: Paper {
        let isBooking = application.status == .booked
        var rows: [Paper.Row] = [
            .init(Sentence("Người đề nghị", "Applicant"), details.name?.uppercased(), strong: true),
            .init(Sentence("Trường hợp", "Ground"), both(application.ground.title)),
            .init(Sentence("Ngày tiếp nhận", "Received on"), text(opened)),
            .init(
                isBooking
                    ? Sentence("Hẹn đến làm thủ tục ngày", "Come on") : Sentence("Hẹn trả thẻ ngày", "Card ready on"),
                text(isBooking ? record.booked : application.due), strong: true),
            .init(
                Sentence("Tại", "At"), office(isBooking ? application.office : application.pickup), strong: true),
            .init(Sentence("Lệ phí", "Fee"), fee),
        ]
        if let other = record.representative {
            rows.insert(.init(Sentence("Người đại diện", "Representative"), other.details.name), at: 1)
        }
        var paper = paper(
            .cc02, .a5,
            isBooking
                ? Sentence("Giấy hẹn làm thủ tục cấp thẻ căn cước", "Appointment for an identity card")
                : Sentence("Giấy hẹn trả thẻ căn cước", "Slip for an identity card that is being made"),
            [Paper.Section(Sentence("Hẹn", "Appointment"), rows)])
        paper.notes = [
            Sentence(
                "Mang theo giấy này và thẻ cũ, nếu có. Tra cứu tiến độ bằng mã hồ sơ hoặc mã QR ở trên.",
                "Bring this slip and the card before, if there is one. The code above tells how far the application is."
            )
        ]
        paper.signatures = [Sentence("Cán bộ tiếp nhận", "Officer")]
        return paper
    }

    // MARK: CC03

    /// Thông báo từ chối: with the reason as it stands in the decision, which names the article.
    private var refusal: Paper {
        var paper = paper(
            .cc03, .a4,
            ApplicationForm.cc03.title,
            [
                Paper.Section(
                    Sentence("Người đề nghị", "The applicant"),
                    [
                        .init(Sentence("Họ, chữ đệm và tên", "Full name"), details.name?.uppercased(), strong: true),
                        .init(Sentence("Số định danh cá nhân", "Personal identification number"), person.number),
                        .init(Sentence("Ngày, tháng, năm sinh", "Date of birth"), details.birth?.dayFirst),
                        .init(
                            Sentence("Nơi cư trú", "Residence"),
                            text((person.permanentResidence ?? person.currentResidence)?.address)),
                    ]),
                Paper.Section(
                    Sentence("Quyết định", "The decision"),
                    [
                        .init(Sentence("Trường hợp đề nghị", "What was asked for"), both(application.ground.title)),
                        .init(Sentence("Ngày tiếp nhận", "Received on"), text(opened)),
                        .init(Sentence("Ngày từ chối", "Refused on"), text(record.refusal?.day)),
                        .init(
                            Sentence("Lý do và căn cứ pháp luật", "Reason and article of law"), record.refusal?.reason,
                            strong: true),
                    ]),
            ])
        paper.notes = [
            Sentence(
                "Nếu chưa rõ hoặc không đồng ý, đề nghị hỏi cơ quan nêu trên và cho biết mã hồ sơ. Khi đủ điều kiện, "
                    + "có thể đề nghị lại.",
                "If this is not clear or you do not agree, ask the office above and tell it the code. You can apply "
                    + "again when the reason no longer holds.")
        ]
        paper.signatures = [
            Sentence("Người nhận", "Received by"), Sentence("Thủ trưởng cơ quan", "Head of the office"),
        ]
        return paper
    }
}
