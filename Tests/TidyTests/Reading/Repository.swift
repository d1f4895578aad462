import Foundation

/// One text file of the repository, named by its path from the root.
struct TextFile: Sendable {
    let path: String
    let text: String

    /// The lines without their ends; the first has the number 1 in every message.
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// The files that a commit would hold, read once.
enum Repository {
    /// The folder of Package.swift, found by walking up from this file.
    static let root: URL = {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
        {
            folder = folder.deletingLastPathComponent()
        }
        return folder
    }()

    /// Every text file outside the folders that builds and registers make.
    static let files: [TextFile] = paths(under: root, prefix: "").compactMap { path in
        guard let data = try? Data(contentsOf: root.appending(path: path)), !data.contains(0),
            let text = String(data: data, encoding: .utf8)
        else { return nil }
        return TextFile(path: path, text: text)
    }

    static let swiftFiles = files.filter { $0.path.hasSuffix(".swift") }
    static let sources = swiftFiles.filter { $0.path.hasPrefix("Sources/") }
    static let tests = swiftFiles.filter { $0.path.hasPrefix("Tests/") }
    static let documents = files.filter { $0.path.hasSuffix(".md") }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).standardizedFileURL.path)
    }

    private static func paths(under folder: URL, prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().flatMap { name -> [String] in
            guard !isLeftOut(name) else { return [] }
            var isFolder: ObjCBool = false
            let url = folder.appending(path: name)
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            return isFolder.boolValue ? paths(under: url, prefix: "\(prefix)\(name)/") : [prefix + name]
        }
    }

    /// What .gitignore keeps out of commits, by name.
    private static func isLeftOut(_ name: String) -> Bool {
        name == ".git" || name == ".dancu" || name == "Package.resolved" || name == "screenshots"
            || name.hasPrefix(".build") || name.hasSuffix(".swp")
    }
}
