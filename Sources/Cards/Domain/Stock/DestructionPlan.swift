import Civil

/// Đề nghị tiêu hủy: what one person wants destroyed and another one, with a session of their own, has to confirm.
package struct DestructionPlan: Hashable, Sendable {
    package let id: Int64
    package var serials: [String]
    /// A card that is destroyed with its blank; nil for blanks alone.
    package let card: String?
    package let note: String
    package let plannedBy: String
    package let planned: Instant

    package init(id: Int64, serials: [String], card: String?, note: String, plannedBy: String, planned: Instant) {
        self.id = id
        self.serials = serials
        self.card = card
        self.note = note
        self.plannedBy = plannedBy
        self.planned = planned
    }
}
