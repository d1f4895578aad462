import Civil
import Ledger
import Testing

@testable import Population

@Suite("A person on both axes of time")
struct TimeTests {
    /// Collected on 15 October 2020, of effect that day.
    private func collected(_ change: (inout Collected) -> Void = { _ in }) -> Stream {
        var stream = Stream()
        stream.record(Sample.collected(change), on: "2020-10-15")
        return stream
    }

    private func correction(_ details: PersonDetails, of act: ActID? = nil) -> ActContent {
        .detailsCorrected(DetailsCorrection(details: details, corrects: act?.rawValue))
    }

    private func change(_ details: PersonDetails) -> ActContent { .detailsChanged(DetailsChange(details: details)) }

    @Test("Nothing is known before the first act was recorded")
    func knowsNothingBefore() throws {
        let stream = collected()
        #expect(try stream.person(knownAt: "2020-10-14") == nil)
        #expect(try stream.person(knownAt: "2020-10-15")?.details.name == "Đặng Thị Mẫu")
        #expect(try Stream().person() == nil)
    }

    @Test("Nobody is there before birth, whatever of the date of birth is known")
    func isNotBornYet() throws {
        let stream = collected()
        #expect(try stream.person(effectiveAt: "1990-05-16") == nil)
        #expect(try stream.person(effectiveAt: "1990-05-17") != nil)
        let yearOnly = collected { $0.details.birth = date("1990") }
        #expect(try yearOnly.person(effectiveAt: "1989-12-31") == nil)
        #expect(try yearOnly.person(effectiveAt: "1990-01-01") != nil)
    }

    @Test("A sheet tells the details of the time before it, and its number and home from its day on")
    func reachesBackBeforeTheSheet() throws {
        let stream = collected {
            $0.statedNumber = Sample.number
            $0.numberTaken = true
        }
        let before = try #require(try stream.person(effectiveAt: "2010-01-01"))
        #expect(before.details.name == "Đặng Thị Mẫu")
        #expect(before.number == nil)
        #expect(before.permanentResidence == nil)
        #expect(before.household == nil)
        let after = try #require(try stream.person(effectiveAt: "2020-10-15"))
        #expect(after.number == Sample.number)
        #expect(after.household?.household == Sample.household)
    }

    @Test("A change holds from its day on, a correction from the start")
    func tellsChangeFromCorrection() throws {
        var changed = collected()
        changed.record(change(named("Đặng Thị Đổi")), on: "2022-03-01", effective: "2022-02-01")
        #expect(try changed.person(effectiveAt: "2022-01-31")?.details.name == "Đặng Thị Mẫu")
        #expect(try changed.person(effectiveAt: "2022-02-01")?.details.name == "Đặng Thị Đổi")
        var corrected = collected()
        corrected.record(correction(named("Đặng Thị Sửa")), on: "2022-03-01", effective: "2022-02-01")
        #expect(try corrected.person(effectiveAt: "1995-01-01")?.details.name == "Đặng Thị Sửa")
        for stream in [changed, corrected] {
            #expect(try stream.person(knownAt: "2022-02-28")?.details.name == "Đặng Thị Mẫu")
        }
    }

    @Test("An act of a past day changes what held since, and not what was known yesterday")
    func keepsWhatWasKnown() throws {
        var stream = collected()
        let yesterday = try stream.person(effectiveAt: "2022-06-01", knownAt: "2023-01-09")
        stream.record(.moved(Sample.registration("00009")), on: "2023-01-10", effective: "2022-05-01")
        #expect(try stream.person(effectiveAt: "2022-06-01")?.currentResidence?.address.unit?.code == "00009")
        #expect(try stream.person(effectiveAt: "2022-04-30")?.currentResidence == nil)
        var known = try stream.person(effectiveAt: "2022-06-01", knownAt: "2023-01-09")
        known?.version = yesterday?.version ?? 0
        #expect(known == yesterday)
    }

    @Test("A marriage of a day before the sheet stands after it too, where the sheet is silent")
    func keepsWhatTheSheetDoesNotState() throws {
        var stream = collected { $0.details.maritalStatus = nil }
        stream.record(.married(Sample.couple()), on: "2022-03-01", effective: "2018-06-01")
        let now = try #require(try stream.person())
        #expect(now.spouse?.person == Sample.spouse)
        #expect(now.details.maritalStatus == .married)
        #expect(try stream.person(effectiveAt: "2018-05-31")?.spouse == nil)
        #expect(try stream.person(effectiveAt: "2019-01-01")?.spouse?.person == Sample.spouse)
    }

    @Test("Before the sheet's day, a change that was in force wins over what the sheet says of earlier times")
    func prefersWhatWasInForce() throws {
        var stream = collected()
        stream.record(change(named("Đặng Thị Cũ")), on: "2022-03-01", effective: "2015-01-01")
        #expect(try stream.person(effectiveAt: "2016-01-01")?.details.name == "Đặng Thị Cũ")
        #expect(try stream.person(effectiveAt: "2014-01-01")?.details.name == "Đặng Thị Mẫu")
        #expect(try stream.person()?.details.name == "Đặng Thị Mẫu")
    }

    @Test(
        "A partial date holds from the first day it can mean",
        arguments: [
            ("2022", "2021-12-31", "2022-01-01"), ("2022-03", "2022-02-28", "2022-03-01"),
            ("2022-03-09", "2022-03-08", "2022-03-09"),
        ])
    func takesPartialDates(effective: String, before: String, from: String) throws {
        var stream = collected()
        stream.record(change(named("Đặng Thị Đổi")), on: "2022-12-31", effective: effective)
        #expect(try stream.person(effectiveAt: before)?.details.name == "Đặng Thị Mẫu")
        #expect(try stream.person(effectiveAt: from)?.details.name == "Đặng Thị Đổi")
    }

    @Test("An act without a day of effect holds from the day on which it was recorded")
    func takesActsWithoutADay() throws {
        var stream = collected()
        stream.record(change(named("Đặng Thị Đổi")), on: "2022-03-01", effective: nil)
        #expect(try stream.person(effectiveAt: "2022-02-28")?.details.name == "Đặng Thị Mẫu")
        #expect(try stream.person(effectiveAt: "2022-03-01")?.details.name == "Đặng Thị Đổi")
    }

    @Test("A correction that names no act mends the statement in force, and only that")
    func correctsTheStatementInForce() throws {
        var stream = collected()
        stream.record(change(named("Đặng Thị Đổi")), on: "2022-03-01")
        stream.record(correction(named("Đặng Thị Đối")), on: "2023-03-01", effective: nil)
        #expect(try stream.person()?.details.name == "Đặng Thị Đối")
        #expect(try stream.person(effectiveAt: "2022-03-01")?.details.name == "Đặng Thị Đối")
        #expect(try stream.person(effectiveAt: "2021-03-01")?.details.name == "Đặng Thị Mẫu")
    }

    @Test("A correction of an earlier day mends what was in force then")
    func correctsAnEarlierStatement() throws {
        var stream = collected()
        stream.record(change(named("Đặng Thị Đổi")), on: "2022-03-01")
        stream.record(correction(named("Đặng Thị Mẩu")), on: "2023-03-01", effective: "2021-06")
        #expect(try stream.person()?.details.name == "Đặng Thị Đổi")
        #expect(try stream.person(effectiveAt: "2021-01-01")?.details.name == "Đặng Thị Mẩu")
    }

    @Test("A correction mends the act that it names, whichever is in force")
    func correctsTheNamedAct() throws {
        var stream = collected()
        let first = stream.acts[0].id
        stream.record(change(named("Đặng Thị Đổi")), on: "2022-03-01")
        stream.record(correction(named("Đặng Thị Mẩu"), of: first), on: "2023-03-01")
        #expect(try stream.person()?.details.name == "Đặng Thị Đổi")
        #expect(try stream.person(effectiveAt: "2021-01-01")?.details.name == "Đặng Thị Mẩu")
    }

    @Test("The later of two corrections wins, whatever days they name")
    func takesTheLaterCorrection() throws {
        var stream = collected()
        let first = stream.record(correction(named("Đặng Thị Một")), on: "2023-03-01", effective: nil)
        stream.record(correction(named("Đặng Thị Hai")), on: "2023-04-01", effective: "2021-01-01")
        #expect(try stream.person()?.details.name == "Đặng Thị Hai")
        #expect(try stream.person(knownAt: "2023-03-31")?.details.name == "Đặng Thị Một")
        stream.record(correction(named("Đặng Thị Ba"), of: first), on: "2023-05-01")
        #expect(try stream.person()?.details.name == "Đặng Thị Ba")
    }

    @Test("A correction states what nobody stated, and leaves the other fields alone")
    func correctsSilence() throws {
        var stream = collected()
        stream.record(correction(details { $0.bloodGroup = .ab }), on: "2023-03-01")
        let state = try #require(try stream.person(effectiveAt: "2000-01-01"))
        #expect(state.details.bloodGroup == .ab)
        #expect(state.details.name == "Đặng Thị Mẫu")
    }

    @Test("A nationality and a marital status that an act gave can be corrected")
    func correctsWhatOtherActsState() throws {
        var stream = collected()
        stream.record(Sample.content(.nationalityChanged), on: "2022-03-01")
        stream.record(.divorced(Sample.couple()), on: "2022-04-01")
        let thai = Coded(list: "nationality-iso", code: "THA")
        stream.record(
            correction(
                details {
                    $0.nationality = thai
                    $0.maritalStatus = .widowed
                }), on: "2023-03-01", effective: nil)
        #expect(try stream.person()?.details.nationality == thai)
        #expect(try stream.person()?.details.maritalStatus == .widowed)
        #expect(try stream.person(effectiveAt: "2022-02-01")?.details.nationality == nil)
        #expect(try stream.person(effectiveAt: "2022-02-01")?.details.maritalStatus == .neverMarried)
    }

    @Test("A corrected birth moves the day from which somebody is there")
    func correctsBirth() throws {
        var stream = collected()
        stream.record(correction(details { $0.birth = date("1985-01-02") }), on: "2023-03-01")
        #expect(try stream.person(effectiveAt: "1986-01-01") != nil)
        #expect(try stream.person(effectiveAt: "1986-01-01", knownAt: "2023-02-28") == nil)
    }
}
