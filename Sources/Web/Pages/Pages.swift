import Foundation
import Mustache

/// The files that come with the program, read once when the server starts.
struct Pages: Sendable {
    /// A file of the program that is not where it belongs.
    struct Missing: Error {
        let file: String
    }

    let styleSheet: [UInt8]
    let openAPI: [UInt8]
    private let library: MustacheLibrary

    /// The templates, by the names under which they are rendered.
    static let templates = ["start"]

    init() throws {
        styleSheet = try Pages.file("dancu.css")
        openAPI = try Pages.file("openapi.json")
        var library = MustacheLibrary()
        for name in Pages.templates {
            library.register(try PageEscaping.applied(to: try Pages.template(name)), named: name)
        }
        self.library = library
    }

    func start(_ page: StartPage) throws -> String {
        guard let html = library.render(page, withTemplate: "start") else { throw Missing(file: "start.mustache") }
        return html
    }

    /// The text of a template.
    static func template(_ name: String) throws -> String {
        String(decoding: try file("\(name).mustache"), as: UTF8.self)
    }

    static func file(_ name: String) throws -> [UInt8] {
        let url = Bundle.module.bundleURL.appendingPathComponent("Resources/\(name)")
        guard let data = try? Data(contentsOf: url) else { throw Missing(file: name) }
        return Array(data)
    }
}
