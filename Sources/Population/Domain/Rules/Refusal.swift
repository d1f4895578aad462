import Access
import Civil

/// Lý do từ chối: the rule that forbids an officer's act; one case per rule.
package enum Refusal: Error, CaseIterable, Hashable, Sendable {
    case personNotFound
    case householdNotFound
    case actNotFound
    case mergedRecord
    case effectiveInFuture
    case effectiveBeforeBirth
    case alreadyDead
    case notMissingOrDead
    case alreadyMarried
    case notMarriedToEachOther
    case coupleNeedsTwoDifferentPersons
    case closeRelatives
    case tooYoungToMarry
    case sameSexMarriage
    case guardianNotAdult
    case parentNotOlder
    case parentIsChild
    case noPermanentResidence
    case alreadyInHousehold
    case notInHousehold
    case headMustLeaveLast
    case headNotMember
    case householdNeedsOneHead
    case householdHasHead
    case numberHeld
    case numberBelongsToAnother
    case numberNotInForce
    case numberWasCancelled
    case numberNeedsBirthRegistration
    case numberTestPrefix
    case numberNotTestPrefix
    case requestNeeded
    case nothingToChange
    case correctsUnknownAct
    case mergeWithItself
    case alreadyMerged
    case mergeLosesNumber
    case mergeWithDay
    case notMerged
    case alreadyAnnulled
    case nothingToConfirm
    case alreadyConfirmed
    case cannotAnnul
    case householdHasLaterActs
    case recordSetAside
    case contentNotForOfficers
    case missingBirthDetails
    case onePersonOnly
    case endsBeforeItBegins
    case stayTooLong
    case temporaryResidenceTooLong
    case birthInFuture
    case adoptionNeedsParents

    /// The stable code for programs; never reused.
    package var code: String { texts.code }

    /// What is wrong and what to do, for the person who reads it.
    package var sentence: Sentence { Sentence(vietnamese: texts.vietnamese, english: texts.english) }

    /// The rule of that code; nil where there is none, or none any more.
    package init?(code: String) {
        guard let rule = Refusal.allCases.first(where: { $0.code == code }) else { return nil }
        self = rule
    }

    /// Quy tắc về đời sống: whether life itself can break the rule, so that a verified source is believed.
    ///
    /// What it says is then stored with a finding. The others are rules of structure, or say that the request means
    /// nothing.
    package var isRuleOfLife: Bool {
        switch self {
        case .effectiveBeforeBirth, .alreadyDead, .notMissingOrDead, .alreadyMarried, .notMarriedToEachOther,
            .closeRelatives, .tooYoungToMarry, .sameSexMarriage, .guardianNotAdult, .parentNotOlder, .recordSetAside:
            true
        case .personNotFound, .householdNotFound, .actNotFound, .mergedRecord, .effectiveInFuture,
            .coupleNeedsTwoDifferentPersons, .parentIsChild, .noPermanentResidence, .alreadyInHousehold,
            .notInHousehold, .headMustLeaveLast, .headNotMember, .householdNeedsOneHead, .householdHasHead,
            .numberHeld, .numberBelongsToAnother, .numberNotInForce, .numberWasCancelled,
            .numberNeedsBirthRegistration, .numberTestPrefix, .numberNotTestPrefix, .requestNeeded, .nothingToChange,
            .correctsUnknownAct, .mergeWithItself, .alreadyMerged, .mergeLosesNumber, .mergeWithDay, .notMerged,
            .alreadyAnnulled, .nothingToConfirm, .alreadyConfirmed, .cannotAnnul, .householdHasLaterActs,
            .contentNotForOfficers, .missingBirthDetails,
            .onePersonOnly, .endsBeforeItBegins, .stayTooLong, .temporaryResidenceTooLong, .birthInFuture,
            .adoptionNeedsParents:
            false
        }
    }

    /// What a finding on the rule tells of a person: shown to whom that group is shown.
    package var group: FieldGroup {
        switch self {
        case .alreadyMarried, .notMarriedToEachOther, .closeRelatives, .tooYoungToMarry, .sameSexMarriage,
            .guardianNotAdult,
            .parentNotOlder:
            .family
        case .alreadyDead, .notMissingOrDead: .life
        case .effectiveBeforeBirth: .birth
        default: .record
        }
    }

    /// The article that the rule rests on, where there is one.
    package var legalBasis: String? {
        switch self {
        case .alreadyMarried, .closeRelatives: "Luật 52/2014/QH13, Điều 5"
        case .tooYoungToMarry, .sameSexMarriage: "Luật 52/2014/QH13, Điều 8"
        case .guardianNotAdult: "Luật 91/2015/QH13, Điều 49"
        case .stayTooLong: "Luật 68/2020/QH14, Điều 2 khoản 6"
        case .temporaryResidenceTooLong: "Luật 68/2020/QH14, Điều 27 khoản 2"
        case .requestNeeded: "Nghị định 70/2024/NĐ-CP, Điều 11 khoản 7"
        case .numberWasCancelled, .numberBelongsToAnother: "Nghị định 70/2024/NĐ-CP, Điều 11 khoản 11"
        case .numberNeedsBirthRegistration: "Nghị định 70/2024/NĐ-CP, Điều 11"
        default: nil
        }
    }
}

extension Refusal {
    fileprivate typealias Texts = (code: String, vietnamese: String, english: String)

    fileprivate var texts: Texts {
        switch self {
        case .personNotFound, .householdNotFound, .actNotFound, .mergedRecord, .effectiveInFuture,
            .effectiveBeforeBirth, .recordSetAside, .contentNotForOfficers, .nothingToChange, .correctsUnknownAct,
            .missingBirthDetails, .onePersonOnly, .endsBeforeItBegins, .birthInFuture:
            recordTexts
        case .stayTooLong, .temporaryResidenceTooLong: residenceTexts
        case .alreadyDead, .notMissingOrDead, .alreadyMarried, .notMarriedToEachOther,
            .coupleNeedsTwoDifferentPersons, .closeRelatives, .tooYoungToMarry, .sameSexMarriage, .guardianNotAdult,
            .parentNotOlder, .parentIsChild,
            .adoptionNeedsParents:
            lifeTexts
        case .noPermanentResidence, .alreadyInHousehold, .notInHousehold, .headMustLeaveLast, .headNotMember,
            .householdNeedsOneHead, .householdHasHead, .householdHasLaterActs:
            householdTexts
        case .numberHeld, .numberBelongsToAnother, .numberNotInForce, .numberWasCancelled,
            .numberNeedsBirthRegistration, .numberTestPrefix, .numberNotTestPrefix, .requestNeeded:
            numberTexts
        case .mergeWithItself, .alreadyMerged, .mergeLosesNumber, .mergeWithDay, .notMerged, .alreadyAnnulled,
            .nothingToConfirm, .alreadyConfirmed, .cannotAnnul:
            repairTexts
        }
    }

    private var recordTexts: Texts {
        switch self {
        case .personNotFound:
            (
                "person_not_found",
                "Không có người này trong cơ sở dữ liệu; kiểm tra lại mã tra cứu hoặc số định danh.",
                "No such person is in the register; check the handle or the number."
            )
        case .householdNotFound:
            (
                "household_not_found", "Không có hộ này trong cơ sở dữ liệu; kiểm tra lại mã hộ.",
                "No such household is in the register; check the handle."
            )
        case .actNotFound:
            (
                "act_not_found", "Không có sự việc này; lấy mã sự việc từ lịch sử của người đó.",
                "There is no such act; take its number from the person's history."
            )
        case .mergedRecord:
            (
                "merged_record", "Bản ghi này đã được hợp nhất; ghi sự việc vào bản ghi còn lại.",
                "This record was merged; record the act on the record that remains."
            )
        case .effectiveInFuture:
            (
                "effective_in_future", "Ngày hiệu lực ở tương lai; ghi sự việc khi nó đã xảy ra.",
                "The effective date lies in the future; record the act once it has happened."
            )
        case .effectiveBeforeBirth:
            (
                "effective_before_birth", "Ngày hiệu lực trước ngày sinh; kiểm tra cả hai ngày.",
                "The effective date lies before the date of birth; check both dates."
            )
        case .recordSetAside:
            (
                "record_set_aside", "Bản ghi đang chờ xem xét; hủy việc đưa ra xem xét trước.",
                "The record is set aside; annul the setting aside first."
            )
        case .nothingToChange:
            (
                "nothing_to_change", "Nội dung không nêu thông tin nào; ghi ít nhất một thông tin.",
                "The content states no detail; state at least one."
            )
        case .correctsUnknownAct:
            (
                "corrects_unknown_act", "Sự việc cần cải chính không thuộc về người này; lấy mã từ lịch sử.",
                "The act to correct is not one of this person's; take its number from the history."
            )
        case .missingBirthDetails:
            (
                "missing_birth_details",
                "Khai sinh cần họ tên, ngày sinh, giới tính và nơi đăng ký khai sinh; ghi đủ bốn thông tin.",
                "A birth needs name, date of birth, sex and place of birth registration; state all four."
            )
        case .onePersonOnly:
            (
                "one_person_only", "Loại sự việc này chỉ về một người; ghi riêng cho từng người.",
                "An act of this kind is about one person; record one for each of them."
            )
        case .endsBeforeItBegins:
            (
                "ends_before_it_begins", "Ngày kết thúc trước ngày bắt đầu; kiểm tra cả hai ngày.",
                "The end lies before the beginning; check both dates."
            )
        case .birthInFuture:
            (
                "birth_in_future", "Ngày sinh ở tương lai; kiểm tra lại giấy khai sinh.",
                "The date of birth lies in the future; look at the birth certificate."
            )
        default:
            (
                "content_not_for_officers", "Loại sự việc này do chương trình ghi; dùng lệnh nhập lô hoặc cấp số.",
                "Acts of this kind are written by the program; use the batch or number commands."
            )
        }
    }

    private var residenceTexts: Texts {
        switch self {
        case .stayTooLong:
            (
                "stay_too_long", "Lưu trú dưới 30 ngày; ở lâu hơn thì đăng ký tạm trú.",
                "A stay has fewer than 30 days; register a temporary residence for a longer one."
            )
        default:
            (
                "temporary_residence_too_long", "Tạm trú tối đa hai năm; ghi ngày kết thúc sớm hơn rồi gia hạn sau.",
                "A temporary residence lasts two years at most; write an earlier end, and renew it later."
            )
        }
    }

    private var lifeTexts: Texts {
        switch self {
        case .alreadyDead:
            (
                "already_dead", "Người này đã được ghi là đã chết; nếu ghi sai, hủy sự việc khai tử trước.",
                "The person is recorded as dead; if that is wrong, annul that act first."
            )
        case .notMissingOrDead:
            (
                "not_missing_or_dead", "Người này không bị tuyên bố mất tích hoặc đã chết; không cần ghi trở về.",
                "The person is neither missing nor dead; there is nothing to return from."
            )
        case .alreadyMarried:
            (
                "already_married", "Một trong hai người đang có vợ hoặc chồng; ghi ly hôn hoặc khai tử trước.",
                "One of the two is married; record the divorce or the death first."
            )
        case .notMarriedToEachOther:
            (
                "not_married_to_each_other",
                "Hai người này không phải là vợ chồng của nhau; kiểm tra lại người thứ hai.",
                "These two are not married to each other; check the second person."
            )
        case .coupleNeedsTwoDifferentPersons:
            (
                "couple_needs_two_persons", "Kết hôn và ly hôn cần đúng hai người khác nhau; nêu đủ hai người.",
                "A marriage or divorce needs exactly two different persons; name both."
            )
        case .closeRelatives:
            (
                "close_relatives", "Hai người có quan hệ cha mẹ con hoặc anh chị em; pháp luật không cho kết hôn.",
                "The two are parent and child, or siblings; the law does not let them marry."
            )
        case .tooYoungToMarry:
            (
                "too_young_to_marry",
                "Chưa đủ tuổi kết hôn (nam 20, nữ 18; trước năm 2015 là 19 và 17); kiểm tra ngày sinh, ngày kết hôn.",
                "Too young to marry (men 20, women 18; before 2015 19 and 17); check the dates of birth and marriage."
            )
        case .sameSexMarriage:
            (
                "same_sex_marriage",
                "Hai người cùng giới tính; pháp luật không thừa nhận hôn nhân này. Kiểm tra giới tính của cả hai.",
                "Both have the same sex, and the law does not recognise the marriage; check both."
            )
        case .guardianNotAdult:
            (
                "guardian_not_adult", "Người giám hộ phải từ đủ 18 tuổi; nêu người khác, hoặc kiểm tra ngày sinh.",
                "A guardian must be 18 or older; name somebody else, or check the date of birth."
            )
        case .adoptionNeedsParents:
            (
                "adoption_needs_parents", "Nuôi con nuôi cần một cha, một mẹ hoặc cả hai; nêu một hoặc hai người.",
                "An adoption needs one parent or a couple; name one or two."
            )
        case .parentNotOlder:
            (
                "parent_not_older", "Cha mẹ phải sinh trước con; kiểm tra ngày sinh của cả hai.",
                "A parent must be older than the child; check both dates of birth."
            )
        default:
            (
                "parent_is_child", "Một người không thể là cha mẹ của chính mình; nêu hai người khác nhau.",
                "Nobody is their own parent; name two different persons."
            )
        }
    }

    private var householdTexts: Texts {
        switch self {
        case .noPermanentResidence:
            (
                "no_permanent_residence", "Người này không có nơi thường trú để xóa.",
                "The person has no permanent residence that could be deleted; check whom you mean."
            )
        case .alreadyInHousehold:
            (
                "already_in_household", "Người này đang thuộc một hộ khác; ghi ra khỏi hộ đó trước.",
                "The person belongs to another household; record the leaving first."
            )
        case .notInHousehold:
            (
                "not_in_household", "Người này không thuộc hộ đã nêu; kiểm tra lại mã hộ.",
                "The person is not a member of that household; check the household's handle."
            )
        case .headMustLeaveLast:
            (
                "head_must_leave_last", "Chủ hộ còn thành viên trong hộ; thay đổi chủ hộ trước.",
                "The head still has members in the household; change the head first."
            )
        case .headNotMember:
            (
                "head_not_member", "Chủ hộ phải là thành viên của hộ; nhập hộ cho người đó trước.",
                "The head must be a member; record the joining first."
            )
        case .householdHasHead:
            (
                "household_has_head",
                "Hộ này đã có chủ hộ; nêu quan hệ khác, hoặc ghi nhập hộ rồi ghi thay đổi chủ hộ.",
                "The household has a head already; state another relation, or change the head after the joining."
            )
        case .householdHasLaterActs:
            (
                "household_has_later_acts",
                "Sau đó hộ này đã có sự việc khác; hủy các sự việc đó trước, từ mới nhất trở về trước.",
                "Other acts on the household came later; annul those first, the latest before the others."
            )
        default:
            (
                "household_needs_one_head", "Một hộ có đúng một chủ hộ trong số thành viên; nêu lại chủ hộ.",
                "A household has exactly one head, who is a member; name the head again."
            )
        }
    }

    private var numberTexts: Texts {
        switch self {
        case .numberHeld:
            (
                "number_held", "Người này đang có số định danh; một người chỉ có một số.",
                "The person holds a number already; a person has one. Cancel or re-establish it if it is wrong."
            )
        case .numberBelongsToAnother:
            (
                "number_belongs_to_another", "Số này đã cấp cho người khác; một số chỉ thuộc một người mãi mãi.",
                "The number belongs to somebody else, for ever; check its digits."
            )
        case .numberNotInForce:
            (
                "number_not_in_force", "Số này không phải số đang có hiệu lực của người đó; kiểm tra lại số.",
                "That is not the number the person holds; check its digits."
            )
        case .numberWasCancelled:
            (
                "number_was_cancelled", "Số này đã bị hủy và không bao giờ được cấp lại; lấy một số khác.",
                "The number was cancelled and is never given again; take another one."
            )
        case .numberNeedsBirthRegistration:
            (
                "number_needs_birth_registration", "Chưa đăng ký khai sinh thì chưa cấp số; ghi khai sinh trước.",
                "Nobody gets a number before birth registration; record the birth first."
            )
        case .numberTestPrefix:
            (
                "number_test_prefix", "Ba chữ số đầu không thuộc tỉnh nào; cơ sở dữ liệu thật không nhận số thử.",
                "No province has these first three digits; a production register takes no test numbers."
            )
        case .numberNotTestPrefix:
            (
                "number_not_test_prefix",
                "Cơ sở dữ liệu trình diễn chỉ nhận số thử (003, 005, 007…), vì số thật có thể là của một "
                    + "người đang sống.",
                "A demonstration register takes test numbers alone (003, 005, 007, …): a real one may be "
                    + "a living person's."
            )
        default:
            (
                "request_needed", "Căn cứ này chỉ áp dụng khi công dân đề nghị; ghi \"requested\": true khi có đơn.",
                "This ground works only at the citizen's request; state \"requested\": true when there is one."
            )
        }
    }

    private var repairTexts: Texts {
        switch self {
        case .mergeWithItself:
            (
                "merge_with_itself", "Không thể hợp nhất một bản ghi với chính nó; nêu hai bản ghi khác nhau.",
                "A record cannot be merged with itself; name two records."
            )
        case .alreadyMerged:
            (
                "already_merged", "Một trong hai bản ghi đã được hợp nhất; hủy hợp nhất trước.",
                "One of the records was merged already; unmerge it first."
            )
        case .mergeWithDay:
            (
                "merge_with_day", "Hợp nhất và hủy hợp nhất có hiệu lực từ lúc ghi; bỏ ngày hiệu lực.",
                "A merge and its undoing hold from the moment they are recorded; leave the effective day out."
            )
        case .mergeLosesNumber:
            (
                "merge_loses_number",
                "Bản ghi còn lại chưa có số định danh mà bản ghi trùng có; hợp nhất theo chiều ngược lại.",
                "The record that goes on has no personal number and the duplicate has one; merge the other way round."
            )
        case .notMerged:
            (
                "not_merged", "Hai bản ghi này chưa được hợp nhất với nhau; kiểm tra lại.",
                "These two records are not merged; check them."
            )
        case .alreadyAnnulled:
            (
                "already_annulled", "Sự việc này đã bị hủy bỏ; không cần hủy lần nữa.",
                "The act is annulled already; there is nothing to do."
            )
        case .nothingToConfirm:
            (
                "nothing_to_confirm",
                "Sự việc này không phải sự kiện hộ tịch; chỉ xác nhận khai sinh, kết hôn, khai tử và tương tự.",
                "The act is no civil-status event; confirm births, marriages, deaths and the like."
            )
        case .alreadyConfirmed:
            (
                "already_confirmed", "Sự kiện này do bên hộ tịch ghi hoặc đã xác nhận; không cần xác nhận lần nữa.",
                "The civil-status side recorded or confirmed the event already; there is nothing to do."
            )
        default:
            (
                "cannot_annul",
                "Không hủy được sự việc thuộc loại này; ghi sự việc ngược lại hoặc đưa bản ghi ra xem xét.",
                "Acts of this kind are not annulled; record the opposite act, or set the record aside."
            )
        }
    }
}
