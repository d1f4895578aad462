import ArgumentParser

/// Thử: a command that writes does everything and keeps nothing.
struct TrialOptions: ParsableArguments {
    @Flag(name: .customLong("dry-run"), help: "Do everything, keep nothing.")
    var isTrial = false

    /// Said after the command's own words, which are those of a run that counts.
    static func tell() {
        Console.message("Chỉ thử; chưa ghi gì. / Tried only; nothing was recorded.")
    }
}
