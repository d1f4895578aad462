import Foundation

/// Vân tay bịa: ridges drawn out of a seed, of nobody, for demonstrations and for measuring matchers.
///
/// Waves around a core whose phase turns once at each minutia (the model of Larkin and Fletcher, 2007), so that the
/// places of the minutiae are known without looking for them. It is no model of how real fingers are spread: what a
/// matcher does with these says little of what it does with people.
package struct SpecimenFinger: Sendable {
    package let finger: Finger
    private let core: (x: Double, y: Double)
    /// How much longer than broad the rings are.
    private let stretch: Double
    private let turns: [Turn]

    /// Where the phase turns, and which way.
    private struct Turn: Sendable {
        let x: Double
        let y: Double
        let sign: Double
    }

    package static let width = 240
    package static let height = 300
    package static let dotsPerInch = 500
    /// So many dots lie from ridge to ridge, as on an adult's finger.
    private static let period = 9.0
    private static let minutiae = 26

    /// The same seed and finger give the same ridges.
    package init(seed: UInt64, finger: Finger) {
        var draws = Draws(state: seed &* 16 &+ UInt64(finger.rawValue))
        self.finger = finger
        let (width, height) = (Double(Self.width), Double(Self.height))
        core = (width / 2 + draws.next(-15, 15), height * 0.45 + draws.next(-15, 15))
        stretch = draws.next(0.9, 1.3)
        turns = (0..<Self.minutiae).map { _ in
            Turn(
                x: draws.next(24, width - 24), y: draws.next(24, height - 24),
                sign: draws.next(0, 1) < 0.5 ? -1 : 1)
        }
    }

    /// Lần lăn tay: how the finger lay when it was taken.
    package struct Impression: Hashable, Sendable {
        /// In dots.
        package var right = 0.0
        package var down = 0.0
        /// In radians, around the middle.
        package var turn = 0.0
        /// Standard deviation, in steps of grey.
        package var noise = 0.0
        package var seed: UInt64 = 0

        package init(right: Double = 0, down: Double = 0, turn: Double = 0, noise: Double = 0, seed: UInt64 = 0) {
            self.right = right
            self.down = down
            self.turn = turn
            self.noise = noise
            self.seed = seed
        }
    }

    private func phase(_ x: Double, _ y: Double) -> Double {
        let (dx, dy) = (x - core.x, (y - core.y) / stretch)
        var phase = 2 * Double.pi / Self.period * (dx * dx + dy * dy).squareRoot()
        for turn in turns { phase += turn.sign * atan2(y - turn.y, x - turn.x) }
        return phase
    }

    /// Grey dots row by row, 0 black to 255 white.
    package func dots(_ impression: Impression = Impression()) -> [UInt8] {
        var noise = Draws(state: impression.seed)
        let (cosine, sine) = (cos(impression.turn), sin(impression.turn))
        let (middle, centre) = (Double(Self.width) / 2, Double(Self.height) / 2)
        var dots: [UInt8] = []
        dots.reserveCapacity(Self.width * Self.height)
        for row in 0..<Self.height {
            for column in 0..<Self.width {
                let (dx, dy) = (Double(column) - middle, Double(row) - centre)
                let (u, v) = (dx / (middle - 4), dy / (centre - 4))
                guard u * u + v * v <= 1 else {
                    dots.append(255)
                    continue
                }
                let x = cosine * dx - sine * dy + middle - impression.right
                let y = sine * dx + cosine * dy + centre - impression.down
                let grey = 128 + 100 * cos(phase(x, y)) + impression.noise * noise.normal()
                dots.append(UInt8(clamping: Int(grey)))
            }
        }
        return dots
    }

    /// A JPEG file at 500 dots an inch.
    package func jpeg(_ impression: Impression = Impression()) -> [UInt8] {
        let dots = dots(impression)
        return GreyJPEG.bytes(width: Self.width, height: Self.height, dotsPerInch: Self.dotsPerInch) { x, y in
            x < Self.width && y < Self.height ? dots[y * Self.width + x] : 255
        }
    }

    /// The template of the ridges: the minutiae where they were drawn, along the ridge there.
    package var minutiae: FingerMinutiae {
        let points = turns.map { turn -> FingerMinutiae.Point in
            // The ridge runs across the way in which the waves of everything else advance.
            func smooth(_ x: Double, _ y: Double) -> Double {
                phase(x, y) - turn.sign * atan2(y - turn.y, x - turn.x)
            }
            // The phase of each turn jumps once around it, by a whole wave.
            func step(_ x: Double, _ y: Double) -> Double {
                remainder(smooth(turn.x + x, turn.y + y) - smooth(turn.x - x, turn.y - y), 2 * Double.pi)
            }
            let across = atan2(-step(0, 1), step(1, 0))
            let along = across + turn.sign * Double.pi / 2
            let units = (along / (2 * Double.pi) * 256).rounded()
            return FingerMinutiae.Point(
                kind: .other, x: Int(turn.x), y: Int(turn.y), angle: UInt8(truncatingIfNeeded: Int(units)))
        }
        return FingerMinutiae(finger: finger, width: Self.width, height: Self.height, points: points)
    }
}

/// Numbers out of a seed (SplitMix64).
private struct Draws {
    var state: UInt64

    private mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ mixed >> 31) >> 11) / Double(1 << 53)
    }

    mutating func next(_ least: Double, _ most: Double) -> Double { least + (most - least) * unit() }

    /// Twelve draws make a normal one nearly enough, without a logarithm.
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }
}
