import Civil

/// Một phiếu: one row of a batch, with what it is about and what is wrong with it.
package struct InventedSheet: Sendable {
    package enum Form: Sendable {
        /// The person's sheet among those of the household.
        case household
        /// The same sheet entered once more; some leave out the number.
        case copy(statesNumber: Bool)
        /// A sheet of its own with few fields, filled in some days later.
        case second
    }

    package var person: InventedPerson
    package var form: Form
    /// The household's place in its commune, from 0.
    package var household: Int
    /// The commune in which the person lives permanently; a place in `NationMap.communes`.
    package var permanent: Int
    package var faults: Set<PlantedFault>
    /// The share in whose batch a second sheet of the same person stands, or the first one of this.
    package var otherShare: Int?
    /// Whether the sheet says "Chủ hộ" where the person is not, or nothing where the person is.
    var relationText: String
    /// The numbers of father, mother and spouse that the sheet states.
    var relativeNumbers: [PersonalIdentificationNumber?]
    /// What decides on the clerk's spelling.
    var style: UInt64
    /// What decides on the house: the same for all who live in it.
    var house: UInt64

    /// Whether an import can make a person of it.
    package var isHeld: Bool {
        !faults.isDisjoint(with: [.impossibleDate, .futureDate, .missingDateOfBirth, .missingName])
    }
}

/// The sheets of one commune.
package struct CommuneSheets: Sendable {
    /// The place of the commune's share in `InventedNation.shares`.
    package var share: Int
    package var sheets: [InventedSheet]
    package var households: Int
}
