import Civil
import Ledger
import Population
import Testing

@testable import Web

@Suite("Guided forms")
struct GuidedFormTests {
    @Test("a correction asks for what was changed alone, and counts what nobody typed")
    func correction() throws {
        let subject = try ConsoleSamples().subject
        let reading = GuidedForm.correction.read(ConsoleSamples.corrected(subject), for: subject, in: .vietnamese)
        #expect(reading.errors == [])
        let request = try #require(reading.request)
        #expect(request.kind == .detailsCorrected)
        #expect(request.persons == [subject.answer.handle])
        #expect(
            request.content
                == .object([
                    "document": .string("Giấy khai sinh số 12/1990"),
                    "details": .object(["birth": .string("1990-05-18"), "phone": .string("0900000002")]),
                ]))
        #expect(reading.count == FieldCount(fromRegister: 6, typed: 3))
        let birth = try #require(reading.summary.first { $0.href == "#birth-day" })
        #expect(birth.before == "17/05/1990")
        #expect(birth.value == "18/05/1990")
        #expect(
            ActRemarks(request.content ?? .null).lines.map(\.value.vietnamese) == ["Giấy khai sinh số 12/1990"])
    }

    @Test("a correction that changes nothing, or empties a field, is told what to do")
    func emptyCorrection() throws {
        let subject = try ConsoleSamples().subject
        var input = ConsoleSamples.corrected(subject)
        input["birth-day"] = "17"
        input["phone"] = "0900000001"
        let same = GuidedForm.correction.read(input, for: subject, in: .english)
        #expect(same.request == nil)
        #expect(same.errors == [FieldError(field: "name", text: "Correct at least one field, then go on.")])
        input["phone"] = ""
        let emptied = GuidedForm.correction.read(input, for: subject, in: .english)
        #expect(emptied.errors.map(\.field) == ["phone"])
    }

    @Test("a death from its document, in a month whose day nobody knows")
    func death() throws {
        let subject = try ConsoleSamples().subject
        let reading = GuidedForm.death.read(ConsoleSamples.death(), for: subject, in: .vietnamese)
        let request = try #require(reading.request)
        #expect(request.effective == PartialDate(year: 2026, month: 2))
        #expect(
            request.content
                == .object([
                    "certificate": .string("Số 12/2026, UBND phường Hồng Hà, 01/03/2026"), "note": .string("tại nhà"),
                ]))
    }

    @Test("a temporary residence of more than two years is refused beside its field, and the typed text stays")
    func tooLong() throws {
        let subject = try ConsoleSamples().subject
        var input = FormInput([
            "address-commune": "from-2025-07-01/00004", "address-detail": "Số 8", "effective-day": "1",
            "effective-month": "3", "effective-year": "2026", "until-day": "2", "until-month": "3",
            "until-year": "2029", "reason": "đi làm", "consent-applicant": "yes", "consent-owner": "yes",
        ])
        let refused = GuidedForm.temporaryResidence.read(input, for: subject, in: .vietnamese)
        #expect(refused.errors.map(\.field) == ["until-day"])
        let page = GuidedPage(
            frame: try ConsoleSamples().frame("x", .vietnamese), form: .temporaryResidence, subject: subject,
            input: input,
            errors: refused.errors)
        let until = try #require(page.form.groups[0].fields.first { $0.name == "until" })
        #expect(until.date == Field.DateBoxes(day: "2", month: "3", year: "2029", partial: false))
        #expect(until.error == refused.errors[0].text)
        input["until-year"] = "2027"
        let read = try #require(GuidedForm.temporaryResidence.read(input, for: subject, in: .vietnamese).request)
        #expect(read.content?["address"] == .string("Số 8, Phường Ba Đình, Thành phố Hà Nội"))
        #expect(read.content?["until"] == .string("2027-03-02"))
    }

    @Test("a birth takes both parents from the register and asks for neither")
    func birth() throws {
        let subject = try ConsoleSamples().subject
        let groups = GuidedForm.birth.groups(for: subject)
        var typed = groups.flatMap(\.fields).reduce(into: [String: String]()) {
            $0.merge($1.known) { first, _ in first }
        }
        typed.merge([
            "name": "lò  thị em", "effective-day": "1", "effective-month": "3", "effective-year": "2026", "sex": "F",
            "birth-place-commune": "from-2025-07-01/00097", "document-number": "9", "document-office": "UBND",
            "document-date-day": "2", "document-date-month": "3", "document-date-year": "2026",
        ]) { $1 }
        let reading = GuidedForm.birth.read(FormInput(typed), for: subject, in: .vietnamese)
        #expect(reading.errors == [])
        let content = try #require(reading.request?.content)
        #expect(content["details"]?["name"] == .string("Lò Thị Em"))
        #expect(content["mother"]?["person"] == .string(ConsoleSamples.handle(1).text))
        #expect(content["father"]?["person"] == .string(ConsoleSamples.handle(2).text))
        #expect(content["details"]?["birth_registration_place"] == .string("Phường Hồng Hà, Thành phố Hà Nội"))
        #expect(reading.count.fromRegister == 8)
        #expect(reading.count.typed == 7)
    }

    @Test("a split leaves somebody behind and has one head")
    func split() throws {
        let subject = try ConsoleSamples().subject
        let (binh, chi) = (ConsoleSamples.handle(2).text, ConsoleSamples.handle(3).text)
        var input = FormInput([
            "member-\(binh)": "yes", "relation-\(binh)": "head", "member-\(chi)": "yes",
            "address-commune": "from-2025-07-01/00004", "address-detail": "Số 8", "effective-day": "1",
            "effective-month": "3", "effective-year": "2026",
        ])
        let unfinished = GuidedForm.householdSplit.read(input, for: subject, in: .vietnamese)
        #expect(unfinished.errors.map(\.field) == ["relation-\(chi)"])
        input["relation-\(chi)"] = "head"
        #expect(GuidedForm.householdSplit.read(input, for: subject, in: .vietnamese).errors.map(\.field) == ["members"])
        input["relation-\(chi)"] = "birth_child"
        let request = try #require(GuidedForm.householdSplit.read(input, for: subject, in: .vietnamese).request)
        #expect(request.content?["head"] == .string(binh))
        #expect(request.content?["split_from"] == .string(ConsoleSamples.handle(9).text))
    }

    @Test("an address that fits nothing asks for commune and province; a commune that was not offered is refused")
    func places() throws {
        let subject = try ConsoleSamples().subject
        func errors(_ values: [String: String]) -> [String] {
            var input = FormInput(values)
            input["effective-year"] = "2026"
            input["effective-month"] = "3"
            input["effective-day"] = "1"
            input["consent-applicant"] = "yes"
            return GuidedForm.permanentResidence.read(input, for: subject, in: .vietnamese).errors.map(\.field)
        }
        #expect(errors(["address-other": "đâu đó"]) == ["address-other"])
        #expect(errors(["address-commune": "from-2025-07-01/99999"]) == ["address-commune"])
        #expect(errors([:]) == ["address-commune"])
        #expect(errors(["address-other": "phường Hồng Hà, Hà Nội"]) == [])
    }

    @Test("no form says no without saying what to do, and the page names every error with a link")
    func everyFormEmpty() throws {
        let subject = try ConsoleSamples().subject
        for form in GuidedForm.allCases {
            let input = FormInput(["anything": "else"])
            let reading = form.read(input, for: subject, in: .vietnamese)
            #expect(!reading.errors.isEmpty, "\(form)")
            #expect(reading.request == nil, "\(form)")
            for error in reading.errors {
                let words = error.text.lowercased()
                #expect(!words.contains("không hợp lệ") && !words.contains("vui lòng"), "\(form): \(error.text)")
            }
        }
    }

    @Test("a form with more fields or longer ones than any form has is not read")
    func limits() {
        #expect(FormInput(["a": "b"]).isWithinLimits)
        #expect(!FormInput(["a": String(repeating: "b", count: FormInput.longest + 1)]).isWithinLimits)
        let many = (0...FormInput.most).map { (String($0), "x") }
        #expect(!FormInput(Dictionary(uniqueKeysWithValues: many)).isWithinLimits)
    }
}
