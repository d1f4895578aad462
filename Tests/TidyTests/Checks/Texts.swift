/// What every text of the repository keeps: no notes to ourselves, no places of one machine, links that lead somewhere.
enum Texts {
    /// Written in two parts so that this file passes its own check.
    static let notes = ["FIX" + "ME", "TO" + "DO", "XX" + "X:"]
    static let machineFolders = ["/wo" + "rk/", "/ro" + "ot/", "/fa" + "rm/", "/tm" + "p/"]

    static func notesLeft(in file: TextFile) -> [String] {
        guard notes.contains(where: { file.text.contains($0) }) else { return [] }
        return file.lines.enumerated().flatMap { index, line in
            notes.filter { BannedCalls.contains($0, in: String(line)) }.map {
                "\(file.path):\(index + 1): \($0); do it or put it into an issue"
            }
        }
    }

    /// Absolute paths of a machine; a path after a letter, a dot or a slash is part of something longer.
    static func machinePaths(in file: TextFile) -> [String] {
        machineFolders.flatMap { folder in
            file.text.ranges(of: folder).compactMap { range -> String? in
                if range.lowerBound > file.text.startIndex {
                    let before = file.text[file.text.index(before: range.lowerBound)]
                    if before.isLetter || before.isNumber || "./_-}~*".contains(before) { return nil }
                }
                let line = 1 + file.text[..<range.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") }
                return "\(file.path):\(line): \(folder) is a folder of one machine"
            }
        }
    }

    /// The targets of Markdown links outside code, with their lines.
    static func links(in file: TextFile) -> [(line: Int, target: String)] {
        var fenced = false
        return file.lines.enumerated().flatMap { index, line -> [(line: Int, target: String)] in
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                fenced.toggle()
                return []
            }
            guard !fenced else { return [] }
            let pieces = line.split(separator: "`", omittingEmptySubsequences: false)
            // An even piece stands outside of backquotes; a link's text may itself be in backquotes.
            let prose = pieces.enumerated().map { $0.offset.isMultiple(of: 2) ? String($0.element) : "code" }.joined()
            return prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
                guard let end = rest.firstIndex(of: ")") else { return nil }
                return (index + 1, String(rest[..<end].prefix { $0 != " " }))
            }
        }
    }

    static func deadLinks(in file: TextFile, exists: (String) -> Bool) -> [String] {
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        return links(in: file).compactMap { line, target in
            guard !target.contains("://"), !target.hasPrefix("mailto:"), !target.hasPrefix("#") else { return nil }
            let path = String(target.prefix { $0 != "#" })
            return exists(folder.isEmpty ? path : "\(folder)/\(path)")
                ? nil : "\(file.path):\(line): \(target) leads nowhere"
        }
    }

    /// Mustache tags that put text into a page as it is.
    static func unescapedTags(in file: TextFile) -> [String] {
        let tags = file.text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().map { rest in
            String(rest.prefix { $0 != "}" })
        }
        // Drawings of the program itself are `svg` of a model; the walk along the models holds them to it.
        return tags.filter { $0.hasPrefix("{") || $0.hasPrefix("&") && !$0.hasSuffix(".svg") }.map {
            "\(file.path): {{\($0) puts text into a page unescaped"
        }
    }

    /// The rows of the Markdown tables of a document, without heads and rules.
    static func tableRows(in file: TextFile) -> [(line: Int, cells: [String])] {
        let rows = file.lines.enumerated().filter { $0.element.hasPrefix("|") }
        return rows.compactMap { index, line in
            let isRule = line.allSatisfy { "|-: ".contains($0) }
            let isHead = index + 1 < file.lines.count && file.lines[index + 1].hasPrefix("|--")
            guard !isRule, !isHead else { return nil }
            let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false).map {
                String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            return (index + 1, line.hasSuffix("|") ? Array(cells.dropLast()) : cells)
        }
    }

    /// Rows of the vocabulary that lack a word, its Vietnamese term or its sentence, and words that stand twice.
    static func vocabularyGaps(in file: TextFile) -> [String] {
        var seen: Set<String> = []
        return tableRows(in: file).compactMap { line, cells in
            guard cells.count == 3, cells.allSatisfy({ !$0.isEmpty }) else {
                return "\(file.path):\(line): a word needs an English name, a Vietnamese term and a sentence"
            }
            guard cells[2].hasSuffix(".") else { return "\(file.path):\(line): the sentence of \(cells[0]) has no end" }
            return seen.insert(cells[0].lowercased()).inserted ? nil : "\(file.path):\(line): \(cells[0]) stands twice"
        }
    }

    static let statuses: Set<String> = ["stands", "partly", "planned"]

    /// Rows of the mission table without a known status, or that claim to stand and link to nothing.
    static func missionGaps(in file: TextFile) -> [String] {
        tableRows(in: file).compactMap { line, cells in
            guard let status = cells.last, statuses.contains(status) else {
                return "\(file.path):\(line): the status is one of \(statuses.sorted().joined(separator: ", "))"
            }
            let shown = cells.dropFirst().dropLast().joined()
            return status == "stands" && !shown.contains("](")
                ? "\(file.path):\(line): it stands, but nothing shows it" : nil
        }
    }
}
