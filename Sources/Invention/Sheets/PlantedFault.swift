/// Lỗi cố ý: what is wrong with a sheet on purpose, under the code of the finding that an import should make of it.
package enum PlantedFault: String, CaseIterable, Sendable {
    case yearOnly = "year_only"
    case noDay = "no_day"
    case impossibleDate = "impossible_date"
    case futureDate = "future_date"
    case missingDateOfBirth = "missing_dob"
    case noDiacritics = "no_diacritics"
    case missingName = "missing_name"
    case missingSex = "missing_sex"
    case numberMalformed = "number_malformed"
    case numberSexMismatch = "number_sex_mismatch"
    case householdHead = "household_head"
    case dead
    case duplicate
    case duplicateOtherBatch = "duplicate_other_batch"
}

/// Tỷ lệ lỗi: how often sheets have which fault, in ten thousand sheets (of the head, in ten thousand households).
///
/// The usual shares are those counted on sample batches of 2020; `percent` takes more or fewer of all.
package struct FaultShares: Hashable, Sendable {
    /// 100 for the usual shares, 0 for sheets without a fault.
    package let percent: Int

    package static let usual = FaultShares(percent: 100)
    /// With four times the usual shares hardly a sheet is right.
    package static let mostPercent = 400

    package init(percent: Int) { self.percent = percent }

    func has(_ perTenThousand: Int, _ draws: inout Draws) -> Bool { draws.chance(perTenThousand * percent / 100) }

    static let yearOnlyOld = 1400
    static let yearOnly = 250
    static let noDay = 220
    static let impossibleDate = 140
    static let futureDate = 110
    static let missingDateOfBirth = 85
    static let noDiacritics = 250
    static let missingName = 40
    static let missingSex = 85
    static let dead = 65
    /// Of the sheets that state a number.
    static let numberMalformed = 200
    static let numberSexMismatch = 310
    /// Of the households.
    static let headTwice = 220
    static let headMissing = 150
    /// The sheet of somebody who was entered twice, one below the other.
    static let copied = 90
    /// A second sheet of the same person in the same commune, or in another one where they are living.
    static let secondSheet = 35
    static let elsewhere = 105
}
