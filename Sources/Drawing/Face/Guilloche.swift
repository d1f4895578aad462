import Foundation

/// Nền hoa văn: fine lines of our own on the ground of a card; calm, so that nothing is harder to read on them.
enum Guilloche {
    /// A curve through points with their slopes, as Bézier pieces: few points make a smooth line.
    private struct Trace {
        var points: [(place: Point, slope: Point)]

        func draw(on canvas: Canvas) {
            guard let first = points.first else { return }
            canvas.move(to: first.place)
            for (start, end) in zip(points, points.dropFirst()) {
                canvas.curve(
                    Point(start.place.x + start.slope.x / 3, start.place.y + start.slope.y / 3),
                    Point(end.place.x - end.slope.x / 3, end.place.y - end.slope.y / 3), to: end.place)
            }
        }
    }

    /// Waves across the whole card, one beneath the other, whose bands swell and narrow.
    static func waves(on canvas: Canvas, _ ink: Ink, count: Int, phase: Double, width: Double) {
        let page = canvas.page
        let pieces = 7
        let traces = (0..<count).map { index in
            let place = Double(index) / Double(count - 1)
            let level = page.height * (place * 1.24 - 0.12)
            func height(_ x: Double) -> Double {
                let turn = x / page.width * 2 * .pi
                let swell = 5.4 * sin(turn * 0.9 + phase) + 2.2 * sin(turn * 2.1 - phase + place * 2.6)
                return level + swell * (0.55 + 0.45 * cos(place * 2 * .pi + turn * 0.5))
            }
            let step = page.width / Double(pieces)
            return Trace(
                points: (0...pieces).map { piece in
                    let x = Double(piece) * step
                    let slope = (height(x + 0.01) - height(x - 0.01)) / 0.02
                    return (Point(x, height(x)), Point(step, slope * step))
                })
        }
        canvas.hairlines(traces.map { trace in { trace.draw(on: canvas) } }, ink, width: width)
    }

    /// A rose: closed curves around a point that turn a little from one to the next.
    static func rose(
        on canvas: Canvas, at centre: Point, radius: Double, petals: Int, curves: Int, _ ink: Ink, width: Double
    ) {
        let pieces = petals * 3
        let step = 2 * .pi / Double(pieces)
        let traces = (0..<curves).map { index in
            let turn = Double(index) / Double(curves)
            func place(_ angle: Double) -> Point {
                let reach = radius * (0.74 + 0.26 * cos(Double(petals) * angle + turn * 2 * .pi))
                return Point(centre.x + reach * cos(angle), centre.y + reach * sin(angle))
            }
            return Trace(
                points: (0...pieces).map { piece in
                    let angle = Double(piece) * step
                    let (before, after) = (place(angle - 0.001), place(angle + 0.001))
                    return (
                        place(angle),
                        Point((after.x - before.x) / 0.002 * step, (after.y - before.y) / 0.002 * step)
                    )
                })
        }
        canvas.hairlines(traces.map { trace in { trace.draw(on: canvas) } }, ink, width: width)
    }

    /// A lotus, the mark of this specimen: it stands where a state's card has the emblem, which is not copied.
    static func lotus(on canvas: Canvas, at centre: Point, size: Double, _ ink: Ink, width: Double) {
        func petal(_ degrees: Double, length: Double, breadth: Double) {
            let foot = Point(centre.x, centre.y + size * 0.34)
            canvas.turned(degrees, around: foot) {
                let tip = Point(foot.x, foot.y - length)
                canvas.move(to: foot)
                canvas.curve(
                    Point(foot.x - breadth, foot.y - length * 0.35),
                    Point(foot.x - breadth * 0.55, foot.y - length * 0.8), to: tip)
                canvas.curve(
                    Point(foot.x + breadth * 0.55, foot.y - length * 0.8),
                    Point(foot.x + breadth, foot.y - length * 0.35), to: foot)
            }
        }
        for (degrees, length, breadth) in [
            (0.0, 0.78, 0.22), (-34, 0.72, 0.2), (34, 0.72, 0.2), (-66, 0.66, 0.17), (66, 0.66, 0.17),
        ] {
            petal(degrees, length: length * size, breadth: breadth * size)
        }
        canvas.stroke(ink, width: width)
        for row in 0..<2 {
            let half = size * (0.42 - 0.16 * Double(row))
            let y = centre.y + size * (0.44 + 0.1 * Double(row))
            canvas.move(to: Point(centre.x - half, y))
            canvas.curve(
                Point(centre.x - half / 2, y + size * 0.07), Point(centre.x + half / 2, y + size * 0.07),
                to: Point(centre.x + half, y))
        }
        canvas.stroke(ink, width: width)
    }
}
