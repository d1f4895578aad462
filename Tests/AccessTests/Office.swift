import Access
import Civil
import Ledger

/// Offices and officers as tests need them: the commune 00097, made of 00001 and 00376, in the province 01.
enum Place {
    static let old = UnitSet.untilJune2025
    static let new = UnitSet.fromJuly2025

    static let commune = UnitCode("00097", new)
    static let province = UnitCode("01", new)
    /// A place of the commune before the reorganisation.
    static let before = UnitCode("00001", old)
    /// Another commune of the province.
    static let neighbour = UnitCode("00118", new)
    /// A commune of another province.
    static let far = UnitCode("30001", new)

    static let communeJurisdiction = Jurisdiction.places(of: commune, [commune, before, UnitCode("00376", old)])
    static let provinceJurisdiction = Jurisdiction.places(
        of: province, [province, commune, before, UnitCode("00376", old), neighbour])
}

/// Somebody who asks: by the role's own jurisdiction unless another is named.
func requester(
    _ role: Role, account: String = "a", office: String = "xa-00097", _ jurisdiction: Jurisdiction? = nil,
    _ ground: Requester.Ground? = nil
) -> Requester {
    let usual: Jurisdiction =
        switch role {
        case .communeOfficer, .approver: Place.communeJurisdiction
        case .provinceAuditor: Place.provinceJurisdiction
        case .ministryOperator, .dataProtectionOfficer, .readOnlyAuditor, .cardProducer, .qualityController,
            .stockKeeper, .localOperator:
            .nation
        case .systemAdministrator, .civilStatusSystem: .nobody
        }
    return Requester(
        actor: Actor(account: account, role: role.rawValue, office: office), role: role,
        jurisdiction: jurisdiction ?? usual, ground: ground ?? stated)
}

let stated =
    Purpose(stated: "xác nhận cư trú", legalBasis: "Luật 68/2020/QH14").map { Requester.Ground.stated($0) }
    ?? .duty(.operation)
