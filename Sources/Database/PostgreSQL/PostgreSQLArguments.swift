/// Arguments laid out as libpq wants them: integers and text as text, bytes as they are.
struct PostgreSQLArguments {
    private var bytes: [UInt8] = []
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Lays the arguments out in place of the last ones; the storage is used again.
    mutating func set(_ arguments: [SQLValue]) throws(DatabaseError) {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for argument in arguments {
            let start = bytes.count
            switch argument {
            case .null: break
            case .integer(let value): bytes.append(contentsOf: String(value).utf8)
            case .real(let value): bytes.append(contentsOf: value.description.utf8)
            case .text(let value):
                bytes.append(contentsOf: value.utf8)
                if bytes[start...].contains(0) { throw .nulInText }
            case .blob(let value): bytes.append(contentsOf: value)
            }
            let isNull = argument == .null
            offsets.append(isNull ? -1 : start)
            lengths.append(Int32(bytes.count - start))
            if case .blob = argument { formats.append(1) } else { formats.append(0) }
            bytes.append(0)
        }
    }

    func withPointers<T>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> T
    ) -> T {
        bytes.withUnsafeBytes { raw in
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = offsets.map { offset -> UnsafePointer<CChar>? in
                offset < 0 ? nil : base.map { $0 + offset }
            }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(Int32(offsets.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
