import Foundation
import Mustache

/// Trang của bàn làm việc: a model that one template shows; its tags are the model's properties.
package protocol ConsolePage: Equatable, Sendable {
    static var template: String { get }
    var frame: PageFrame { get }
}

/// The templates of the console in both languages.
package struct ConsolePages: Sendable {
    package let styleSheet: [UInt8]
    /// The scripts that there are, for passkeys and for a camera; every page works without.
    package let passkeyScript: [UInt8]
    package let cameraScript: [UInt8]
    private let libraries: [PageLanguage: MustacheLibrary]

    /// The pages, read once by the first server of the process.
    package static let shared = Result { try ConsolePages() }

    /// Every template by name; those that begin with an underscore are parts of others.
    static let templates = [
        "_layout", "_identity", "_provisional", "_errors", "_form", "_field", "_fieldnotes", "_rows",
        "_passkey", "_draft", "_alike", "sign-in", "enrol", "sessions", "queues", "people", "search", "person",
        "household", "dwelling", "guided", "check", "slip", "error", "empty", "purpose", "_purpose",
        "approvals", "approvals-alike", "approved-alike", "approval", "rules", "help",
        "quality", "map", "worklist", "batches", "batch", "held-rows", "held-row", "alarms", "administration",
        "administered-office", "administered-officer", "role-changes", "deputy", "audit", "files", "file-new", "file",
        "sheet", "sheet-check", "seals", "exports", "emergency", "duplicates", "duplicate", "duplicate-estimates",
        "duplicate-rules",
        "_cardparts", "_cardevents", "cards", "card-check", "card-application", "card", "certificate",
        "card-status", "_unknown", "_supplies",
        "factory", "factory-batch", "factory-check", "stock", "card-flow",
    ]

    /// A page that no template could show.
    struct Unshown: Error {
        let template: String
    }

    init() throws {
        styleSheet = try Pages.file("console.css")
        passkeyScript = try Pages.file("console/passkey.js")
        cameraScript = try Pages.file("console/camera.js")
        var libraries: [PageLanguage: MustacheLibrary] = [:]
        for language in PageLanguage.allCases {
            let texts = try ConsolePages.texts(language)
            var library = MustacheLibrary()
            for name in ConsolePages.templates {
                let filled = try texts.filled(try ConsolePages.source(name), named: name)
                library.register(try PageEscaping.applied(to: filled), named: name)
            }
            libraries[language] = library
        }
        self.libraries = libraries
    }

    /// The page as HTML, in the language of its frame.
    package func html(_ page: some ConsolePage) throws -> String {
        let name = type(of: page).template
        guard let html = libraries[page.frame.spoken]?.render(PageTree.tree(of: page), withTemplate: name)
        else { throw Unshown(template: name) }
        return html
    }

    static func source(_ name: String) throws -> String { try Pages.template("console/\(name)") }

    static func texts(_ language: PageLanguage) throws -> PageTexts {
        try PageTexts(String(decoding: try Pages.file("console/\(language.rawValue).txt"), as: UTF8.self))
    }
}
