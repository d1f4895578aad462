import Civil
import Ledger

/// Căn cứ pháp lý thường dùng: the document that an act of a kind rests on where the request names none.
///
/// What happens in the world (a marriage, a move) rests on the law of the day on which it happens; what is done to a
/// record (a correction, a number, a merge) on the law of the day on which it is recorded. A day before the first
/// document that we know gets that document.
enum UsualBasis {
    static func text(for kind: ActKind, effective: PartialDate?, recorded: CalendarDate) -> String {
        let matter = matter(of: kind)
        let day = matter.isOfTheWorld ? effective?.earliest ?? recorded : recorded
        return matter.documents.ruleOrFirst(on: day)?.basis.canonical ?? ""
    }

    private enum Matter {
        case civilStatus, residence, nationality, number, record

        var isOfTheWorld: Bool {
            switch self {
            case .civilStatus, .residence, .nationality: true
            case .number, .record: false
            }
        }

        var documents: RuleBook<Void> {
            switch self {
            case .civilStatus: UsualBasis.civilStatus
            case .residence: UsualBasis.residence
            case .nationality: UsualBasis.nationality
            case .number: UsualBasis.number
            case .record: UsualBasis.record
            }
        }
    }

    private static let civilStatus = book([
        ("2006-04-01", LegalBasis("Nghị định 158/2005/NĐ-CP")), ("2016-01-01", LegalBasis("Luật 60/2014/QH13")),
    ])
    private static let residence = book([
        ("2007-07-01", LegalBasis("Luật 81/2006/QH11")), ("2021-07-01", LegalBasis("Luật 68/2020/QH14")),
    ])
    private static let nationality = book([("2009-07-01", LegalBasis("Luật 24/2008/QH12"))])
    private static let number = book([
        ("2016-01-01", LegalBasis("Nghị định 137/2015/NĐ-CP")),
        ("2024-07-01", LegalBasis("Nghị định 70/2024/NĐ-CP", "Điều 11")),
        ("2026-03-15", LegalBasis("Nghị định 70/2024/NĐ-CP", "Điều 11 (sửa đổi tại Nghị định 58/2026/NĐ-CP)")),
    ])
    private static let record = book([
        ("2016-01-01", LegalBasis("Luật 59/2014/QH13")), ("2024-07-01", LegalBasis("Luật 26/2023/QH15")),
    ])

    private static func book(_ documents: [(from: String, basis: LegalBasis)]) -> RuleBook<Void> {
        RuleBook(
            successive: documents.compactMap { document in
                CalendarDate(iso: document.from).map {
                    (from: $0, basis: document.basis, certainty: .likely, value: ())
                }
            })
    }

    private static func matter(of kind: ActKind) -> Matter {
        switch kind {
        case .registeredAtBirth, .married, .divorced, .parentRecognised, .adopted, .guardianshipEstablished, .died,
            .declaredMissing, .returned, .eventConfirmed:
            .civilStatus
        case .permanentResidenceRegistered, .permanentResidenceDeleted, .temporaryResidenceRegistered, .stayNotified,
            .absenceDeclared, .moved, .householdFormed, .householdSplit, .headOfHouseholdChanged,
            .householdMemberJoined, .householdMemberLeft:
            .residence
        case .numberAssigned, .numberCancelled, .numberReestablished: .number
        case .nationalityChanged: .nationality
        case .collected, .detailsChanged, .detailsCorrected, .mergedWith, .unmerged, .annulled, .setAside,
            .findingNoted, .relativeLinked, .batchReceived, .sheetHeld, .sheetDecided, .retentionRuled,
            .registerChanged, .accessChanged, .cardChanged:
            .record
        }
    }
}
