import Access
import Civil
import Database
import Ledger
import Linkage

/// How far an import is.
package struct BatchProgress: Hashable, Sendable {
    package let batch: String
    package let done: Int
    package let rows: Int
}

extension PopulationRegister {
    /// Rows of one piece of work; each piece is one transaction.
    ///
    /// Keys are random, so that every piece touches pages all over the tables: the more rows a piece has, the fewer
    /// pages are written twice. What limits it is memory: all pages that a piece touches must fit SQLite's cache.
    package static let pieceSize = 3_000

    /// What `importBatch` takes as the size of a piece.
    package static let pieceSizes = 50...10_000

    /// Nhập lô phiếu thu thập: takes a file of DC01 rows into the register; every row gets exactly one fate.
    ///
    /// The same file again changes nothing; an interrupted import goes on where it stopped, whoever calls it.
    /// - Parameter pieceSize: Rows of one transaction, brought within `pieceSizes`.
    /// - Throws: `BatchRefusal` when the file is not taken at all, `AccessRefusal` when the role imports none; nothing
    ///   of it is stored then.
    package func importBatch(
        path: String, by requester: Requester, pieceSize: Int = PopulationRegister.pieceSize,
        progress: @Sendable (BatchProgress) -> Void = { _ in }
    ) async throws -> BatchSummary {
        try AccessPolicy.require(requester, toUse: .importBatch)
        let file = try BatchFile(path: path)
        var batch = try await receive(file, by: requester)
        let rowsAtOnce = min(max(pieceSize, Self.pieceSizes.lowerBound), Self.pieceSizes.upperBound)
        var pieces = file.index.pieces(of: rowsAtOnce, from: batch.done)
        let preparer = SheetPreparer(file: file, units: units, demonstration: kind == .demonstration)
        let probe = try await probe(file, done: batch.done, preparer)
        var next = 0
        progress(BatchProgress(batch: file.name, done: batch.done, rows: file.index.count))
        // While one piece is written, the next one is read and standardised.
        var prepared: Task<[StandardSheet], any Error>?
        defer { prepared?.cancel() }
        while next < pieces.count {
            let range = pieces[next]
            let sheets = try await (prepared ?? Task { try await preparer.prepare(range) }).value
            let following = next + 1 < pieces.count ? pieces[next + 1] : nil
            prepared = following.map { range in Task { try await preparer.prepare(range) } }
            try Task.checkCancellation()
            let done = try await write(sheets, range, of: batch, probe, by: requester)
            if done != range.upperBound {
                // Somebody else imports the same file: go on behind them.
                pieces = file.index.pieces(of: rowsAtOnce, from: done)
                next = 0
                prepared?.cancel()
                prepared = nil
            } else {
                next += 1
            }
            batch.done = done
            progress(BatchProgress(batch: file.name, done: done, rows: file.index.count))
        }
        return try await summary(ofBatch: batch.id)
    }

    /// The most rows of a file whose import can be tried: all of it is one transaction, beside which nobody writes.
    package static let mostRowsToTry = 20_000
    /// The most bytes of such a file: all its rows are in memory at once.
    package static let mostBytesToTry: Int64 = 64 << 20

    /// Thử nhập lô: what an import of the file would come to; nothing of it stays in the register.
    ///
    /// A file that was imported already is answered with the counts of its batch.
    /// - Throws: as `importBatch` does, and `BatchRefusal.tooManyToTry`.
    package func tryBatch(path: String, by requester: Requester) async throws -> BatchSummary {
        try AccessPolicy.require(requester, toUse: .importBatch)
        let file = try BatchFile(path: path)
        guard file.index.count <= Self.mostRowsToTry else {
            throw BatchRefusal.tooManyToTry(limit: Self.mostRowsToTry)
        }
        guard file.bytes <= Self.mostBytesToTry else {
            throw BatchRefusal.tooLarge(bytes: file.bytes, limit: Self.mostBytesToTry)
        }
        let preparer = SheetPreparer(file: file, units: units, demonstration: kind == .demonstration)
        let sheets = try await preparer.prepare(0..<file.index.count)
        let known = try await database.read { try BatchStore().batch(digest: file.digest, on: $0) }
        let probe = try await probe(file, done: known?.done ?? 0, preparer)
        let intake = BatchIntake(acts: acts, surroundings: surroundings, requester: requester)
        return try await database.rehearse(asBulk: true) { connection in
            // First, so that no import of the same file goes on meanwhile.
            try BatchStore().takeIntake(on: connection)
            let batch = try intake.receive(file, on: connection)
            for range in file.index.pieces(of: Self.pieceSize, from: batch.done) {
                _ = try intake.write(Array(sheets[range]), range, of: batch, probe, on: connection)
            }
            return try BatchSummary(ofBatch: batch.id, on: connection)
        }
    }

    /// Whether the file can be taken as a batch, before its import is started; the name that the batch has or gets.
    /// - Throws: as `importBatch` does; nothing is stored either way.
    package func checkBatch(path: String, by requester: Requester) async throws -> String {
        try AccessPolicy.require(requester, toUse: .importBatch)
        let file = try BatchFile(path: path)
        let (same, named) = try await database.read { connection in
            let store = BatchStore()
            return (
                try store.batch(digest: file.digest, on: connection), try store.batch(name: file.name, on: connection)
            )
        }
        if let same { return same.name }
        if named != nil { throw BatchRefusal.nameTaken(file.name) }
        return file.name
    }

    /// Finds the batch of this file, or records that it was received.
    private func receive(_ file: BatchFile, by requester: Requester) async throws -> Batch {
        let intake = BatchIntake(acts: acts, surroundings: surroundings, requester: requester)
        return try await database.writeBulk { try intake.receive(file, on: $0) }
    }

    /// Writes one piece, unless somebody else has; returns how many rows of the batch are done.
    private func write(
        _ sheets: [StandardSheet], _ range: Range<Int>, of batch: Batch, _ probe: BatchProbe, by requester: Requester
    ) async throws -> Int {
        let intake = BatchIntake(acts: acts, surroundings: surroundings, requester: requester)
        return try await database.writeBulk { try intake.write(sheets, range, of: batch, probe, on: $0) }
    }

    /// What rows are held against people with: the weights of the last sweep, and how common things are in the file.
    ///
    /// Nothing of it depends on how far the import has come, so that one that goes on asks as it would have.
    private func probe(_ file: BatchFile, done: Int, _ preparer: SheetPreparer) async throws -> BatchProbe {
        let (persons, weights) = try await database.read { connection in
            (
                try connection.first("SELECT count(*) FROM person") { try $0.int(0) } ?? 0,
                try DuplicateStore().weights(on: connection)
            )
        }
        let placement = placements.today(surroundings)
        let ranges = BatchProbe.sampled(file.index)
        var sample = LinkTable(expecting: ranges.reduce(0) { $0 + $1.count })
        for range in ranges {
            for sheet in try await preparer.prepare(range) {
                if let record = LinkRecord(sheet.facts, in: placement) { sample.add(record) }
            }
        }
        let before = max(0, persons - done)
        // Some rows become nobody: the power of two is the same before and after.
        var population = 1_024
        while population < before + file.index.count { population *= 2 }
        return BatchProbe(
            LinkProbe(sample, of: file.index.count, among: population, model: weights), placement,
            at: surroundings.now())
    }
}

/// Takes a file and its pieces in, inside a transaction.
private struct BatchIntake: Sendable {
    let acts: ActStore
    let surroundings: Surroundings
    let requester: Requester

    private var actor: Actor { requester.actor }

    /// Finds the batch of this file, or records that it was received.
    func receive(_ file: BatchFile, on connection: Connection) throws -> Batch {
        let store = BatchStore()
        if let batch = try store.batch(digest: file.digest, on: connection) { return batch }
        // One at a time: two files that come at once get two numbers, and the same file twice gets one.
        try store.takeIntake(on: connection)
        if let batch = try store.batch(digest: file.digest, on: connection) { return batch }
        if try store.batch(name: file.name, on: connection) != nil { throw BatchRefusal.nameTaken(file.name) }
        var batch = Batch(
            id: try store.nextID(on: connection), name: file.name, digest: file.digest,
            encoding: file.encoding.description, rows: file.index.count, done: 0, received: surroundings.now(),
            finished: nil)
        let content = ActContent.batchReceived(
            BatchReceipt(
                batch: batch.id, name: file.name, digest: file.digest, bytes: file.bytes,
                rows: Int64(file.index.count), encoding: file.encoding.description,
                converter: TCVN3.converterVersion))
        let received = try acts.append(
            [
                ActDraft(
                    kind: content.kind,
                    subjects: [SubjectVersion(.set(SheetID.make(batch: batch.id, row: 0)), version: 1)],
                    effective: nil, legalBasis: PieceWriter.legalBasis, content: try content.canonicalBytes())
            ], by: actor, on: connection)
        if let act = received.first { batch.received = act.recorded }
        try store.insert(batch, on: connection)
        return batch
    }

    /// Writes one piece, unless somebody else has; how many rows of the batch are done.
    func write(
        _ sheets: [StandardSheet], _ range: Range<Int>, of batch: Batch, _ probe: BatchProbe,
        on connection: Connection
    ) throws -> Int {
        let store = BatchStore()
        try store.takeIntake(on: connection)
        let done = try store.done(batch.id, on: connection)
        guard done == range.lowerBound else { return done }
        var sheets = sheets
        for row in sheets.indices { sheets[row].hold(outside: requester.jurisdiction) }
        let keys = sheets.reduce(into: Set<UInt64>()) { $0.formUnion($1.facts.keys) }
        let numbers = sheets.compactMap { $0.number?.value }.sorted()
        let holders = try NumberStore().holders(of: numbers, on: connection)
        let records = KnownRecords(connection: connection)
        var known = try records.find(keys)
        try records.add(holders: holders, to: &known)
        var decision = PieceDecision(sheets: sheets, batch: batch.id, known: known, numberHolders: holders)
        let likely = try probe.likely(in: decision, on: connection)
        decision.mark(likely)
        let writer = PieceWriter(
            batch: batch.id, acts: acts, actor: actor, surroundings: surroundings, connection: connection)
        let (persons, finished) = try writer.write(decision)
        try probe.queue(likely, persons: persons, on: connection)
        try store.advance(batch.id, from: done, to: range.upperBound, of: batch.rows, at: finished, on: connection)
        return range.upperBound
    }
}
