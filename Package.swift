// swift-tools-version: 6.2
import PackageDescription

/// One settings block for every target of ours: language mode 6, and a warning is an error.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// For the program itself: optimised in a debug build too, since its tests read whole batches and start it often.
let programSettings = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "dancu",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        /** The words of the field as values: number, name, date, address, unit, code lists. Parse or refuse; no I/O. */
        .target(name: "Civil", resources: [.copy("Resources")], swiftSettings: programSettings),

        /** libpq, the C client of PostgreSQL, as Debian ships it. */
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        /** The only door to SQL: connections, transactions, migrations, bulk copy, on SQLite and PostgreSQL. */
        .target(name: "Database", dependencies: ["CLibPQ", grdb, grdbSQLite], swiftSettings: programSettings),

        /** The log: entry, hash, Merkle tree, checkpoint, proofs, verifier; its tables and the sequencer. */
        .target(name: "Ledger", dependencies: ["Civil", "Database", crypto], swiftSettings: programSettings),

        /** Who may do what here, now, for which purpose, as a value with its reason. */
        .target(
            name: "Access",
            dependencies: ["Civil", "Database", "Ledger", crypto, cryptoExtras],
            swiftSettings: programSettings),

        /** Comparing records of people: names, dates, numbers. Knows no register. */
        .target(name: "Linkage", dependencies: ["Civil"], swiftSettings: programSettings),

        /** Invented people, families and years of life, out of a seed: demonstration and measure, nobody real. */
        .target(name: "Invention", dependencies: ["Civil"], swiftSettings: programSettings),

        /** libgcrypt, as Debian ships it: sums of points, curves of Brainpool, triple DES. */
        .systemLibrary(name: "CGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),

        /** The card's chip: MRZ, QR, files, certificates, protocols; bytes in, values out, signing through a port. */
        .target(
            name: "Chip", dependencies: ["Civil", "CGcrypt", crypto, cryptoExtras], swiftSettings: programSettings),

        /** The words of PKCS #11 in C, as Debian ships them. */
        .systemLibrary(name: "CPKCS11", pkgConfig: "p11-kit-1", providers: [.apt(["libp11-kit-dev"])]),

        /** Keys on tokens: signing for cards through PKCS #11, so that no key leaves its token. */
        .target(name: "Token", dependencies: ["Civil", "Chip", "CPKCS11"], swiftSettings: programSettings),

        /** PC/SC lite, as Debian ships it: the way to card readers. */
        .systemLibrary(name: "CPCSC", pkgConfig: "libpcsclite", providers: [.apt(["libpcsclite-dev"])]),

        /** Readers of cards: chips over PC/SC, and a virtual chip at a virtual reader. */
        .target(name: "Reader", dependencies: ["Civil", "Chip", "CPCSC"], swiftSettings: programSettings),

        /** Cairo and Pango, as Debian ships them: pages, letters, PDF and PNG. */
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),

        /** libqrencode, as Debian ships it: square codes. */
        .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

        /** TurboJPEG, as Debian ships it: reading JPEG; it has no description for pkg-config. */
        .systemLibrary(name: "CTurboJPEG", providers: [.apt(["libturbojpeg0-dev"])]),

        /** zlib, as Debian ships it: what is inside a PNG. */
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        /** Card faces and papers as PDF and PNG. */
        .target(
            name: "Drawing", dependencies: ["Civil", "CPango", "CQRCode", "CTurboJPEG", "CZlib"],
            swiftSettings: programSettings),

        /** The population register: persons, households, residence, numbers, collection batches. */
        .target(
            name: "Population",
            dependencies: ["Civil", "Database", "Ledger", "Access", "Linkage", crypto],
            swiftSettings: programSettings),

        /** Identity cards: applications, production, stock of blanks, quality control, delivery, the life of a card. */
        .target(
            name: "Cards",
            dependencies: ["Civil", "Database", "Ledger", "Access", "Chip", "Drawing", "Population", crypto],
            swiftSettings: programSettings),

        /** HTTP: routes, input objects, pages, API. No rule of the field lives here. */
        .target(
            name: "Web",
            dependencies: [
                "Civil", "Database", "Ledger", "Access", "Linkage", "Chip", "Population", "Cards", hummingbird,
                hummingbirdTLS, mustache,
                logging, serviceLifecycle,
            ],
            resources: [.copy("Resources")],
            swiftSettings: programSettings),

        /** The settings of glibc's allocator, which the toolchain's module of glibc leaves out. */
        .systemLibrary(name: "CMalloc"),

        /** The command line as a library, and the one place where parts are put together. */
        .target(
            name: "Commands",
            dependencies: [
                "Civil", "Database", "Ledger", "Access", "Linkage", "Invention", "Chip", "Token", "Reader", "Drawing",
                "Population", "Cards", "Web", "CMalloc", argumentParser, logging, crypto,
            ],
            resources: [.copy("Resources")],
            swiftSettings: programSettings),

        /** The program. */
        .executableTarget(name: "dancu", dependencies: ["Commands"], swiftSettings: programSettings),

        /** Measures the program, each figure beside its baseline; see ./bench. */
        .executableTarget(
            name: "Bench",
            dependencies: [
                "Civil", "CLibPQ", "Database", "Ledger", "Access", "Linkage", "Invention", "Chip", "Token", "Reader",
                "CPango", "Drawing", "Population", "Cards", argumentParser, grdbSQLite,
            ],
            swiftSettings: programSettings),

        /** Opens stores of every engine for tests. */
        .target(name: "TestStores", dependencies: ["Database"], swiftSettings: settings),

        /** An authenticator for passkeys made of code, for tests. */
        .target(name: "TestAuthenticator", dependencies: [crypto, cryptoExtras], swiftSettings: settings),

        /** The words of the field: every rule of reading, and what is refused. */
        .testTarget(name: "CivilTests", dependencies: ["Civil"], swiftSettings: settings),
        /** That invented nations are what their seed says. */
        .testTarget(name: "InventionTests", dependencies: ["Invention", "Civil"], swiftSettings: settings),
        /** Comparing names and dates, and finding the records of one person. */
        .testTarget(name: "LinkageTests", dependencies: ["Linkage", "Civil"], swiftSettings: settings),
        /** One suite for both engines. */
        .testTarget(name: "DatabaseTests", dependencies: ["Database", "TestStores"], swiftSettings: settings),
        /** The tree, the logs, what the verifier finds; on both engines. */
        .testTarget(
            name: "LedgerTests",
            dependencies: ["Ledger", "Civil", "Database", "TestStores", crypto],
            swiftSettings: settings),
        /** The table role × act × jurisdiction, signing in, files, emergency access. */
        .testTarget(
            name: "AccessTests",
            dependencies: ["Access", "Civil", "Database", "Ledger", "TestStores", crypto, "TestAuthenticator"],
            swiftSettings: settings),
        /** Bytes of cards against vectors and the tools of others. */
        .testTarget(name: "ChipTests", dependencies: ["Chip", "Civil", crypto], swiftSettings: settings),
        /** Faces and papers, read by the tools of others. */
        .testTarget(name: "DrawingTests", dependencies: ["Drawing", "Chip", "Civil"], swiftSettings: settings),
        /** Keys on a token. */
        .testTarget(name: "TokenTests", dependencies: ["Token", "Chip", "Civil"], swiftSettings: settings),
        /** What passes between programs, readers and chips. */
        .testTarget(name: "ReaderTests", dependencies: ["Reader", "Chip", "Civil"], swiftSettings: settings),
        /** Folds, rules, contents and stores of people. */
        .testTarget(
            name: "PopulationTests",
            dependencies: ["Population", "Civil", "Database", "Ledger", "Access", "Linkage", "TestStores"],
            swiftSettings: settings),
        /** The ways of applications, cards and blanks. */
        .testTarget(
            name: "CardsTests",
            dependencies: [
                "Cards", "Civil", "Database", "Ledger", "Access", "Chip", "Drawing", "Population", "TestStores",
            ],
            swiftSettings: settings),
        /** Pages and JSON without a server. */
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Population", "Cards", "Chip", "Civil", "Ledger", "Access", "Linkage", "TestAuthenticator",
            ],
            exclude: ["Snapshots"], swiftSettings: settings),
        /** Stories through the command line, HTTP and a browser; faults, attacks, fuzzing. */
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "Commands", "Web", "Population", "Cards", "Chip", "Civil", "Database", "Ledger", "Access", "Linkage",
                "TestStores", "TestAuthenticator", hummingbirdTesting, hummingbird, argumentParser,
            ],
            swiftSettings: settings),
        /** That the house keeps its own rules. */
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ]
)
