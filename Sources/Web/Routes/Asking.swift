import Access
import Civil
import Foundation
import Hummingbird
import Population

/// What the parts of a request mean.
enum Asking {
    /// The two points of time of the query `effective_at=…&known_at=…`, or of a body.
    static func asOf(effectiveAt: String?, knownAt: String?) throws(WebRefusal) -> AsOf {
        var asOf = AsOf()
        if let text = filled(effectiveAt) {
            guard let date = CalendarDate(iso: text) else { throw .dateMalformed(field: "effective_at") }
            asOf.effectiveAt = date
        }
        if let text = filled(knownAt) {
            guard let instant = Instant(parsing: text) else { throw .dateMalformed(field: "known_at") }
            asOf.knownAt = instant
        }
        return asOf
    }

    static func asOf(_ request: Request) throws(WebRefusal) -> AsOf {
        try asOf(effectiveAt: query("effective_at", request), knownAt: query("known_at", request))
    }

    /// A part of the query, percent signs undone once and never again.
    static func query(_ name: String, _ request: Request) -> String? {
        // A plus sign in an instant's offset stays a plus sign.
        request.uri.queryParameters[Substring(name)].map(String.init)
    }

    /// A day of a body, `2026-03-01`; nil where it states none.
    static func day(_ text: String?, _ field: String) throws(WebRefusal) -> CalendarDate? {
        guard let text = filled(text) else { return nil }
        guard let day = CalendarDate(iso: text) else { throw .dateMalformed(field: field) }
        return day
    }

    /// The number in a part of the path; what is none is like something that is not there.
    static func id<Refusal: Error>(_ name: String, _ context: WebContext, orThrow refusal: Refusal) throws(Refusal)
        -> Int64
    {
        guard let id = Int64(part(name, context)) else { throw refusal }
        return id
    }

    static func number(_ name: String, _ request: Request, in range: ClosedRange<Int>, otherwise value: Int)
        throws(WebRefusal) -> Int
    {
        guard let text = filled(query(name, request)) else { return value }
        guard let number = Int(text), range.contains(number) else { throw .limitMalformed }
        return number
    }

    /// Where the page of a list before ended, and how many lines are asked for; a place has so many values.
    static func page(_ request: Request, of count: Int) throws(WebRefusal) -> (after: ListPlace?, limit: Int) {
        let limit = try number(
            "limit", request, in: 1...ListPage<Void>.most, otherwise: ListPage<Void>.usual)
        return (try place(request, of: count), limit)
    }

    /// Where the page of a list before ended; nil for its first page.
    static func place(_ request: Request, of count: Int) throws(WebRefusal) -> ListPlace? {
        guard let text = filled(query("after", request)) else { return nil }
        guard let place = ListPlace(text: text, of: count) else { throw .limitMalformed }
        return place
    }

    /// A handle; twelve digits in its place are refused like every other text, so that no number stands in a URL.
    static func handle(_ context: WebContext) throws(WebRefusal) -> Handle {
        guard let text = context.parameters.get("handle"), let handle = Handle(parsing: text) else {
            throw .handleMalformed
        }
        return handle
    }

    /// A part of the path as it was meant, percent signs undone.
    static func part(_ name: String, _ context: WebContext) -> String {
        let text = context.parameters.get(name) ?? ""
        return text.removingPercentEncoding ?? text
    }

    /// The purpose that a body states; nil when it states none.
    static func purpose(_ text: String?) throws(WebRefusal) -> Purpose? {
        guard let text else { return nil }
        guard let purpose = Purpose(stated: text, legalBasis: Purpose.operation.legalBasis) else {
            throw .purposeMalformed
        }
        return purpose
    }

    private static func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
