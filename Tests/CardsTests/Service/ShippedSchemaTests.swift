import Database
import Testing

@testable import Cards

/// A register that was made by an earlier version opens with this one only while the scripts stay as they were.
@Suite("Migrations that were shipped")
struct ShippedSchemaTests {
    /// Never changed: whoever needs another schema adds a migration, and its line here.
    private static let shipped = """
        access-001 c582ec5669f8affe
        access-002 15280fcc1ebe16b0
        access-003 993448259c6b6b21
        access-004 2bc503d566708d8a
        access-005 d07abb629bf1dbc1
        access-006 20f156f8ac343c69
        access-007 cd54d61e6ffcefa5
        access-008 86f021e84e918349
        access-009 160d1ed20512ca73
        access-010 0ed603372f313209
        access-011 e7105bac16631775
        access-012 bd0d4bb5826697b7
        access-013 2586accb21ec99dd
        access-014 601fc8a990020dae
        access-015 d369e581e14bc2fe
        access-016 fdbf4abb024dd1ca
        access-017 16012c9f37cef67b
        access-018 b38d867f45488b03
        access-019 88f7e9377ed4cc2b
        cards-001 a5f2787c0314f43c
        cards-002 41a491ac1724c2e6
        cards-003 cfca8c6c5fbae9ef
        cards-004 3d858dfc50db78c2
        cards-005 1755adaf4cb836c0
        cards-006 ab3d2a6631f01f11
        cards-007 e6dbcad4278f9834
        cards-008 3eeb25527b6a8090
        cards-009 75e331580278410a
        ledger-001 8e113b109cb17852
        ledger-002 2e8ab4af41747f94
        ledger-003 bc9ff84cdd2aea94
        population-001 19ea7f4cc1c1d9bf
        population-002 8ecd61719d991b74
        population-003 9487110a18a97da3
        population-010 c0085bc2905b28de
        population-011 c6e7832664a7bc6e
        population-012 8bb63f3af9461dd2
        population-013 f830aec429a44a0b
        population-014 85bb1daaa796f7e9
        population-015 5f51c8283471685c
        population-016 e92020eea0b9f1f6
        population-017 260be5ed85e93a4f
        population-018 cba0d59d89babbae
        population-019 ea056c8d9ec02f93
        population-020 51b1d5b84a78b12a
        population-023 ce1d95be32780070
        population-024 6d81abbb814303d4
        population-025 25aff92ad7329fcb
        population-026 6e33b8af3000ef5a
        population-027 713b200bfd43f4af
        """

    @Test("each is what it was, and none is missing")
    func unchanged() {
        let now = CardSchema.registerMigrations.map { "\($0.id) \($0.checksum)" }.sorted()
        #expect(now == ShippedSchemaTests.shipped.split(separator: "\n").map(String.init))
    }
}
