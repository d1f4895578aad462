import Civil

/// Kho tin cậy: the authorities somebody trusts, and the lists of what these have revoked.
///
/// It never comes from the card that is checked.
package struct TrustStore: Hashable, Sendable {
    package private(set) var authorities: [Certificate]
    /// Of each authority the list with the highest number.
    package private(set) var lists: [RevocationList]

    package init(authorities: [Certificate], lists: [RevocationList] = []) {
        self.authorities = authorities
        self.lists = lists
    }

    /// Trusts the new authority of a link certificate that a trusted authority signed.
    package mutating func follow(link: Certificate, to authority: Certificate) -> Bool {
        guard link.key == authority.key, link.subject == authority.subject, authority.isAuthority, link.isAuthority,
            authority.isSigned(by: authority), authorities.contains(where: { link.isSigned(by: $0) })
        else { return false }
        authorities.append(authority)
        return true
    }

    /// Trusts the authorities of a master list whose signer a trusted authority certified.
    package mutating func follow(_ list: MasterList) -> Bool {
        guard authorities.contains(where: list.isSigned(under:)) else { return false }
        authorities += list.authorities.filter { !authorities.contains($0) && $0.isAuthority }
        return true
    }

    /// The authority that signed a certificate.
    package func authority(of certificate: Certificate) -> Certificate? {
        authorities.first { $0.isAuthority && certificate.isSigned(by: $0) }
    }

    /// The newest list of the authority, signed with its own key or a later one of the same name.
    ///
    /// An authority that has a new key signs its lists with that, for certificates of the old key too.
    func list(of authority: Certificate) -> RevocationList? {
        let signers = authorities.filter { $0.subject == authority.subject }
        return lists.filter { list in signers.contains { list.isSigned(by: $0) } }.max { $0.number < $1.number }
    }
}
