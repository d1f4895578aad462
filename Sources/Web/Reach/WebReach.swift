import HummingbirdCore
import HummingbirdTLS
import NIOSSL

/// Cách tới máy chủ: how requests reach the server; it is configured and never guessed from what they say.
package enum WebReach: Sendable {
    /// From this machine alone, without TLS.
    case local
    /// From anywhere; TLS ends here.
    case tls(ServerCertificate)
    /// From anywhere, through one proxy that ends TLS: its address. What does not come from there is refused.
    case proxy(address: String)

    /// Whether only this machine reaches the server, so that whoever does is the local operator.
    package var isLocal: Bool {
        if case .local = self { true } else { false }
    }

    /// A proxy of this address.
    package static func proxy(at address: String) throws(WebRefusal) -> WebReach {
        guard ForwardedAddress.isAddress(address) else { throw .proxyMalformed }
        return .proxy(address: address)
    }
}

/// Chứng thư của máy chủ: the chain of certificates and the private key with which the server proves who it is.
package struct ServerCertificate: Sendable {
    let configuration: TLSConfiguration

    /// - Parameters:
    ///   - certificate: the server's certificate, then those that lead to its root, as PEM.
    ///   - key: the private key of the first, as PEM.
    package init(certificate: [UInt8], key: [UInt8]) throws(WebRefusal) {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(certificate)
            let key = try NIOSSLPrivateKey(bytes: key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            // Whether they belong together is found out now, not when the first officer connects.
            _ = try NIOSSLContext(configuration: configuration)
            self.configuration = configuration
        } catch {
            throw .certificateUnreadable
        }
    }
}
