import Chip
import Foundation
import Synchronization

/// Đầu đọc ảo (vpcd): the card's end of the line to a reader that is a program, through which PC/SC reaches it.
///
/// Each message is a length of two bytes and that many bytes: a command, or one byte that says what happens to the
/// card's power.
package final class VirtualReader: Sendable {
    /// Where vpcd waits for cards.
    package static let usualPort = 35_963

    private let line: Int32
    private let isStopped = Mutex(false)

    private init(line: Int32) { self.line = line }

    deinit { _ = close(line) }

    // MARK: The line

    /// Seconds in which a line is made, or a message leaves.
    private static let patience = 10

    /// Puts a card on the reader that waits at this place.
    package static func connect(host: String, port: Int) throws(ReaderRefusal) -> VirtualReader {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
            throw .virtualReaderMissing("\(host):\(port)")
        }
        defer { freeaddrinfo(found) }
        var next: UnsafeMutablePointer<addrinfo>? = found
        while let address = next?.pointee {
            if let line = connect(to: address) { return VirtualReader(line: line) }
            next = address.ai_next
        }
        throw .virtualReaderMissing("\(host):\(port)")
    }

    private static func connect(to address: addrinfo) -> Int32? {
        let line = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard line >= 0 else { return nil }
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        set(TCP_NODELAY, of: line)
        guard Foundation.connect(line, address.ai_addr, address.ai_addrlen) == 0 else {
            _ = close(line)
            return nil
        }
        return line
    }

    private static func set(_ option: Int32, of line: Int32) {
        var yes: Int32 = 1
        setsockopt(line, Int32(IPPROTO_TCP), option, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Takes the card off the reader; may be called from anywhere.
    package func stop() {
        isStopped.withLock { isStopped in
            isStopped = true
            _ = shutdown(line, Int32(SHUT_RDWR))
        }
    }

    // MARK: The card

    /// What vpcd says of the card's power.
    private enum Word: UInt8 {
        case powerOff = 0
        case powerOn = 1
        case reset = 2
        case answerToReset = 4
    }

    /// Answers as the chip until `stop` is called or the reader goes.
    package func serve(_ chip: inout VirtualChip) throws(ReaderRefusal) {
        while let message = try receive() {
            if message.count == 1 {
                switch Word(rawValue: message[0]) {
                case .powerOff, .powerOn, .reset: chip.reset()
                case .answerToReset: try send(VirtualChip.answerToReset)
                case nil: throw .virtualReaderMessage
                }
            } else {
                try send(chip.respond(to: message))
            }
        }
        guard isStopped.withLock({ $0 }) else { throw .virtualReaderGone }
    }

    // MARK: Messages

    /// The next message; nil when the line has ended between two.
    private func receive() throws(ReaderRefusal) -> [UInt8]? {
        guard let head = try receive(2, isFirst: true) else { return nil }
        let length = Int(head[0]) << 8 | Int(head[1])
        guard length > 0 else { throw .virtualReaderMessage }
        return try receive(length, isFirst: false)
    }

    private func receive(_ count: Int, isFirst: Bool) throws(ReaderRefusal) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            // vpcd writes length and bytes one after the other; were the first not acknowledged at once, each command
            // would take forty milliseconds. The kernel forgets this wish, so it is told again and again.
            Self.set(TCP_QUICKACK, of: line)
            let part = bytes.withUnsafeMutableBytes { buffer in
                recv(line, buffer.baseAddress?.advanced(by: done), count - done, 0)
            }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else {
                guard isFirst, done == 0 || isStopped.withLock({ $0 }) else { throw .virtualReaderGone }
                return nil
            }
            done += part
        }
        return bytes
    }

    private func send(_ answer: [UInt8]) throws(ReaderRefusal) {
        guard let length = UInt16(exactly: answer.count) else { throw .answerTooLong }
        // In one piece, so that the reader need not wait for a second one.
        let message = [UInt8(length >> 8), UInt8(length & 0xFF)] + answer
        var done = 0
        while done < message.count {
            let part = message.withUnsafeBytes { buffer in
                Foundation.send(
                    line, buffer.baseAddress?.advanced(by: done), message.count - done, Int32(MSG_NOSIGNAL))
            }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { throw .virtualReaderGone }
            done += part
        }
    }
}
