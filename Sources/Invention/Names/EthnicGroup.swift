import Civil

/// Dân tộc: the ethnic groups of whom people are invented, by the names of the official list.
package enum EthnicGroup: String, CaseIterable, Sendable {
    case kinh = "Kinh"
    case tay = "Tày"
    case thai = "Thái"
    case muong = "Mường"
    case khmer = "Khmer"
    case hoa = "Hoa"
    case nung = "Nùng"
    case hmong = "H'mông"
    case dao = "Dao"
    case giaRai = "Gia-rai"
    case eDe = "Ê-đê"
    case baNa = "Ba-na"
    case sanChay = "Sán Chay"
    case cham = "Chăm"
    case coHo = "Cơ-ho"
    case xoDang = "Xơ-đăng"
    case hre = "Hrê"
    case mnong = "Mnông"

    /// Of a thousand households of the province, how many are of which group; the others are Kinh.
    ///
    /// Rounded from the census of 2019 to what a reader of a province's list would expect.
    private static let shares: [String: [(EthnicGroup, Int)]] = [
        "02": [(.hmong, 340), (.tay, 230), (.dao, 150), (.nung, 100)],
        "04": [(.tay, 410), (.nung, 300), (.hmong, 110), (.dao, 100)],
        "06": [(.tay, 520), (.dao, 180), (.nung, 90), (.hmong, 70)],
        "08": [(.tay, 260), (.dao, 130), (.sanChay, 90), (.hmong, 40)],
        "10": [(.hmong, 250), (.tay, 150), (.dao, 140), (.thai, 60)],
        "11": [(.thai, 370), (.hmong, 380), (.dao, 10)],
        "12": [(.thai, 310), (.hmong, 240), (.dao, 130)],
        "14": [(.thai, 540), (.hmong, 160), (.muong, 70), (.dao, 20)],
        "15": [(.tay, 180), (.hmong, 130), (.dao, 120), (.thai, 70)],
        "17": [(.muong, 640), (.thai, 40), (.tay, 30)],
        "19": [(.tay, 110), (.nung, 60), (.sanChay, 30), (.dao, 20)],
        "20": [(.nung, 430), (.tay, 360), (.dao, 40)],
        "22": [(.dao, 50), (.tay, 30), (.hoa, 5)],
        "24": [(.nung, 50), (.tay, 30), (.sanChay, 20)],
        "25": [(.muong, 150), (.dao, 10)],
        "38": [(.muong, 100), (.thai, 60), (.hmong, 5)],
        "40": [(.thai, 100), (.hmong, 10)],
        "51": [(.hre, 100), (.xoDang, 20)],
        "58": [(.cham, 120)],
        "60": [(.cham, 30), (.coHo, 10)],
        "62": [(.xoDang, 240), (.baNa, 120), (.giaRai, 50)],
        "64": [(.giaRai, 300), (.baNa, 120)],
        "66": [(.eDe, 180), (.nung, 40), (.tay, 30), (.mnong, 25), (.giaRai, 10)],
        "67": [(.mnong, 80), (.nung, 50), (.hmong, 50)],
        "68": [(.coHo, 130), (.mnong, 10), (.tay, 15), (.nung, 15)],
        "79": [(.hoa, 45), (.khmer, 5)],
        "83": [(.hoa, 5)],
        "84": [(.khmer, 310), (.hoa, 5)],
        "89": [(.khmer, 40), (.cham, 6), (.hoa, 4)],
        "91": [(.khmer, 120), (.hoa, 15)],
        "92": [(.khmer, 20), (.hoa, 10)],
        "93": [(.khmer, 30)],
        "94": [(.khmer, 300), (.hoa, 55)],
        "95": [(.khmer, 80), (.hoa, 20)],
        "96": [(.khmer, 25), (.hoa, 7)],
    ]

    /// The group of a household of that province; groups live in some communes more than in others.
    static func draw(in commune: MappedCommune, _ draws: inout Draws) -> EthnicGroup {
        guard let groups = shares[commune.province.code.code] else { return draws.chance(40) ? .hoa : .kinh }
        // A commune in three has few of them, the others have the more.
        let lean = commune.isTown ? 400 : Draws.mixed((UInt64(commune.unit.code.code) ?? 0) &* 31) % 3 == 0 ? 300 : 1350
        var point = draws.below(1000)
        for (group, share) in groups {
            point -= share * lean / 1000
            if point < 0 { return group }
        }
        return .kinh
    }

    /// Tôn giáo: what a household of that group and province believes, in the words of the official list.
    func belief(in province: String, _ draws: inout Draws) -> String {
        let point = draws.below(1000)
        switch self {
        case .khmer: return point < 900 ? "Phật giáo" : "Không"
        case .cham:
            return point < 450 ? (province == "89" ? "Hồi giáo" : "Bà La Môn") : point < 700 ? "Hồi giáo" : "Không"
        case .eDe, .giaRai, .baNa, .xoDang, .coHo, .mnong:
            return point < 280 ? "Tin Lành" : point < 430 ? "Công giáo" : "Không"
        case .hmong: return point < 180 ? "Tin Lành" : "Không"
        default: break  // the others believe what their province does
        }
        var left = point
        for (belief, share) in EthnicGroup.beliefs[province] ?? EthnicGroup.usualBeliefs {
            left -= share
            if left < 0 { return belief }
        }
        return "Không"
    }

    private static let usualBeliefs = [("Công giáo", 50), ("Phật giáo", 50), ("Tin Lành", 3)]
    private static let beliefs: [String: [(String, Int)]] = [
        "36": [("Công giáo", 230), ("Phật giáo", 20)], "37": [("Công giáo", 150), ("Phật giáo", 20)],
        "40": [("Công giáo", 80), ("Phật giáo", 5)], "46": [("Phật giáo", 300), ("Công giáo", 40)],
        "72": [("Cao Đài", 330), ("Công giáo", 30), ("Phật giáo", 90)],
        "75": [("Công giáo", 330), ("Phật giáo", 100), ("Tin Lành", 10)],
        "77": [("Công giáo", 220), ("Phật giáo", 140)], "79": [("Công giáo", 110), ("Phật giáo", 130)],
        "83": [("Cao Đài", 60), ("Phật giáo", 60), ("Công giáo", 30)],
        "87": [("Phật giáo Hòa Hảo", 120), ("Phật giáo", 60), ("Công giáo", 25)],
        "89": [("Phật giáo Hòa Hảo", 400), ("Phật giáo", 80), ("Công giáo", 30)],
        "92": [("Phật giáo Hòa Hảo", 180), ("Phật giáo", 60), ("Công giáo", 40)],
        "68": [("Công giáo", 270), ("Phật giáo", 150), ("Tin Lành", 20)],
    ]
}
