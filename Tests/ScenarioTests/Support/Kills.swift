/// The imports that kills interrupt: long enough for several pieces, with as many moments between them in a short run
/// as a long run has with pieces of the usual size.
enum Kills {
    static var rounds: Int { Shared.isFull ? 100 : 10 }

    static var rows: Int { Shared.isFull ? 4_700 : 900 }

    static func arguments(_ path: String) -> [String] {
        ["batch", "import", path, "--json"] + (Shared.isFull ? [] : ["--piece", "200"])
    }
}

/// Draws the moments of kills, and follows the machine.
///
/// Imports get shorter when other work on it ends, and the rest of an import after a kill is shorter than the whole. A
/// kill that comes too late draws the next one nearer.
struct KillWindow {
    /// Seconds after the start within which the undisturbed run can be hit.
    let longest: Double
    private var width: Double

    init(longest: Double) {
        self.longest = longest
        width = longest
    }

    /// Seconds after the start.
    func moment(_ random: inout SeededRandom) -> Double { 0.01 + random.part() * width }

    mutating func note(hit: Bool) {
        width = hit ? min(longest, width * 1.25) : max(longest / 20, width * 0.75)
    }
}
