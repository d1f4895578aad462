import Chip
import Civil

/// Cổng tìm trùng sinh trắc 1:N: whether somebody else has been taken with this face or these fingers.
///
/// In the shape of `identify` of OSIA's biometric interface (abis.yaml 1.6.0): what is taken now goes in, candidates
/// with rank and score come out. A service behind that interface fits behind this port; its gallery is its own.
package protocol BiometricSearch: Sendable {
    /// What it is called in acts and on pages; one that stands in for a real service says so.
    var name: String { get }

    /// The persons whose biometrics may be these, the likeliest first; never the one of the probe.
    ///
    /// - Parameter most: OSIA's `maxNbCand`.
    func identify(_ probe: BiometricProbe, most: Int) async throws -> [BiometricCandidate]
}

/// Mẫu cần tìm: what was taken of an applicant.
package struct BiometricProbe: Sendable {
    /// The register's own key of the applicant.
    package let person: Int64
    package let portrait: Capture.Portrait?
    package let fingers: [FingerPrint]

    package init(person: Int64, portrait: Capture.Portrait?, fingers: [FingerPrint]) {
        self.person = person
        self.portrait = portrait
        self.fingers = fingers
    }
}

/// Ứng viên trùng: OSIA's `Candidate`.
package struct BiometricCandidate: Hashable, Sendable {
    /// The register's own key of the person.
    package let person: Int64
    /// From 1.
    package let rank: Int
    /// In the service's own measure.
    package let score: Double

    package init(person: Int64, rank: Int, score: Double) {
        self.person = person
        self.rank = rank
        self.score = score
    }

    /// More candidates than these nobody looks at.
    package static let most = 20
}

/// Kết quả tìm trùng của một hồ sơ: what was found, and by whom.
package struct BiometricFinding: Hashable, Sendable {
    package let by: String
    /// Handles of persons, the likeliest first.
    package let candidates: [String]

    package init(by: String, candidates: [String]) {
        self.by = by
        self.candidates = candidates
    }
}

extension [CardEvent] {
    /// Whether something was taken and nobody has searched for it since.
    var awaitsSearch: Bool {
        biometricFinding == nil
            && contains { event in
                if case .applicationChanged(_, .capture, _, .some) = event.change { true } else { false }
            }
    }

    /// What the search for what was taken last has found; nil where nobody has searched since.
    package var biometricFinding: BiometricFinding? {
        for event in reversed() {
            switch event.change {
            case .duplicatesSearched(_, let by, let candidates): return BiometricFinding(by: by, candidates: candidates)
            case .applicationChanged(_, .capture, _, _): return nil
            default: continue
            }
        }
        return nil
    }
}
