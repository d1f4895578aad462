import Civil
import Foundation
import Testing

@Suite("Địa chỉ")
struct AddressTests {
    @Test("The text is kept as written and the unit only joins it")
    func keepsText() throws {
        let address = try Address(parsing: "Số 106,  XÃ HÒA AN, Phú Hòa ".decomposedStringWithCanonicalMapping)
        #expect(address.written == "Số 106,  XÃ HÒA AN, Phú Hòa ")
        #expect(address.unit == nil && address.detail == "Số 106,  XÃ HÒA AN, Phú Hòa")
        let unit = UnitCode("22315", .untilJune2025)
        let resolved = address.resolved(to: unit, detail: "Số 106, ")
        #expect(resolved.unit == unit && resolved.detail == "Số 106" && resolved.written == address.written)
        #expect(try JSONDecoder().decode(Address.self, from: JSONEncoder().encode(resolved)) == resolved)
    }

    @Test(
        "What is no address is refused with its reason",
        arguments: [
            ("", AddressRefusal.missing), (" ,-. ", .missing), ("Xã A\u{200B}", .hasControl),
            ("Xã A\nXã B", .hasControl),
        ])
    func refuses(written: String, reason: AddressRefusal) {
        #expect(throws: reason) { try Address(parsing: written) }
    }

    @Test("Five hundred characters are an address, more are not")
    func longest() throws {
        #expect(try Address(parsing: String(repeating: "ẫ", count: 500)).written.count == 500)
        #expect(throws: AddressRefusal.tooLong) { try Address(parsing: String(repeating: "x", count: 501)) }
        #expect(throws: AddressRefusal.tooLong) { try Address(parsing: String(repeating: "ẫ", count: 1_000_000)) }
    }
}
