import Civil

extension CardFault {
    var dataSentence: Sentence {
        switch self {
        case .unreadable(let fault): fault.sentence
        case .noSecurityObject:
            Sentence(
                "Không có EF.SOD nên không kiểm tra được gì: đọc lại chip.",
                "There is no EF.SOD, so nothing can be checked: read the chip again.")
        case .hashDiffers:
            Sentence(
                "Dữ liệu khác với dữ liệu đã được ký: không chấp nhận thẻ, giữ lại để kiểm tra.",
                "The data differ from what was signed: do not accept the card, keep it for examination.")
        case .groupNotSigned:
            Sentence(
                "Nhóm dữ liệu này không có trong danh sách đã ký: không sử dụng nội dung của nó.",
                "The data group is not among those that were signed: do not use what it says.")
        case .groupNotRead:
            Sentence(
                "Nhóm dữ liệu đã ký nhưng chưa đọc (vân tay chỉ đầu đọc có quyền mới đọc được): đọc thêm nếu cần.",
                "The data group is signed but was not read (fingers need a terminal with the right): read it if needed."
            )
        case .groupWithheld:
            Sentence(
                "Chip không đưa ra nhóm dữ liệu đã ký mà ai cũng được đọc: có thể là bản sao, không chấp nhận thẻ.",
                "The chip keeps back a signed data group that everybody may read: it may be a copy, do not accept it.")
        case .zoneDiffers:
            Sentence(
                "MRZ trong DG1 và dữ liệu trong DG13 không khớp: không chấp nhận thẻ, báo nơi cấp.",
                "The zone in DG1 and the data in DG13 disagree: do not accept the card, tell the issuer.")
        default:
            Sentence(
                "Thiếu DG1 hoặc DG13 nên không so sánh được: đọc cả hai tệp.",
                "DG1 or DG13 is missing, so nothing can be compared: read both files.")
        }
    }

    var certificateSentence: Sentence {
        switch self {
        case .noSignerCertificate:
            Sentence(
                "EF.SOD không kèm chứng thư người ký: lấy chứng thư DS từ nơi cấp rồi kiểm tra lại.",
                "EF.SOD comes without its signer's certificate: get it from the issuer and check again.")
        case .signatureWrong:
            Sentence(
                "Chữ ký của EF.SOD sai: không chấp nhận thẻ, giữ lại để kiểm tra.",
                "The signature of EF.SOD is wrong: do not accept the card, keep it for examination.")
        case .noTrust:
            Sentence(
                "Chưa có chứng thư CSCA tin cậy: chỉ thư mục của chúng bằng --trust.",
                "No trusted CSCA certificate is at hand: name their folder with --trust.")
        case .signerNotTrusted:
            Sentence(
                "Không CSCA tin cậy nào ký cho người ký thẻ này: không chấp nhận thẻ, hoặc bổ sung CSCA của nơi cấp.",
                "No trusted CSCA certified this card's signer: do not accept the card, or add the issuer's CSCA.")
        case .signerMayNotSign:
            Sentence(
                "Chứng thư này không được phép ký thẻ: không chấp nhận thẻ, báo nơi cấp.",
                "This certificate may not sign cards: do not accept the card, tell the issuer.")
        case .countryDiffers:
            Sentence(
                "Chứng thư người ký và CSCA thuộc hai nước: không chấp nhận thẻ.",
                "The signer and the CSCA are of two countries: do not accept the card.")
        case .notYetValid:
            Sentence(
                "Chứng thư chưa đến ngày hiệu lực: kiểm tra đồng hồ của máy.",
                "A certificate is not valid yet: check the clock of this machine.")
        case .expired:
            Sentence(
                "Chứng thư đã hết hạn: không chấp nhận thẻ qua chip, kiểm tra bằng cách khác.",
                "A certificate has expired: do not accept the chip, check the holder in another way.")
        case .signedOutsidePeriod:
            Sentence(
                "Thẻ được ký ngoài thời gian được ký của chứng thư: không chấp nhận thẻ, báo nơi cấp.",
                "The card was signed outside the time in which its signer may sign: do not accept it, tell the issuer.")
        case .listOutdated:
            Sentence(
                "Danh sách thu hồi đã quá hạn: tải danh sách mới rồi kiểm tra lại.",
                "The revocation list is out of date: fetch the new one and check again.")
        case .revoked:
            Sentence(
                "Chứng thư người ký đã bị thu hồi: không chấp nhận thẻ, giữ lại để kiểm tra.",
                "The signer's certificate is revoked: do not accept the card, keep it for examination.")
        default:
            Sentence(
                "Chưa có danh sách thu hồi của CSCA: tải danh sách rồi kiểm tra lại.",
                "There is no revocation list of the CSCA: fetch it and check again.")
        }
    }

    var chipSentence: Sentence {
        switch self {
        case .accessCodeWrong:
            Sentence(
                "Chip không mở bằng mã này: kiểm tra lại; nếu đúng mã in trên thẻ thì không chấp nhận thẻ.",
                "The chip does not open with this code: check it; if it is the printed one, do not accept the card.")
        case .accessBlocked:
            Sentence(
                "Chip đã chặn loại mã này sau nhiều lần sai: mở bằng MRZ, hoặc rút thẻ ra rồi đặt lại.",
                "The chip has blocked this kind of code after wrong ones: use the zone, or take the card off and on.")
        case .rightNotTaken:
            Sentence(
                "Chip không nhận quyền của máy đọc: kiểm tra hạn của chứng thư CVC và cơ quan mà chip tin.",
                "The chip does not take the terminal's right: check its certificates' days and whom the chip believes.")
        case .accessFailed:
            Sentence(
                "Chip không hoàn tất PACE: đặt lại thẻ rồi đọc lại.",
                "The chip does not finish PACE: put the card on again and read anew.")
        case .keyNotProven:
            Sentence(
                "Chip không chứng minh được khóa đã ký: có thể là bản sao, không chấp nhận thẻ.",
                "The chip does not prove that it has the signed key: it may be a copy, do not accept the card.")
        case .holdsNoMore:
            Sentence(
                "Danh sách của nơi cấp ghi thẻ này không còn giá trị: không chấp nhận thẻ, hỏi nơi cấp.",
                "The issuer's list says that this card holds no more: do not accept it, ask the issuer.")
        case .standingUntrusted:
            Sentence(
                "Danh sách thẻ không do nơi cấp tin cậy ký: tải danh sách và chứng thư người ký mới.",
                "Nobody trusted signed the list of cards: fetch the list and its signer's certificate anew.")
        default:
            Sentence(
                "Thẻ không có khóa để chứng minh chip không phải bản sao: so ảnh với người, kiểm tra phôi.",
                "The card has no key by which its chip could prove to be no copy: compare holder and document.")
        }
    }
}
