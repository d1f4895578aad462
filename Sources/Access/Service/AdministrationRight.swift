import Civil
import Database
import Ledger

extension AccessRegister {
    /// Whether the change needs a second person; refuses what the requester may not change at all.
    @discardableResult
    func right(of requester: Requester, to question: AdministrationQuestion) throws(AccessRefusal) -> Bool {
        switch AccessPolicy.decide(requester, administer: question) {
        case .allowed(let needsSecondPerson): return needsSecondPerson
        case .refused(let refusal): throw refusal
        }
    }

    /// The same for an account, which belongs to every office where it holds a role at this moment.
    @discardableResult
    func right(
        of requester: Requester, to function: Function, _ officer: Officer, on connection: Connection
    ) throws -> Bool {
        let offices = try offices(of: officer, on: connection)
        return try right(of: requester, to: .init(function, offices: offices, account: officer.account))
    }

    /// The offices in force where an account holds a role at this moment or is to get one; where there is none, those
    /// of before.
    ///
    /// Else an administrator of elsewhere could set up how to sign in with an account that is about to get its role.
    func offices(of officer: Officer, on connection: Connection) throws -> [Office] {
        let now = surroundings.now()
        let grants = try OfficerStore().grants(of: officer.id, connection)
        let asked = try RoleChangeStore().changes(for: officer.account, connection)
        var codes = Set(grants.filter { $0.isInForce(at: now) }.map(\.office))
        codes.formUnion(asked.filter { $0.refusal(at: now) == nil }.map(\.office))
        if codes.isEmpty { codes = Set(grants.map(\.office) + asked.map(\.office)) }
        return try codes.sorted().compactMap { try OfficeStore().office($0, on: now.dayInVietnam, connection) }
    }
}
