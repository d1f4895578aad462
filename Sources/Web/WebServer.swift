import Access
import Cards
import Chip
import Civil
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Ledger
import Logging
import Population
import ServiceLifecycle

/// Cơ quan cấp thẻ mà máy chủ biết: read anew each time, since an issuer may be made while the server runs; nil where
/// none is known.
package typealias CardAuthorities = @Sendable () throws -> TrustStore?

/// Máy chủ web: the JSON API, the console and the reports of one register.
///
/// It is for this machine alone unless TLS ends here or at a trusted proxy.
/// It holds no rule of the field: every person is read through `PopulationRegister`, which records the look first.
package struct WebServer: Sendable {
    let register: PopulationRegister
    let access: AccessRegister
    let cards: CardRegister
    let cardAuthorities: CardAuthorities
    let identity: RegisterIdentity
    let sequencer: Sequencer?
    let keys: [LogName: LogVerificationKey]
    let host: String
    let port: Int
    let logger: Logger
    let watch: ServerWatch
    let localOperator: LocalOperatorRule
    /// The site that passkeys are made for; nil where there is none.
    let party: RelyingParty?
    let limits: WebLimits
    let reach: WebReach
    let cookie: SessionCookie
    let sweep: NightlySweepMode

    /// Longest body of a request, in bytes.
    package static let longestBody = 1 << 20

    /// The addresses that only this machine can reach.
    package static let loopbackHosts: Set<String> = ["127.0.0.1", "::1", "localhost"]

    /// A server of an open register.
    ///
    /// - Parameters:
    ///   - localOperator: who may ask without signing in.
    ///   - cardAuthorities: whose certificates quality control goes by.
    ///   - sequencer: gives entries their places every second; nil when there is no signing key here.
    ///   - keys: what verifies each log's checkpoints.
    ///   - host: `127.0.0.1`, `::1` or `localhost`; without TLS anything else is `WebRefusal.hostNotLoopback`.
    ///   - port: 0 lets the system choose one; passkeys need a port that is known.
    ///   - party: the site that passkeys are made for, when it is not this machine's own.
    ///   - reach: how requests reach the server; where others than this machine do, nobody is its operator by that.
    ///   - limits: how long and how much one client is listened to.
    ///   - sweep: whether the server sweeps for duplicates at night.
    package init(
        register: PopulationRegister, access: AccessRegister, cards: CardRegister,
        cardAuthorities: @escaping CardAuthorities = { nil }, identity: RegisterIdentity,
        sequencer: Sequencer?, localOperator: LocalOperatorRule, keys: [LogName: LogVerificationKey], host: String,
        port: Int,
        party: RelyingParty? = nil, reach: WebReach = .local, limits: WebLimits = WebLimits(),
        sweep: NightlySweepMode = .on, logger: Logger = Logger(label: "dancu")
    ) throws(WebRefusal) {
        guard !reach.isLocal || WebServer.loopbackHosts.contains(host.lowercased()) else { throw .hostNotLoopback }
        guard (0...65_535).contains(port) else { throw .portOutOfRange }
        self.register = register
        self.access = access
        self.cards = cards
        self.cardAuthorities = cardAuthorities
        self.localOperator = reach.isLocal ? localOperator : localOperator.withoutEverybody
        self.reach = reach
        cookie = SessionCookie(isSecure: !reach.isLocal)
        self.identity = identity
        self.sequencer = sequencer
        self.keys = keys
        self.host = host.lowercased()
        self.port = port
        self.party = party ?? (reach.isLocal ? .local(port: port) : nil)
        self.limits = limits
        self.sweep = sweep
        self.logger = logger
        watch = ServerWatch()
    }

    /// Serves until SIGTERM or SIGINT: then it finishes the requests, integrates the log and returns.
    ///
    /// `onRunning` is told the port once requests are answered.
    package func run(onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        let integration = LogIntegration(sequencer: sequencer, watch: watch, logger: logger)
        let application = Application(
            router: try router(), server: try http(),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "dancu",
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)),
            services: [
                integration, QualityRecording(register: register, logger: logger),
                NightlySweep(register: register, mode: sweep, logger: logger),
                CardExpiring(cards: cards, logger: logger),
                UnitsFollowing(register: register, logger: logger),
            ],
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger)
        // What the last requests wrote gets its place too, also when the server ends with an error.
        do {
            try await application.runService()
        } catch {
            try? await integration.integrateOnce()
            throw error
        }
        try await integration.integrateOnce()
    }

    var queues: WorkQueues { WorkQueues(register: register, access: access, cards: cards) }

    private func http() throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(configuration: limits.http)
        guard case .tls(let certificate) = reach else { return plain }
        return try .tls(plain, tlsConfiguration: certificate.configuration)
    }

    /// All routes with their middleware; tests run it without a socket.
    package func router() throws -> Router<WebContext> {
        let pages = try Pages()
        let desk = ConsoleDesk(server: self, pages: try ConsolePages.shared.get())
        let samples = OpenedSamples()
        let intake = BatchIntake(register: register, logger: logger)
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestWatch(watch: watch, logger: logger))
        router.add(middleware: SecurityHeaders(isSecure: !reach.isLocal))
        router.add(middleware: Problems(random: register.surroundings.random, logger: logger))
        router.add(middleware: Arriving(reach: reach))
        router.add(middleware: Admitting(access: access, cookie: cookie, localOperator: localOperator))
        router.add(middleware: ConsoleProblems(desk: desk, logger: logger))
        router.add(middleware: OwnOriginOnly(hosts: reach.isLocal ? WebServer.loopbackHosts : nil))
        let open = router.group("api/v1")
        UnitRoutes(register: register).add(to: open)
        LogRoutes(database: register.database, keys: keys).add(to: open)
        // What an address has, or whether it is there at all, is told to those who have signed in.
        let api = open.group().add(middleware: AdmittedOnly())
        let changes = api.group().add(middleware: AnsweredOnce(register: register))
        PasskeyRoutes(server: self).add(to: open, signedIn: api)
        PersonRoutes(register: register, watch: watch).add(to: api)
        SearchRoutes(register: register, watch: watch).add(to: api)
        ActRoutes(register: register, watch: watch).add(to: api)
        ApprovalRoutes(register: register, samples: samples, watch: watch).add(to: api, changes: changes)
        DuplicateRoutes(register: register, samples: samples, watch: watch).add(to: api, changes: changes)
        FileRoutes(register: register, access: access).add(to: api, changes: changes)
        CounterRoutes(register: register, queues: queues, watch: watch).add(to: api)
        ExportRoutes(register: register, watch: watch).add(to: api, changes: changes)
        OversightRoutes(register: register, access: access).add(to: api, changes: changes)
        TogetherRoutes(register: register, samples: samples, watch: watch).add(to: changes)
        AccountRoutes(access: access, cookie: cookie).add(to: open, signedIn: api)
        OfficerRoutes(register: register, access: access).add(to: api, changes: changes)
        CardAPIRoutes(cards: cards, watch: watch).add(to: api, changes: changes)
        CertificateAPIRoutes(cards: cards, watch: watch).add(to: api, changes: changes)
        FactoryAPIRoutes(cards: cards, authorities: cardAuthorities, watch: watch).add(to: api, changes: changes)
        BatchRoutes(register: register, intake: intake, watch: watch).add(to: api)
        HeldRowRoutes(register: register, samples: samples, watch: watch).add(to: api, changes: changes)
        let quality = QualityRoutes(register: register, shelf: QualityShelf(register: register), watch: watch)
        quality.add(to: api, changes: changes)
        WatchRoutes(server: self).add(to: router)
        addPages(to: router, desk, quality, intake, samples)
        PageRoutes(server: self, pages: pages).add(to: router)
        return router
    }

    /// The pages of the console.
    private func addPages(
        to router: Router<WebContext>, _ desk: ConsoleDesk, _ quality: QualityRoutes, _ intake: BatchIntake,
        _ samples: OpenedSamples
    ) {
        SignInRoutes(desk: desk).add(to: router)
        EnrolmentRoutes(desk: desk).add(to: router)
        SessionRoutes(desk: desk).add(to: router)
        DeputyRoutes(desk: desk).add(to: router)
        WorkRoutes(desk: desk).add(to: router)
        PeopleRoutes(desk: desk).add(to: router)
        DossierRoutes(desk: desk).add(to: router)
        SheetRoutes(desk: desk).add(to: router)
        ActFormRoutes(desk: desk).add(to: router)
        ApprovalPageRoutes(desk: desk, samples: samples).add(to: router)
        GuideRoutes(desk: desk).add(to: router)
        QualityPageRoutes(desk: desk, reports: quality).add(to: router)
        BatchPageRoutes(desk: desk, intake: intake, samples: samples).add(to: router)
        AlarmRoutes(desk: desk).add(to: router)
        AdministrationRoutes(desk: desk).add(to: router)
        RoleChangeRoutes(desk: desk).add(to: router)
        SealRoutes(desk: desk).add(to: router)
        ExportPageRoutes(desk: desk).add(to: router)
        DuplicatePageRoutes(desk: desk, samples: samples).add(to: router)
        EmergencyRoutes(desk: desk).add(to: router)
        CardRoutes(desk: desk).add(to: router)
        CardApplyRoutes(desk: desk).add(to: router)
        CardApplicationRoutes(desk: desk).add(to: router)
        CardLifeRoutes(desk: desk).add(to: router)
        CertificateRoutes(desk: desk).add(to: router)
        FactoryPageRoutes(desk: desk).add(to: router)
        FactoryCheckRoutes(desk: desk).add(to: router)
        StockPageRoutes(desk: desk).add(to: router)
        AuditRoutes(desk: desk).add(to: router)
    }
}

/// What a request carries through the middleware to its handler.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Where the request comes from, for counting wrong tries; nothing else is made of it.
    var address: String
    /// Whether it came through TLS.
    var isSecure = false
    /// The signed-in officer, when there is one.
    var admission: Admission?
    /// Why a session that was brought does not count.
    var signInRefusal: SignInRefusal?
    /// Whether the local operator asks, who needs no session.
    var isLocalOperator = false

    package init(source: Source) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "-"
    }

    package var maxUploadSize: Int { WebServer.longestBody }
}
