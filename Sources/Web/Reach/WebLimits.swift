import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// Giới hạn kết nối: how long and how much the server listens to one client.
package struct WebLimits: Sendable {
    /// Without a whole head of a request, or without more of its body, a connection is closed after so long.
    package var idle = Duration.seconds(30)
    /// From the head of a request to the end of its body; a client that sends a byte now and then is cut off too.
    package var wholeRequest = Duration.seconds(60)
    /// Bytes of one header field, and of all of them together.
    package var headerField = 8 << 10
    package var headerList = 16 << 10
    /// How many header fields a request may have.
    package var headerCount = 64
    /// Connections at a time; more wait until one is closed.
    ///
    /// The usual limit of open files is 1,024.
    package var connections = 900

    package init() {}

    var http: HTTP1Channel.Configuration {
        let wholeRequest = TimeAmount(wholeRequest)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadline(wholeRequest)], idleTimeout: TimeAmount(idle),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: headerField, maxHeaderListSize: headerList, maxHeaderFieldCount: headerCount))
    }
}

/// Closes the connection of a request whose body takes too long.
private final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let longest: TimeAmount
    private var closing: Scheduled<Void>?

    init(_ longest: TimeAmount) {
        self.longest = longest
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            let channel = context.channel
            closing?.cancel()
            closing = context.eventLoop.scheduleTask(in: longest) { channel.close(promise: nil) }
        case .body: break
        case .end: cancel()
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel()
    }

    private func cancel() {
        closing?.cancel()
        closing = nil
    }
}
