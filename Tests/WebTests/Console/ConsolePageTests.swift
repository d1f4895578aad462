import Foundation
import Testing

@testable import Web

@Suite("Pages of the console")
struct ConsolePageTests {
    @Test("every text stands in both languages, and every one is used")
    func texts() throws {
        let vietnamese = try ConsolePages.texts(.vietnamese).keys
        let english = try ConsolePages.texts(.english).keys
        #expect(vietnamese.subtracting(english) == [])
        #expect(english.subtracting(vietnamese) == [])
        let used = try ConsolePages.templates.reduce(into: Set<String>()) { keys, name in
            keys.formUnion(PageTexts.keys(in: try ConsolePages.source(name)))
        }
        #expect(vietnamese.subtracting(used) == [])
        #expect(used.subtracting(vietnamese) == [])
    }

    @Test("a file of texts with a slip is refused")
    func damagedTexts() throws {
        #expect(throws: PageTexts.Damage.line(2)) { try PageTexts("a: b\nc") }
        #expect(throws: PageTexts.Damage.twice("a")) { try PageTexts("a: b\na: c") }
        let texts = try PageTexts("a: <b>")
        #expect(try texts.filled("x [[a]]", named: "t") == "x &lt;b&gt;")
        #expect(throws: PageTexts.Damage.missing(key: "z", template: "t")) { try texts.filled("[[z]]", named: "t") }
        #expect(throws: PageTexts.Damage.open(template: "t")) { try texts.filled("[[a", named: "t") }
    }

    @Test(
        "every tag of a template exists in its model, and every tag is reached by some page",
        arguments: PageLanguage.allCases)
    func tags(language: PageLanguage) throws {
        var walk = try TemplateWalk(language: language)
        for (_, page) in try ConsoleSamples().pages(language) { walk.walk(page) }
        #expect(walk.unknown.sorted() == [])
        #expect(walk.all.subtracting(walk.seen).sorted() == [])
    }

    @Test(
        "whatever somebody typed stays text, wherever it is shown",
        arguments: [
            #""><script>alert('x')</script>"#, "\"\u{301} onfocus=alert(1) autofocus x=\"", "{{frame.csrf}}",
            "'\u{300}><img src=x onerror=alert(1)>",
        ])
    func escaping(evil: String) throws {
        let pages = try ConsolePages()
        let plain = try ConsoleSamples()
        let attacked = try ConsoleSamples(evil: evil)
        let known = try plain.pages().reduce(into: Set<String>()) {
            $0.formUnion(Markup.skeleton(try pages.html($1.page)))
        }
        for (name, page) in attacked.pages() {
            let html = try pages.html(page)
            // The tags and attributes of pages that nobody attacks: nothing typed became markup.
            #expect(Markup.skeleton(html).subtracting(known) == [], "\(name)")
            if evil.contains("{{") { #expect(html.contains("{{frame.csrf}}"), "\(name)") }
        }
    }

    @Test(
        "no page has a script but those for passkeys and for a camera, a style of its own, or anything from elsewhere")
    func own() throws {
        let pages = try ConsolePages()
        for language in PageLanguage.allCases {
            for (name, page) in try ConsoleSamples().pages(language) {
                let html = ["passkey", "camera"].reduce(try pages.html(page)) {
                    $0.replacingOccurrences(of: "<script src=\"/assets/\($1).js\" defer></script>", with: "")
                }
                #expect(!html.contains("<script") && !html.contains("style=") && !html.contains("<style"), "\(name)")
                #expect(!html.contains("http://") && !html.contains("https://"), "\(name)")
                #expect(html.contains("<html lang=\"\(language.rawValue)\">"), "\(name)")
                #expect(html.utf8.count < 100_000, "\(name): \(html.utf8.count)")
                #expect(!html.contains("[["), "\(name)")
            }
        }
    }

    @Test("no page names a personal number in an address, and every form that posts carries the token")
    func addresses() throws {
        let pages = try ConsolePages()
        for (name, page) in try ConsoleSamples().pages() {
            let html = try pages.html(page)
            for address in Markup.values(of: ["href", "action", "formaction"], in: html) {
                #expect(!address.contains("003190000222") && !address.contains("005060000111"), "\(name): \(address)")
            }
            for form in html.components(separatedBy: "<form").dropFirst() where form.contains("method=\"post\"") {
                let body = form.components(separatedBy: "</form>")[0]
                #expect(body.contains("name=\"csrf\" value=\"csrf-token\""), "\(name)")
            }
        }
    }

    @Test("ids are unique, labels lead to inputs, and what describes an input is there")
    func labels() throws {
        let pages = try ConsolePages()
        for (name, page) in try ConsoleSamples().pages() {
            let html = try pages.html(page)
            let ids = Markup.values(of: ["id"], in: html)
            let unique = Set(ids)
            #expect(ids.count == unique.count, "\(name): \(ids.filter { id in ids.filter { $0 == id }.count > 1 })")
            for target in Markup.values(of: ["for"], in: html) {
                #expect(unique.contains(target), "\(name): \(target)")
            }
            for described in Markup.values(of: ["aria-labelledby", "aria-describedby"], in: html) {
                for id in described.split(separator: " ") { #expect(unique.contains(String(id)), "\(name): \(id)") }
            }
            for address in Markup.values(of: ["href"], in: html) where address.hasPrefix("#") {
                #expect(unique.contains(String(address.dropFirst())), "\(name): \(address)")
            }
            #expect(html.components(separatedBy: "<h1").count == 2, "\(name)")
        }
    }

    @Test("every field says in a sentence what belongs there")
    func help() throws {
        let pages = try ConsolePages()
        let tag = /<fieldset[^>]*>|<\/fieldset>|<(?:input|select|textarea)[^>]*>/
        for (name, page) in try ConsoleSamples().pages() {
            let html = try pages.html(page)
            let main = html.components(separatedBy: "<main").last ?? ""
            var described: [Bool] = []
            for found in main.matches(of: tag).map({ String($0.output) }) {
                if found == "</fieldset>" {
                    _ = described.popLast()
                } else if found.hasPrefix("<fieldset") {
                    described.append(found.contains("aria-describedby"))
                } else if ["hidden", "checkbox", "radio", "submit"].contains(where: { found.contains("type=\"\($0)\"") }
                ) {
                    continue  // a choice says itself what it is
                } else {
                    #expect(found.contains("aria-describedby") || described.contains(true), "\(name): \(found)")
                }
            }
        }
    }

    @Test("the pages are as they were looked at; DANCU_WRITE_SNAPSHOTS=1 writes them anew")
    func snapshots() throws {
        let pages = try ConsolePages()
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Snapshots")
        let isWriting = ProcessInfo.processInfo.environment["DANCU_WRITE_SNAPSHOTS"] == "1"
        var expected: Set<String> = []
        for language in PageLanguage.allCases {
            for (name, page) in try ConsoleSamples().pages(language) {
                let file = "\(name).\(language.rawValue).html"
                expected.insert(file)
                let html = try pages.html(page)
                let url = folder.appendingPathComponent(file)
                if isWriting { try Data(html.utf8).write(to: url) }
                let kept = try? String(decoding: Data(contentsOf: url), as: UTF8.self)
                #expect(kept == html, "\(file) is another page now")
            }
        }
        let there = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".html") }
        #expect(Set(there).subtracting(expected) == [])
    }
}

/// Reads just enough of HTML to compare pages.
enum Markup {
    /// Every tag with the names of its attributes.
    static func skeleton(_ html: String) -> Set<String> {
        var found: Set<String> = []
        var rest = html.unicodeScalars[...]
        while let start = rest.firstIndex(of: "<") {
            var name = ""
            var quoted = false
            var index = rest.index(after: start)
            while index < rest.endIndex, quoted || rest[index] != ">" {
                if rest[index] == "\"" { quoted.toggle() } else if !quoted { name.unicodeScalars.append(rest[index]) }
                index = rest.index(after: index)
            }
            found.insert(name)
            rest = rest[index...]
        }
        return found
    }

    static func values(of names: [String], in html: String) -> [String] {
        names.flatMap { name in
            html.components(separatedBy: " \(name)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        }
    }
}
