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
        let units: [Character: Int] = ["K": 10, "M": 20, "G": 30]
        let shift = memory.last.flatMap { units[Character($0.uppercased())] }
        guard let number = Int(shift == nil ? memory[...] : memory.dropLast()), number > 0, number < 1 << 30 else {
            throw ValidationError("--memory is a size such as 800M or 4G.")
        }
        return number << (shift ?? 0)
    }
}
