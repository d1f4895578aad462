import CMalloc

/// How many heaps the allocator keeps.
enum Arenas {
    /// Keeps a long command to two heaps, one for each side of its pipeline.
    ///
    /// The allocator of glibc opens a heap for every thread that meets another one, and what is freed in one heap is
    /// not used again by the others: an import, whose tasks wander over the threads, then holds a fifth more memory
    /// than it uses. Call it before the work starts. Source: mallopt(3).
    static func few() {
        _ = mallopt(M_ARENA_MAX, 2)
    }
}
