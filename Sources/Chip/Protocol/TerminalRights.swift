import Civil

/// Quyền của máy đọc: the chain of certificates from a chip's authority to one terminal, and the terminal's key.
package struct TerminalRights: Sendable {
    /// Whom the chip believes.
    package let authority: TerminalCertificate
    /// What the terminal shows: everything below the authority, its own certificate last.
    package let chain: [TerminalCertificate]
    package let key: SoftwareSigner

    package init(authority: TerminalCertificate, chain: [TerminalCertificate], key: SoftwareSigner) {
        self.authority = authority
        self.chain = chain
        self.key = key
    }

    /// The right to read fingers for one reading of a chip that names this authority; every key is thrown away.
    package static func passing(on day: CalendarDate) throws -> TerminalRights {
        let keys = (root: try SoftwareSigner(), verifier: try SoftwareSigner(), terminal: try SoftwareSigner())
        func content(
            _ holder: String, _ key: SoftwareSigner, _ role: TerminalCertificate.Role
        ) -> TerminalCertificate.Content {
            .init(holder: holder, key: key.publicKey, role: role, rights: .fingers, period: day...day)
        }
        let (root, verifier) = ("VNPASSING00001", "VNPASSDV00001")
        let authority = try TerminalCertificate(
            content(root, keys.root, .authority), issuer: root, signer: keys.root)
        let middle = try TerminalCertificate(
            content(verifier, keys.verifier, .verifier), issuer: root, signer: keys.root)
        let terminal = try TerminalCertificate(
            content("VNPASSIS00001", keys.terminal, .terminal), issuer: verifier, signer: keys.verifier)
        return TerminalRights(authority: authority, chain: [middle, terminal], key: keys.terminal)
    }
}
