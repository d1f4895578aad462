/// Which room may import which: what Package.swift declares, and only upward.
enum Arrows {
    /// The rooms from the top of the house to its ground; a room imports only rooms before it.
    static let rooms = [
        "Civil", "CLibPQ", "Database", "Ledger", "Access", "Linkage", "Invention", "CGcrypt", "Chip", "CPKCS11",
        "Token", "CPCSC", "Reader", "CPango", "CQRCode", "CTurboJPEG", "CZlib", "Drawing", "Population", "Cards", "Web",
        "CMalloc", "Commands", "dancu", "Bench",
    ]

    /// Support of the tests: knows one room at most, and no room knows it.
    static let testSupport: [String: Set<String>] = ["TestStores": ["Database"], "TestAuthenticator": []]

    /// What the toolchain brings; nobody declares it.
    static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Musl", "Darwin", "Swift",
        "Synchronization", "Testing", "PackageDescription", "_Concurrency",
    ]

    /// Modules that stand in a declared product's own signatures and come with it.
    static let comesWith: [String: Set<String>] = [
        "GRDB": ["GRDBSQLite"],
        "Hummingbird": ["HummingbirdCore", "HTTPTypes", "NIOCore", "NIOHTTPTypes", "NIOPosix"],
        "HummingbirdTLS": ["NIOSSL"],
        "HummingbirdTesting": ["HTTPTypes", "NIOCore", "NIOSSL"],
    ]

    /// What a `Domain/` folder never imports: it is pure.
    static let notInDomain: Set<String> = [
        "Database", "CLibPQ", "GRDB", "GRDBSQLite", "FoundationNetworking", "Hummingbird",
    ]

    /// The module after each `import`, with its line.
    static func imports(_ file: TextFile) -> [(line: Int, module: String)] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return SwiftCode(file.text).lines.enumerated().compactMap { index, line in
            var words = line.split(separator: " ").map(String.init)[...]
            while let first = words.first, first.hasPrefix("@") || ["package", "public", "internal"].contains(first) {
                words.removeFirst()
            }
            guard words.first == "import" else { return nil }
            words.removeFirst()
            if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
            return words.first.map { (index + 1, String($0.prefix { $0 != "." && $0 != ";" })) }
        }
    }

    static func problems(of file: TextFile, in manifest: Manifest) -> [String] {
        let parts = file.path.split(separator: "/").map(String.init)
        guard parts.count > 2, let target = manifest.targets[parts[1]] else {
            return ["\(file.path): no target in Package.swift has this folder"]
        }
        let declared = target.dependencies.reduce(into: target.dependencies) { $0.formUnion(comesWith[$1] ?? []) }
        return imports(file).flatMap { line, module -> [String] in
            var problems: [String] = []
            if !toolchain.contains(module), module != target.name, !declared.contains(module) {
                problems.append("\(file.path):\(line): \(module) is not declared for \(target.name) in Package.swift")
            }
            if parts.contains("Domain"), notInDomain.contains(module) {
                problems.append("\(file.path):\(line): a Domain folder is pure and does not import \(module)")
            }
            return problems
        }
    }

    /// The arrows between targets, as declared.
    static func problems(of manifest: Manifest) -> [String] {
        manifest.targets.values.filter { $0.kind != .testTarget }.flatMap { target -> [String] in
            let known = target.dependencies.intersection(manifest.targets.keys)
            if let allowed = testSupport[target.name] {
                return known.subtracting(allowed).map { "\(target.name) supports tests and does not know \($0)" }
            }
            guard let place = rooms.firstIndex(of: target.name) else {
                return ["\(target.name) has no place among the rooms; add it to Arrows.rooms"]
            }
            let above = rooms[..<place]
            return known.filter { !above.contains($0) }.map {
                "\(target.name) must not know \($0): arrows point upward"
            }
        }.sorted()
    }

    /// Targets without a line that says what lives there.
    static func withoutPurpose(_ manifest: Manifest) -> [String] {
        manifest.targets.values.filter { $0.purpose == nil }.map(\.name).sorted()
    }
}
