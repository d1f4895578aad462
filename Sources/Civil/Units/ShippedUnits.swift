import Foundation

/// The unit files that come with the program; a register takes them over when it is created.
package enum ShippedUnits {
    /// The names of the files in the order in which they are loaded.
    package static let names = ["until-2025-06-30.tsv", "from-2025-07-01.tsv", "conversion-2025-07-01.tsv"]

    /// The bytes of a file, or nil when the program was installed without its resources.
    package static func bytes(_ name: String) -> [UInt8]? {
        let url = Bundle.module.bundleURL.appendingPathComponent("Resources/units/\(name)")
        return (try? Data(contentsOf: url)).map { Array($0) }
    }
}
