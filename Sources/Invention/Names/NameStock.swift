/// Kho họ và tên: surnames by how many bear them, and given names by sex and generation.
///
/// The first shares of surnames are those of Lê Trung Hoa (2005), in hundredths of a per cent; Hoàng/Huỳnh and Vũ/Võ
/// are two spellings each and differ between north and south. The tail and the given names are in an invented order
/// that falls as such lists do.
enum NameStock {
    private static let surnameShares: [(value: String, weight: Int)] = [
        ("Nguyễn", 3840), ("Trần", 1210), ("Lê", 950), ("Phạm", 700), ("Phan", 450), ("Đặng", 210), ("Bùi", 200),
        ("Đỗ", 140), ("Hồ", 130), ("Ngô", 130), ("Dương", 100), ("Đinh", 80), ("Đào", 70), ("Đoàn", 65), ("Trịnh", 60),
        ("Trương", 90), ("Mai", 50), ("Lý", 50), ("Lâm", 48), ("Lương", 45), ("Hà", 45), ("Cao", 44), ("Phùng", 36),
        ("Tô", 34), ("Chu", 32), ("Tạ", 30), ("Vương", 27), ("Thái", 27), ("Kiều", 24), ("Lưu", 24), ("Châu", 22),
        ("Quách", 17), ("Tăng", 17), ("Đàm", 16), ("Thân", 12), ("Nghiêm", 11), ("Từ", 11), ("Doãn", 8), ("Lại", 12),
        ("Mạc", 8), ("Khổng", 7), ("Giang", 8), ("Bạch", 8), ("La", 7), ("Văn", 8), ("Hứa", 8), ("Đồng", 7),
        ("Tống", 9),
        ("Quản", 3), ("Phó", 2), ("Ninh", 6), ("Viên", 3), ("Ông", 3), ("Âu", 3), ("Cù", 4), ("Nhữ", 2), ("Bành", 3),
        ("Thiều", 3), ("Lục", 4), ("Khuất", 4), ("Triệu", 10), ("Hạ", 2), ("Diệp", 5), ("Tiêu", 4), ("Mã", 4),
        ("Thi", 2), ("Lều", 1), ("Tôn Thất", 2), ("Tôn", 3), ("Đậu", 6), ("Cung", 2), ("Ứng", 1), ("Úc", 1),
    ]

    static let northernSurnames = WeightedList(
        surnameShares + [("Hoàng", 470), ("Huỳnh", 5), ("Vũ", 370), ("Võ", 30)])
    static let southernSurnames = WeightedList(
        surnameShares + [("Hoàng", 90), ("Huỳnh", 450), ("Vũ", 60), ("Võ", 360)])

    private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    // MARK: Chữ đệm

    static let middles: [[WeightedList<String>]] = [maleMiddles, femaleMiddles]

    /// Born before 1960, 1960 to 1989, since 1990.
    private static let maleMiddles = [
        WeightedList([
            ("Văn", 620), ("Đình", 50), ("Hữu", 50), ("Xuân", 40), ("Đức", 40), ("Công", 30), ("Bá", 30), ("Quang", 25),
            ("Ngọc", 25), ("Thế", 20), ("Viết", 15), ("Trọng", 15), ("", 60),
        ]),
        WeightedList([
            ("Văn", 420), ("Đức", 70), ("Minh", 50), ("Quốc", 50), ("Hữu", 50), ("Thanh", 45), ("Ngọc", 45),
            ("Công", 40), ("Xuân", 40), ("Đình", 40), ("Quang", 40), ("Anh", 25), ("Thành", 30), ("Trọng", 20),
            ("Duy", 20), ("Mạnh", 25), ("Tiến", 25), ("Hoàng", 20), ("Bá", 12), ("Thế", 14), ("", 40),
        ]),
        WeightedList([
            ("Văn", 160), ("Minh", 100), ("Đức", 90), ("Quốc", 60), ("Gia", 80), ("Hoàng", 60), ("Quang", 50),
            ("Anh", 45), ("Thành", 40), ("Thanh", 35), ("Tuấn", 35), ("Duy", 40), ("Bảo", 35), ("Nhật", 30),
            ("Tiến", 35), ("Mạnh", 25), ("Hữu", 25), ("Đình", 20), ("Ngọc", 20), ("Trọng", 20), ("Công", 20),
            ("Hải", 15), ("Khánh", 15), ("Thiên", 10), ("Phúc", 10), ("", 25),
        ]),
    ]

    private static let femaleMiddles = [
        WeightedList([("Thị", 930), ("Thị Kim", 15), ("Thị Ngọc", 12), ("Kim", 8), ("Ngọc", 8), ("", 27)]),
        WeightedList([
            ("Thị", 620), ("Thị Thu", 45), ("Thị Thanh", 45), ("Thị Ngọc", 40), ("Thị Kim", 40), ("Thị Hồng", 35),
            ("Thị Mỹ", 20), ("Thị Bích", 15), ("Ngọc", 25), ("Thanh", 20), ("Kim", 20), ("Thu", 20), ("Hồng", 15),
            ("Phương", 15), ("Mai", 10), ("", 15),
        ]),
        WeightedList([
            ("Thị", 250), ("Ngọc", 85), ("Thị Thu", 40), ("Thị Thanh", 35), ("Thị Ngọc", 35), ("Thị Kim", 20),
            ("Thị Hồng", 25), ("Thị Mỹ", 20), ("Phương", 60), ("Bảo", 55), ("Khánh", 45), ("Minh", 45), ("Thanh", 45),
            ("Thùy", 40), ("Thu", 30), ("Kim", 25), ("Quỳnh", 30), ("Như", 30), ("Hà", 20), ("Gia", 20), ("Mai", 20),
            ("Hoài", 12), ("Tường", 8), ("Diễm", 10), ("An", 12), ("", 15),
        ]),
    ]

    // MARK: Tên

    static let givenNames: [[WeightedList<String>]] = [maleNames, femaleNames]

    private static let maleNames = [
        WeightedList(
            falling: words(
                """
                Hùng Minh Sơn Thành Bình Dũng Tâm Hải Hòa Thắng Lâm Đức Long Hai Ba Tư Năm Sáu Bảy Tám Chín Út Ân Bé \
                Cảnh Chiến Chung Chương Côn Cư Du Dần Đài Đạo Điền Đông Đồng Đợi Giáo Hiển Hợi Huân Khiêm Kính Lạc \
                Lễ Lộc Lợi Lượng Mão Mùi Nghĩa Ngọ Ngữ Nhâm Nhượng Ninh Phùng Quế Quý Rạng Sửu Tài Tấn Thân Thìn Thọ \
                Thơ Thuận Thực Tích Tiếp Tính Toản Trạch Tuất Tùy Tỵ Vinh Xuyên Ý Yên
                """), flatness: 12),
        WeightedList(
            falling: words(
                """
                Hùng Dũng Tuấn Sơn Hải Cường Thắng Minh Thành Hòa Nam Long Bình Đức Trung Tùng Quang Hiếu Hưng Toàn \
                Tâm Lâm Phong Vinh Phúc Kiên Tiến Tân Tài An Chiến Linh Khánh Thanh Phương Phú Hoàng Anh Huy Nghĩa \
                Lợi Hà Dương Giang Đông Chung Công Cảnh Chính Đại Định Đồng Hậu Hiển Hiệp Hoan Hữu Khoa Khôi Lập \
                Liêm Lộc Luân Lực Mạnh Ngọc Nguyên Nhân Nhật Ninh Phát Phước Quân Quốc Quý Quyết Quyền Sang Sáng \
                Sinh Tấn Thạch Thái Thế Thiện Thịnh Thọ Thông Thuận Thức Tín Tính Toán Trí Trọng Trực Trường Tú \
                Tuyên Tường Tưởng Văn Việt Vĩnh Vũ Vương Xuân Yên
                """), flatness: 9),
        WeightedList(
            falling: words(
                """
                Anh Huy Minh Khang Bảo Nam Long Khôi Phúc Đạt Hiếu Hoàng Dũng Tuấn Kiên Quân Đức Thành Khoa Sơn Duy \
                Phát Tùng Hưng Nhân Thịnh Tú Trung Việt Hải Khánh Phong Nghĩa Thiên Lâm Vinh Trí Tài Quang Nguyên An \
                Bách Bình Cường Dương Đăng Đông Giang Hà Hào Hậu Khải Kiệt Kỳ Lộc Lợi Luân Mạnh Nghị Nhật Phú Phước \
                Quý Quốc Sang Tâm Tân Thái Thắng Thiện Thông Thuận Tiến Tín Toàn Tường Trọng Trường Tuệ Uy Văn Vĩ Vũ \
                Vương
                """), flatness: 8),
    ]

    private static let femaleNames = [
        WeightedList(
            falling: words(
                """
                Hoa Lan Mai Hồng Liên Hương Thanh Nga Tâm Bình Hiền Sáu Bảy Năm Ba Tư Hai Tám Chín Út Bé Bích Chanh \
                Chắt Chè Cúc Dậu Dần Dung Đào Đẹp Gái Hạnh Hảo Hợi Huệ Khuyên Lài Lành Lệ Lợi Lựu Lý Mão Mận Mùi \
                Muối Nết Ngà Ngọ Nguyệt Nhàn Nhâm Nhung Ninh Nụ Phấn Phượng Quế Quý Sen Sửu Sương Tằm Thắm Thân Thìn \
                Thoa Thơ Thuận Tình Tỵ Tý Vân Xoan Xuân Xuyến Yên
                """), flatness: 12),
        WeightedList(
            falling: words(
                """
                Hương Hoa Lan Thủy Hà Hằng Nga Hạnh Hồng Mai Thảo Hiền Yến Dung Loan Liên Vân Tuyết Nhung Oanh \
                Phương Trang Thu Huyền Bình Thúy Tâm Ngọc Huệ Linh Lý Xuân Thanh Lệ Nguyệt Quyên Hòa Kim Bích Cúc \
                Chi Châu Diệp Diễm Duyên Đào Giang Gấm Hảo Hậu Hường Khuyên Kiều Lài Liễu Lụa Lương Mận Minh Mỹ Nết \
                Ngà Ngân Ngoan Nhàn Như Nhạn Phượng Phúc Quế Quỳnh Sâm Sen Sương Thắm Thành Thắng Thoa Thơ Thơm Thùy \
                Thư Thương Tình Trà Trinh Trúc Tuyền Tươi Uyên Vinh Vui Xuyến Ý Ánh
                """), flatness: 9),
        WeightedList(
            falling: words(
                """
                Anh Linh Trang Ngọc Vy Hân Nhi My Ngân Thảo Hà Huyền Trâm Thư Quỳnh Châu Phương Mai Hương Chi Ánh \
                Yến Uyên Giang Khánh An Diệp Hằng Thùy Ly Như Nhung Duyên Trinh Trúc Hiền Lan Vân Thúy Tú Tiên Thủy \
                Dung Hạnh Minh Thanh Nga Loan Hồng Ý Đan Băng Bích Bình Di Diễm Đào Gấm Hoa Hoài Huệ Kiều Lam Lệ \
                Liên Mi Mỹ Na Nguyệt Nhã Oanh Phúc Phượng Quyên San Sương Tâm Thi Thơ Thu Thương Trà Tuyền Tuyết \
                Tường Vi Xuân
                """), flatness: 8),
    ]
}
