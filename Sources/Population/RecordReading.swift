import Database

/// Bản ghi cho các phần khác: a person's record inside another room's transaction.
///
/// It decides nothing and leaves no trace by itself: whoever reads with it has asked `Access`, and writes the look into
/// the same transaction.
package struct RecordReader: Sendable {
    package init() {}

    /// The record and its handle by the register's own key.
    package func record(of person: Int64, on connection: Connection) throws -> (state: PersonState, handle: String)? {
        try PersonStore().person(person, on: connection).map { ($0.state, $0.handle) }
    }
}
