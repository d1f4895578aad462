import Civil

/// Xác thực thụ động: whether an issuer that is trusted signed these data (Doc 9303-11 §5.1); says nothing of copies.
package struct PassiveAuthentication: Sendable {
    let trust: TrustStore
    let now: Instant

    package init(trust: TrustStore, at now: Instant) {
        self.trust = trust
        self.now = now
    }

    /// Checks the files of a card, each as the bytes that were read.
    package func verdict(on files: [ChipFile: [UInt8]]) -> CardVerdict {
        var lines: [CardVerdict.Line] = []
        func note(_ check: CardCheck, _ outcome: CardOutcome) { lines.append(.init(check: check, outcome: outcome)) }
        do {
            guard let bytes = files[.sod] else {
                note(.securityObject, .failed(.noSecurityObject))
                return CardVerdict(lines: lines)
            }
            let object = try SecurityObject(bytes: bytes)
            note(.securityObject, .passed)
            lines += hashes(of: files, in: object)
            if let signer = object.signed.signerCertificate {
                note(.signature, object.signed.isSigned(by: signer) ? .passed : .failed(.signatureWrong))
                lines += certificates(signer, signed: object.signed.signingTime)
            } else {
                note(.signature, .failed(.noSignerCertificate))
            }
        } catch {
            note(.securityObject, .failed(.unreadable(error)))
        }
        note(.contents, contents(of: files))
        return CardVerdict(lines: lines)
    }

    private func hashes(of files: [ChipFile: [UInt8]], in object: SecurityObject) -> [CardVerdict.Line] {
        let given = Set(files.keys.compactMap(\.dataGroup))
        return given.union(object.hashes.keys).sorted().map { number in
            let bytes = ChipFile.dataGroup(number).flatMap { files[$0] }
            let outcome: CardOutcome =
                switch (bytes, object.hashes[number]) {
                case (let bytes?, let hash?): object.hash.digest(bytes) == hash ? .passed : .failed(.hashDiffers)
                case (_?, nil): .failed(.groupNotSigned)
                case (nil, _): .open(.groupNotRead)
                }
            return .init(check: .hash(dataGroup: number), outcome: outcome)
        }
    }

    private func certificates(_ signer: Certificate, signed: Instant?) -> [CardVerdict.Line] {
        guard !trust.authorities.isEmpty else {
            return [CardCheck.chain, .validity, .revocation].map { .init(check: $0, outcome: .open(.noTrust)) }
        }
        guard let authority = trust.authority(of: signer) else {
            return [.init(check: .chain, outcome: .failed(.signerNotTrusted))]
        }
        return [
            .init(check: .chain, outcome: chain(signer, authority)),
            .init(check: .validity, outcome: validity(signer, authority, signed: signed)),
            .init(check: .revocation, outcome: revocation(signer, authority)),
        ]
    }

    /// Whether what somebody signed at an instant is signed under a trusted authority, and not by one that it revoked.
    package func outcome(of signer: Certificate, signed: Instant) -> CardOutcome {
        let lines = certificates(signer, signed: signed)
        for check in [CardCheck.chain, .validity] {
            let outcome = lines.first { $0.check == check }?.outcome ?? .open(.noTrust)
            if outcome != .passed { return outcome }
        }
        if case .failed(let fault)? = lines.first(where: { $0.check == .revocation })?.outcome { return .failed(fault) }
        return .passed
    }

    private func chain(_ signer: Certificate, _ authority: Certificate) -> CardOutcome {
        guard signer.hasUsage(.signatures), !signer.isAuthority, signer.value(of: .extendedKeyUsage) == nil else {
            return .failed(.signerMayNotSign)
        }
        return signer.country == authority.country ? .passed : .failed(.countryDiffers)
    }

    private func validity(_ signer: Certificate, _ authority: Certificate, signed: Instant?) -> CardOutcome {
        for certificate in [signer, authority] where !certificate.isValid(at: now) {
            return .failed(now < certificate.notBefore ? .notYetValid : .expired)
        }
        guard let signed else { return .passed }
        return signer.signingPeriod.contains(signed) ? .passed : .failed(.signedOutsidePeriod)
    }

    private func revocation(_ signer: Certificate, _ authority: Certificate) -> CardOutcome {
        guard let list = trust.list(of: authority) else { return .open(.noList) }
        // What a list revoked stays revoked, also when the list is old.
        if list.revoked[signer.serial] != nil { return .failed(.revoked) }
        return now <= list.nextUpdate ? .passed : .open(.listOutdated)
    }

    private func contents(of files: [ChipFile: [UInt8]]) -> CardOutcome {
        guard let zoneBytes = files[.dg1], let nationalBytes = files[.dg13] else { return .open(.nothingToCompare) }
        do {
            let zone = try ZoneFile(bytes: zoneBytes).zone
            let national = try NationalFile(bytes: nationalBytes)
            guard let card = try? CardZone(zone), national.texts[.number] == card.number.digits,
                let name = national.texts[.name].flatMap({ try? PersonName(parsing: $0) }),
                card.name.isWriting(of: name)
            else { return .failed(.zoneDiffers) }
            return .passed
        } catch {
            return .failed(.unreadable(error))
        }
    }
}
