import Access
import Testing

@Suite("Passwords are stored by scrypt")
struct PasswordHashTests {
    private static let salt = Array(UInt8(0)..<16)
    /// Cheap, so that tests do not wait; the real cost has its own test.
    private static var cheap: PasswordHash.Cost {
        get throws { try #require(PasswordHash.Cost(logN: 10, r: 8, p: 3)) }
    }

    @Test("The derived bytes are those of OpenSSL")
    func agreesWithOpenSSL() throws {
        let hash = try #require(PasswordHash(of: "mật khẩu của tôi", salt: Self.salt, cost: Self.cheap))
        #expect(
            hash.stored == "$scrypt$ln=10,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk")
    }

    @Test("A stored hash comes back and knows its password in any normal form")
    func comesBack() throws {
        let hash = try #require(PasswordHash(of: "Mật khẩu dài, dễ nhớ", salt: Self.salt, cost: Self.cheap))
        let stored = try #require(PasswordHash(stored: hash.stored))
        #expect(stored == hash && stored.stored == hash.stored)
        #expect(stored.matches("Mật khẩu dài, dễ nhớ"))
        #expect(stored.matches("Ma\u{302}\u{323}t kha\u{302}\u{309}u da\u{300}i, de\u{302}\u{303} nho\u{31B}\u{301}"))
        for wrong in ["", " ", "mật khẩu dài, dễ nhớ", "Mật khẩu dài, dễ nhớ ", "Mat khau dai, de nho"] {
            #expect(!stored.matches(wrong), "\(wrong)")
        }
        #expect(!stored.matches(String(repeating: "a", count: 2_000)))
    }

    @Test("The standard cost is what OWASP asks for with 32 MiB")
    func standardCost() throws {
        #expect(PasswordHash.Cost.standard.memory == 32 << 20)
        #expect(PasswordHash.Cost.standard.p == 3)
        let hash = try #require(PasswordHash(of: "một câu khá dài", salt: Self.salt))
        #expect(hash.stored.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(hash.matches("một câu khá dài") && !hash.needsRehash())
    }

    @Test("Another salt gives another hash")
    func salted() throws {
        let one = try #require(PasswordHash(of: "như nhau thôi", salt: Self.salt, cost: Self.cheap))
        let other = try #require(PasswordHash(of: "như nhau thôi", salt: Self.salt.reversed(), cost: Self.cheap))
        #expect(one.stored != other.stored)
        #expect(PasswordHash(of: "như nhau thôi", salt: Array(Self.salt.dropLast()), cost: try Self.cheap) == nil)
        #expect(PasswordHash(of: "", salt: Self.salt, cost: try Self.cheap) == nil)
    }

    @Test("A cheaper hash, or one with a shorter salt, is to be made again")
    func rehash() throws {
        let salt = "AAECAwQFBgcICQoLDA0ODw"
        let derived = "1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk"
        let texts = [
            ("$scrypt$ln=15,r=8,p=3$\(salt)$\(derived)", false), ("$scrypt$ln=16,r=8,p=3$\(salt)$\(derived)", false),
            ("$scrypt$ln=15,r=8,p=1$\(salt)$\(derived)", true), ("$scrypt$ln=14,r=8,p=3$\(salt)$\(derived)", true),
            ("$scrypt$ln=17,r=8,p=1$\(salt)$\(derived)", false), ("$scrypt$ln=15,r=8,p=3$AAECAwQFBgc$\(derived)", true),
        ]
        for (text, isNeeded) in texts {
            #expect(try #require(PasswordHash(stored: text)).needsRehash() == isNeeded, "\(text)")
        }
    }

    @Test(
        "Text that is no hash, or asks for too much, is refused",
        arguments: [
            "", "$", "$$$$", "$scrypt$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw",
            "$argon2id$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=40,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=0,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=15,r=99,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=15,r=8,p=-1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=015,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$r=8,ln=15,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=15,r=8,p=1$$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk",
            "$scrypt$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$",
            "$scrypt$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$1liqxFWM93y1lfi+yyrB9+bupfsYYqXA7adW40SUWHk=",
            "$scrypt$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$1liqxFWM93y1lfi-yyrB9-bupfsYYqXA7adW40SUWHk",
        ])
    func refuses(text: String) {
        #expect(PasswordHash(stored: text) == nil)
    }

    @Test("Nobody's hash takes its time and matches nothing")
    func nobody() throws {
        let hash = PasswordHash.nobody(salt: Self.salt, cost: try Self.cheap)
        #expect(!hash.matches("mật khẩu của tôi"))
        #expect(hash.cost == (try Self.cheap))
    }
}
