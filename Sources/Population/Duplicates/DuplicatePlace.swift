import Civil
import Database

/// Where a pair stands in the queue of duplicates.
///
/// The most harmful and likeliest come first, those drawn by chance last. Outside, its persons are named by their
/// handles.
struct DuplicatePlace: Sendable {
    /// SQL that holds for the pairs behind a place; it takes `values`.
    static let isBefore = """
        (p.is_drawn, -p.harm, -p.probability, p.left_id, p.right_id) > (CAST(? AS BIGINT), CAST(? AS BIGINT), \
        CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))
        """

    let values: [SQLValue]

    /// How many values a place in this list has.
    static let count = 5

    static func place(of pair: DuplicatePair, _ handles: [Int64: String]) -> ListPlace {
        ListPlace([
            pair.isDrawn ? "1" : "0", "\(pair.harm)", "\(pair.perMillion)", handles[pair.left] ?? "",
            handles[pair.right] ?? "",
        ])
    }

    /// The place that the page before gave; of a handle that nobody has, it goes on before all of that urgency.
    init(_ place: ListPlace, on connection: Connection) throws {
        let persons = try [3, 4].map { index in
            try Handle(parsing: place.values[index])
                .flatMap { try PersonStore().person(handle: $0, on: connection)?.state.person } ?? 0
        }
        values = ([place.number(0), -place.number(1), -place.number(2)] + persons).map { .integer($0) }
    }
}

extension DuplicateQueue {
    /// How many values a place in the queue has.
    package static var placeCount: Int { DuplicatePlace.count }
}
