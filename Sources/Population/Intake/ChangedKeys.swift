import Database

/// Khóa tìm lại sau khi thay đổi: the keys of a record that no sheet or certificate states, since an act changed it.
///
/// Without them a new sheet with the right name, date or commune would become a second person.
enum ChangedKeys {
    /// The keys of the record beside those of its first act, in their order.
    ///
    /// Of the number there is none: whoever holds, or held, one is found by it anyway.
    static func keys(of state: PersonState, first: RecordedAct?) -> [UInt64] {
        var facts = IdentityFacts(of: state)
        facts.number = nil
        return Set(facts.keys).subtracting(first?.statedKeys ?? []).sorted()
    }

    /// Follows a change of the record, in the transaction of its act.
    static func follow(
        from before: PersonState?, to after: PersonState, first: RecordedAct?, on connection: Connection
    ) throws {
        let old = before.map { Set(keys(of: $0, first: first)) } ?? []
        let new = Set(keys(of: after, first: first))
        func rows(_ keys: Set<UInt64>) -> [[SQLValue]] {
            keys.sorted().map { [.integer(Int64(bitPattern: $0)), .integer(0), .integer(after.person)] }
        }
        try connection.executeMany(
            "DELETE FROM match_key WHERE match_key = ? AND sheet_id = ? AND person_id = ?",
            rows(old.symmetricDifference(new)))
        try connection.insert(
            into: "match_key", columns: ["match_key", "sheet_id", "person_id"], rows: rows(new.subtracting(old)))
    }
}

extension RecordedAct {
    /// The keys of what a sheet or a birth certificate states; none for other acts.
    var statedKeys: Set<UInt64> {
        if case .registeredAtBirth(let birth) = content {
            let born = try? PersonFold.state(of: birth.person, acts: [self])
            return Set(born.map { IdentityFacts(of: $0).keys } ?? [])
        }
        return Set(content.identityFacts?.keys ?? [])
    }
}
