/// Màu mực: a colour with its opacity.
package struct Ink: Hashable, Sendable {
    let red: Double
    let green: Double
    let blue: Double
    let opacity: Double

    /// - Parameter rgb: `0xRRGGBB`.
    package init(_ rgb: UInt32, opacity: Double = 1) {
        red = Double(rgb >> 16 & 0xFF) / 255
        green = Double(rgb >> 8 & 0xFF) / 255
        blue = Double(rgb & 0xFF) / 255
        self.opacity = opacity
    }

    /// The same colour, let through.
    func faded(_ opacity: Double) -> Ink { Ink(red: red, green: green, blue: blue, opacity: opacity) }

    private init(red: Double, green: Double, blue: Double, opacity: Double) {
        (self.red, self.green, self.blue, self.opacity) = (red, green, blue, opacity)
    }
}

/// A place on a page, in millimetres from its upper left corner.
package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle on a page, in millimetres from its upper left corner.
package struct Box: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var right: Double { x + width }
    package var bottom: Double { y + height }
    package var middle: Point { Point(x + width / 2, y + height / 2) }

    /// The box that stands so far within this one; a negative distance makes it larger.
    package func inset(_ distance: Double) -> Box {
        Box(x + distance, y + distance, width - 2 * distance, height - 2 * distance)
    }

    /// Whether another box stands wholly within this one.
    package func holds(_ other: Box, slack: Double = 0) -> Bool {
        other.x >= x - slack && other.y >= y - slack && other.right <= right + slack && other.bottom <= bottom + slack
    }
}
