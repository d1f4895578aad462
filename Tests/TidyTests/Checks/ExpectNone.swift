import Testing

/// Records each problem as an issue of its own, so that every message stands on one line.
func expectNone(_ problems: [String], at place: SourceLocation = #_sourceLocation) {
    for problem in problems { Issue.record("\(problem)", sourceLocation: place) }
}
