import Access
import Foundation
import TestAuthenticator
import Testing

@Suite("What a page hands to the authenticator")
struct OptionsTests {
    @Test("Making a key: discoverable, with its user verified, never twice on one authenticator")
    func creation() throws {
        let options = PasskeyCreationOptions(
            party: try PasskeyFixture.party(), challenge: PasskeyFixture.challenge, user: PasskeyFixture.user,
            account: "lan.nt", displayName: "Nguyễn Thị Lan </script>", existing: [[1, 2, 3]])
        #expect(
            try options.json() == """
                {"attestation":"none","authenticatorSelection":{"requireResidentKey":true,"residentKey":"required",\
                "userVerification":"required"},"challenge":"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoM",\
                "excludeCredentials":[{"id":"AQID","type":"public-key"}],"pubKeyCredParams":[{"alg":-7,\
                "type":"public-key"},{"alg":-8,"type":"public-key"},{"alg":-257,"type":"public-key"}],\
                "rp":{"id":"dancu.example.vn","name":"Dân cư"},"timeout":300000,\
                "user":{"displayName":"Nguyễn Thị Lan </script>","id":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA",\
                "name":"lan.nt"}}
                """)
    }

    @Test("Signing in: no key is named, so no account is told")
    func request() throws {
        let options = PasskeyRequestOptions(party: try PasskeyFixture.party(), challenge: PasskeyFixture.challenge)
        #expect(
            try options.json() == """
                {"allowCredentials":[],"challenge":"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoM",\
                "rpId":"dancu.example.vn","timeout":300000,"userVerification":"required"}
                """)
    }

    @Test(
        "A site is https, or this very machine; its pages lie at its domain",
        arguments: [
            ("dancu.example.vn", "https://dancu.example.vn", true),
            ("dancu.example.vn", "https://a.dancu.example.vn", true),
            ("dancu.example.vn", "https://dancu.example.vn:8443", true), ("localhost", "http://localhost:8080", true),
            ("localhost", "https://localhost", true), ("dancu.example.vn", "http://dancu.example.vn", false),
            ("dancu.example.vn", "https://example.vn", false), ("dancu.example.vn", "https://xdancu.example.vn", false),
            ("dancu.example.vn", "https://dancu.example.vn/", false),
            ("dancu.example.vn", "https://dancu.example.vn:", false),
            ("dancu.example.vn", "https://dancu.example.vn:99999", false),
            ("dancu.example.vn", "dancu.example.vn", false),
            ("dancu.example.vn", "https://a@dancu.example.vn", false),
            ("dancu.example.vn", "https://DANCU.example.vn", false),
            ("dancu.example.vn", "", false), ("", "https://dancu.example.vn", false),
            ("localhost", "http://127.0.0.1:8080", false), ("localhost", "http://localhost.evil.com", false),
            ("dancu.example.vn", "https://:443", false),
        ])
    func parties(id: String, origin: String, isTaken: Bool) {
        #expect((RelyingParty(id: id, name: "Dân cư", origins: [origin]) != nil) == isTaken)
        #expect(RelyingParty(id: id, name: "Dân cư", origins: []) == nil)
    }
}
