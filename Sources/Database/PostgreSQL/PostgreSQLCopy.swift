import CLibPQ

extension PostgreSQLDriver {
    /// Bytes gathered before they are handed to libpq.
    private static let copyBuffer = 1 << 16

    /// COPY in text format.
    func copy(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(DatabaseError) {
        try sendUnsent()
        noteWrite()
        let sql = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN"
        let started = PQexec(connection, sql)
        defer { PQclear(started) }
        guard PQresultStatus(started) == PGRES_COPY_IN else { throw fail(started, sql) }
        var line: [UInt8] = []
        line.reserveCapacity(PostgreSQLDriver.copyBuffer * 2)
        var refusal: DatabaseError?
        for row in rows {
            guard PostgreSQLDriver.append(row, to: &line) else {
                refusal = .nulInText
                break
            }
            if line.count >= PostgreSQLDriver.copyBuffer {
                guard put(line) else { break }
                line.removeAll(keepingCapacity: true)
            }
        }
        if refusal == nil, !line.isEmpty { _ = put(line) }
        PQputCopyEnd(connection, refusal == nil ? nil : "refused before the end")
        var failed: DatabaseError?
        while let result = PQgetResult(connection) {
            if !isGood(result), failed == nil { failed = fail(result, sql) }
            PQclear(result)
        }
        if let refusal { throw refusal }
        if failed == nil, PQstatus(connection) == CONNECTION_BAD { failed = fail(nil, sql) }
        if let failed { throw failed }
    }

    private func put(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            PQputCopyData(connection, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count)) == 1
        }
    }

    /// One line of COPY's text format; false when a text holds NUL.
    private static func append(_ row: [SQLValue], to line: inout [UInt8]) -> Bool {
        var isFirst = true
        for value in row {
            if !isFirst { line.append(9) }
            isFirst = false
            switch value {
            case .null: line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
            case .integer(let number): line.append(contentsOf: String(number).utf8)
            case .real(let number): line.append(contentsOf: number.description.utf8)
            case .text(let text): guard append(text, to: &line) else { return false }
            case .blob(let bytes): append(bytes, to: &line)
            }
        }
        line.append(10)
        return true
    }

    private static func append(_ text: String, to line: inout [UInt8]) -> Bool {
        for byte in text.utf8 {
            switch byte {
            case 0: return false
            case UInt8(ascii: "\\"): line.append(contentsOf: [byte, byte])
            case 9: line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
            case 10: line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            case 13: line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
            default: line.append(byte)
            }
        }
        return true
    }

    private static func append(_ bytes: [UInt8], to line: inout [UInt8]) {
        line.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\"), UInt8(ascii: "x")])
        func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? nibble + 48 : nibble + 87 }
        for byte in bytes {
            line.append(digit(byte >> 4))
            line.append(digit(byte & 15))
        }
    }
}
