import Civil
import Ledger
import Testing

@testable import Population

@Suite("What each kind of act does to a person's record")
struct KindTests {
    /// One act of each kind, a year after the sheet.
    private func state(
        after kind: ActKind, of person: Int64 = Sample.person,
        from sheet: (inout Collected) -> Void = { _ in }
    ) throws -> PersonState {
        var stream = Stream()
        if kind != .registeredAtBirth, kind != .collected { stream.record(Sample.collected(sheet), on: "2020-10-15") }
        stream.record(Sample.content(kind), on: "2022-03-01")
        return try #require(try PersonFold.state(of: person, acts: stream.acts))
    }

    private func withNumber(_ sheet: inout Collected) {
        sheet.statedNumber = Sample.number
        sheet.numberTaken = true
    }

    @Test(
        "Sheets, births, numbers and details",
        arguments: [
            ActKind.collected, .registeredAtBirth, .numberAssigned, .numberCancelled, .numberReestablished,
            .detailsChanged,
            .detailsCorrected,
        ])
    func details(kind: ActKind) throws {
        switch kind {
        case .collected:
            let state = try state(after: kind)
            #expect(state.details == Sample.person1)
            #expect(state.household == .init(household: Sample.household, relation: .head, since: date("2022-03-01")))
            #expect(state.permanentResidence?.address.unit?.code == "00001")
            #expect(state.number == nil)
            #expect(state.life.status == .living)
        case .registeredAtBirth:
            let state = try state(after: kind)
            #expect(state.father?.person == Sample.father)
            #expect(state.mother?.number == "005170000333")
            #expect(state.details == Sample.person1)
        case .numberAssigned: #expect(try state(after: kind).number == Sample.number)
        case .numberCancelled:
            let state = try state(after: kind, from: withNumber)
            #expect(state.number == nil)
            #expect(state.cancelledNumbers == [.init(number: Sample.number, ground: .falsePapers)])
        case .numberReestablished:
            let state = try state(after: kind, from: withNumber)
            #expect(state.number == Sample.secondNumber)
            #expect(state.cancelledNumbers == [.init(number: Sample.number, ground: .sexOrBirthYearCorrected)])
        case .detailsChanged: #expect(try state(after: kind).details.name == "Đặng Thị Đổi")
        default: #expect(try state(after: kind).details.name == "Đặng Thị Sửa")
        }
    }

    @Test("A sheet that tells of a death, and a stated number that is not taken over")
    func readsOddSheets() throws {
        let dead = try state(after: .moved) { sheet in
            sheet.dead = true
            sheet.died = date("2019")
        }
        #expect(dead.life == .init(status: .dead, since: date("2019")))
        let other = try state(after: .moved) { $0.statedNumber = Sample.number }
        #expect(other.number == nil)
    }

    @Test("Residence")
    func residence() throws {
        let since = date("2022-03-01")
        #expect(try state(after: .permanentResidenceRegistered).permanentResidence?.address.unit?.code == "00002")
        #expect(try state(after: .permanentResidenceRegistered).permanentResidence?.since == since)
        #expect(try state(after: .permanentResidenceDeleted).permanentResidence == nil)
        let temporary = try state(after: .temporaryResidenceRegistered)
        #expect(temporary.temporaryResidence?.until == date("2023-06"))
        #expect(temporary.permanentResidence?.address.unit?.code == "00001")
        #expect(try state(after: .stayNotified).stay?.address.unit?.code == "00004")
        #expect(try state(after: .absenceDeclared).absence?.reason == "đi làm xa")
        #expect(try state(after: .absenceDeclared).absence?.until == date("2024"))
        #expect(try state(after: .moved).currentResidence?.address.unit?.code == "00005")
        #expect(try state(after: .moved).permanentResidence?.address.unit?.code == "00001")
    }

    @Test("Household")
    func household() throws {
        #expect(try state(after: .householdFormed).household?.relation == .head)
        #expect(try state(after: .householdSplit).household?.household == Sample.secondHousehold)
        #expect(try state(after: .headOfHouseholdChanged).household?.relation == .wife)
        #expect(try state(after: .householdMemberJoined).household?.relation == .child)
        #expect(try state(after: .householdMemberLeft).household == nil)
        let elsewhere = try state(after: .householdMemberLeft) { $0.household = Sample.secondHousehold }
        #expect(elsewhere.household?.household == Sample.secondHousehold)
    }

    @Test("Family, from each side")
    func family() throws {
        #expect(try state(after: .married).spouse?.person == Sample.spouse)
        #expect(try state(after: .married, of: Sample.spouse).spouse?.person == Sample.person)
        #expect(try state(after: .married).details.maritalStatus == .married)
        let divorced = try state(after: .divorced) { $0.spouse = PersonReference(person: Sample.spouse) }
        #expect(divorced.spouse == nil)
        #expect(divorced.details.maritalStatus == .divorcedOrWidowed)
        #expect(try state(after: .parentRecognised).children == [PersonReference(person: Sample.child)])
        let child = try state(after: .parentRecognised, of: Sample.child)
        #expect(child.recognisedParents == [PersonReference(person: Sample.person)])
        #expect(child.children == [])
        #expect(try state(after: .adopted).children == [PersonReference(person: Sample.child)])
        let adopted = try state(after: .adopted, of: Sample.child)
        #expect(adopted.adoptiveParents == [PersonReference(person: Sample.person)])
        #expect(try state(after: .guardianshipEstablished).wards == [PersonReference(person: Sample.child)])
        let ward = try state(after: .guardianshipEstablished, of: Sample.child)
        #expect(ward.guardian == PersonReference(person: Sample.person))
    }

    @Test("Life and the record itself")
    func life() throws {
        #expect(try state(after: .nationalityChanged).details.nationality?.code == "LAO")
        #expect(try state(after: .declaredMissing).life == .init(status: .missing, since: date("2022-03-01")))
        #expect(try state(after: .died).life == .init(status: .dead, since: date("2022-03-01")))
        #expect(try state(after: .returned) { $0.dead = true }.life == .init(status: .living))
        #expect(try state(after: .mergedWith).mergedInto == Sample.other)
        #expect(try state(after: .unmerged).mergedInto == nil)
        #expect(try state(after: .setAside).setAside == "nghi giả mạo")
    }

    @Test("Whoever is found to have died before was not missing; whoever returns lives again")
    func keepsTheDeadDead() throws {
        var stream = Stream()
        stream.record(Sample.collected(), on: "2020-10-15")
        stream.record(.declaredMissing(Sample.record), on: "2022-03-01")
        stream.record(.died(Sample.record), on: "2023-03-01", effective: "2021")
        #expect(try stream.person()?.life == .init(status: .dead, since: date("2021")))
        #expect(try stream.person(knownAt: "2023-02-01")?.life.status == .missing)
        stream.record(.returned(Sample.record), on: "2024-03-01")
        #expect(try stream.person()?.life.status == .living)
        #expect(try stream.person(effectiveAt: "2024-02-29")?.life.status == .dead)
    }

    @Test("A number that was cancelled as of an earlier day is not in force after it was taken from a sheet")
    func keepsCancelledNumbersCancelled() throws {
        var stream = Stream()
        stream.record(Sample.collected(withNumber), on: "2020-10-15")
        stream.record(Sample.cancellation(), on: "2022-03-01", effective: "2020")
        let state = try #require(try stream.person())
        #expect(state.number == nil)
        #expect(state.cancelledNumbers.map(\.number) == [Sample.number])
        #expect(try stream.person(knownAt: "2022-02-01")?.number == Sample.number)
    }
}
