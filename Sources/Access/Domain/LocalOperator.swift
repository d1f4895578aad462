import Ledger

/// Người vận hành tại chỗ: the one account there is until officers can sign in.
///
/// Whoever may run the program on the machine that holds the register acts under this name; that is why the server
/// listens on the loopback address alone.
package enum LocalOperator {
    package static let actor = Actor(account: "local", role: Role.localOperator.rawValue, office: "local")
}
