import Foundation
import Ledger
import Population

extension Surroundings {
    /// Thư mục tạm: a folder that nobody else has, also where another server of this machine draws the same name.
    func newFolder(_ kind: String) throws -> URL {
        while true {
            let name = "dancu-\(kind)-\(Handle(random: random(16)).text)"
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
                return folder
            } catch CocoaError.fileWriteFileExists {
                continue
            }
        }
    }
}
