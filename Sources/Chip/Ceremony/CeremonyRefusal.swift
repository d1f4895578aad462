import Civil

/// Lý do buổi lễ từ chối: why a step of a ceremony was not taken; nothing was written then.
package enum CeremonyRefusal: ExplainedRefusal {
    /// The field of the plan that is missing or wrong.
    case planMalformed(String)
    /// One person stands in the plan twice, so that he would watch himself.
    case personTwice(String)
    case thresholdImpossible
    /// The folder has no ceremony.
    case notOpened
    /// The clock of this machine is behind the last line.
    case clockBehind
    /// Another step is going on in the folder.
    case busy
    /// No participant of the plan has that word.
    case participantUnknown(String)
    /// Nobody present has that role.
    case roleMissing(CeremonyRole)
    case sharesTooFew(have: Int, need: Int)
    case holderTwice(String)
    /// The file is no share.
    case shareMalformed(String)
    /// The share is of another ceremony, or of another key of this one.
    case shareForeign(String)
    /// The holder's passphrase is wrong, or the file was altered.
    case shareNotOpened(String)
    /// The share opens, but is not the one that the holder was given.
    case shareWrong(String)
    /// Not one file with a passphrase for each share or holder.
    case passphrasesUneven(have: Int, need: Int)
    /// Two holders would have the same passphrase.
    case passphraseTwice
    case authorityThere
    case authorityMissing
    /// The CSCA may sign no more.
    case authorityEnded
    case signerMissing
    case listMissing
    /// The key is on a token, which was not named.
    case tokenNeeded
    /// The certificate that is to be revoked or listed is none of the kind.
    case certificateForeign(String)
    case notAnAuthority(String)
    /// The first line that is not as it was written.
    case protocolChanged(Int)
    /// A file of a step is not as the protocol has it.
    case fileChanged(String)
    /// The protocol is whole, but not the one that was signed on paper.
    case protocolOther

    package var code: String {
        switch self {
        case .planMalformed: "ceremony_plan_malformed"
        case .personTwice: "ceremony_person_twice"
        case .thresholdImpossible: "ceremony_threshold_impossible"
        case .notOpened: "ceremony_not_opened"
        case .clockBehind: "ceremony_clock_behind"
        case .busy: "ceremony_busy"
        case .participantUnknown: "ceremony_participant_unknown"
        case .roleMissing: "ceremony_role_missing"
        case .sharesTooFew: "ceremony_shares_too_few"
        case .holderTwice: "ceremony_holder_twice"
        case .shareMalformed: "ceremony_share_malformed"
        case .shareForeign: "ceremony_share_foreign"
        case .shareNotOpened: "ceremony_share_not_opened"
        case .shareWrong: "ceremony_share_wrong"
        case .passphrasesUneven: "ceremony_passphrases_uneven"
        case .passphraseTwice: "ceremony_passphrase_twice"
        case .authorityThere: "ceremony_authority_there"
        case .authorityMissing: "ceremony_authority_missing"
        case .authorityEnded: "ceremony_authority_ended"
        case .signerMissing: "ceremony_signer_missing"
        case .listMissing: "ceremony_list_missing"
        case .tokenNeeded: "ceremony_token_needed"
        case .certificateForeign: "ceremony_certificate_foreign"
        case .notAnAuthority: "ceremony_not_an_authority"
        case .protocolChanged: "ceremony_protocol_changed"
        case .fileChanged: "ceremony_file_changed"
        case .protocolOther: "ceremony_protocol_other"
        }
    }

    package var sentence: Sentence {
        planSentence ?? shareSentence ?? authoritySentence
    }

    private var planSentence: Sentence? {
        switch self {
        case .planMalformed(let field):
            Sentence(
                "Kế hoạch thiếu hoặc sai mục \(field): sửa theo mẫu trong docs/chip.md.",
                "The plan lacks \(field) or has it wrong: mend it as docs/chip.md shows.")
        case .personTwice(let name):
            Sentence(
                "\(name) có hai vai trò trong kế hoạch: mỗi vai trò một người khác nhau.",
                "\(name) stands in the plan twice: name another person for each role.")
        case .thresholdImpossible:
            Sentence(
                "Số người cần để mở khóa phải từ 2 đến số người giữ, nhiều nhất \(SecretSharing.mostShares).",
                "The threshold is from 2 to the number of holders, of whom there are at most "
                    + "\(SecretSharing.mostShares): mend the plan.")
        case .notOpened:
            Sentence(
                "Thư mục chưa có buổi lễ: mở bằng dancu pki ceremony open, hoặc kiểm tra --dir.",
                "The folder has no ceremony: open one with dancu pki ceremony open, or check --dir.")
        case .clockBehind:
            Sentence(
                "Đồng hồ máy chậm hơn dòng cuối của biên bản: chỉnh lại giờ rồi làm lại.",
                "The clock of this machine is behind the protocol's last line: set it and start again.")
        case .busy:
            Sentence(
                "Một bước khác của buổi lễ đang chạy: chờ xong rồi làm tiếp.",
                "Another step of the ceremony is going on: wait until it is done.")
        case .participantUnknown(let word):
            Sentence(
                "Kế hoạch không có \(word): dùng master, holder-1, witness-1, auditor-1 theo kế hoạch.",
                "The plan has no \(word): write master, holder-1, witness-1 or auditor-1, as in the plan.")
        case .roleMissing(let role):
            Sentence(
                "Bước này cần có mặt: \(role.title.vietnamese.lowercased()); ghi bằng --present.",
                "This step needs to be present: \(role.title.english.lowercased()); name it with --present.")
        default: nil
        }
    }

    private var shareSentence: Sentence? {
        switch self {
        case .sharesTooFew(let have, let need):
            Sentence(
                "Mới có \(have) người giữ mảnh khóa, cần \(need): mời thêm người giữ mảnh.",
                "\(have) key holders are there, \(need) are needed: ask another holder to come.")
        case .holderTwice(let name):
            Sentence(
                "Mảnh khóa của \(name) được đưa hai lần: mỗi người một mảnh.",
                "The share of \(name) is given twice: each holder gives one.")
        case .shareMalformed(let file):
            Sentence(
                "\(file) không phải tệp mảnh khóa: kiểm tra đường dẫn.",
                "\(file) is no file of a share: check the path.")
        case .shareForeign(let file):
            Sentence(
                "\(file) là mảnh của buổi lễ khác hoặc của khóa khác: lấy đúng mảnh của khóa đang dùng.",
                "\(file) is a share of another ceremony or of another key: take the one of the key in use.")
        case .shareNotOpened(let name):
            Sentence(
                "Không mở được mảnh khóa của \(name): kiểm tra mật khẩu; nếu tệp hỏng thì dùng bản sao.",
                "The share of \(name) does not open: check the passphrase; if the file is damaged, use its copy.")
        case .shareWrong(let name):
            Sentence(
                "Mảnh khóa của \(name) không phải mảnh đã giao: không dùng, lập biên bản, mời người giữ khác.",
                "The share of \(name) is not the one that was given out: do not use it, write that down, ask another "
                    + "holder.")
        case .passphrasesUneven(let have, let need):
            Sentence(
                "Có \(have) tệp mật khẩu, cần \(need): mỗi người giữ mảnh một tệp, theo thứ tự.",
                "There are \(have) files of passphrases, \(need) are needed: one for each holder, in their order.")
        case .passphraseTwice:
            Sentence(
                "Hai người giữ mảnh dùng chung mật khẩu: mỗi người tự đặt mật khẩu riêng.",
                "Two holders have the same passphrase: each chooses one of his own.")
        default: nil
        }
    }

    private var authoritySentence: Sentence {
        switch self {
        case .authorityThere:
            Sentence(
                "Buổi lễ đã có CSCA: tạo CSCA mới bằng dancu pki ceremony link.",
                "The ceremony has a CSCA: make a new one with dancu pki ceremony link.")
        case .authorityMissing:
            Sentence(
                "Buổi lễ chưa có CSCA: tạo bằng dancu pki ceremony csca.",
                "The ceremony has no CSCA yet: make it with dancu pki ceremony csca.")
        case .authorityEnded:
            Sentence(
                "CSCA đã hết thời gian được ký: không ký được nữa, mở buổi lễ mới cho CSCA mới.",
                "The CSCA may sign no more: open a new ceremony for a new CSCA.")
        case .signerMissing:
            Sentence(
                "Buổi lễ không có người ký đó: cấp bằng dancu pki ceremony signer.",
                "The ceremony has no such document signer: certify one with dancu pki ceremony signer.")
        case .listMissing:
            Sentence(
                "CSCA chưa có danh sách thu hồi: ký bằng dancu pki ceremony crl.",
                "The CSCA has no revocation list yet: sign one with dancu pki ceremony crl.")
        case .tokenNeeded:
            Sentence(
                "Khóa nằm trên thiết bị: ghi thư viện bằng --token; khi tạo khóa mới, thêm --slot và --pin-file.",
                "The key is on a token: name its library with --token; for a new key also --slot and --pin-file.")
        case .certificateForeign(let file):
            Sentence(
                "\(file) không phải chứng thư do CSCA này cấp: kiểm tra tệp.",
                "\(file) is no certificate of this CSCA: check the file.")
        case .notAnAuthority(let file):
            Sentence(
                "\(file) không phải chứng thư CSCA tự ký: kiểm tra tệp.",
                "\(file) is no certificate of a CSCA that signed itself: check the file.")
        case .protocolChanged(let line):
            Sentence(
                "Dòng \(line) của biên bản không còn như lúc ghi: dừng lại, đối chiếu với bản giấy đã ký.",
                "Line \(line) of the protocol is not as it was written: stop, and compare with the signed paper.")
        case .fileChanged(let file):
            Sentence(
                "\(file) thiếu hoặc không đúng như biên bản: dừng lại, lấy lại từ bản lưu.",
                "\(file) is missing or not as the protocol has it: stop, and restore it from its copy.")
        default:
            Sentence(
                "Biên bản không phải bản đã ký trên giấy: dừng lại, tìm thư mục đúng.",
                "The protocol is not the one that was signed on paper: stop, and find the right folder.")
        }
    }
}
