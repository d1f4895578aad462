import Testing

@Suite("The rooms and their arrows")
struct ArrowTests {
    let manifest: Manifest

    init() throws {
        manifest = Manifest(try Repository.text("Package.swift"))
    }

    @Test("every import is declared in Package.swift, and Domain folders are pure")
    func importsAreDeclared() {
        #expect(Repository.sources.count > 20)
        let problems = (Repository.sources + Repository.tests).flatMap { Arrows.problems(of: $0, in: manifest) }
        expectNone(problems)
    }

    @Test("arrows point upward")
    func arrowsPointUpward() {
        #expect(manifest.targets.count > 10)
        expectNone(Arrows.problems(of: manifest))
    }

    @Test("every target says what lives there")
    func targetsHaveAPurpose() {
        #expect(Arrows.withoutPurpose(manifest) == [])
    }

    private static let seeded = Manifest(
        """
        let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
            /** The words. */
            .target(name: "Civil", dependencies: ["Ledger"], swiftSettings: settings),
            .target(
                name: "Ledger",
                dependencies: ["Civil", grdb],
                swiftSettings: settings),
            /** */
            .target(name: "TestStores", dependencies: ["Civil"]),
        """)

    @Test("the manifest is read: names, products, purposes")
    func readsAManifest() {
        #expect(Self.seeded.targets["Ledger"]?.dependencies == ["Civil", "GRDB"])
        #expect(Self.seeded.targets["Civil"]?.purpose == "The words. ")
        #expect(Arrows.withoutPurpose(Self.seeded) == ["Ledger", "TestStores"])
    }

    @Test("an arrow downward is found")
    func findsAnArrowDownward() {
        #expect(
            Arrows.problems(of: Self.seeded) == [
                "Civil must not know Ledger: arrows point upward", "TestStores supports tests and does not know Civil",
            ])
    }

    @Test(
        "an undeclared or impure import is found",
        arguments: [
            ("Sources/Ledger/Log.swift", "import Web", 1),
            ("Sources/Ledger/Log.swift", "@testable import struct Population.Person", 1),
            ("Sources/Ledger/Log.swift", "package import Crypto // hashing", 1),
            ("Sources/Ledger/Domain/Log.swift", "import GRDB", 1),
            ("Sources/Ledger/Log.swift", "import Civil\nimport GRDBSQLite\nimport Foundation", 0),
            ("Sources/Ledger/Log.swift", "/* import Web */ let text = \"\"\"\n    import Web\n    \"\"\"", 0),
            ("Sources/Nowhere/Log.swift", "import Civil", 1),
        ])
    func findsAnUndeclaredImport(path: String, text: String, expected: Int) {
        #expect(Arrows.problems(of: TextFile(path: path, text: text), in: Self.seeded).count == expected)
    }
}
