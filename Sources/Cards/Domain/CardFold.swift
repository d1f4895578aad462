import Civil

/// Trạng thái suy từ các sự việc: what the acts of the card system come to.
///
/// A pure fold over applications, cards, blanks, batches and series in the order of the log; the rows of the tables are
/// held against it. An act that does not follow from the ones before is a difference and no crash.
package struct CardFold: Sendable {
    /// Một thẻ suy từ các sự việc.
    package struct FoldedCard: Hashable, Sendable {
        package var stage = OrderStage.waiting
        package var status: CardStatus?
        package var stopped: StopCause?
        package var blank: String?
    }

    package private(set) var applications: [String: ApplicationStatus] = [:]
    package private(set) var cards: [String: FoldedCard] = [:]
    package private(set) var blanks: [String: BlankFate] = [:]
    package private(set) var certificates: [String: CertificateStatus] = [:]
    package private(set) var batches: [String: BatchStatus] = [:]
    package private(set) var suspended: Set<String> = []
    package private(set) var sites: [String: ProductionSite] = [:]
    /// What was counted of a site's supplies, with what has come since.
    package private(set) var supplies: [String: Int] = [:]
    /// What did not follow: the thing and what was to happen to it.
    package private(set) var differences: [String] = []

    package init() {}

    /// Applies one act.
    package mutating func apply(_ change: CardChange) {
        switch change {
        case .applicationOpened(let application, _, _, _, _, _, _, _): applications[application] = .opened
        case .applicationBooked(let application, _): applications[application] = .booked
        case .applicationChanged(let application, let action, _, _):
            applications[application] = followed(applications[application], application, action.rawValue) {
                $0.ways[action]
            }
        case .cardOrdered(let card, _, _, _, _, _): cards[card] = FoldedCard()
        case .jobEnded(let card, let event, let blank, _, _, _, _, _): end(card, event, blank)
        case .cardChecked(let card, let blank, let rejects): check(card, blank, rejects)
        case .cardMoved(let card, let action, _): step(card, action)
        case .cardChanged(let card, let action, _, _):
            let status = followed(cards[card]?.status, card, action.rawValue) { $0.ways[action] }
            cards[card]?.status = status
            // Delivering is handing over: one act, the stage follows from it.
            if action == .deliver { step(card, .handOver) }
        case .cardStopped(let card, let cause): cards[card]?.stopped = cause
        case .batchOpened(let batch, _, _, let named):
            batches[batch] = .open
            for card in named { step(card, .batch) }
        case .batchChanged(let batch, let action, _):
            batches[batch] = followed(batches[batch], batch, action.rawValue) { $0.ways[action] }
        case .parcelChanged(_, let action, _, let named, _): for card in named { step(card, action) }
        case .blanksReceived(_, _, let first, let count): receive(first, count)
        case .blanksMoved(let move, let serials, _, _): self.move(serials, move)
        case .blanksDestroyed(let serials, _, _): move(serials, .destroy)
        case .seriesSuspended(let series, _): suspended.insert(series)
        case .seriesResumed(let series, _): suspended.remove(series)
        case .supplyReceived(let site, let kind, let count, _):
            supplies["\(site) \(kind.rawValue)", default: 0] += count
        case .supplyCounted(let site, let kind, let count, _, _): supplies["\(site) \(kind.rawValue)"] = count
        case .certificateIssued(let certificate, _, _, _, _, _): certificates[certificate] = .made
        case .certificateChanged(let certificate, let action, _):
            certificates[certificate] = followed(certificates[certificate], certificate, action.rawValue) {
                $0.ways[action]
            }
        case .siteOpened(let site, let name, let capacity):
            sites[site] = ProductionSite(code: site, name: name, capacity: capacity)
        case .siteChanged(let site, let capacity, let stopped, _):
            if let known = sites[site] {
                sites[site] = ProductionSite(code: site, name: known.name, capacity: capacity, isStopped: stopped)
            } else {
                differences.append("site \(site): changed")
            }
        // None of these changes a state.
        case .feeSet, .duplicatesSearched, .fingerAccepted, .fingersCompared, .destructionPlanned,
            .destructionDropped:
            break
        }
    }

    /// The state after a way, or the present one with a difference where there is no such way.
    private mutating func followed<State>(
        _ present: State?, _ name: String, _ what: String, _ way: (State) -> State?
    ) -> State? {
        guard let present, let next = way(present) else {
            differences.append("\(name): \(what)")
            return present
        }
        return next
    }

    private mutating func step(_ card: String, _ action: OrderAction) {
        let stage = followed(cards[card]?.stage, card, action.rawValue) { $0.ways[action] }
        if let stage { cards[card]?.stage = stage }
    }

    /// A lease is no act: a card that is at a machine stands among those that wait for one.
    private mutating func end(_ card: String, _ event: JobEvent, _ blank: String) {
        if cards[card]?.stage == .batched { cards[card]?.stage = .working }
        step(card, event.orderAction)
        if event.orderAction == .finish { cards[card]?.blank = blank }
        if let move = event.blankMove { self.move([blank], move) }
    }

    private mutating func check(_ card: String, _ blank: String, _ rejects: [RejectCode]) {
        if rejects.isEmpty {
            step(card, .pass)
            cards[card]?.status = .made
            move([blank], .use)
        } else {
            step(card, cards[card]?.stopped == nil ? .reject : .scrap)
            cards[card]?.blank = nil
            move([blank], .spoil)
        }
    }

    private mutating func receive(_ first: String, _ count: Int) {
        guard let first = BlankSerial(canonical: first) else {
            differences.append("\(first): receive")
            return
        }
        for number in first.number..<first.number + count {
            guard let serial = BlankSerial(prefix: first.prefix, number: number)?.canonical else { continue }
            if blanks.updateValue(.received, forKey: serial) != nil { differences.append("\(serial): receive") }
        }
    }

    private mutating func move(_ ranges: [String], _ move: BlankMove) {
        for serial in SerialRanges.serials(ranges) {
            blanks[serial] = followed(blanks[serial], serial, move.rawValue) { $0.ways[move] }
        }
    }
}
