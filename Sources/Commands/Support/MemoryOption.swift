import ArgumentParser

/// How much memory a command may take.
struct MemoryOption: ParsableArguments {
    @Option(name: .long, help: "The memory that may be used, such as 800M or 4G.")
    var memory: String?

    func validate() throws {
        _ = try bytes()
    }

    /// The bytes; as many as there are when nothing is said.
    func bytes() throws -> Int {
        guard let memory else { return .max }
        let unit = memory.uppercased().drop { $0.isNumber }
        let shifts: [Substring: Int] = [
            "": 0, "K": 10, "KB": 10, "KIB": 10, "M": 20, "MB": 20, "MIB": 20, "G": 30, "GB": 30, "GIB": 30,
        ]
        guard let shift = shifts[unit], let number = Int(memory.dropLast(unit.count)), number > 0,
            number <= 1 << (50 - shift)
        else { throw ValidationError("--memory is a size such as 800M or 4G.") }
        return number << shift
    }
}
