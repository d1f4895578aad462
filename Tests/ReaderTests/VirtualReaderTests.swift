import Civil
import Foundation
import Synchronization
import Testing

@testable import Chip
@testable import Reader

/// A reader that waits for one card at a port of its own, as vpcd does.
final class WaitingReader: Sendable {
    private let waiting: Int32
    let port: Int

    init() throws {
        waiting = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = waiting
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(descriptor, plain, length) == 0 && getsockname(descriptor, plain, &length) == 0
            }
        }
        try #require(isBound && listen(waiting, 1) == 0)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(waiting) }

    /// The line to the card that has come.
    func accept() -> Line { Line(descriptor: Foundation.accept(waiting, nil, nil)) }

    /// The reader's end of the line.
    struct Line {
        let descriptor: Int32

        func write(_ bytes: [UInt8]) { _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

        /// Length and bytes apart, as vpcd does.
        func say(_ bytes: [UInt8]) {
            write([UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)])
            write(bytes)
        }

        func read(_ count: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
            return Array(bytes.prefix(max(0, got)))
        }

        func hear() -> [UInt8] {
            let head = read(2)
            return head.count == 2 ? read(Int(head[0]) << 8 | Int(head[1])) : []
        }

        func end() { close(descriptor) }
    }
}

@Suite("The line to a virtual reader")
struct VirtualReaderTests {
    private func chip() throws -> VirtualChip {
        let birth = try #require(PartialDate(canonical: "2000-02-29"))
        let card = try CardZone(
            number: PersonalIdentificationNumber(parsing: "003300000001"),
            name: PersonName(parsing: "Nguyễn Thị Mẫu"), birth: birth, sex: .female, expiry: nil)
        return VirtualChip(
            files: [.cardAccess: SecurityInfos.pace().cardAccess], zone: try card.zone(), can: card.can, key: nil,
            random: { [UInt8](repeating: 7, count: $0) })
    }

    /// Serves a chip to a reader; gives how that ended.
    private func served(
        _ body: @escaping @Sendable (WaitingReader.Line, VirtualReader) -> Void
    ) async throws -> ReaderRefusal? {
        let waiting = try WaitingReader()
        let reader = try VirtualReader.connect(host: "127.0.0.1", port: waiting.port)
        let line = waiting.accept()
        var chip = try chip()
        let thread = Thread { body(line, reader) }
        thread.start()
        do throws(ReaderRefusal) {
            try reader.serve(&chip)
            return nil
        } catch {
            return error
        }
    }

    @Test("the chip answers commands, tells its ATR, and is silent when its power changes")
    func answers() async throws {
        let heard = Mutex<[[UInt8]]>([])
        let end = try await served { line, reader in
            for word: UInt8 in [0, 1, 2] { line.say([word]) }
            for message in [[4], [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1C], [0x00, 0xB0, 0, 0, 2], [9, 9]] as [[UInt8]]
            {
                line.say(message)
                let answer = line.hear()
                heard.withLock { $0.append(answer) }
            }
            reader.stop()
            line.end()
        }
        #expect(end == nil)
        #expect(
            heard.withLock { $0 } == [VirtualChip.answerToReset, [0x90, 0], [0x31, 0x14, 0x90, 0], [0x67, 0]])
    }

    @Test("power off makes the chip forget what was selected")
    func power() async throws {
        let answer = Mutex<[UInt8]>([])
        _ = try await served { line, reader in
            line.say([0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1C])
            _ = line.hear()
            line.say([0])
            line.say([1])
            line.say([0x00, 0xB0, 0, 0, 2])
            let heard = line.hear()
            answer.withLock { $0 = heard }
            reader.stop()
        }
        #expect(answer.withLock { $0 } == [0x69, 0x85])
    }

    @Test("a reader that goes, stops in the middle, or says what is no word is told apart")
    func ends() async throws {
        #expect(try await served { line, _ in line.end() } == .virtualReaderGone)
        #expect(
            try await served { line, _ in
                line.write([0, 9, 1])
                line.end()
            } == .virtualReaderGone)
        for words: [UInt8] in [[3], []] {
            #expect(
                try await served { line, _ in
                    line.say(words)
                    line.end()
                } == .virtualReaderMessage)
        }
    }

    @Test("where nobody waits, one is told what to do")
    func nobody() throws {
        let port: Int
        do { port = try WaitingReader().port }
        #expect(throws: ReaderRefusal.virtualReaderMissing("127.0.0.1:\(port)")) {
            try VirtualReader.connect(host: "127.0.0.1", port: port)
        }
        #expect(throws: ReaderRefusal.virtualReaderMissing("nowhere.invalid:1")) {
            try VirtualReader.connect(host: "nowhere.invalid", port: 1)
        }
    }
}
