import HTTPTypes
import Hummingbird
import Logging

/// Counts requests by route and status and logs each with its duration: the route's pattern, never the path itself.
struct RequestWatch: RouterMiddleware {
    let watch: ServerWatch
    let logger: Logger

    /// Methods that are counted under their names; any other is one more invention of the caller.
    private static let methods: Set<String> = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let spent = (ContinuousClock.now - start).components
        let seconds = Double(spent.seconds) + Double(spent.attoseconds) / 1e18
        let route = context.endpointPath.map { $0 == "NotFound" ? "unmatched" : $0 } ?? "unmatched"
        let method = RequestWatch.methods.contains(request.method.rawValue) ? request.method.rawValue : "other"
        watch.answered(route: route, method: method, status: response.status.code, seconds: seconds)
        logger.debug(
            "answered",
            metadata: [
                "route": .string(route), "method": .string(method), "status": .stringConvertible(response.status.code),
                "seconds": .stringConvertible(seconds),
            ])
        return response
    }
}
