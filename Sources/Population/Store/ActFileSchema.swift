import Database

/// The tables of files of requests.
enum ActFileSchema {
    static let migration = Migration(id: "population-010", sql: tables)

    private static let tables = """
        -- Files of requests: how far each has been recorded, so that an interrupted run goes on.
        CREATE TABLE act_file (
            act_file_id {int} NOT NULL PRIMARY KEY CHECK (act_file_id > 0),
            name TEXT NOT NULL,
            digest TEXT NOT NULL UNIQUE,
            lines {int} NOT NULL,
            done {int} NOT NULL,
            recorded {int} NOT NULL,
            received_at {int} NOT NULL,
            finished_at {int},
            CONSTRAINT act_file_done CHECK (done BETWEEN 0 AND lines AND recorded BETWEEN 0 AND done)
        ) {strict};

        -- Who was born, and which household was formed, by which line.
        CREATE TABLE act_file_made (
            act_file_id {int} NOT NULL,
            line {int} NOT NULL,
            handle TEXT NOT NULL,
            PRIMARY KEY (act_file_id, line)
        ) {strict_without_rowid};
        """
}
