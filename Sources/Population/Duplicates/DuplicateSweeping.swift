import Access
import Civil
import Database
import Ledger
import Linkage

/// Yêu cầu rà soát trùng: how a sweep is made.
package struct DuplicateSweepWish: Sendable {
    /// Pairs below this probability are not told.
    package var threshold: Float
    /// The bytes that the sweep may take.
    package var memory: Int
    /// Whether what officers decided teaches the weights.
    package var isTaught: Bool
    /// Whether a sweep that is under way is given up.
    package var startsAnew: Bool
    /// Asked before each part with how many were compared by this call; the sweep pauses where it says no.
    package var goesOn: @Sendable (_ compared: Int) -> Bool
    package var progress: @Sendable (DuplicateStep) -> Void

    package init(
        threshold: Float = LinkEngine.defaultThreshold, memory: Int = .max, isTaught: Bool = false,
        startsAnew: Bool = false, goesOn: @escaping @Sendable (_ compared: Int) -> Bool = { _ in true },
        progress: @escaping @Sendable (DuplicateStep) -> Void = { _ in }
    ) {
        self.threshold = threshold
        self.memory = memory
        self.isTaught = isTaught
        self.startsAnew = startsAnew
        self.goesOn = goesOn
        self.progress = progress
    }

    var perMillion: Int64 { Int64((Double(threshold) * 1_000_000).rounded()) }
}

extension PopulationRegister {
    /// Rà soát trùng: compares everybody with everybody who could be the same, and puts what it finds into the queue.
    ///
    /// It goes province by province, commune by commune; what each part found is in the database before the next one
    /// begins, so that a sweep that was interrupted goes on where it stood, whoever calls it. The queue is replaced in
    /// one transaction at the end. The weights are learnt from the register itself when a sweep begins; what officers
    /// told apart stays apart while what was compared is the same.
    /// - Throws: `DuplicateRefusal.memoryTooSmall` before that memory is used, `.sweptElsewhere` where another process
    ///   has begun a sweep or ended this one.
    @discardableResult
    package func sweepDuplicates(_ wish: DuplicateSweepWish = DuplicateSweepWish()) async throws
        -> DuplicateSweepOutcome
    {
        let placement = placements.today(surroundings)
        let now = surroundings.now()
        let (file, underWay) = try await database.read { connection in
            (
                try DuplicateFile.read(placement, wish, on: connection),
                try DuplicateRunStore().current(on: connection)
            )
        }
        let known = underWay.flatMap { run in
            !wish.startsAnew && run.fits(threshold: wish.perMillion, isTaught: wish.isTaught, at: now) ? run : nil
        }
        let engine = LinkEngine(
            file.table, threshold: wish.threshold, decisions: file.decisions(),
            lessons: known == nil ? file.lessons : [])
        var run =
            known
            ?? DuplicateRun(
                id: surroundings.randomID(), started: now, threshold: wish.perMillion, isTaught: wish.isTaught,
                model: nil, parts: DuplicatePart.parts(of: file.places))
        let sweep = await LinkSweep(
            engine, model: run.model, partOf: file.places.map { UInt32(run.part(of: $0)) },
            parts: max(1, run.parts.count))
        if known == nil {
            let begun = run
            try await database.writeBulk { try DuplicateRunStore().begin(begun, sweep.model, on: $0) }
        }
        guard try await compare(&run, sweep, file, wish) else { return .paused(DuplicateProgress(run)) }
        let (done, pairs) = try await finish(run, sweep, engine, file, wish)
        return .finished(done, merged: try await mergeAutomatically(pairs))
    }

    /// The sweep that is under way, by whichever process; nil when none is.
    package func duplicateProgress() async throws -> DuplicateProgress? {
        try await database.read { try DuplicateRunStore().current(on: $0).map(DuplicateProgress.init) }
    }

    /// The sweep that is under way, and the last one that came to its end; sums, nobody's data.
    package func duplicateStanding(
        by requester: Requester
    ) async throws -> (underWay: DuplicateProgress?, last: DuplicateSweep?) {
        try AccessPolicy.require(requester, toUse: .reviewDuplicates)
        return (try await duplicateProgress(), try await lastDuplicateSweep())
    }

    /// Compares the parts that are left; false when it has to pause.
    private func compare(
        _ run: inout DuplicateRun, _ sweep: LinkSweep, _ file: DuplicateFile, _ wish: DuplicateSweepWish
    ) async throws -> Bool {
        wish.progress(.compared(DuplicateProgress(run)))
        var compared = 0
        let id = run.id
        for place in run.parts.indices where run.parts[place].done == nil {
            try Task.checkCancellation()
            guard wish.goesOn(compared) else { return false }
            let found = await sweep.compare(part: place)
            let pairs = found.pairs.map { file.persons(of: $0) }
            let isNoted = try await database.writeBulk {
                try DuplicateRunStore().note(pairs, compared: found.compared, part: place, of: id, on: $0)
            }
            guard isNoted else { throw DuplicateRefusal.sweptElsewhere }
            run.parts[place].done = (found.compared, pairs.count)
            compared += 1
            wish.progress(.compared(DuplicateProgress(run)))
        }
        return true
    }

    /// Gathers what all parts found, and replaces the queue.
    private func finish(
        _ run: DuplicateRun, _ sweep: LinkSweep, _ engine: LinkEngine, _ file: DuplicateFile,
        _ wish: DuplicateSweepWish
    ) async throws -> (DuplicateSweep, [DuplicatePair]) {
        // Another process may have compared some of the parts.
        let (parts, found) = try await database.read { connection in
            (
                try DuplicateRunStore().current(on: connection)?.parts ?? run.parts,
                file.records(of: try DuplicateRunStore().pairs(of: run.id, on: connection))
            )
        }
        let result = sweep.finish(found, compared: parts.reduce(0) { $0 + ($1.done?.compared ?? 0) })
        func told(_ pair: LinkedPair, isDrawn: Bool = false) -> DuplicatePair {
            file.pair(pair, engine.explain(Int(pair.left), Int(pair.right), sweep.model), isDrawn: isDrawn)
        }
        let pairs = result.pairs.map { told($0) }
        let below = result.below.filter { $0.probability < min(wish.threshold, DuplicateSweep.belowThreshold) }
        let drawn = file.draw(below, most: DuplicateSweep.mostDrawn).map { told($0, isDrawn: true) }
        let done = DuplicateSweep(
            started: run.started, finished: surroundings.now(), persons: file.table.count,
            compared: result.report.pairsCompared, pairs: pairs.count, keysRecall: result.report.blockingRecall,
            expectedPrecision: result.report.expectedPrecision, expectedRecall: result.report.expectedRecall,
            below: below.count)
        let directory = units
        let everybody = file.everybody
        try await database.writeBulk { connection in
            guard try DuplicateRunStore().end(run.id, on: connection) else { throw DuplicateRefusal.sweptElsewhere }
            try DuplicateStore().replace(with: pairs + drawn, among: everybody, on: connection)
            try DuplicateStore().insert(done, sweep.model, id: run.id, on: connection)
            try DuplicateStore().insert(unitsOf: pairs, in: directory, sweep: run.id, on: connection)
        }
        // Whoever asks from now on is asked with these weights.
        try await alikeIndex.renew()
        return (done, pairs)
    }
}
