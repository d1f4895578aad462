/// The codes of refusals in the sources: what stands in the `code` of an error type.
enum ErrorCodes {
    /// Files whose `code` names something that is no refusal: findings of sheets, reasons of a search.
    private static let otherLists = ["Batch/FindingCode.swift", "Search/SearchEntry.swift"]

    /// The codes of a source file.
    static func codes(of file: TextFile) -> Set<String> {
        guard !otherLists.contains(where: file.path.hasSuffix) else { return [] }
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        var codes: Set<String> = []
        var isInside = false
        for line in lines {
            if line.contains("var code: String {") { isInside = true }
            if isInside { codes.formUnion(literals(in: line)) }
            if isInside, line.hasPrefix("    }") { isInside = false }
        }
        return codes
    }

    /// Words in quotes that can be codes.
    private static func literals(in line: Substring) -> [String] {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }.filter { word in
            word.count > 2 && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        }
    }
}
