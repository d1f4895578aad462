import Civil
import Foundation

/// Thay đổi dự kiến: one field of one person as it is and as it would be, for whoever has to approve.
package struct PreviewLine: Codable, Hashable, Sendable {
    /// The handle of the person.
    package let person: String
    package let field: Field
    /// What stands there, and what would; nil for nothing, and for what is not written down here.
    package let before: String?
    package let after: String?

    package init(person: String, field: Field, before: String?, after: String?) {
        self.person = person
        self.field = field
        self.before = before
        self.after = after
    }

    /// What can differ.
    package enum Field: Hashable, Sendable {
        case detail(PersonDetails.Field)
        case life, number, permanent, temporary, current, merged, aside
        /// Something else, which the record itself shows.
        case other
    }
}

extension PreviewLine.Field: Codable {
    package var name: String {
        switch self {
        case .detail(let field): field.rawValue
        case .life: "life"
        case .number: "number"
        case .permanent: "permanentResidence"
        case .temporary: "temporaryResidence"
        case .current: "currentResidence"
        case .merged: "mergedInto"
        case .aside: "setAside"
        case .other: "other"
        }
    }

    private static let all: [PreviewLine.Field] =
        PersonDetails.Field.allCases.map { .detail($0) } + [
            .life, .number, .permanent, .temporary, .current, .merged, .aside, .other,
        ]

    package init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        self = PreviewLine.Field.all.first { $0.name == name } ?? .other
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// The lines of one person's record, out of the record before and after.
struct PersonPreview {
    let handle: String
    let before: PersonState
    let after: PersonState
    /// The handles of those with whom the record is merged.
    let handles: [Int64: String]

    func lines() -> [PreviewLine] {
        let details = PersonDetails.Field.allCases.compactMap { field -> PreviewLine? in
            // What is masked until asked for is not copied out of the record either.
            guard field != .ethnicity, field != .religion else {
                return text(field, before) == text(field, after)
                    ? nil : PreviewLine(person: handle, field: .detail(field), before: nil, after: nil)
            }
            return line(.detail(field)) { text(field, $0) }
        }
        let others: [PreviewLine?] = [
            line(.life) { $0.life.status.rawValue }, line(.number, \.number),
            line(.permanent) { $0.permanentResidence?.address.written },
            line(.temporary) { $0.temporaryResidence?.address.written },
            line(.current) { $0.currentResidence?.address.written },
            line(.merged) { state in state.mergedInto.map { handles[$0] ?? "?" } }, line(.aside, \.setAside),
        ]
        let lines = details + others.compactMap { $0 }
        guard lines.isEmpty, stripped(before) != stripped(after) else { return lines }
        return [PreviewLine(person: handle, field: .other, before: nil, after: nil)]
    }

    private func line(_ field: PreviewLine.Field, _ value: (PersonState) -> String?) -> PreviewLine? {
        let (old, new) = (value(before), value(after))
        return old == new ? nil : PreviewLine(person: handle, field: field, before: old, after: new)
    }

    private func stripped(_ state: PersonState) -> PersonState {
        var state = state
        state.version = 0
        return state
    }

    private func text(_ field: PersonDetails.Field, _ state: PersonState) -> String? {
        let details = state.details
        return switch field {
        case .name: details.name
        case .otherName: details.otherName
        case .birth: details.birth?.canonical
        case .sex: details.sex?.rawValue
        case .birthRegistrationPlace: details.birthRegistrationPlace?.written
        case .birthPlace: details.birthPlace?.written
        case .origin: details.origin?.written
        case .ethnicity: details.ethnicity?.canonical
        case .religion: details.religion?.canonical
        case .nationality: details.nationality?.canonical
        case .maritalStatus: details.maritalStatus?.rawValue
        case .bloodGroup: details.bloodGroup?.rawValue
        case .oldNumber: details.oldNumber
        case .phone: details.phone
        case .email: details.email
        case .residenceFileNumber: details.residenceFileNumber
        }
    }
}
