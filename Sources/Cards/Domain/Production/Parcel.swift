import Civil

/// Kiện thẻ: cards that go together from a site to the office that hands them over.
package struct Parcel: Hashable, Sendable {
    package let id: Int64
    package let code: String
    package let site: String
    package let office: String
    /// `packed`, `inTransit` or `atOffice`.
    package var stage: OrderStage
    /// Mã vận đơn.
    package var tracking: String?
    package let packed: Instant
    /// How many cards lie in it.
    package let cards: Int

    /// So many cards fit into one.
    package static let mostCards = 500
}
