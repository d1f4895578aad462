import ArgumentParser
import Civil
import Population

/// What the commands about duplicates write.
enum DuplicateText {
    static func handle(_ text: String) throws -> Handle {
        guard let handle = Handle(parsing: text) else {
            throw ValidationError("\(text) is no handle; a handle has 26 letters and digits.")
        }
        return handle
    }

    static func show(_ queue: DuplicateQueue, asJSON json: Bool) throws {
        if json {
            return try Console.json(
                JSONValue.object([
                    "more": .bool(queue.hasMore), "pairs": .array(queue.listings.map(value)),
                    "sweep": queue.sweep.map(value) ?? .null,
                ]))
        }
        guard let sweep = queue.sweep else {
            return Console.line(
                "Chưa rà soát lần nào; chạy dancu duplicates sweep. / No sweep yet; run dancu duplicates sweep.")
        }
        Console.line(lines(sweep))
        if queue.listings.isEmpty { return Console.line("Không có cặp nào chờ. / No pair waits.") }
        for listing in queue.listings {
            Console.line("")
            Console.line(
                "\(listing.handles[0]) – \(listing.handles[1])  \(share(listing.pair.probability))"
                    + (listing.isUnclear ? "  chưa rõ / unclear" : ""))
            Console.line(
                Console.table(
                    listing.pair.evidence.map { line in
                        ["  \(bits(line.bits))", line.sentence.inBoth]
                    }))
        }
        if queue.hasMore { Console.line("\n… --limit") }
    }

    static func lines(_ sweep: DuplicateSweep) -> String {
        Console.table([
            ["Rà soát lúc / swept at", sweep.finished.iso], ["Số bản ghi / records", String(sweep.persons)],
            ["Cặp đã so / pairs compared", String(sweep.compared)],
            ["Cặp nghi trùng / pairs told", String(sweep.pairs)],
            ["Độ chính xác ước tính / expected precision", share(sweep.expectedPrecision)],
            ["Độ phủ ước tính / expected recall", share(sweep.expectedRecall)],
            ["Độ phủ của khóa / recall of the keys", share(sweep.keysRecall)],
        ])
    }

    static func value(_ sweep: DuplicateSweep) -> JSONValue {
        .object([
            "compared": .integer(Int64(sweep.compared)), "expected_precision": millionths(sweep.expectedPrecision),
            "expected_recall": millionths(sweep.expectedRecall), "finished": .string(sweep.finished.iso),
            "keys_recall": millionths(sweep.keysRecall), "pairs": .integer(Int64(sweep.pairs)),
            "persons": .integer(Int64(sweep.persons)), "started": .string(sweep.started.iso),
        ])
    }

    private static func value(_ listing: DuplicateListing) -> JSONValue {
        .object([
            "evidence": .array(
                listing.pair.evidence.map { line in
                    .object([
                        "bits": .number(line.bits), "english": .string(line.english),
                        "feature": .string(line.feature), "vietnamese": .string(line.vietnamese),
                    ])
                }),
            "harm": .integer(listing.pair.harm), "left": .string(listing.handles[0]),
            "probability": millionths(listing.pair.probability), "right": .string(listing.handles[1]),
            "unclear": .bool(listing.isUnclear),
        ])
    }

    /// With the six places that the register keeps.
    private static func millionths(_ share: Double) -> JSONValue { .number((share * 1_000_000).rounded() / 1_000_000) }

    private static func share(_ share: Double) -> String { LinkText.share(Float(share)) }

    private static func bits(_ bits: Double) -> String { LinkText.bits(bits) }
}
