/// Invented sheets and a handful of units, enough for every kind of answer.
enum WebSamples {
    static let unitFiles = [(name: "old.tsv", text: old), (name: "new.tsv", text: new), (name: "way.tsv", text: way)]

    private static func rows(_ lines: [[String]]) -> String {
        lines.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }

    private static let old =
        "# set: until-2025-06-30\n# valid-to: 2025-06-30\n# basis: danh mục thử\n"
        + rows([
            ["level", "code", "parent", "kind", "name", "latitude", "longitude", "area_km2"],
            ["province", "01", "", "Thành phố", "Thành phố Hà Nội"],
            ["district", "001", "01", "Quận", "Quận Ba Đình"],
            ["district", "016", "01", "Huyện", "Huyện Sóc Sơn"],
            ["district", "017", "01", "Huyện", "Huyện Đông Anh"],
            ["commune", "00001", "001", "Phường", "Phường Phúc Xá", "21.046798", "105.848112", "0.92"],
            ["commune", "00004", "001", "Phường", "Phường Trúc Bạch"],
            ["commune", "00376", "016", "Xã", "Xã Tân Hưng"],
            ["commune", "00454", "017", "Xã", "Xã Tân Hưng"],
        ])

    private static let new =
        "# set: from-2025-07-01\n# valid-from: 2025-07-01\n# basis: danh mục thử\n"
        + rows([
            ["level", "code", "parent", "kind", "name", "latitude", "longitude", "area_km2"],
            ["province", "01", "", "Thành phố", "Thành phố Hà Nội"],
            ["commune", "00004", "01", "Phường", "Phường Ba Đình"],
            ["commune", "00097", "01", "Phường", "Phường Hồng Hà"],
        ])

    private static let way =
        "# from: until-2025-06-30\n# to: from-2025-07-01\n"
        + rows([
            ["from", "to", "extent", "default"],
            ["00001", "00097", "whole", ""],
            ["00004", "00004", "part", "default"],
            ["00004", "00097", "part", ""],
            ["00376", "00097", "whole", ""],
            ["00454", "00097", "whole", ""],
        ])

    private static let head =
        "stt,ma_ho,quan_he_chu_ho,ho_ten,ngay_sinh,gioi_tinh,nhom_mau,tinh_trang_hon_nhan,dan_toc,quoc_tich,ton_giao,"
        + "so_cmnd,so_dinh_danh,thuong_tru,noi_o_hien_tai,ho_ten_cha,ho_ten_me,ho_ten_vo_chong,dien_thoai,ngay_thu_thap"
    private static let home = "\"Số 8, Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội\""
    private static let lake = "\"Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội\""
    private static let day = "15/09/2020"

    /// Two households, a row without a date, the same child twice, an address that fits two communes.
    static let sheets =
        [
            head,
            "1,H1,Chủ hộ,Trần Văn Bình,12/05/1980,Nam,A,Đã kết hôn,Kinh,Việt Nam,Không,,005080000111,\(home),\(home),,,"
                + "Lê Thị Hoa,0912345678,\(day)",
            "2,H1,Vợ,Lê Thị Hoa,1983,Nữ,,Đã kết hôn,Kinh,Việt Nam,Không,123456789,,\(home),\(lake),,,"
                + "Trần Văn Bình,,\(day)",
            "3,H1,Con,Trần Gia An,01/06/2010,Nam,O,,Kinh,Việt Nam,,,005210000222,\(home),\(home),Trần Văn Bình,"
                + "Lê Thị Hoa,,,\(day)",
            "4,H1,Con,Trần Gia An,01/06/2010,Nam,O,,Kinh,Việt Nam,,,005210000222,\(home),\(home),Trần Văn Bình,"
                + "Lê Thị Hoa,,,\(day)",
            "5,H2,Chủ hộ,Nguyễn Thu Hà,07/1955,Nữ,,Góa,Tày,Việt Nam,Phật giáo,,,\(lake),\(lake),,,,,\(day)",
            "6,H2,Cháu,Nguyễn Minh Khôi,,Nam,,,Kinh,Việt Nam,,,,\(lake),\(lake),,,,,\(day)",
            "7,H2,Con,Phạm Ngọc Lan,03/03/1990,,,,Kinh,Việt Nam,,,,\"Xã Tân Hưng, Thành phố Hà Nội\",\(lake),,"
                + "Nguyễn Thu Hà,,,\(day)",
        ].joined(separator: "\n") + "\n"

    /// The number of the first sheet and that of the child.
    static let father = "005080000111"
    static let child = "005210000222"
}
