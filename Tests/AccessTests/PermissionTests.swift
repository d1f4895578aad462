import Access
import Civil
import Ledger
import Testing

/// Every role × every act × inside, outside, new person, as it is meant.
@Suite("Who may record which act, where")
struct PermissionTests {
    /// The table for a reader, one row an act; a new kind does not compile until it has its row.
    ///
    /// Columns: commune officer, approver, province auditor, ministry operator, data-protection officer, read-only
    /// auditor, system administrator, card producer, quality controller, stock keeper, civil-status system, local
    /// operator. `i` inside the office's places, `o` outside them, `n` somebody new of whom no place is known, `-`
    /// never. The last column says who must approve.
    ///
    ///         com app aud min dpo rea adm pro qua sto civ loc   second
    static func row(_ kind: ActKind) -> String {
        switch kind {
        case .collected:
            "in  -   -   in  -   -   -   -   -   -   -   ino   one"
        case .batchReceived:
            "i   -   -   i   -   -   -   -   -   -   -   ino   one"
        case .sheetHeld:
            "i   -   -   i   -   -   -   -   -   -   -   ino   one"
        case .sheetDecided:
            "i   -   -   i   -   -   -   -   -   -   -   ino   one"
        case .registeredAtBirth:
            "in  -   -   -   -   -   -   -   -   -   ino ino   one"
        case .married, .divorced:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .parentRecognised:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .adopted:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .guardianshipEstablished:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .died:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .declaredMissing:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .returned:
            "i   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .nationalityChanged:
            "-   -   -   i   -   -   -   -   -   -   io  ino   one"
        case .detailsChanged:
            "i   i   -   -   -   -   -   -   -   -   io  ino   one"
        case .detailsCorrected:
            "i   i   -   -   -   -   -   -   -   -   io  ino   one"
        case .permanentResidenceRegistered:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .permanentResidenceDeleted:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .temporaryResidenceRegistered:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .stayNotified:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .absenceDeclared:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .moved:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .householdFormed:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .householdSplit:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .headOfHouseholdChanged:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .householdMemberJoined:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .householdMemberLeft:
            "i   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .accessChanged, .cardChanged, .findingNoted, .relativeLinked, .retentionRuled, .registerChanged:
            "-   -   -   -   -   -   -   -   -   -   -   ino   one"
        case .eventConfirmed:
            "-   -   -   -   -   -   -   -   -   -   io  ino   one"
        case .numberAssigned:
            "-   -   -   i   -   -   -   -   -   -   -   ino   one"
        case .numberCancelled:
            "-   i   -   i   -   -   -   -   -   -   -   ino   two"
        case .numberReestablished:
            "-   i   -   i   -   -   -   -   -   -   -   ino   two"
        case .mergedWith, .unmerged, .annulled:
            "-   i   -   i   -   -   -   -   -   -   -   ino   two"
        case .setAside:
            "-   i   -   i   -   -   -   -   -   -   -   ino   two"
        }
    }

    private static func cell(_ role: Role, of row: String) -> Substring {
        let cells = row.split(separator: " ")
        return switch role {
        case .communeOfficer: cells[0]
        case .approver: cells[1]
        case .provinceAuditor: cells[2]
        case .ministryOperator: cells[3]
        case .dataProtectionOfficer: cells[4]
        case .readOnlyAuditor: cells[5]
        case .systemAdministrator: cells[6]
        case .cardProducer: cells[7]
        case .qualityController: cells[8]
        case .stockKeeper: cells[9]
        case .civilStatusSystem: cells[10]
        case .localOperator: cells[11]
        }
    }

    @Test("The table is as it is meant: every role, every act, every reach", arguments: ActKind.allCases)
    func table(kind: ActKind) {
        let row = PermissionTests.row(kind)
        #expect(row.split(separator: " ").count == Role.allCases.count + 1)
        let needsTwo = row.hasSuffix("two")
        #expect(kind.needsSecondPerson == needsTwo)
        for role in Role.allCases {
            let cell = PermissionTests.cell(role, of: row)
            for reach in Reach.allCases {
                let sign: Character =
                    switch reach {
                    case .inside: "i"
                    case .outside: "o"
                    case .newPerson: "n"
                    }
                let question: ActQuestion =
                    switch reach {
                    case .inside: ActQuestion(kind: kind, places: [Place.far, Place.before])
                    case .outside: ActQuestion(kind: kind, places: [Place.far])
                    case .newPerson: ActQuestion(kind: kind, places: [], createsPerson: true)
                    }
                // The same places for every role, so that each has an inside and an outside.
                let asking = requester(role, Place.communeJurisdiction)
                let expected: ActDecision =
                    if cell == "-" {
                        .refused(.roleMayNotRecord)
                    } else if cell.contains(sign) {
                        .allowed(reach, needsSecondPerson: needsTwo && role != .localOperator)
                    } else {
                        .refused(.outsideJurisdiction)
                    }
                #expect(AccessPolicy.decide(asking, act: question) == expected, "\(role.rawValue) \(reach.rawValue)")
            }
        }
    }

    @Test("An act lies inside when somebody concerned, or the new residence, does")
    func reach() {
        func reach(_ places: [UnitCode], new: Bool = false, from jurisdiction: Jurisdiction) -> Reach {
            ActQuestion(kind: .moved, places: places, createsPerson: new).reach(from: jurisdiction)
        }
        let commune = Place.communeJurisdiction
        #expect(reach([Place.commune], from: commune) == .inside)
        #expect(reach([Place.far, Place.before], from: commune) == .inside)
        #expect(reach([Place.neighbour], from: commune) == .outside)
        #expect(reach([Place.neighbour], from: Place.provinceJurisdiction) == .inside)
        #expect(reach([Place.far], from: Place.provinceJurisdiction) == .outside)
        // Somebody who is there already and of whom no place is known is nobody's but the nation's.
        #expect(reach([], from: commune) == .outside)
        #expect(reach([], from: .nation) == .inside)
        #expect(reach([], new: true, from: commune) == .newPerson)
        #expect(reach([Place.far], new: true, from: commune) == .outside)
        #expect(reach([Place.far], new: true, from: .nobody) == .outside)
    }

    @Test("A purpose is one line that somebody wrote")
    func readsPurposes() {
        let stated = Purpose(stated: "  xác minh \n cư trú ", legalBasis: "x")
        #expect(stated?.text == "không có hồ sơ: xác minh cư trú" && stated?.stated == "xác minh cư trú")
        #expect(Purpose.counter.stated == nil)
        #expect(Purpose(stated: " \n", legalBasis: "x") == nil)
        #expect(Purpose(stated: String(repeating: "a", count: 201), legalBasis: "x") == nil)
    }

    @Test("A stated purpose or an open file stays when the register's own work goes on")
    func grounds() {
        let officer = requester(.communeOfficer)
        #expect(officer.onDuty(.dataQuality).ground == stated)
        let kept = requester(.communeOfficer, nil, .kept(.dataQuality))
        #expect(kept.onDuty(.numbering).ground == .duty(.numbering), "queues have purposes of their own")
        let operating = LocalOperator.requester
        #expect(operating.onDuty(.dataQuality).ground == .duty(.dataQuality))
        #expect(operating.stating(nil) == operating)
        #expect(operating.stating(.numbering).ground == .stated(.numbering))
    }

    @Test("Every refusal has a code of its own and sentences in both languages")
    func refusals() {
        let refusals = AccessRefusal.allCases
        #expect(Set(refusals.map(\.code)).count == refusals.count)
        #expect(Set(refusals.map(\.sentence)).count == refusals.count)
        for refusal in refusals {
            #expect(refusal.code.allSatisfy { $0.isLowercase || $0 == "_" }, "\(refusal.code)")
            #expect(refusal.sentence.vietnamese.hasSuffix(".") && refusal.sentence.english.hasSuffix("."))
            #expect(refusal.sentence.vietnamese != refusal.sentence.english)
        }
        #expect(refusals.filter(\.isMiss) == [.notFoundHere])
    }
}
