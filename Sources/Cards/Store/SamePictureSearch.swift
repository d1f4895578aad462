import Chip
import Database

/// Bản thay thế cho trình diễn: finds the very same picture at somebody else, and nothing that only looks alike.
///
/// It stands where a biometric service will, so that the way from a candidate to a decision can be shown and tested.
/// What the program itself has drawn is nobody's and is not searched for.
package struct SamePictureSearch: BiometricSearch {
    package let name = "bản thay thế trình diễn (chỉ so đúng tệp ảnh) / demonstration stand-in (same files only)"
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    package func identify(_ probe: BiometricProbe, most: Int) async throws -> [BiometricCandidate] {
        try await database.read { connection in
            var same: [Int64: Int] = [:]
            func look(in table: String, _ column: String, for picture: [UInt8]) throws {
                let found = try connection.rows(
                    """
                    SELECT DISTINCT a.person_id FROM \(table) p
                    JOIN card_application a ON a.application_id = p.application_id
                    WHERE p.\(column) = ? AND p.specimen = 0 AND a.person_id <> ?
                    """, [.blob(picture), .integer(probe.person)]
                ) { try $0.int64(0) }
                for person in found { same[person, default: 0] += 1 }
            }
            if let portrait = probe.portrait, !portrait.isSpecimen {
                try look(in: "card_portrait", "image", for: portrait.image)
            }
            for finger in probe.fingers where !finger.isSpecimen {
                try look(in: "card_finger", "content", for: finger.content)
            }
            return same.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).enumerated().map {
                place, found in
                BiometricCandidate(person: found.key, rank: place + 1, score: Double(found.value))
            }
        }
    }
}
