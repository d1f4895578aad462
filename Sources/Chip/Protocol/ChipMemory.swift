import Civil

/// Bộ nhớ của chip: what stays when the power goes.
struct ChipMemory: Sendable {
    var files: [ChipFile: [UInt8]] = [:]
    /// Nil until personalisation sets them.
    var zone: MRZ?
    var can: String?
    var key: SoftwareSigner?
    /// Who says which terminals may read fingers; nil when nobody may.
    var authority: TerminalCertificate? {
        didSet { day = [day, authority?.effective].compactMap { $0 }.max() }
    }
    /// The latest day that the chip can be sure has come.
    var day: CalendarDate?
    /// Whether basic access control opens it too.
    var hasBasicAccess = false
    /// What opens a blank chip; nil, for ever, once the chip is locked.
    var personalisationKey: [UInt8]?
    /// Tries since the last right one, by the password's reference.
    private var tries: [UInt8: Int] = [:]

    init(
        files: [ChipFile: [UInt8]], zone: MRZ, can: String, key: SoftwareSigner?, authority: TerminalCertificate?
    ) {
        self.files = files
        self.zone = zone
        self.can = can
        self.key = key
        self.authority = authority
        day = authority?.effective
    }

    init(personalisationKey: [UInt8]) {
        self.personalisationKey = personalisationKey
    }

    /// The curves that EF.CardAccess announces; a blank chip has P-256.
    var paceCurves: [Curve] {
        guard let file = files[.cardAccess] else { return [.p256] }
        return (try? SecurityInfos(cardAccess: file))?.paceCurves ?? []
    }

    // MARK: Codes

    /// What opens the chip now: the factory's key before the lock, what is printed on the card after it.
    var passwords: [ChipPassword] {
        if let personalisationKey { return [.personalisation(personalisationKey)] }
        return [zone.map { .zone($0) }, can.map { .can($0) }].compactMap { $0 }
    }

    /// Số lần thử tối đa: a chip without a clock cannot make wrong tries slow, so it ends them.
    private static func mostTries(_ password: ChipPassword) -> Int {
        switch password {
        // A million CANs: five tries, until somebody who has seen the back of the card opens the chip with its zone.
        case .can: 5
        // A zone says far more than a CAN, and nothing stands above it: the chip only wants its power cut in between.
        case .zone: 10
        // The factory has its key in machines; a blank that is tried out is no blank any more.
        case .personalisation: 3
        }
    }

    func isBlocked(_ password: ChipPassword) -> Bool {
        tries[password.reference, default: 0] >= Self.mostTries(password)
    }

    mutating func countTry(_ password: ChipPassword) { tries[password.reference, default: 0] += 1 }

    /// A right zone frees the CAN too.
    mutating func noteRight(_ password: ChipPassword) {
        tries[password.reference] = nil
        if case .zone = password, let can { tries[ChipPassword.can(can).reference] = nil }
    }

    mutating func forgetWrongZones() {
        if let zone { tries[ChipPassword.zone(zone).reference] = nil }
    }

    // MARK: Room

    /// Portrait, fingers and the rest, with room to spare; real chips have 80 to 144 kB.
    private static let room = VirtualChip.room

    func hasRoom(for count: Int) -> Bool {
        files.values.reduce(count) { $0 + $1.count } <= Self.room
    }

    /// Whether everything is there without which a card would be useless in the hand.
    var isComplete: Bool {
        let needed: [ChipFile] = [.cardAccess, .com, .dg1, .sod]
        return needed.allSatisfy { files[$0] != nil } && zone != nil && can != nil
            && (key != nil || (files[.dg14] == nil && files[.dg15] == nil))
    }
}
