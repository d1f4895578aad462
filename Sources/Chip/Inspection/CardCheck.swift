import Civil

/// Phép kiểm tra: one thing that is checked of a card's data.
package enum CardCheck: Hashable, Sendable {
    /// EF.SOD is there and can be read.
    case securityObject
    /// The bytes of a data group have the hash that was signed.
    case hash(dataGroup: Int)
    /// The document signer signed the hashes.
    case signature
    /// A trusted authority signed the document signer, and that may sign cards.
    case chain
    /// The certificates held when the card was signed and hold now, and the key signed within its time.
    case validity
    /// The authority has not revoked the document signer.
    case revocation
    /// The zone of DG1 and the national fields of DG13 say the same.
    case contents
    /// The chip opened itself to whoever knows zone or CAN (PACE).
    case access
    /// The chip signs with the private key of DG15.
    case activeAuthentication
    /// The chip agrees on keys with the private key of DG14.
    case chipAuthentication
    /// The chip took the terminal's right to read fingers; only asked where the terminal has one.
    case terminalAuthentication
    /// The card is not on the issuer's list of cards that hold no more; only asked where there is a list.
    case standing

    /// Stable, for programs.
    package var name: String {
        switch self {
        case .securityObject: "security_object"
        case .hash(let number): "hash_dg\(number)"
        case .signature: "signature"
        case .chain: "chain"
        case .validity: "validity"
        case .revocation: "revocation"
        case .contents: "contents"
        case .access: "access"
        case .activeAuthentication: "active_authentication"
        case .chipAuthentication: "chip_authentication"
        case .terminalAuthentication: "terminal_authentication"
        case .standing: "standing"
        }
    }
}

/// Kết quả một phép kiểm tra: what a check came to.
package enum CardOutcome: Hashable, Sendable {
    case passed
    case failed(CardFault)
    /// What it needs is not there; the card is neither better nor worse for it.
    case open(CardFault)
}

/// Kết luận: every check with what it came to, in the order of Doc 9303-11 §5.1.
package struct CardVerdict: Hashable, Sendable {
    /// Một dòng kết luận: a check and its outcome.
    package struct Line: Hashable, Sendable {
        package let check: CardCheck
        package let outcome: CardOutcome
    }

    package let lines: [Line]

    /// Genuine: nothing failed, and hashes, signature, chain and validity were all checked.
    package var isGenuine: Bool {
        let needed: Set<CardCheck> = [.securityObject, .signature, .chain, .validity]
        return !hasFailed && needed.isSubset(of: lines.filter { $0.outcome == .passed }.map(\.check))
            && lines.contains { if case .hash = $0.check { $0.outcome == .passed } else { false } }
    }

    /// Whether any check failed.
    package var hasFailed: Bool {
        lines.contains { if case .failed = $0.outcome { true } else { false } }
    }

    /// The same with one more check.
    package func adding(_ check: CardCheck, _ outcome: CardOutcome) -> CardVerdict {
        CardVerdict(lines: lines + [Line(check: check, outcome: outcome)])
    }

    package func outcome(of check: CardCheck) -> CardOutcome? { lines.first { $0.check == check }?.outcome }
}

/// Lý do của kết luận: why a check failed or stays open.
package enum CardFault: ExplainedRefusal {
    case noSecurityObject
    case unreadable(ChipFault)
    case hashDiffers
    case groupNotSigned
    case groupNotRead
    /// The chip keeps back what everybody may read.
    case groupWithheld
    case noSignerCertificate
    case signatureWrong
    case noTrust
    case signerNotTrusted
    case signerMayNotSign
    case countryDiffers
    case notYetValid
    case expired
    case signedOutsidePeriod
    case noList
    case listOutdated
    case revoked
    case zoneDiffers
    case nothingToCompare
    /// The chip does not know the zone or CAN that was given.
    case accessCodeWrong
    /// The chip takes no code of this kind any more.
    case accessBlocked
    /// The chip does not take the terminal's certificates or its signature.
    case rightNotTaken
    case accessFailed
    /// The chip does not show that it has the private key to a signed one.
    case keyNotProven
    /// Nothing was signed by which the chip could show that it is no copy.
    case noChipKey
    /// The issuer says that the card holds no more.
    case holdsNoMore
    /// Nobody who is trusted signed the list of cards that hold no more.
    case standingUntrusted

    package var code: String {
        switch self {
        case .noSecurityObject: "card_no_security_object"
        case .unreadable(let fault): fault.code
        case .hashDiffers: "card_hash_differs"
        case .groupNotSigned: "card_group_not_signed"
        case .groupNotRead: "card_group_not_read"
        case .groupWithheld: "card_group_withheld"
        case .noSignerCertificate: "card_no_signer_certificate"
        case .signatureWrong: "card_signature_wrong"
        case .noTrust: "card_no_trust"
        case .signerNotTrusted: "card_signer_not_trusted"
        case .signerMayNotSign: "card_signer_may_not_sign"
        case .countryDiffers: "card_country_differs"
        case .notYetValid: "card_certificate_not_yet_valid"
        case .expired: "card_certificate_expired"
        case .signedOutsidePeriod: "card_signed_outside_period"
        case .noList: "card_no_revocation_list"
        case .listOutdated: "card_revocation_list_outdated"
        case .revoked: "card_signer_revoked"
        case .zoneDiffers: "card_zone_differs"
        case .nothingToCompare: "card_nothing_to_compare"
        case .accessCodeWrong: "card_access_code_wrong"
        case .accessBlocked: "card_access_blocked"
        case .rightNotTaken: "card_right_not_taken"
        case .accessFailed: "card_access_failed"
        case .keyNotProven: "card_chip_key_not_proven"
        case .noChipKey: "card_no_chip_key"
        case .holdsNoMore: "card_holds_no_more"
        case .standingUntrusted: "card_status_list_untrusted"
        }
    }

    package var sentence: Sentence {
        switch self {
        case .noSecurityObject, .unreadable, .hashDiffers, .groupNotSigned, .groupNotRead, .groupWithheld,
            .zoneDiffers, .nothingToCompare:
            dataSentence
        case .noSignerCertificate, .signatureWrong, .noTrust, .signerNotTrusted, .signerMayNotSign, .countryDiffers,
            .notYetValid, .expired, .signedOutsidePeriod, .noList, .listOutdated, .revoked:
            certificateSentence
        case .accessCodeWrong, .accessBlocked, .rightNotTaken, .accessFailed, .keyNotProven, .noChipKey, .holdsNoMore,
            .standingUntrusted:
            chipSentence
        }
    }
}
