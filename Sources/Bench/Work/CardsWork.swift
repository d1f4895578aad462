import Access
import Cards
import Chip
import Civil
import Database
import Foundation
import Ledger
import Population

/// Cards in bulk: a batch of ten thousand from its orders to the sealed file, and a series of a million that is
/// suspended by one act.
struct CardsWork {
    let place: BenchPlace

    private static let batch = 10_000
    private static let series = 1_000_000
    private static let mostForBatch = 60.0
    private static let mostForSeries = 30.0

    struct Failure: Error { let reason: String }

    func measure() async throws -> [Figure] {
        var figures: [Figure] = []
        for engine in place.engines {
            let register = try await place.emptyRegister(engine, "cards")
            let sheets = try place.sheets(1_000)
            try ChildProcess.run(place.program, ["batch", "import", sheets.path, "--json"] + register.options)
            let database = try await register.open()
            let population = try await register.population(database)
            let cards = CardRegister(population: population, numbers: EntryNumbers(population.surroundings))
            let rows = try await CardRows(of: cards)
            figures.append(try await batch(cards, rows, engine))
            figures.append(try await suspension(cards, rows, engine))
            await database.close()
        }
        return figures
    }

    /// The orders are copies of one that was taken at the counter, each with rows, portrait and fingers of its own.
    private func batch(_ cards: CardRegister, _ rows: CardRows, _ engine: Engine) async throws -> Figure {
        let requester = LocalOperator.requester
        try await cards.open(ProductionSite(code: "bench", name: "Nơi đo", capacity: 10_000), by: requester)
        try await cards.receiveBlanks(
            first: "BE00000001", count: CardsWork.batch, series: "bench-1", note: "PN-BENCH", by: requester)
        while try await cards.vaultBlanks(limit: 5_000, by: requester) > 0 {}
        try await rows.order(CardsWork.batch)
        let site = try SoftwareSigner()
        let issuer = try SoftwareSigner()
        var bytes = 0
        let seconds = try await Stopwatch.seconds {
            let batch = try await cards.openBatch(at: "bench", size: CardsWork.batch, by: requester)
            try await cards.issueBlanks(CardsWork.batch, to: batch.code, by: requester)
            let file = try await cards.workFile(
                of: batch.code, to: "may-do", limit: CardsWork.batch, minutes: 600, by: requester)
            guard file.lines.count == CardsWork.batch else { throw Failure(reason: "\(file.lines.count) lines") }
            bytes = try SealedWork.seal(file, to: site.publicKey.point, by: issuer).count
        }
        return Figure(
            work: "cards: a batch of 10,000, orders to sealed file of \(bytes >> 20) MiB, \(engine)", value: seconds,
            unit: "s", required: "≤ \(Int(CardsWork.mostForBatch)) s", isReached: seconds <= CardsWork.mostForBatch)
    }

    /// From the call until a status check has said that a card of the series does not hold.
    private func suspension(_ cards: CardRegister, _ rows: CardRows, _ engine: Engine) async throws -> Figure {
        let requester = LocalOperator.requester
        try await cards.receiveBlanks(
            first: "BE10000001", count: 1, series: "bench-million", note: "PN-MILLION", by: requester)
        let last = try await rows.active(CardsWork.series, series: "bench-million")
        let before = try await cards.standing(number: last.number, issued: last.issued, by: requester)
        guard before?.isValid == true else { throw Failure(reason: "the card did not hold before") }
        let seconds = try await Stopwatch.seconds {
            try await cards.suspend(series: "bench-million", reason: "đo", by: requester)
            let after = try await cards.standing(number: last.number, issued: last.issued, by: requester)
            guard after?.isValid == false else { throw Failure(reason: "the card holds") }
        }
        return Figure(
            work: "cards: a series of 1,000,000 suspended and seen, \(engine)", value: seconds * 1_000, unit: "ms",
            required: "≤ \(Int(CardsWork.mostForSeries)) s", isReached: seconds <= CardsWork.mostForSeries)
    }
}

/// Rows of cards for measuring: copies of one that went the whole way from the counter to the order.
struct CardRows {
    private let database: Database
    private let application: Int64
    private let card: Int64
    private let person: Int64

    /// Takes one application of somebody of the register who can have one, and orders the card.
    init(of cards: CardRegister) async throws {
        database = cards.database
        let requester = LocalOperator.requester
        let numbers = try await LookupWork.numbers(cards.database, atMost: 500)
        for number in numbers {
            let digits = String(number)
            let text = String(repeating: "0", count: 12 - digits.count) + digits
            guard let selector = PersonSelector(parsing: text),
                let application = try? await cards.apply(
                    for: selector, CardRequest(ground: .first, pickup: "local"), by: requester)
            else { continue }
            let face = Capture.specimen(for: application.person)
            _ = try await cards.goOn(application.handle, face: face, by: requester)
            try await cards.approve(application.handle, by: requester)
            let ordered = try await cards.order(application.handle, by: requester)
            self.application = application.id
            card = ordered.id
            person = application.person
            return
        }
        throw CardsWork.Failure(reason: "nobody can apply")
    }

    private static let piece = 10_000
    /// Numbers of invented people that no province gives.
    private static let firstNumber: Int64 = 5_200_000_000

    /// Orders that wait, with what was taken at the counter.
    func order(_ count: Int) async throws {
        try await copy(
            count, from: 2_000_000_000, card: "stage, NULL, NULL, NULL, NULL, NULL, NULL, NULL", chipKeys: false)
        try await database.write { connection in
            for (table, columns) in [
                ("card_portrait", "image, width, height, specimen"),
                ("card_finger", "finger, reason, form, width, height, content, specimen"),
            ] {
                try connection.execute(
                    """
                    INSERT INTO \(table) (application_id, \(columns))
                    SELECT a.application_id, \(columns.split(separator: ", ").map { "t.\($0)" }.joined(separator: ", "))
                    FROM card_application a JOIN \(table) t ON t.application_id = ?
                    WHERE a.application_id BETWEEN ? AND ?
                    """, [.integer(application), .integer(2_000_000_001), .integer(2_000_000_000 + Int64(count))])
            }
        }
    }

    /// Cards that hold, all with chips of one series; the last of them.
    func active(
        _ count: Int, series: String
    ) async throws -> (number: PersonalIdentificationNumber, issued: CalendarDate) {
        let own = "'handed_over', 'active', 'bench', (SELECT max(batch_id) FROM card_batch), NULL, 'BE10000001', "
        try await copy(
            count, from: 3_000_000_000,
            card: own + "'\(series)', (SELECT digest FROM card_order ORDER BY card_id LIMIT 1)", chipKeys: true)
        let issued = try await database.read { connection in
            try connection.first("SELECT issued FROM card WHERE card_id = ?", [.integer(card)]) { try $0.text(0) }
        }
        guard let day = issued.flatMap({ CalendarDate(iso: $0) }),
            let number = PersonalIdentificationNumber(value: CardRows.firstNumber + Int64(count))
        else { throw CardsWork.Failure(reason: "the last card") }
        return (number, day)
    }

    /// - Parameter own: stage, status, site, batch, parcel, blank, series and the hash of EF.SOD.
    private func copy(_ count: Int, from first: Int64, card own: String, chipKeys: Bool) async throws {
        for start in stride(from: 1, through: count, by: CardRows.piece) {
            let numbers = (start...min(count, start + CardRows.piece - 1)).map { Int64($0) }
            try await database.write { connection in
                try connection.executeMany(
                    """
                    INSERT INTO card_application (application_id, handle, person_id, person_version, ground, channel,
                        status, fee, representative, officer, office, pickup, urgent, opened_at, changed_at, due)
                    SELECT ?, ?, ?, person_version, ground, channel, status, fee, representative, officer, office,
                        pickup, urgent, opened_at, changed_at, due FROM card_application WHERE application_id = ?
                    """,
                    numbers.map { number in
                        let id = first + number
                        return [.integer(id), .text(Self.handle(id)), .integer(id), .integer(application)]
                    })
                try connection.executeMany(
                    """
                    INSERT INTO card (card_id, handle, application_id, person_id, number, issued, expires, stage,
                        status, site, batch_id, parcel_id, blank, series, security_object, stopped, pickup, urgent,
                        due, chip_key, ordered_at, changed_at)
                    SELECT ?, ?, ?, ?, ?, issued, expires, \(own), NULL, pickup, urgent, due, ?, ordered_at,
                        changed_at FROM card WHERE card_id = ?
                    """,
                    numbers.map { number in
                        let id = first + number
                        let key: SQLValue =
                            chipKeys ? .blob(Self.key(id)) : .null
                        return [
                            .integer(id), .text(Self.handle(id)), .integer(id), .integer(id),
                            .integer(CardRows.firstNumber + number), key, .integer(card),
                        ]
                    })
                if !chipKeys {
                    try connection.executeMany(
                        """
                        INSERT INTO card_order (card_id, content, digest) SELECT ?, content, digest FROM card_order
                        WHERE card_id = ?
                        """, numbers.map { [.integer(first + $0), .integer(card)] })
                }
            }
        }
    }

    private static func handle(_ id: Int64) -> String {
        let digits = String(id)
        return String(repeating: "0", count: 26 - digits.count) + digits
    }

    private static func key(_ id: Int64) -> [UInt8] {
        [UInt8](repeating: 0, count: 24) + withUnsafeBytes(of: id.bigEndian) { Array($0) }
    }
}
