import Civil

extension FindingCode {
    /// What was found and what to do about it.
    package var sentence: Sentence {
        switch weight {
        case .noted: notedSentence
        case .marked:
            if isAboutRelatives {
                relativeSentence
            } else {
                self == .duplicate || self == .possibleDuplicate || isAboutNumber ? numberSentence : markedSentence
            }
        case .held: heldSentence
        }
    }

    private var isAboutRelatives: Bool {
        switch self {
        case .parentNotOlder, .spouseOfTwo, .relativeNumberMismatch, .relativeUnreadable: true
        default: false
        }
    }

    private var isAboutNumber: Bool {
        switch self {
        case .numberMalformed, .numberSexMismatch, .numberYearMismatch, .numberOfAnother, .numberTestPrefix,
            .numberNotTestPrefix, .oldNumberMalformed:
            true
        default: false
        }
    }

    private var notedSentence: Sentence {
        switch self {
        case .yearOnly:
            Sentence(
                vietnamese: "Chỉ có năm sinh; khi có giấy khai sinh, bổ sung ngày và tháng.",
                english: "Only the year of birth is known; add day and month once there is a birth certificate.")
        case .noDay:
            Sentence(
                vietnamese: "Chỉ có tháng và năm sinh; khi có giấy khai sinh, bổ sung ngày.",
                english: "Only month and year of birth are known; add the day once there is a birth certificate.")
        case .marksAsKeys:
            Sentence(
                vietnamese: "Họ tên còn phím gõ dấu (Telex, VNI), đã đọc thành chữ có dấu; đối chiếu giấy khai sinh.",
                english: "The name has Telex or VNI keys and was read with marks; compare the birth certificate.")
        default:
            Sentence(
                vietnamese: "Họ tên viết không dấu; hỏi công dân và ghi đúng dấu như giấy khai sinh.",
                english: "The name is written without marks; ask for the spelling of the birth certificate.")
        }
    }

    private var markedSentence: Sentence {
        switch self {
        case .missingSex:
            Sentence(
                vietnamese: "Thiếu giới tính; hỏi công dân và bổ sung.",
                english: "The sex is missing; ask the citizen and add it.")
        case .unknownSex:
            Sentence(
                vietnamese: "Không hiểu giới tính đã ghi; ghi Nam hoặc Nữ.",
                english: "The sex cannot be read; write Nam (male) or Nữ (female).")
        case .phoneMalformed:
            Sentence(
                vietnamese: "Số điện thoại thừa, thiếu chữ số hoặc có chữ; hỏi lại và sửa.",
                english:
                    "The telephone number has too few or too many digits, or words in it; ask again and mend it.")
        case .householdHead:
            Sentence(
                vietnamese: "Hộ này không có đúng một chủ hộ; xác minh ai là chủ hộ và sửa quan hệ.",
                english: "This household does not have exactly one head; verify who it is and mend the relation.")
        case .householdMissing:
            Sentence(
                vietnamese: "Thiếu mã hộ; dòng này được tính là một hộ riêng, xác minh người đó thuộc hộ nào.",
                english: "The household code is missing; the row counts as a household of its own. Verify which it is.")
        case .dead:
            Sentence(
                vietnamese: "Ghi chú cho biết người này đã chết; đối chiếu sổ hộ tịch và ghi khai tử.",
                english: "The note says that the person has died; compare the civil-status book and record the death.")
        case .deathMentioned:
            Sentence(
                vietnamese: "Ghi chú nói về việc chết, không rõ của ai; hỏi lại, chỉ khai tử người đã chết.",
                english: "The note speaks of a death, not surely this person's; ask, and record whose it is.")
        case .veryOld:
            Sentence(
                vietnamese: "Sống quá 120 tuổi theo năm sinh này; kiểm tra năm sinh, hoặc người này đã chết.",
                english: "By this date of birth older than 120 years; check it, or the person has died.")
        case .addressMissing:
            Sentence(
                vietnamese: "Thiếu địa chỉ; hỏi công dân và bổ sung.",
                english: "The address is missing; ask the citizen and add it.")
        case .addressAmbiguous:
            Sentence(
                vietnamese: "Địa chỉ có thể thuộc nhiều đơn vị hành chính; chọn đúng một đơn vị trong danh sách.",
                english: "The address fits several units; choose the right one among the candidates.")
        case .addressUnresolved:
            Sentence(
                vietnamese: "Không tìm thấy đơn vị hành chính trong địa chỉ; ghi đủ xã, huyện, tỉnh.",
                english: "No unit is found in the address; write commune, district and province.")
        case .unknownCode:
            Sentence(
                vietnamese: "Giá trị không có trong danh mục; chọn một giá trị của danh mục.",
                english: "The value is not in the code list; choose one that is.")
        case .bornAfterCollection:
            Sentence(
                vietnamese: "Ngày sinh sau ngày thu thập trong cùng năm; kiểm tra cả hai ngày.",
                english: "The date of birth lies after the day of collection, in the same year; check both dates.")
        default:
            Sentence(
                vietnamese: "Thiếu hoặc sai ngày thu thập; lấy ngày của lô phiếu.",
                english: "The date of collection is missing or unreadable; the batch's date is taken.")
        }
    }

    private var relativeSentence: Sentence {
        switch self {
        case .parentNotOlder:
            Sentence(
                vietnamese: "Cha hoặc mẹ sinh sau con; kiểm tra ngày sinh của cả hai.",
                english: "A parent is not older than the child; check both dates of birth.")
        case .spouseOfTwo:
            Sentence(
                vietnamese: "Có hai người cùng khai một vợ hoặc chồng; xác minh hôn nhân của họ và sửa phiếu sai.",
                english: "Two people name the same wife or husband; verify both marriages and mend the wrong sheet.")
        case .relativeUnreadable:
            Sentence(
                vietnamese: "Họ tên hoặc số định danh của cha, mẹ, vợ hoặc chồng không đọc được; ghi lại theo giấy tờ.",
                english: "The name or number of the father, mother or spouse cannot be read; write it as on the papers."
            )
        default:
            Sentence(
                vietnamese:
                    "Số định danh của cha, mẹ, vợ hoặc chồng là của người khác tên hoặc khác giới; xem lại giấy tờ.",
                english:
                    "The number of the father, mother or spouse is somebody else's; look at the papers."
            )
        }
    }

    private var numberSentence: Sentence {
        switch self {
        case .numberMalformed:
            Sentence(
                vietnamese: "Số định danh không có đúng 12 chữ số; xem lại giấy tờ và ghi lại.",
                english: "The personal number does not have 12 digits; look at the paper and write it again.")
        case .numberSexMismatch:
            Sentence(
                vietnamese: "Chữ số thứ tư của số định danh không khớp giới tính; xác minh số và giới tính.",
                english: "The fourth digit of the number does not fit the sex; verify both.")
        case .numberYearMismatch:
            Sentence(
                vietnamese: "Số định danh không khớp năm sinh; xác minh số và ngày sinh.",
                english: "The number does not fit the year of birth; verify both.")
        case .numberOfAnother:
            Sentence(
                vietnamese: "Số định danh này đã thuộc người khác; xem lại giấy tờ của cả hai người.",
                english: "The number belongs to somebody else; look at the papers of both.")
        case .numberTestPrefix:
            Sentence(
                vietnamese: "Ba chữ số đầu không thuộc tỉnh nào; xem lại giấy tờ và ghi lại.",
                english: "No province has these first three digits; look at the paper and write the number again.")
        case .numberNotTestPrefix:
            Sentence(
                vietnamese: "Cơ sở dữ liệu trình diễn chỉ nhận số thử; bỏ số thật khỏi dữ liệu trình diễn.",
                english: "A demonstration register takes test numbers alone; take real numbers out of the data.")
        case .oldNumberMalformed:
            Sentence(
                vietnamese: "Số CMND không có 9 chữ số; xem lại giấy tờ và ghi lại.",
                english: "The old identity number does not have 9 digits; look at the paper and write it again.")
        case .possibleDuplicate:
            Sentence(
                vietnamese: "Người này có thể đã có hồ sơ; mở cặp trong danh sách nghi trùng và kết luận.",
                english:
                    "This person may have a record already; open the pair among the possible duplicates and decide.")
        default:
            Sentence(
                vietnamese: "Người này có trong nhiều phiếu; so các phiếu và giữ một bản ghi.",
                english: "The same person stands on several sheets; compare them and keep one record.")
        }
    }

    private var heldSentence: Sentence {
        switch self {
        case .missingName:
            Sentence(
                vietnamese: "Thiếu họ tên; hỏi lại và ghi bổ sung.", english: "The name is missing; ask and add it.")
        case .unreadableName:
            Sentence(
                vietnamese: "Họ tên có ký tự không phải chữ; ghi lại như giấy khai sinh.",
                english: "The name holds signs that are no letters; write it as on the birth certificate.")
        case .missingDateOfBirth:
            Sentence(
                vietnamese: "Thiếu ngày sinh; hỏi lại, ghi ít nhất năm sinh.",
                english: "The date of birth is missing; ask, and write at least the year.")
        case .impossibleDate:
            Sentence(
                vietnamese: "Lịch không có ngày sinh này; xem lại giấy khai sinh và ghi lại.",
                english: "The calendar has no such day; look at the birth certificate and write it again.")
        case .futureDate:
            Sentence(
                vietnamese: "Ngày sinh sau ngày thu thập; xem lại năm sinh.",
                english: "The date of birth lies after the day of collection; check the year.")
        case .unreadableDate:
            Sentence(
                vietnamese: "Không đọc được ngày sinh; ghi ngày/tháng/năm, ví dụ 25/02/1990.",
                english: "The date of birth cannot be read; write day/month/year, such as 25/02/1990.")
        case .rowMalformed:
            Sentence(
                vietnamese: "Dòng không có đủ số cột; mở tệp, sửa dòng này và gửi lại.",
                english: "The row does not have all columns; mend it in the file and hand it in again.")
        case .rowTooLong:
            Sentence(
                vietnamese: "Dòng quá dài; kiểm tra dấu ngoặc kép chưa đóng.",
                english: "The row is too long; look for a quotation mark that is not closed.")
        case .fieldTooLong:
            Sentence(
                vietnamese: "Một ô quá dài; ghi ngắn lại.",
                english: "A field is too long; shorten it.")
        case .outsideOffice:
            Sentence(
                vietnamese: "Thường trú và nơi ở hiện tại không thuộc địa bàn của cơ quan nhập phiếu; chuyển phiếu cho "
                    + "cơ quan nơi đó.",
                english: "Neither residence lies in the places of the office that hands the sheet in; pass it on.")
        case .encodingBroken:
            Sentence(
                vietnamese: "Dòng có ký tự không đọc được; lưu lại tệp bằng bảng mã UTF-8.",
                english: "The row holds bytes that are no text; save the file as UTF-8.")
        default:
            Sentence(
                vietnamese: "Quá nhiều dòng có cùng mã hộ; kiểm tra cột mã hộ.",
                english: "Too many rows have the same household code; check that column.")
        }
    }
}
