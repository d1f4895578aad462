import Civil
import Ledger

@testable import Population

/// Invented people and one content of every kind.
enum Sample {
    static let person: Int64 = 1
    static let spouse: Int64 = 2
    static let child: Int64 = 3
    static let father: Int64 = 4
    static let other: Int64 = 5
    static let household: Int64 = 11
    static let secondHousehold: Int64 = 12
    static let number = "003090000111"
    static let secondNumber = "003090000222"
    static let handle = Handle(random: Array(repeating: 7, count: 16))

    static let person1 = details {
        $0.name = "Đặng Thị Mẫu"
        $0.birth = date("1990-05-17")
        $0.sex = .female
        $0.birthRegistrationPlace = address("00001")
        $0.maritalStatus = .neverMarried
    }

    static func collected(_ change: (inout Collected) -> Void = { _ in }) -> ActContent {
        var sheet = Collected(
            person: person, handle: handle, details: person1, household: household, relation: .head, father: nil,
            mother: nil, spouse: nil, permanent: address("00001"), current: nil, statedNumber: nil, numberTaken: false,
            dead: nil, died: nil,
            sheet: SheetSource(
                id: 16_777_217, row: 1, written: "1,HO1", findings: [SheetFinding(.noDay, field: .birth)]))
        change(&sheet)
        return .collected(sheet)
    }

    static func birth(_ change: (inout BirthRegistration) -> Void = { _ in }) -> ActContent {
        var birth = BirthRegistration(
            person: person, handle: handle, details: person1, father: PersonReference(person: father),
            mother: PersonReference(name: "Lò Thị Mẫu", number: "005170000333"), certificate: "12/2021")
        change(&birth)
        return .registeredAtBirth(birth)
    }

    static func registration(_ code: String, until: String? = nil) -> ResidenceRegistration {
        ResidenceRegistration(address: address(code), until: until.map(date), reason: nil)
    }

    static func couple(_ one: Int64 = person, _ other: Int64 = spouse) -> Couple {
        Couple(spouses: [PersonReference(person: one), PersonReference(person: other)], certificate: "7/2021")
    }

    static func formation(
        _ household: Int64 = household, head: Int64? = person, members: [Int64] = [person], from: Int64? = nil
    ) -> HouseholdFormation {
        HouseholdFormation(
            household: household, handle: handle, splitFrom: from, address: address("00001"), code: "HO1", head: head,
            members: members.map { HouseholdMember(person: $0, relation: $0 == head ? .head : .child) })
    }

    /// A household of which `person` is named the head, with these relations of theirs and of `child`.
    static func formation(_ own: [RelationToHead], others: [RelationToHead]) -> HouseholdFormation {
        var changed = formation(household)
        changed.members =
            own.map { HouseholdMember(person: person, relation: $0) }
            + others.map { HouseholdMember(person: child, relation: $0) }
        return changed
    }

    /// `spouse` becomes the head.
    static func headChange(_ members: (person: Int64, relation: RelationToHead)...) -> ActContent {
        .headOfHouseholdChanged(
            HeadChange(
                household: household, head: spouse,
                members: members.map { HouseholdMember(person: $0.person, relation: $0.relation) }))
    }

    static func joining(_ relation: RelationToHead) -> ActContent {
        .householdMemberJoined(HouseholdJoining(household: household, person: person, relation: relation))
    }

    static let record = CivilRecord(certificate: "5/2022", note: nil)

    static func cancellation(
        _ number: String = number, ground: CancellationGround = .falsePapers, requested: Bool = false
    ) -> ActContent {
        .numberCancelled(NumberCancellation(number: number, ground: ground, requested: requested))
    }

    static func reestablishment(
        _ new: String = secondNumber, replaces: String = number, requested: Bool = true
    ) -> ActContent {
        .numberReestablished(
            NumberReestablishment(
                number: new, replaces: replaces, ground: .sexOrBirthYearCorrected, requested: requested))
    }

    /// One content of every kind, which `ContentTests` holds it to.
    static func content(_ kind: ActKind) -> ActContent {
        switch kind {
        case .collected: collected()
        case .registeredAtBirth: birth()
        case .numberAssigned: .numberAssigned(NumberAssignment(number: number))
        case .numberCancelled: cancellation()
        case .numberReestablished: reestablishment()
        case .detailsChanged: .detailsChanged(DetailsChange(details: named("Đặng Thị Đổi")))
        case .detailsCorrected:
            .detailsCorrected(DetailsCorrection(details: named("Đặng Thị Sửa"), corrects: nil))
        case .permanentResidenceRegistered: .permanentResidenceRegistered(registration("00002"))
        case .permanentResidenceDeleted: .permanentResidenceDeleted(ResidenceDeletion(ground: .longAbsence))
        case .temporaryResidenceRegistered: .temporaryResidenceRegistered(registration("00003", until: "2023-06"))
        case .stayNotified: .stayNotified(registration("00004", until: "2022-03-01"))
        case .absenceDeclared: .absenceDeclared(AbsenceDeclaration(reason: "đi làm xa", until: date("2024")))
        case .moved: .moved(registration("00005"))
        default: otherContent(kind)
        }
    }

    private static func otherContent(_ kind: ActKind) -> ActContent {
        switch kind {
        case .householdFormed: .householdFormed(formation(members: [person, child]))
        case .householdSplit: .householdSplit(formation(secondHousehold, from: household))
        case .headOfHouseholdChanged:
            .headOfHouseholdChanged(
                HeadChange(
                    household: household, head: spouse,
                    members: [HouseholdMember(person: person, relation: .wife), .init(person: spouse, relation: .head)])
            )
        case .householdMemberJoined:
            .householdMemberJoined(HouseholdJoining(household: household, person: person, relation: .child))
        case .householdMemberLeft: .householdMemberLeft(HouseholdLeaving(household: household, person: person))
        case .married: .married(couple())
        case .divorced: .divorced(couple())
        case .parentRecognised: .parentRecognised(Parenthood(child: child, parent: person))
        case .adopted: .adopted(Adoption(child: child, parents: [PersonReference(person: person)]))
        case .guardianshipEstablished:
            .guardianshipEstablished(Guardianship(ward: child, guardian: PersonReference(person: person)))
        case .nationalityChanged:
            .nationalityChanged(NationalityChange(nationality: Coded(list: "nationality-iso", code: "LAO")))
        case .declaredMissing: .declaredMissing(record)
        case .returned: .returned(record)
        case .died: .died(record)
        case .mergedWith: .mergedWith(Merge(duplicate: person, into: other))
        case .unmerged: .unmerged(Merge(duplicate: person, into: other))
        case .annulled: .annulled(Annulment(act: 102, reason: "ghi nhầm"))
        case .setAside: .setAside(SettingAside(reason: "nghi giả mạo"))
        case .findingNoted: .findingNoted(NotedFinding(act: 102, rule: Refusal.alreadyMarried.code))
        case .eventConfirmed: .eventConfirmed(EventConfirmation(act: 102, certificate: "sổ 3, số 12"))
        case .relativeLinked:
            .relativeLinked(RelativeLink(relative: other, role: .mother, number: "005170000333"))
        case .batchReceived:
            .batchReceived(
                BatchReceipt(
                    batch: 1, name: "lo-01", digest: "00", bytes: 10, rows: 1, encoding: "utf-8", converter: "1"))
        case .sheetDecided:
            .sheetDecided(
                SheetDecided(
                    sheet: 16_777_218, verdict: .samePerson, person: person, corrected: nil, reason: "đã đối chiếu"))
        default: heldSheet
        }
    }

    static let heldSheet = ActContent.sheetHeld(
        HeldSheet(
            details: named("Nguyễn Mẫu"), householdCode: "HO2", relation: nil, father: nil, mother: nil, spouse: nil,
            permanent: nil, current: nil, number: "005090000123", birthYear: 1990,
            sheet: SheetSource(
                id: 16_777_218, row: 2, written: "2,HO2", findings: [SheetFinding(.impossibleDate, field: .birth)])))
}
