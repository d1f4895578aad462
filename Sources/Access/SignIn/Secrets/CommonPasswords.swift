/// The passwords that are guessed first: long ones as they are, shorter words with digits and signs around them.
///
/// From published counts of leaked passwords, with what is usual in Vietnam and what this program is called.
enum CommonPasswords {
    /// Whether a password in small letters is one of them.
    static func contain(_ password: String) -> Bool {
        if long.contains(password) { return true }
        let letters = password.filter(\.isLetter)
        // Digits alone are a date, a telephone or somebody's personal number.
        if letters.isEmpty { return password.allSatisfy { $0.isNumber || " .-/".contains($0) } }
        return words.contains(letters) || isTwoWords(Array(letters.utf8))
    }

    /// Whether the letters are two common words and nothing else ("passwordadmin", "matkhaumatkhau").
    private static func isTwoWords(_ letters: [UInt8]) -> Bool {
        letters.indices.dropFirst().contains { cut in
            words.contains(String(decoding: letters[..<cut], as: UTF8.self))
                && words.contains(String(decoding: letters[cut...], as: UTF8.self))
        }
    }

    private static let words: Set<String> = [
        "password", "passwords", "passw", "pass", "qwerty", "qwertyuiop", "qwert", "asdf", "asdfgh", "asdfghjkl",
        "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "qwe", "asd", "zxc", "abc", "abcd", "abcdef", "abcdefgh", "dragon",
        "baseball", "football", "monkey", "letmein", "shadow", "master", "mustang", "superman", "jordan", "killer",
        "hunter", "batman", "soccer", "charlie", "sunshine", "iloveyou", "ilove", "computer", "starwars", "freedom",
        "princess", "summer", "winter", "spring", "autumn", "matrix", "access", "secret", "diamond", "hello",
        "internet", "samsung", "welcome", "whatever", "test", "testing", "admin", "administrator", "root", "user",
        "guest", "login", "changeme", "default", "temp", "iphone", "google", "facebook", "michael", "liverpool",
        "chelsea", "barcelona", "arsenal", "manchester", "pokemon", "naruto", "security", "oracle", "windows",
        // Usual in Vietnam, without marks and with them.
        "matkhau", "mậtkhẩu", "mật", "khẩu", "mat", "khau", "anhyeuem", "emyeuanh", "iloveyouvn", "yeuem", "yeuanh",
        "anhyeuemnhieulam", "congan", "côngan", "congannhandan", "bocongan", "congdan", "vietnam", "việtnam", "hanoi",
        "hànội", "saigon", "sàigòn", "hochiminh", "danang", "nguyen", "nguyenvan", "nguyenthi", "khongbiet",
        "khongcopass", "khongcomatkhau", "taikhoan", "xinchao", "conyeume", "giadinh", "gialinh", "minhanh", "caobo",
        "canbo", "cánbộ", "quantri", "nhandan", "daihoc",
        // What this program and its work are called.
        "dancu", "dâncư", "hokhau", "hộkhẩu", "hotich", "hộtịch", "dinhdanh", "vneid", "cccd", "register",
    ]

    private static let long: Set<String> = [
        "123qweasdzxc", "1qaz2wsx3edc", "q1w2e3r4t5y6", "1q2w3e4r5t6y", "1qaz2wsx3edc4rfv", "1qazxsw23edc",
        "1qazxsw23edcvfr4", "qazwsxedcrfv", "qazwsxedcrfvtgb", "zaq1xsw2cde3", "qazxswedcvfr", "zaqwsxcderfv",
        "qwerasdfzxcv", "1234qwerasdf", "1234qwerasdfzxcv", "123456654321", "12345678987654321", "123456789987654321",
        "12345678900987654321", "1234567890987654321", "112233445566", "111222333444555", "111222333000",
        "122333444455555", "010203040506", "102030405060", "014702580369", "159753456852", "123456789123",
        "123456789101", "012345678910", "123456789000", "123456782000", "q1w2e3r4t5y6u7", "q1w2e3r4t5y6u7i8",
        "q1w2e3r4t5y6u7i8o9p0", "1qa2ws3ed4rf", "1qa2ws3ed4rf5tg", "12qw34er56ty", "123qwe456rty", "1a2s3d4f5g6h",
        "a1s2d3f4g5h6", "z1x2c3v4b5n6m7", "qwaszxerdfcv", "qawsedrftgyh", "123321qweewq", "qwertyytrewq",
        "qwertasdfgzxcvb", "leavemealone", "sonyericsson", "finalfantasy", "justinbieber", "needforspeed",
        "counterstrike", "whosyourdaddy", "iseedeadpeople", "peanutbutter", "ingodwetrust", "minecraft123",
        "residentevil", "greenlantern", "sanfrancisco", "michaeljackson", "systemofadown", "mortalkombat",
        "thecakeisalie", "ilovemyfamily", "temppassword", "passwordstandard", "punksnotdead", "jamesbond007",
        "playstation2", "playstation3", "devilmaycry4", "lost4815162342", "4815162342lost",
        "correcthorsebatterystaple", "correct horse battery staple", "p@ssw0rd1234", "p@ssword1234", "passw0rd1234",
        "p@ssw0rd12345", "p@$$w0rd1234", "admin@123456", "abcd@1234567", "matkhau@1234", "vietnam@1975",
    ]
}
