import Civil

/// Why a passkey is not registered, or does not sign its holder in; what to do about it.
package enum PasskeyRefusal: ExplainedRefusal {
    /// The answer of the browser or the authenticator cannot be read; the word says which part.
    case malformed(part: Part)
    /// It belongs to another ceremony.
    case wrongCeremony
    /// The challenge is not the one that was given out, or its time is over.
    case challengeWrong
    /// It was made on a page of another site, or inside of one.
    case originWrong
    case relyingPartyWrong
    case userNotPresent
    /// The authenticator did not ask for PIN, finger or face.
    case userNotVerified
    case algorithmNotOffered
    case attestationWrong
    case keyUnknown
    /// The key belongs to another account than the authenticator says.
    case userWrong
    case signatureWrong
    /// The counter does not grow: there may be two copies of the key.
    case counterWentBack
    /// A key that was said never to be copied says now that it may be, or the other way round.
    case backupChanged

    package enum Part: String, Hashable, Sendable {
        case clientData = "client_data"
        case attestation
        case authenticatorData = "authenticator_data"
        case key
    }

    /// Whether somebody must look at it: this does not happen to honest keys.
    package var isFinding: Bool {
        switch self {
        case .originWrong, .relyingPartyWrong, .userWrong, .signatureWrong, .counterWentBack, .backupChanged: true
        case .malformed, .wrongCeremony, .challengeWrong, .userNotPresent, .userNotVerified, .algorithmNotOffered,
            .attestationWrong, .keyUnknown:
            false
        }
    }

    package var code: String {
        switch self {
        case .malformed: "passkey_malformed"
        case .wrongCeremony: "passkey_wrong_ceremony"
        case .challengeWrong: "passkey_challenge_wrong"
        case .originWrong: "passkey_origin_wrong"
        case .relyingPartyWrong: "passkey_site_wrong"
        case .userNotPresent: "passkey_user_not_present"
        case .userNotVerified: "passkey_user_not_verified"
        case .algorithmNotOffered: "passkey_algorithm_not_offered"
        case .attestationWrong: "passkey_attestation_wrong"
        case .keyUnknown: "passkey_unknown"
        case .userWrong: "passkey_user_wrong"
        case .signatureWrong: "passkey_signature_wrong"
        case .counterWentBack: "passkey_counter_went_back"
        case .backupChanged: "passkey_backup_changed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .malformed, .wrongCeremony, .attestationWrong:
            Sentence(
                "Trình duyệt hoặc khóa trả lời không đúng dạng; cập nhật trình duyệt rồi thử lại.",
                "The browser or the key gave an answer that cannot be read; update the browser and try again.")
        case .challengeWrong:
            Sentence(
                "Yêu cầu đã hết hạn hoặc đã dùng; mở lại trang rồi thử lại.",
                "This request has expired or was used already; open the page again and try once more.")
        case .originWrong, .relyingPartyWrong:
            Sentence(
                "Khóa được dùng trên một trang khác; chỉ đăng nhập tại địa chỉ chính thức và báo người quản trị.",
                "The key was used on another site; sign in at the official address only and tell the administrator.")
        case .userNotPresent, .userNotVerified:
            Sentence(
                "Khóa chưa xác minh người dùng; đặt mã PIN, vân tay hoặc khuôn mặt cho khóa rồi thử lại.",
                "The key did not verify its user; set a PIN, finger or face on it and try again.")
        case .algorithmNotOffered:
            Sentence(
                "Loại khóa này không được hỗ trợ; dùng khóa khác.", "This kind of key is not supported; use another.")
        case .keyUnknown, .userWrong:
            Sentence(
                "Khóa này không mở được tài khoản nào ở đây; dùng khóa khác hoặc nhờ đồng nghiệp cấp liên kết mới.",
                "This key opens no account here; use another one, or ask a colleague for a new link.")
        case .signatureWrong:
            Sentence(
                "Chữ ký của khóa không đúng; thử lại, nếu vẫn vậy thì báo người quản trị.",
                "The key's signature is wrong; try again, and tell the administrator if it stays so.")
        case .counterWentBack, .backupChanged:
            Sentence(
                "Khóa này có thể đã bị sao chép; không dùng nữa và báo ngay người quản trị.",
                "There may be a copy of this key; stop using it and tell the administrator at once.")
        }
    }
}
