/// Bước xác thực máy đọc: what a chip remembers, in one session, of a terminal that proves its rights.
struct TerminalProof: Sendable {
    /// Chứng thư đã kiểm tra: a certificate whose chain was checked, with the rights that all of it has.
    struct Checked: Sendable {
        let certificate: TerminalCertificate
        let rights: TerminalCertificate.Rights
        /// Whether the days in it are those of this card's own country, which a chip believes.
        let isDomestic: Bool
    }

    /// Whose key checks the next certificate.
    var checking: Checked?
    /// The last certificate that was checked.
    var checked: Checked?
    /// The terminal that will sign; nil until it was named.
    var chosen: Checked?
    var challenge: [UInt8]?
    /// The x of the chip's key in PACE: what the terminal knows this chip by.
    var chipName: [UInt8] = []
    /// The x of the terminal's key in chip authentication; nil before it.
    var terminalKey: [UInt8]?
    private(set) var granted: TerminalCertificate.Rights = []

    /// Whether the signature is over this chip, this challenge and this session.
    mutating func isProven(by signature: [UInt8]) -> Bool {
        defer { challenge = nil }
        guard let chosen, let challenge, let terminalKey,
            chosen.certificate.key.isValid(plainSignature: signature, of: chipName + challenge + terminalKey)
        else {
            granted = []
            return false
        }
        granted = chosen.rights
        return true
    }
}

/// Xác thực máy đọc (terminal authentication): fingers are for terminals that a chain of certificates gives the right.
extension VirtualChip {
    /// MSE:Set DST: names the key that checks the next certificate.
    mutating func chooseIssuer(_ name: [UInt8]?) -> ResponseAPDU {
        proof.checking = nil
        if let authority = memory.authority, authority.holder == name {
            proof.checking = .init(certificate: authority, rights: authority.rights, isDomestic: true)
        } else if let checked = proof.checked, checked.certificate.holder == name {
            proof.checking = checked
        }
        return ResponseAPDU(status: proof.checking == nil ? ResponseAPDU.keyNotFound : ResponseAPDU.done)
    }

    /// MSE:Set AT: names the terminal that will sign.
    mutating func chooseTerminal(_ protocolID: [UInt8]?, _ name: [UInt8]?) -> ResponseAPDU {
        proof.chosen = nil
        guard protocolID == OID.terminalSignatureSHA256.content else {
            return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
        guard let checked = proof.checked, checked.certificate.role == .terminal, checked.certificate.holder == name
        else { return ResponseAPDU(status: ResponseAPDU.keyNotFound) }
        proof.chosen = checked
        return ResponseAPDU()
    }

    /// PSO:VERIFY CERTIFICATE, GET CHALLENGE and EXTERNAL AUTHENTICATE, inside a session.
    mutating func proveTerminal(_ command: CommandAPDU) -> ResponseAPDU {
        switch (command.ins, command.p1, command.p2) {
        case (0x2A, 0x00, 0xBE): return check(command.data)
        case (0x84, 0x00, 0x00):
            guard command.expected == TerminalProof.challengeLength else {
                return ResponseAPDU(status: ResponseAPDU.wrongLength)
            }
            let challenge = random(TerminalProof.challengeLength)
            proof.challenge = challenge
            return ResponseAPDU(data: challenge)
        case (0x82, 0x00, 0x00):
            // Chip authentication comes first: it binds the signature to this session.
            guard proof.chosen != nil, proof.challenge != nil, proof.terminalKey != nil else {
                return ResponseAPDU(status: ResponseAPDU.notPrepared)
            }
            let isProven = proof.isProven(by: command.data)
            return ResponseAPDU(status: isProven ? ResponseAPDU.done : ResponseAPDU.wrongToken)
        default: return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
    }

    private mutating func check(_ bytes: [UInt8]) -> ResponseAPDU {
        guard let issuer = proof.checking, let day = memory.day else {
            return ResponseAPDU(status: ResponseAPDU.notPrepared)
        }
        guard let certificate = try? TerminalCertificate(parts: bytes[...]) else {
            return ResponseAPDU(status: ResponseAPDU.wrongData)
        }
        guard certificate.isIssued(by: issuer.certificate, on: day) else {
            return ResponseAPDU(status: ResponseAPDU.wrongToken)
        }
        let isDomestic = issuer.isDomestic && certificate.role != .foreignVerifier
        proof.checked = .init(
            certificate: certificate, rights: issuer.rights.intersection(certificate.rights), isDomestic: isDomestic)
        // A chip has no calendar: the latest day that its own country signed is today at the earliest.
        if isDomestic { memory.day = max(day, certificate.effective) }
        if certificate.role == .authority { memory.authority = certificate }
        return ResponseAPDU()
    }
}

extension TerminalProof {
    static let challengeLength = 8
}
