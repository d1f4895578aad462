import Foundation

/// A connection to a server of this machine that sends whatever bytes a test likes, as no client library would.
struct RawConnection: Sendable {
    /// Longer than this no answer takes; a test that waits so long fails.
    private static let patience = 60

    private let socket: Int32

    struct Failed: Error {
        let step: String
    }

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failed(step: "socket") }
        var wait = timeval(tv_sec: RawConnection.patience, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let socket = socket
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failed(step: "connect") }
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Everything that the server sends until it closes the connection; nil when it does not close it.
    func rest() async -> String? {
        let socket = socket
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4_096)
                var count = recv(socket, &buffer, buffer.count, 0)
                while count > 0 {
                    bytes += buffer[..<count]
                    count = recv(socket, &buffer, buffer.count, 0)
                }
                let isClosed = count == 0 || errno == ECONNRESET
                continuation.resume(returning: isClosed ? String(decoding: bytes, as: UTF8.self) : nil)
            }
        }
    }

    func close() {
        Foundation.close(socket)
    }
}
