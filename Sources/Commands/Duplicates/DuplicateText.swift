import ArgumentParser
import Civil
import Population
import Web

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
            return try Console.json(DuplicateJSON.queue(queue))
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
        if queue.next != nil { Console.line("\n… --limit") }
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

    static func lines(_ progress: DuplicateProgress, _ units: UnitDirectory) -> String {
        let head = [
            ["Đợt rà soát bắt đầu lúc / sweep begun at", progress.started.iso],
            ["Phần đã so / parts compared", "\(progress.partsDone)/\(progress.parts)"],
            ["Người đã so / people compared", "\(progress.personsDone)/\(progress.persons)"],
        ]
        let provinces = progress.provinces.map { province in
            [
                "  " + (province.unit.map(units.path) ?? "Không rõ nơi cư trú / no residence known"),
                "\(province.compared)/\(province.persons)",
            ]
        }
        return Console.table(head + provinces)
    }

    private static func share(_ share: Double) -> String { LinkText.share(Float(share)) }

    private static func bits(_ bits: Double) -> String { LinkText.bits(bits) }
}
