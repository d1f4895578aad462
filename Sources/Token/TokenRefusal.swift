import Civil

/// Lý do thiết bị giữ khóa từ chối: why a token was not opened or made no key.
package enum TokenRefusal: ExplainedRefusal {
    /// The library of the token is not there, or is none.
    case moduleNotLoaded
    /// No token has that label.
    case tokenNotFound
    case pinWrong
    /// No key pair has that label, or more than one has.
    case keyNotFound
    case keyExists
    /// The token answered with that error of PKCS #11.
    case failed(UInt)

    package var code: String {
        switch self {
        case .moduleNotLoaded: "token_module_not_loaded"
        case .tokenNotFound: "token_not_found"
        case .pinWrong: "token_pin_wrong"
        case .keyNotFound: "token_key_not_found"
        case .keyExists: "token_key_exists"
        case .failed: "token_failed"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .moduleNotLoaded:
            Sentence(
                "Không nạp được thư viện PKCS #11: kiểm tra đường dẫn tới tệp .so của nhà cung cấp.",
                "The PKCS #11 library does not load: check the path of the vendor's .so file.")
        case .tokenNotFound:
            Sentence(
                "Không thấy thiết bị giữ khóa có nhãn đó: cắm thiết bị rồi chạy lại.",
                "No token with that label is there: plug it in and run again.")
        case .pinWrong:
            Sentence(
                "Mã PIN của thiết bị giữ khóa không đúng: kiểm tra lại; nhập sai nhiều lần thì thiết bị bị khóa.",
                "The token's PIN is wrong: check it; after several wrong ones the token locks itself.")
        case .keyNotFound:
            Sentence(
                "Thiết bị không có đúng một cặp khóa P-256 với nhãn đó: kiểm tra nhãn.",
                "The token has not exactly one P-256 key pair with that label: check the label.")
        case .keyExists:
            Sentence(
                "Thiết bị đã có khóa với nhãn đó: chọn nhãn khác để không nhầm khóa.",
                "The token has a key with that label: choose another, so that keys are not mistaken.")
        case .failed(let status):
            Sentence(
                "Thiết bị giữ khóa báo lỗi 0x\(String(status, radix: 16)): kiểm tra thiết bị rồi chạy lại.",
                "The token reports error 0x\(String(status, radix: 16)): check it and run again.")
        }
    }
}
