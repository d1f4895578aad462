import Civil
import Ledger

@testable import Access
@testable import Cards
@testable import Population
@testable import Web

/// The pages of the factory: the floor, a batch, the stock of blanks, the balance of the flow.
extension ConsoleSamples {
    func parcel(_ stage: OrderStage, tracking: String?) -> Parcel {
        Parcel(
            id: 51, code: tracking == nil ? "K2" : "K1", site: "hn", office: "xa-00097\(evil)", stage: stage,
            tracking: tracking, packed: ConsoleSamples.opened, cards: 12)
    }

    private func batch(_ status: BatchStatus) -> ProductionBatch {
        ProductionBatch(
            id: 31, code: "hn-000017", site: "hn", priority: 0, status: status, opened: ConsoleSamples.opened)
    }

    private var running: BatchBalance {
        var balance = BatchBalance()
        balance.issued = 20
        balance.good = 16
        balance.spoiled = 1
        balance.givenBack = 1
        balance.lost = 1
        balance.cards = 18
        balance.settledCards = 16
        balance.openJobs = 1
        return balance
    }

    private var closed: BatchBalance {
        var balance = BatchBalance()
        balance.issued = 2
        balance.good = 2
        balance.cards = 2
        balance.settledCards = 2
        return balance
    }

    private var unknown: [UnknownJob] {
        guard let blank = BlankSerial(prefix: "AA", number: 18) else { return [] }
        return [
            UnknownJob(
                job: Job(
                    id: 41, card: 22, batch: 31, blank: blank, machine: "may-3\(evil)", state: .unknown,
                    leaseUntil: ConsoleSamples.opened), card: ConsoleSamples.handle(22).text, batch: "hn-000017")
        ]
    }

    private var floor: FactoryFloor {
        var floor = FactoryFloor()
        floor.sites = [
            ProductionSite(code: "hn", name: "Trung tâm Hà Nội\(evil)", capacity: 50_000),
            ProductionSite(code: "dn", name: "Đà Nẵng", capacity: 9_000),
            ProductionSite(code: "hcm", name: "TP. Hồ Chí Minh", capacity: 30_000, isStopped: true),
        ]
        floor.waiting = 1_234
        floor.batches = [
            .init(batch: batch(.running), balance: running), .init(batch: batch(.closed), balance: closed),
        ]
        floor.unknown = unknown
        floor.overdue = 3
        floor.toCheck = [ConsoleSamples.handle(22).text]
        floor.rejects = [.surface: 4, .printerFault: 9]
        floor.toPack = [.init(site: "hn", office: "xa-00097\(evil)", cards: 12)]
        floor.packed = [parcel(.packed, tracking: nil)]
        floor.inTransit = [parcel(.inTransit, tracking: "VD 1\(evil)")]
        return floor
    }

    func factory(_ language: PageLanguage) -> [(name: String, page: any ConsolePage)] {
        let frame = frame(language.of(FactoryPage.title), language, section: .cards)
        func batchPage(_ status: BatchStatus, _ balance: BatchBalance, _ role: Role, _ problem: Sentence? = nil)
            -> FactoryBatchPage
        {
            FactoryBatchPage(
                frame: frame, role: role, line: .init(batch: batch(status), balance: balance), sites: floor.sites,
                unknown: status == .running ? unknown : [], key: "7d2f", problem: problem, units: units)
        }
        return [
            (
                "factory",
                FactoryPage(
                    frame: frame, role: .cardProducer, floor: floor, key: "7d2f",
                    problem: ProductionRefusal.nothingWaits.sentence, units: units)
            ),
            (
                "factory-nothing",
                FactoryPage(frame: frame, role: .qualityController, floor: FactoryFloor(), key: "7d2f", units: units)
            ),
            (
                "factory-batch",
                batchPage(.running, running, .cardProducer, ProductionRefusal.outcomesUnknown(1).sentence)
            ),
            ("factory-batch-keeper", batchPage(.running, running, .stockKeeper)),
            ("factory-batch-sealed", batchPage(.sealed, BatchBalance(), .cardProducer)),
            ("factory-batch-closed", batchPage(.closed, closed, .cardProducer)),
        ] + checks(frame) + stock(frame) + flow(frame)
    }

    private func checks(_ frame: PageFrame) -> [(name: String, page: any ConsolePage)] {
        let card = ConsoleSamples.handle(22).text
        let input = FormInput([
            "card": "AA1\(evil)", "zone": "IDVNM\(evil)", "code": "0010\(evil)", "seen-surface": "yes",
        ])
        return [
            (
                "factory-check",
                FactoryCheckPage(
                    frame: frame, role: .qualityController, waiting: [card], input: input,
                    problem: ProductionRefusal.readingIncomplete.sentence)
            ),
            (
                "factory-check-rejected",
                FactoryCheckPage(
                    frame: frame, role: .qualityController, waiting: Array(repeating: card, count: 21),
                    outcome: .init(card: "AA1\(evil)", rejects: [.surface, .chipSilent]))
            ),
            (
                "factory-check-passed",
                FactoryCheckPage(
                    frame: frame, role: .qualityController, waiting: [], outcome: .init(card: card, rejects: []))
            ),
        ]
    }

    private func keeper(_ role: Role) -> Requester {
        Requester(
            actor: Actor(account: "kho", role: role.rawValue, office: "c06"), role: role, jurisdiction: .nation,
            ground: .stated(.cardProduction))
    }

    private func stock(_ frame: PageFrame) -> [(name: String, page: any ConsolePage)] {
        let balance = StockBalance(
            received: 1_000, fates: [.vaulted: 900, .issued: 20, .good: 70, .spoiled: 9], unmatched: 0)
        let whole = StockBalance(received: 10, fates: [.vaulted: 10])
        let series = [
            SeriesStanding(series: "loat-1\(evil)", suspended: nil, reason: nil, cards: 70),
            SeriesStanding(
                series: "loat-0\(evil)", suspended: ConsoleSamples.opened, reason: "khóa chip bị lộ\(evil)", cards: 5),
        ]
        func supply(_ kind: SupplyKind, _ counted: Int, lead: Int, used: Int) -> SupplyForecast {
            SupplyForecast(
                Supply(site: "hn", kind: kind, counted: counted, since: ConsoleSamples.opened, leadDays: lead),
                used: used, lately: 250, capacity: 500)
        }
        let supplies = [
            supply(.ribbon, 1_000, lead: 30, used: 200), supply(.laminate, 90_000, lead: 15, used: 0),
            supply(.envelope, 10, lead: 0, used: 12),
        ]
        let input = FormInput([
            "kind": "laminate", "cards": "9\(evil)", "supply-note": "PN\(evil)", "move": "lose",
            "serials": "AA00000001\(evil)", "reason": "thiếu\(evil)",
        ])
        return [
            (
                "stock",
                StockPage(
                    frame: frame, requester: keeper(.stockKeeper), stock: balance,
                    plans: [
                        DestructionPlan(
                            id: 71, serials: ["AA00000031", "AA00000032"], card: nil, note: "biên bản 1\(evil)",
                            plannedBy: "le-thi-kho\(evil)", planned: ConsoleSamples.opened),
                        DestructionPlan(
                            id: 72, serials: ["AA00000040"], card: ConsoleSamples.handle(3).text,
                            note: "biên bản 2", plannedBy: "kho", planned: ConsoleSamples.opened),
                    ], spoiled: ["AA00000001-AA00000008", "AA00000017"],
                    series: series, supplies: supplies, sites: floor.sites, today: ConsoleSamples.opened.dayInVietnam,
                    input: input, problem: BlankRefusal.secondPersonNeeded.sentence, units: units)
            ),
            (
                "stock-series",
                StockPage(
                    frame: frame, requester: keeper(.ministryOperator), stock: whole, series: series,
                    supplies: supplies, sites: floor.sites, today: ConsoleSamples.opened.dayInVietnam, units: units)
            ),
            (
                "stock-nothing",
                StockPage(
                    frame: frame, requester: keeper(.stockKeeper), stock: whole, sites: floor.sites,
                    today: ConsoleSamples.opened.dayInVietnam, units: units)
            ),
        ]
    }

    private func flow(_ frame: PageFrame) -> [(name: String, page: any ConsolePage)] {
        func count(_ came: Int, _ waits: Int, _ went: Int, lately: Int, since: Instant?) -> FlowCount {
            var count = FlowCount()
            (count.came, count.waits, count.went, count.wentLately) = (came, waits, went, lately)
            count.oldest = since
            count.firstDue = since.map { $0.dayInVietnam.advanced(byWorkingDays: 7) }
            return count
        }
        let late: [FlowStage: FlowCount] = [
            .taking: count(500, 12, 488, lately: 40, since: ConsoleSamples.opened),
            .deciding: count(488, 90, 398, lately: 60, since: ConsoleSamples.at("2026-02-18T02:00:00Z")),
            .making: count(390, 20, 369, lately: 60, since: ConsoleSamples.opened),
            .handingOver: count(300, 60, 240, lately: 30, since: ConsoleSamples.opened),
        ]
        func page(
            _ counts: [FlowStage: FlowCount], office: String?, _ stock: StockBalance, under province: UnitCode? = nil
        ) -> CardFlowPage {
            let whole = FlowBalance(counts, capacity: 100, on: ConsoleSamples.today)
            let site = SiteFlow(site: "hn", name: "Trung tâm Hà Nội\(evil)", capacity: 100, waits: [.making: 20])
            let byPlace = FlowByPlace(
                counts.isEmpty ? [:] : ["xa-00097": counts, "lsq": [.deciding: FlowCount()]],
                sites: counts.isEmpty ? [] : [site], whole: whole, on: ConsoleSamples.today
            ) { $0 == "xa-00097" ? UnitCode(province == nil ? "01" : "00097", .fromJuly2025) : nil }
            return CardFlowPage(
                frame: frame, role: .ministryOperator, flow: whole, stock: stock, byPlace: byPlace, under: province,
                office: office, own: "xa-00097", today: ConsoleSamples.today, units: units)
        }
        return [
            ("card-flow", page(late, office: nil, StockBalance(received: 10, fates: [.vaulted: 9]))),
            (
                "card-flow-province",
                page(
                    late, office: nil, StockBalance(received: 9, fates: [.vaulted: 9]),
                    under: UnitCode("01", .fromJuly2025))
            ),
            ("card-flow-nothing", page([:], office: "xa-00097", StockBalance(received: 0, fates: [:]))),
        ]
    }
}
