import Access
import Civil

extension Session.Method {
    /// The way of signing in as a page names it.
    package var title: Sentence {
        switch self {
        case .passkey: Sentence("khóa bảo mật", "passkey")
        case .passwordAndCode: Sentence("mật khẩu và mã", "password and code")
        case .demonstration: Sentence("một chạm (trình diễn)", "one click (demonstration)")
        }
    }
}

extension SignInEntry.Event {
    /// What happened, as a page names it.
    package var title: Sentence {
        switch self {
        case .signedIn: Sentence("Đăng nhập", "Signed in")
        case .refused: Sentence("Bị từ chối", "Refused")
        case .signedOut: Sentence("Đăng xuất", "Signed out")
        case .ended: Sentence("Phiên bị kết thúc", "Session ended")
        }
    }
}

extension OwnPasskey {
    /// Where the key lives, as far as the browser said.
    var kind: Sentence? {
        if transports.contains(.internal) { return Sentence("trong thiết bị", "inside the device") }
        if transports.contains(.hybrid) { return Sentence("trên điện thoại", "on a telephone") }
        return transports.isEmpty ? nil : Sentence("khóa rời", "a key to plug in or hold near")
    }
}

/// Sign-ins in words: reasons, browsers and networks.
enum SignInWords {
    /// Why a try was refused or a session ended; the sentence of a refusal is for whoever tries, this is for the owner.
    static func reason(_ code: String) -> Sentence {
        switch code {
        case SignInEntry.End.replaced.rawValue:
            Sentence("đăng nhập lại ở cùng trình duyệt", "signed in anew in the same browser")
        case SignInEntry.End.byOwner.rawValue: Sentence("bạn kết thúc từ phiên khác", "ended from another session")
        case SignInEntry.End.roleChanged.rawValue: Sentence("bạn chuyển vai trò", "you went on in another role")
        case SignInEntry.End.oldest.rawValue: Sentence("quá nhiều phiên", "too many sessions")
        case SignInRefusal.wrong.code: Sentence("mật khẩu hoặc mã sai", "wrong password or code")
        case SignInRefusal.noRole.code: Sentence("không có vai trò còn hiệu lực", "no role in force")
        case PasskeyRefusal.counterWentBack.code, PasskeyRefusal.backupChanged.code:
            Sentence("khóa có thể đã bị sao chép", "there may be a copy of the key")
        case PasskeyRefusal.originWrong.code, PasskeyRefusal.relyingPartyWrong.code:
            Sentence("khóa được dùng trên trang khác", "the key was used on another site")
        case PasskeyRefusal.userNotVerified.code, PasskeyRefusal.userNotPresent.code:
            Sentence("khóa chưa xác minh người dùng", "the key did not verify its user")
        default: Sentence("khóa không được chấp nhận", "the key was not accepted")
        }
    }

    /// `Firefox, Windows`; a browser that is not known is shown as it calls itself.
    static func browser(_ agent: String, _ language: PageLanguage) -> String {
        let programs = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ]
        let systems = [
            ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
        ]
        let program = programs.first { agent.contains($0.0) }?.1
        let system = systems.first { agent.contains($0.0) }?.1
        let known = [program, system].compactMap { $0 }.joined(separator: ", ")
        if !known.isEmpty { return known }
        return agent.isEmpty ? language.of("trình duyệt không rõ", "unknown browser") : String(agent.prefix(60))
    }

    /// The network, or that it is this machine, or nothing that is known.
    static func place(_ place: String, _ language: PageLanguage) -> String {
        switch place {
        case "127.0.0.0/24", "::/48": language.of("máy này", "this machine")
        case "-": language.of("không rõ", "unknown")
        default: place
        }
    }
}
