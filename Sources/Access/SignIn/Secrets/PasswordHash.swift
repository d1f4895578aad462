import Civil
import CryptoExtras

/// Mật khẩu đã băm: a password as it is stored, by scrypt (RFC 7914) in the PHC string form.
///
/// Deriving takes a noticeable time and memory on purpose; do it away from the threads that answer requests, and only a
/// few at once.
package struct PasswordHash: Hashable, Sendable {
    package let cost: Cost
    package let salt: [UInt8]
    /// What scrypt derived from password and salt.
    private let derived: [UInt8]

    /// How dear one guess is: 2^`logN` rounds over blocks of `r` × 128 bytes, `p` times.
    package struct Cost: Hashable, Sendable {
        package let logN: Int
        package let r: Int
        package let p: Int

        /// OWASP's scrypt parameters for 32 MiB of memory.
        package static let standard = Cost(known: 15, 8, 3)

        /// A cost within the limits that a stored text may ask for; nil beyond them.
        package init?(logN: Int, r: Int, p: Int) {
            guard (1...18).contains(logN), (1...16).contains(r), (1...16).contains(p) else { return nil }
            self.init(known: logN, r, p)
        }

        private init(known logN: Int, _ r: Int, _ p: Int) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        /// The memory that one derivation takes, in bytes.
        package var memory: Int { 128 * r << logN }
    }

    package static let saltLength = 16
    private static let derivedLength = 32

    /// The hash of a new password, which the rule has accepted; nil when scrypt refuses to derive.
    ///
    /// - Parameter salt: sixteen random bytes.
    package init?(of password: String, salt: [UInt8], cost: Cost = .standard) {
        guard salt.count >= PasswordHash.saltLength,
            let derived = PasswordHash.derive(password, salt, cost, PasswordHash.derivedLength)
        else { return nil }
        self.cost = cost
        self.salt = salt
        self.derived = derived
    }

    /// A stored hash, or nil when the text is none.
    package init?(stored text: some StringProtocol) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = PasswordHash.cost(parts[2]), let salt = PasswordHash.bytes(of: parts[3]),
            let derived = PasswordHash.bytes(of: parts[4]), (8...64).contains(salt.count),
            (16...64).contains(derived.count)
        else { return nil }
        self.cost = cost
        self.salt = salt
        self.derived = derived
    }

    /// `$scrypt$ln=15,r=8,p=3$salt$hash`, both in base64 without padding.
    package var stored: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$"
            + "\(PasswordHash.text(of: salt))$\(PasswordHash.text(of: derived))"
    }

    /// Whether this is the password, told in a time that does not depend on where it differs.
    package func matches(_ password: String) -> Bool {
        guard let other = PasswordHash.derive(password, salt, cost, derived.count) else { return false }
        return SecretComparison.isSame(derived, other)
    }

    /// Whether the hash is cheaper than today's and should be made again at the next right sign-in.
    package func needsRehash(to cost: Cost = .standard) -> Bool {
        self.cost.memory < cost.memory || self.cost.memory * self.cost.p < cost.memory * cost.p
            || salt.count < PasswordHash.saltLength || derived.count < PasswordHash.derivedLength
    }

    /// A hash that no password matches, to be checked where there is no account, so that the time taken is the same.
    package static func nobody(salt: [UInt8], cost: Cost = .standard) -> PasswordHash {
        PasswordHash(cost: cost, salt: salt, derived: [UInt8](repeating: 0, count: derivedLength))
    }

    private init(cost: Cost, salt: [UInt8], derived: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.derived = derived
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost, _ count: Int) -> [UInt8]? {
        let bytes = Array(NormalForm.nfc(password).utf8)
        // The library reads the first byte of both without asking whether there is one.
        guard !bytes.isEmpty, bytes.count <= PasswordRule.longestInBytes, !salt.isEmpty else { return nil }
        let key = try? KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: count, rounds: 1 << cost.logN, blockSize: cost.r,
            parallelism: cost.p)
        return key?.withUnsafeBytes { Array($0) }
    }

    private static func cost(_ text: some StringProtocol) -> Cost? {
        let pairs = text.split(separator: ",", omittingEmptySubsequences: false)
        guard pairs.count == 3 else { return nil }
        var values: [Int] = []
        for (pair, name) in zip(pairs, ["ln=", "r=", "p="]) {
            let digits = pair.dropFirst(name.count)
            guard pair.hasPrefix(name), (1...2).contains(digits.utf8.count), !digits.hasPrefix("0"),
                digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(digits)
            else { return nil }
            values.append(value)
        }
        return Cost(logN: values[0], r: values[1], p: values[2])
    }

    /// The PHC form takes the ordinary alphabet of base64 and no padding.
    private static func text(of bytes: [UInt8]) -> String {
        String(Base64URLText.text(of: bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    }

    private static func bytes(of text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else { return nil }
        return Base64URLText.bytes(of: String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }))
    }
}
