import Access
import HTTPTypes
import Hummingbird
import Ledger

/// Biểu mẫu đã gửi: the fields of a posted form, each once, within limits.
struct FormBody: Sendable {
    let input: FormInput

    /// Longest body of a form, in bytes.
    static let longest = 256 << 10

    /// Reads the form and holds it to the session that it was shown in.
    init(_ request: Request, _ context: WebContext) async throws {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            throw WebRefusal.formMalformed
        }
        let buffer = try await BodyBytes.read(request, upTo: FormBody.longest)
        guard
            let values = try? URLEncodedFormDecoder().decode(
                [String: String].self, from: String(decoding: buffer.readableBytesView, as: UTF8.self))
        else {
            throw WebRefusal.formMalformed
        }
        input = FormInput(values)
        guard input.isWithinLimits else { throw WebRefusal.formMalformed }
        try context.requireFormToken(input["csrf"])
    }

    /// A password, whose blanks are its own.
    func untrimmed(_ name: String) -> String { input.untrimmed(name) }

    subscript(name: String) -> String { input[name] }

    /// What was typed, with blanks or commas between.
    func words(_ name: String) -> [String] {
        self[name].split { $0.isWhitespace || $0 == "," }.map(String.init)
    }

    /// What is ticked of a list whose boxes are named `prefix` and what each stands for.
    func ticked(_ prefix: String) -> [String] {
        input.names.compactMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil }
    }
}

extension WebContext {
    /// Holds a form to the session that it was shown in, so that no page of elsewhere can send one.
    func requireFormToken(_ text: String) throws(SignInRefusal) {
        guard let session = admission?.session else { return }
        guard let token = SecretToken(text: text), let own = SecretToken(text: session.formToken),
            token.hash.isEqualInConstantTime(to: own.hash)
        else { throw .formTokenWrong }
    }
}
