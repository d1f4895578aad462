import Civil
import Ledger

/// Nội dung sự việc: what an act says, one case per kind of act.
///
/// It is boxed, because folds sort and filter acts and some contents are a kilobyte of values.
package indirect enum ActContent: Hashable, Sendable {
    case collected(Collected)
    case registeredAtBirth(BirthRegistration)
    case numberAssigned(NumberAssignment)
    case numberCancelled(NumberCancellation)
    case numberReestablished(NumberReestablishment)
    case detailsChanged(DetailsChange)
    case detailsCorrected(DetailsCorrection)
    case permanentResidenceRegistered(ResidenceRegistration)
    case permanentResidenceDeleted(ResidenceDeletion)
    case temporaryResidenceRegistered(ResidenceRegistration)
    case stayNotified(ResidenceRegistration)
    case absenceDeclared(AbsenceDeclaration)
    case moved(ResidenceRegistration)
    case householdFormed(HouseholdFormation)
    case householdSplit(HouseholdFormation)
    case headOfHouseholdChanged(HeadChange)
    case householdMemberJoined(HouseholdJoining)
    case householdMemberLeft(HouseholdLeaving)
    case married(Couple)
    case divorced(Couple)
    case parentRecognised(Parenthood)
    case adopted(Adoption)
    case guardianshipEstablished(Guardianship)
    case nationalityChanged(NationalityChange)
    case declaredMissing(CivilRecord)
    case returned(CivilRecord)
    case died(CivilRecord)
    case mergedWith(Merge)
    case unmerged(Merge)
    case annulled(Annulment)
    case setAside(SettingAside)
    case findingNoted(NotedFinding)
    case relativeLinked(RelativeLink)
    case eventConfirmed(EventConfirmation)
    case batchReceived(BatchReceipt)
    case sheetHeld(HeldSheet)
    case sheetDecided(SheetDecided)
}

/// Kết quả thu thập một phiếu DC01: the sheet in its standard form, with the record as it was written.
package struct Collected: Codable, Hashable, Sendable {
    package var person: Int64
    /// The handle that the person has outside the register from now on.
    package var handle: Handle
    package var details: PersonDetails
    package var household: Int64
    package var relation: RelationToHead?
    package var father: PersonReference?
    package var mother: PersonReference?
    package var spouse: PersonReference?
    package var permanent: Address?
    package var current: Address?
    /// The number that the sheet states.
    package var statedNumber: String?
    /// Whether that number was taken over as the person's number.
    package var numberTaken: Bool
    /// The note says that the person has died; the year if it tells one.
    package var dead: Bool?
    package var died: PartialDate?
    package var sheet: SheetSource
}

/// Where a sheet came from and what stood in it.
package struct SheetSource: Codable, Hashable, Sendable {
    /// The sheet's number in the register: batch and row in one; 0 where an officer's decision made a person out of a
    /// held sheet, which the decision names.
    package var id: Int64
    /// The number that the form gives the row (stt); its place in the file where it gives none.
    package var row: Int
    /// The record of the file, character by character as it was decoded.
    package var written: String
    /// The bytes of the record in base64, where some were no text in the file's encoding and `written` has U+FFFD for
    /// them; nil otherwise.
    package var bytes: String?
    /// What was found in it, by code, with the fields concerned.
    package var findings: [SheetFinding]
}

/// A sheet that did not become a person: held for review, or the same person as another sheet.
package struct HeldSheet: Codable, Hashable, Sendable {
    package var details: PersonDetails
    package var householdCode: String?
    package var relation: RelationToHead?
    package var father: PersonReference?
    package var mother: PersonReference?
    package var spouse: PersonReference?
    package var permanent: Address?
    package var current: Address?
    package var number: String?
    /// The year that the sheet states, where its date of birth is impossible.
    package var birthYear: Int?
    package var sheet: SheetSource
}

/// Kết quả xem xét một phiếu.
package enum SheetVerdict: String, Codable, Hashable, Sendable, CaseIterable {
    /// Tiếp nhận là người mới.
    case newPerson = "new_person"
    /// Cùng một người với người đã có.
    case samePerson = "same_person"
    /// Loại phiếu.
    case rejected
}

/// What an officer decided on a held sheet.
package struct SheetDecided: Codable, Hashable, Sendable {
    /// The sheet's number in the register.
    package var sheet: Int64
    package var verdict: SheetVerdict
    /// The person that the sheet became or is about.
    package var person: Int64?
    /// True when fields were corrected first; the person's own act has what they were corrected to.
    package var corrected: Bool?
    package var reason: String
}

package struct BirthRegistration: Codable, Hashable, Sendable {
    package var person: Int64
    package var handle: Handle
    package var details: PersonDetails
    package var father: PersonReference?
    package var mother: PersonReference?
    /// Số giấy khai sinh.
    package var certificate: String?
}

package struct NumberAssignment: Codable, Hashable, Sendable {
    package var number: String
}

package struct NumberCancellation: Codable, Hashable, Sendable {
    package var number: String
    package var ground: CancellationGround
    /// Whether the citizen asked for it; needed for the grounds (a) and (b).
    package var requested: Bool
    /// Giấy tờ chứng minh.
    package var document: String?
}

package struct NumberReestablishment: Codable, Hashable, Sendable {
    package var number: String
    package var replaces: String
    package var ground: CancellationGround
    package var requested: Bool
    /// Giấy tờ chứng minh.
    package var document: String?
}

package struct DetailsChange: Codable, Hashable, Sendable {
    package var details: PersonDetails
}

package struct DetailsCorrection: Codable, Hashable, Sendable {
    package var details: PersonDetails
    /// The act whose statement was wrong; without it, the statement in force on the effective day, or today's.
    package var corrects: Int64?
    /// Giấy tờ chứng minh.
    package var document: String?
}

package struct ResidenceRegistration: Codable, Hashable, Sendable {
    package var address: Address
    package var until: PartialDate?
    package var reason: String?
    /// Who has agreed on the declaration, each once; nil where nobody was asked.
    package var consents: [ResidenceConsent]?
}

/// Ý kiến đồng ý trên tờ khai thay đổi thông tin cư trú (CT01).
package enum ResidenceConsent: String, Codable, Hashable, Sendable, CaseIterable {
    /// Người kê khai.
    case applicant
    /// Chủ hộ.
    case head
    /// Chủ sở hữu chỗ ở hợp pháp.
    case owner
    /// Cha, mẹ hoặc người giám hộ.
    case parent
}

/// Căn cứ xóa đăng ký thường trú (Luật 68/2020/QH14, Điều 24).
package enum DeletionGround: String, Codable, Hashable, Sendable, CaseIterable {
    case deadOrMissing = "dead_or_missing"
    case settledAbroad = "settled_abroad"
    case decisionAnnulled = "decision_annulled"
    case longAbsence = "long_absence"
    case nationalityLost = "nationality_lost"
    case leaseEnded = "lease_ended"
    case ownerWithdrewConsent = "owner_withdrew_consent"
    case dwellingDemolished = "dwelling_demolished"
}

package struct ResidenceDeletion: Codable, Hashable, Sendable {
    package var ground: DeletionGround
}

package struct AbsenceDeclaration: Codable, Hashable, Sendable {
    package var reason: String
    package var until: PartialDate?
}

package struct HouseholdMember: Codable, Hashable, Sendable {
    package var person: Int64
    package var relation: RelationToHead?
}

/// A household that begins: formed anew, or split off from another one.
package struct HouseholdFormation: Codable, Hashable, Sendable {
    package var household: Int64
    package var handle: Handle
    /// The household that it was split off from.
    package var splitFrom: Int64?
    package var address: Address?
    /// The code that the commune's batch gave it.
    package var code: String?
    package var head: Int64?
    package var members: [HouseholdMember]
}

package struct HeadChange: Codable, Hashable, Sendable {
    package var household: Int64
    package var head: Int64
    /// Everybody's relation to the new head.
    package var members: [HouseholdMember]
}

package struct HouseholdJoining: Codable, Hashable, Sendable {
    package var household: Int64
    package var person: Int64
    package var relation: RelationToHead?
}

package struct HouseholdLeaving: Codable, Hashable, Sendable {
    package var household: Int64
    package var person: Int64
}

package struct Couple: Codable, Hashable, Sendable {
    package var spouses: [PersonReference]
    /// Số giấy chứng nhận kết hôn, or number of the judgment.
    package var certificate: String?
    /// Of a divorce: records that were merged into one of the couple and stand as the other's spouse.
    ///
    /// Nil when there are none. The register writes them down itself.
    package var merged: [Int64]?
}

package struct Parenthood: Codable, Hashable, Sendable {
    package var child: Int64
    package var parent: Int64
}

package struct Adoption: Codable, Hashable, Sendable {
    package var child: Int64
    package var parents: [PersonReference]
}

package struct Guardianship: Codable, Hashable, Sendable {
    package var ward: Int64
    package var guardian: PersonReference
}

package struct NationalityChange: Codable, Hashable, Sendable {
    /// The nationality that the person has from then on.
    package var nationality: Coded
}

/// A fact of the civil-status book that needs no more than its document.
package struct CivilRecord: Codable, Hashable, Sendable {
    package var certificate: String?
    package var note: String?
}

package struct Merge: Codable, Hashable, Sendable {
    package var duplicate: Int64
    package var into: Int64
    /// The number of the duplicate, which ends with the merge; nil when it had none.
    ///
    /// It is in force again when the merge is undone. The register writes it down itself.
    package var number: String?
    /// Hợp nhất tự động: the rule under which the register merged by itself; nil when officers decided.
    package var rule: String?
}

package struct Annulment: Codable, Hashable, Sendable {
    /// The act that is annulled.
    package var act: Int64
    package var reason: String
}

package struct SettingAside: Codable, Hashable, Sendable {
    package var reason: String
}

/// What the register noticed when it stored an act of a verified source.
package struct NotedFinding: Codable, Hashable, Sendable {
    /// The act that breaks the rule.
    package var act: Int64
    /// The code of the rule (`Refusal.code`); as text, so that a rule that is given up later stays readable.
    package var rule: String
}

/// Xác nhận của bên hộ tịch: the book has the event that an officer entered from a document.
package struct EventConfirmation: Codable, Hashable, Sendable {
    /// The act that is confirmed.
    package var act: Int64
    /// The entry of the civil-status book: its number, book and office, as that side writes them.
    package var certificate: String?
}

/// Người thân đã có trong cơ sở dữ liệu: whom a person's sheet names by number, now that their own sheet is there.
package struct RelativeLink: Codable, Hashable, Sendable {
    /// The person who holds the number.
    package var relative: Int64
    package var role: RelativeRole
    /// The number, as the sheet of the person whom the act is about names it; 12 digits.
    package var number: String
}

/// Whom a sheet names beside its own person.
package enum RelativeRole: String, Codable, Hashable, Sendable, CaseIterable {
    /// Cha.
    case father
    /// Mẹ.
    case mother
    /// Vợ hoặc chồng.
    case spouse
}

package struct BatchReceipt: Codable, Hashable, Sendable {
    package var batch: Int64
    package var name: String
    /// SHA-256 of the file, hexadecimal.
    package var digest: String
    package var bytes: Int64
    package var rows: Int64
    package var encoding: String
    /// The version of the program that turned the bytes into text.
    package var converter: String
}
