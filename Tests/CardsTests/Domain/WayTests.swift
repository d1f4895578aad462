import Testing

@testable import Cards

/// Every status × every action, as it is meant; a new status or action does not pass until it stands here.
@Suite("The ways of applications, cards, batches, jobs and blanks")
struct WayTests {
    /// One line a status: `from: action>to action>to`; what is not named is refused.
    private static func expect<Status: CaseIterable & RawRepresentable<String>, Action: CaseIterable>(
        _ table: String, _ type: Status.Type, after: (Status, Action) -> Status?
    ) where Action: RawRepresentable<String> {
        var lines: [String: [String: String]] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let ways = (parts.count == 2 ? parts[1] : "").split(separator: " ").map { way in
                let ends = way.split(separator: ">").map(String.init)
                return (ends[0], ends[1])
            }
            lines[String(parts[0])] = Dictionary(uniqueKeysWithValues: ways)
        }
        #expect(Set(lines.keys) == Set(Status.allCases.map(\.rawValue)))
        for status in Status.allCases {
            let known = lines[status.rawValue] ?? [:]
            #expect(Set(known.keys).isSubset(of: Action.allCases.map(\.rawValue)))
            for action in Action.allCases {
                #expect(
                    after(status, action)?.rawValue == known[action.rawValue],
                    "\(status.rawValue) \(action.rawValue)")
            }
        }
    }

    @Test("applications")
    func applications() {
        Self.expect(
            """
            booked: identify>opened block>blocked withdraw>withdrawn end>ended
            opened: capture>captured block>blocked withdraw>withdrawn end>ended
            blocked: identify>opened refuse>refused withdraw>withdrawn end>ended
            captured: capture>captured confirm>confirmed block>blocked withdraw>withdrawn end>ended
            confirmed: capture>captured submit>submitted withdraw>withdrawn end>ended
            submitted: approve>approved refuse>refused send_back>opened withdraw>withdrawn end>ended
            approved: order>ordered send_back>opened withdraw>withdrawn end>ended
            ordered: complete>completed end>ended
            completed:
            refused:
            withdrawn:
            ended:
            """, ApplicationStatus.self
        ) { $0.ways[$1 as ApplicationAction] }
        for status in ApplicationStatus.allCases { #expect(status.isLiving == !status.ways.isEmpty) }
    }

    @Test("production and delivery")
    func orders() {
        Self.expect(
            """
            waiting: batch>batched cancel>cancelled
            batched: unbatch>waiting start>working cancel>cancelled
            working: finish>produced fail>batched release>batched lose_track>unknown
            unknown: finish>produced fail>batched release>batched
            produced: pass>passed reject>batched scrap>cancelled
            passed: pack>packed destroy>destroyed
            packed: unpack>passed dispatch>in_transit lose>lost
            in_transit: receive>at_office bring_back>passed lose>lost
            at_office: hand_over>handed_over send_back>in_transit destroy>destroyed lose>lost
            lost: destroy>destroyed
            handed_over:
            destroyed:
            cancelled:
            """, OrderStage.self
        ) { $0.ways[$1 as OrderAction] }
        for stage in OrderStage.allCases { #expect(stage.isUnderWay == (stage.flow != nil)) }
    }

    @Test("the life of a card")
    func cards() {
        Self.expect(
            """
            made: deliver>delivered revoke>revoked stop_on_death>stopped_on_death \
            stop_on_merge>stopped_on_merge lose>missing destroy>destroyed
            missing: destroy>destroyed
            delivered: activate>active report_lost>lost revoke>revoked exchange>exchanged \
            stop_on_death>stopped_on_death stop_on_merge>stopped_on_merge
            active: hold>held report_lost>lost revoke>revoked exchange>exchanged expire>expired \
            stop_on_death>stopped_on_death stop_on_merge>stopped_on_merge
            held: give_back>active revoke>revoked exchange>exchanged expire>expired \
            stop_on_death>stopped_on_death stop_on_merge>stopped_on_merge
            lost: report_found>active revoke>revoked exchange>exchanged expire>expired \
            stop_on_death>stopped_on_death stop_on_merge>stopped_on_merge
            revoked: destroy>destroyed
            exchanged:
            expired: exchange>exchanged
            stopped_on_death: resume>active resume_undelivered>made resume_inactive>delivered resume_held>held \
            resume_lost>lost destroy>destroyed
            stopped_on_merge: resume>active resume_undelivered>made resume_inactive>delivered resume_held>held \
            resume_lost>lost destroy>destroyed
            destroyed:
            """, CardStatus.self
        ) { $0.ways[$1 as CardAction] }
    }

    @Test("batches")
    func batches() {
        Self.expect(
            """
            open: seal>sealed cancel>cancelled
            sealed: reopen>open start>running move>sealed cancel>cancelled
            running: move>running close>closed
            closed:
            cancelled:
            """, BatchStatus.self
        ) { $0.ways[$1 as BatchAction] }
    }

    @Test("jobs: what the machine reports, and what somebody finds")
    func jobs() {
        Self.expect(
            """
            running: finish>finished fail>spoiled release>untouched expire>unknown
            unknown: found_finished>finished found_spoiled>spoiled found_untouched>untouched found_missing>lost
            finished:
            spoiled:
            untouched:
            lost:
            """, JobState.self
        ) { $0.ways[$1 as JobEvent] }
        // What a job does to its card is always a way of the card, and to its blank a way of an issued blank.
        for event in JobEvent.allCases {
            let stage: OrderStage = JobState.running.ways[event] == nil ? .unknown : .working
            #expect(stage.ways[event.orderAction] != nil, "\(event)")
            if let move = event.blankMove { #expect(BlankFate.issued.ways[move] != nil) }
        }
    }

    @Test("blanks")
    func blanks() {
        Self.expect(
            """
            received: vault>vaulted lose>lost
            vaulted: issue>issued sample>sample spoil>spoiled lose>lost
            issued: use>good spoil>spoiled give_back>vaulted lose>lost
            good: destroy>destroyed
            spoiled: destroy>destroyed
            sample: destroy>destroyed
            lost: find>spoiled
            destroyed:
            """, BlankFate.self
        ) { $0.ways[$1 as BlankMove] }
    }

    @Test("what has no way is refused with where it stands")
    func refusals() {
        #expect(throws: ProductionRefusal.cardNotNow(.pack, .waiting)) { try OrderStage.waiting.after(.pack) }
        #expect(throws: ProductionRefusal.mustBeReconciled) { try JobState.unknown.after(.finish) }
        #expect(throws: ProductionRefusal.jobIsOver(.spoiled)) { try JobState.spoiled.after(.finish) }
        #expect(throws: BlankRefusal.notNow(.issue, .good)) { try BlankFate.good.after(.issue) }
        #expect(throws: CardLifeRefusal.notNow(.hold, .revoked)) { try CardStatus.revoked.after(.hold) }
    }
}
