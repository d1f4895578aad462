import Database
import Ledger

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

    /// The record as it stood when so many acts of its stream were known; what the applicant for a card confirmed.
    package func state(
        of person: Int64, atVersion version: Int64, acts: ActStore, on connection: Connection
    ) throws -> PersonState? {
        let stream = try Streams(acts: acts, connection: connection).acts(of: .person(person))
        return try PersonFold.state(of: person, acts: stream.filter { $0.version <= version })
    }
}
