/// Cột của tệp đối chiếu: what the columns of a file of people can hold; any of them may be missing.
package enum LinkColumn: String, Hashable, Sendable, CaseIterable {
    case id
    case fullName = "full_name"
    case dateOfBirth = "date_of_birth"
    case sex
    case birthProvince = "birth_province"
    case commune
    case fatherName = "father_name"
    case motherName = "mother_name"
    case oldNumber = "old_id_number"
    case address

    /// Whether its text is compared word by word.
    var isOfWords: Bool {
        switch self {
        case .fullName, .fatherName, .motherName, .address: true
        case .id, .dateOfBirth, .sex, .birthProvince, .commune, .oldNumber: false
        }
    }
}

/// Sơ đồ cột: which columns of a file fill which column here; several are joined with a space.
package struct LinkColumnMap: Hashable, Sendable {
    /// The names in the file's first line, for each column that the file has under another name.
    package var sources: [LinkColumn: [String]]

    /// The columns of the parts of a name, in the order in which they make it.
    private var parts: [String: [String]] = [:]
    private static let partsOfName = ["surname", "middle_name", "given_name"]

    /// Columns are found under their own names.
    package init(sources: [LinkColumn: [String]] = [:]) {
        self.sources = sources
    }

    /// Reads `full_name=surname+given` or `given_name=forename`; false when the column is none of ours or nothing
    /// stands behind the sign.
    package mutating func add(_ text: String) -> Bool {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2 else { return false }
        let names = sides[1].split(separator: "+").map { $0.trimmed }
        guard !names.isEmpty, !names.contains("") else { return false }
        if LinkColumnMap.partsOfName.contains(sides[0]) {
            parts[sides[0]] = names
            sources[.fullName] = LinkColumnMap.partsOfName.flatMap { parts[$0] ?? [] }
            return true
        }
        guard let column = LinkColumn(rawValue: sides[0]) else { return false }
        sources[column] = names
        return true
    }

    /// For each column, the places in the first line that fill it.
    func places(in header: [String]) throws(LinkRefusal) -> [LinkColumn: [Int]] {
        var places: [LinkColumn: [Int]] = [:]
        for column in LinkColumn.allCases {
            let names = sources[column] ?? [column.rawValue]
            let found = names.compactMap { header.firstIndex(of: $0) }
            if found.count == names.count {
                places[column] = found
            } else if sources[column] != nil {
                throw .columnMissing(names.first { !header.contains($0) } ?? "")
            }
        }
        guard places[.id] != nil else { throw .columnMissing(LinkColumn.id.rawValue) }
        guard places.count > 1 else { throw .nothingToCompare }
        return places
    }
}

extension Substring {
    /// Without spaces at both ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
