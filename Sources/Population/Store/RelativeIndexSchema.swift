import Database

/// Finding whom a person names as father, mother and spouse, without reading what everybody names.
///
/// Every act rewrites these rows of its persons; without the index each act would read the whole table.
enum RelativeIndexSchema {
    static let migration = Migration(
        id: "population-003",
        sql: """
            CREATE INDEX relative_by_person ON relative (person_id);
            """)
}
