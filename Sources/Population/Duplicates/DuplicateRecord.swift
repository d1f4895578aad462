import Civil
import Crypto
import Linkage

/// A record of the register as it is compared with the others.
struct DuplicateRecord: Sendable {
    let record: LinkRecord
    /// Where the person is counted today.
    let unit: UnitCode?
    let isNumbered: Bool

    /// Nil for records that are merged into another or set aside, and for those without a name.
    init?(_ state: PersonState, in today: PlacementTable) {
        guard state.mergedInto == nil, state.setAside == nil, let name = state.details.name else { return nil }
        func place(_ address: Address?) -> UnitCode? { address?.unit.map { today.place(of: $0).unit ?? $0 } }
        let residence = place(state.permanentResidence?.address) ?? place(state.currentResidence?.address)
        // The place of birth is rarely stated as more than a province; of an older unit, where it lies today.
        let origin = place(state.details.birthPlace) ?? place(state.details.birthRegistrationPlace)
        var record = LinkRecord(id: String(state.person))
        record.fullName = name
        record.birth = state.details.birth
        record.sex = state.details.sex
        record.birthProvince = origin.flatMap { today.units.ancestor(of: $0, at: .province)?.code.code }
        record.commune = residence?.description
        record.fatherName = state.father?.name
        record.motherName = state.mother?.name
        record.oldNumber = state.details.oldNumber
        self.record = record
        unit = residence
        isNumbered = state.number != nil
    }

    /// Changes when anything changes that is compared: the first half of a SHA-256.
    var digest: ArraySlice<UInt8> {
        let text = [
            record.fullName, record.birth?.description, record.sex?.rawValue, record.birthProvince, record.commune,
            record.fatherName, record.motherName, record.oldNumber,
        ].map { $0 ?? "" }.joined(separator: "\u{1F}")
        return Array(SHA256.hash(data: Array(text.utf8))).prefix(DuplicateRecord.digestLength)
    }

    static let digestLength = 16
}
