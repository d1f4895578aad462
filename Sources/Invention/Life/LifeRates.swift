import Civil

/// Tỷ suất: how often what happens, in ten thousand people a year.
///
/// Rounded to what Vietnam's statistics of about 2020 say: some 16 births and 6 deaths to a thousand people.
enum LifeRates {
    static func death(_ age: Int, _ sex: Sex) -> Int {
        let rate =
            switch age {
            case ..<1: 90
            case ..<15: 4
            case ..<30: 8
            case ..<45: 17
            case ..<60: 55
            case ..<70: 150
            case ..<80: 400
            default: 1150
            }
        return sex == .male ? rate * 13 / 10 : rate * 8 / 10
    }

    /// Of married women who live with their husbands.
    static func birth(_ age: Int) -> Int {
        switch age {
        case 18...19: 1500
        case 20...24: 2400
        case 25...29: 1900
        case 30...34: 1150
        case 35...39: 480
        case 40...44: 90
        default: 0
        }
    }

    static func marriage(_ age: Int) -> Int {
        switch age {
        case 20...24: 700
        case 25...29: 1500
        case 30...34: 1100
        case 35...44: 350
        case 45...60: 40
        default: 0
        }
    }

    static let divorce = 35
    /// Of couples who live with the husband's parents.
    static let split = 600

    static func move(_ age: Int) -> Int { (18...39).contains(age) ? 450 : 60 }

    /// Of single grown-up members of a household: they register elsewhere for good.
    static func settling(_ age: Int) -> Int { (20...39).contains(age) ? 120 : 0 }

    /// Of those who have no number.
    static let number = 1200
    /// Of the sheets that said too little.
    static let correction = 1800
    static let phone = 200
}
