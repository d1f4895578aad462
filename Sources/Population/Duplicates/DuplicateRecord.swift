import Civil
import Crypto
import Linkage

/// A record of the register as it is compared with the others.
struct DuplicateRecord: Sendable {
    let record: LinkRecord
    /// Where the person is counted today.
    let unit: UnitCode?
    let isNumbered: Bool
    /// The places of birth and residence as they are recorded: a reorganisation changes none of them.
    private let stated: [String]

    /// Nil for records that are merged into another or set aside, and for those without a name.
    init?(_ state: PersonState, in today: PlacementTable) {
        guard state.mergedInto == nil, state.setAside == nil else { return nil }
        self.init(ofStated: state, in: today)
    }

    /// What a record says, also of somebody who is merged into another; nil without a name.
    init?(ofStated state: PersonState, in today: PlacementTable) {
        guard let name = state.details.name else { return nil }
        let residence =
            today.place(of: state.permanentResidence?.address) ?? today.place(of: state.currentResidence?.address)
        record = LinkRecord(
            id: String(state.person), name, state.details, residence, father: state.father, mother: state.mother,
            in: today)
        unit = residence
        isNumbered = state.number != nil
        stated = [
            state.details.birthPlace?.unit ?? state.details.birthRegistrationPlace?.unit,
            state.permanentResidence?.address.unit ?? state.currentResidence?.address.unit,
        ].map { $0?.description ?? "" }
    }

    /// What a pair of the two keeps of what was compared: the digest of the one, then that of the other.
    static func facts(_ left: DuplicateRecord, _ right: DuplicateRecord) -> [UInt8] {
        Array(left.digest) + Array(right.digest)
    }

    /// Changes when anything changes that the record says and that is compared: the first half of a SHA-256.
    ///
    /// Where a place lies today is none of it: what officers decided outlives a reorganisation.
    var digest: ArraySlice<UInt8> {
        let said = [
            record.fullName, record.birth?.description, record.sex?.rawValue, record.fatherName, record.motherName,
            record.oldNumber,
        ].map { $0 ?? "" }
        let text = (said + stated).joined(separator: "\u{1F}")
        return Array(SHA256.hash(data: Array(text.utf8))).prefix(DuplicateRecord.digestLength)
    }

    static let digestLength = 16
}

extension LinkRecord {
    /// What of somebody is compared, whether a record stands already or is only to be made.
    init(
        id: String, _ name: String, _ details: PersonDetails, _ residence: UnitCode?, father: PersonReference?,
        mother: PersonReference?, in today: PlacementTable
    ) {
        self.init(id: id)
        // The place of birth is rarely stated as more than a province; of an older unit, where it lies today.
        let origin = today.place(of: details.birthPlace) ?? today.place(of: details.birthRegistrationPlace)
        fullName = name
        birth = details.birth
        sex = details.sex
        birthProvince = origin.flatMap { today.units.ancestor(of: $0, at: .province)?.code.code }
        commune = residence?.description
        fatherName = father?.name
        motherName = mother?.name
        oldNumber = details.oldNumber
    }
}

extension PlacementTable {
    /// Where an address is counted today; its own unit where nobody knows.
    func place(of address: Address?) -> UnitCode? { address?.unit.map(now) }

    /// Where a unit is counted today; itself where nobody knows.
    func now(_ unit: UnitCode) -> UnitCode { place(of: unit).unit ?? unit }
}
