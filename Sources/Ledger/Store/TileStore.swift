import Database

/// The tiles of one log as they stand in the database; partial tiles at the right edge grow in place.
struct TileStore: TileReader {
    let log: LogName
    let connection: Connection

    func hashes(of tile: TileCoordinate) throws -> [Digest32] {
        let hashes = try connection.first(
            "SELECT hashes FROM log_tile WHERE log = ? AND level = ? AND tile_index = ?",
            [.integer(log.rawValue), .integer(Int64(tile.level)), .integer(Int64(tile.index))]
        ) { Digest32.list(from: try $0.blob(0)) }
        guard let hashes, let hashes, hashes.count >= tile.width else { throw LogFault.tileMissing(tile.path) }
        return Array(hashes.prefix(tile.width))
    }

    func write(_ tiles: [Tile]) throws {
        try connection.executeMany(
            """
            INSERT INTO log_tile (log, level, tile_index, hashes) VALUES (?, ?, ?, ?)
            ON CONFLICT (log, level, tile_index) DO UPDATE SET hashes = excluded.hashes
            """,
            tiles.map { tile in
                [
                    .integer(log.rawValue), .integer(Int64(tile.coordinate.level)),
                    .integer(Int64(tile.coordinate.index)), .blob(Digest32.joined(tile.hashes)),
                ]
            })
    }
}
