import Chip
import Foundation

/// Bộ đối chiếu vân tay NBIS: NIST's minutiae and its matcher, out of libfprint as Debian ships it (`libfprint-2-2`).
///
/// The library compares only what a reader gives it, so it gets the picture through its own virtual reader: a socket
/// that it makes at a path of the environment. The environment is a process's one, and the library an old one in C that
/// looks at strangers' pictures: it is meant for a process of its own (`dancu card match`), for one comparison.
package final class FingerLibrary {
    /// Ảnh để đối chiếu: grey dots at 500 dots an inch, row by row, 0 black.
    package struct Picture: Sendable {
        let width: Int
        let height: Int
        let dots: [UInt8]

        /// Nil when the sides are no picture's.
        package init?(width: Int, height: Int, dots: [UInt8]) {
            guard (1...2_000).contains(width), (1...2_000).contains(height), dots.count == width * height else {
                return nil
            }
            self.width = width
            self.height = height
            self.dots = dots
        }
    }

    private let functions: LibraryFunctions
    private let device: UnsafeMutableRawPointer
    private let folder: URL

    private var socketPath: String { Self.socketPath(in: folder) }
    private static func socketPath(in folder: URL) -> String { folder.appendingPathComponent("s").path }

    /// Loads the library and opens its virtual reader.
    package init() throws(FingerLibraryFailure) {
        functions = try LibraryFunctions()
        // A folder of its own that nobody else may enter, by whatever name the system finds.
        var path = Array((FileManager.default.temporaryDirectory.path + "/dancu-fp-XXXXXX").utf8CString)
        guard mkdtemp(&path) != nil else { throw .missing }
        folder = URL(fileURLWithPath: String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
        setenv("FP_VIRTUAL_IMAGE", Self.socketPath(in: folder), 1)
        guard let device = functions.virtualDevice() else {
            try? FileManager.default.removeItem(at: folder)
            throw .missing
        }
        self.device = device
    }

    deinit {
        functions.close(device)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Whether the picture is of the finger that a template is of.
    package func isMatch(_ probe: Picture, with reference: FingerMinutiae) throws(FingerLibraryFailure) -> Bool {
        try scan(probe, against: reference).isMatch
    }

    /// The minutiae that NIST's detector finds.
    package func minutiae(of picture: Picture, finger: Finger) throws(FingerLibraryFailure) -> FingerMinutiae {
        // Anything will do to compare with: the reader gives back what it has read.
        let points = (0..<Self.fewest).map {
            FingerMinutiae.Point(kind: .other, x: 10 + 7 * $0, y: 10 + 11 * $0, angle: UInt8(19 * $0 % 256))
        }
        let anything = FingerMinutiae(finger: finger, width: 300, height: 300, points: points)
        let found = try scan(picture, against: anything).found
        return FingerMinutiae(
            finger: finger, width: picture.width, height: picture.height,
            points: found.compactMap { $0.point(height: picture.height) })
    }

    /// The matcher looks at no template with fewer.
    private static let fewest = 12

    private func scan(
        _ picture: Picture, against reference: FingerMinutiae
    ) throws(FingerLibraryFailure) -> (isMatch: Bool, found: [NISTPoint]) {
        guard reference.points.count >= Self.fewest else { throw .referencePoor }
        let points = reference.points.map { NISTPoint($0, height: reference.height) }
        guard let template = functions.template(points) else { throw .failed }
        defer { functions.free(template) }
        let sender = PictureSender(picture, to: socketPath)
        sender.start()
        return try functions.verify(device, template)
    }
}

/// Một điểm theo NIST: counted from the lower left corner, in degrees from −179 to 180.
///
/// What NIST calls the direction of a minutia is opposite to what ISO/IEC 19794-2 calls it (NBIS, `lfs2nist` and
/// `lfs2m1`).
struct NISTPoint {
    let x: Int
    let y: Int
    let degrees: Int

    init(x: Int, y: Int, degrees: Int) {
        self.x = x
        self.y = y
        self.degrees = degrees
    }

    init(_ point: FingerMinutiae.Point, height: Int) {
        let turned = (Int((Double(point.angle) * 360 / 256).rounded()) + 180) % 360
        self.init(x: point.x, y: height - point.y, degrees: turned > 180 ? turned - 360 : turned)
    }

    /// Nil for one that lies outside.
    func point(height: Int) -> FingerMinutiae.Point? {
        let units = Int((Double((degrees + 180 + 360) % 360) * 256 / 360).rounded())
        let row = height - y
        guard x >= 0, row >= 0, row < height else { return nil }
        return FingerMinutiae.Point(kind: .other, x: x, y: row, angle: UInt8(truncatingIfNeeded: units))
    }
}

/// Lý do bộ đối chiếu không trả lời.
package enum FingerLibraryFailure: Error {
    /// Not installed, or without its virtual reader.
    case missing
    /// Too few minutiae.
    case probePoor
    case referencePoor
    case failed
}

/// Sends a picture to the virtual reader while the library waits for one.
private final class PictureSender: Sendable {
    private let message: [UInt8]
    private let path: String

    init(_ picture: FingerLibrary.Picture, to path: String) {
        func number(_ value: Int) -> [UInt8] { withUnsafeBytes(of: Int32(value)) { Array($0) } }
        message = number(picture.width) + number(picture.height) + picture.dots
        self.path = path
    }

    func start() {
        let thread = Thread { self.send() }
        thread.start()
    }

    /// When it cannot be sent, the library waits in vain; whoever started the process ends it.
    private func send() {
        let line = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard line >= 0 else { return }
        defer { close(line) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(line, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected else { return }
        var sent = 0
        while sent < message.count {
            let count = message[sent...].withUnsafeBytes { write(line, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            sent += count
        }
    }
}
