import Synchronization

/// Danh mục đơn vị hành chính đang dùng: the directory that all parts of one program go by.
///
/// It is exchanged as a whole when a reorganisation was loaded, so that a server goes on without being started anew.
package final class UnitsInForce: Sendable {
    /// A directory with the number of the loading that it came of, so that what was made from it is known to be of it.
    package struct Edition: Sendable {
        package let directory: UnitDirectory
        package let number: Int64
    }

    private let held: Mutex<Edition>

    package init(_ directory: UnitDirectory, number: Int64) {
        held = Mutex(Edition(directory: directory, number: number))
    }

    package var current: Edition { held.withLock { $0 } }

    package var directory: UnitDirectory { current.directory }

    /// From now on everybody goes by this directory, unless a later one is in force already.
    package func replace(with directory: UnitDirectory, number: Int64) {
        held.withLock { held in
            if number > held.number { held = Edition(directory: directory, number: number) }
        }
    }
}
