import Civil
import Population

/// Bản đồ số: each commune at its coordinates, its area by persons, its class by a measure; drawn as SVG without
/// script.
///
/// The class shows as colour, as pattern (the worse, the more ink) and, where there is room, as a digit. Communes
/// without people are faint dots: together they draw the country.
struct QualityMap {
    let measure: QualityMeasure
    let lines: [QualityLine]
    let isNation: Bool
    var language = PageLanguage.vietnamese
    /// Where a commune leads to, on the pages of the console.
    var link: (@Sendable (AdministrativeUnit) -> String)?

    /// The classes of a share: what is below each of these, in millionths; the last class is open.
    static let limits = [500_000, 800_000, 950_000, 990_000]

    /// 1 is the worst, 5 the best; 0 where there is nothing to share.
    static func grade(of share: Share) -> Int {
        guard let perMillion = share.perMillion else { return 0 }
        return (limits.firstIndex { perMillion < $0 } ?? limits.count) + 1
    }

    static let gradeTexts = ["dưới 50 %", "50 – dưới 80 %", "80 – dưới 95 %", "95 – dưới 99 %", "từ 99 %"]
    static let englishGradeTexts = ["below 50 %", "50 to 80 %", "80 to 95 %", "95 to 99 %", "99 % and more"]

    private static let width = 720.0
    private static let margin = 26.0

    // MARK: Drawing

    /// The whole picture; nil where no commune has coordinates.
    func svg(id: String, title: String, description: String) -> String? {
        let places = lines.compactMap { line -> Place? in
            guard let latitude = line.unit.latitude, let longitude = line.unit.longitude else { return nil }
            return Place(line: line, latitude: latitude, longitude: longitude)
        }
        guard let frame = Frame(places, width: QualityMap.width, margin: QualityMap.margin) else { return nil }
        let most = max(1, places.map(\.persons).max() ?? 1)
        var body = QualityMap.patterns
        // Large ones first, so that small neighbours lie on top of them.
        let sorted = places.sorted { ($1.persons, $0.line.unit.code.code) < ($0.persons, $1.line.unit.code.code) }
        var labels = Labels()
        for place in sorted where place.persons == 0 { body += dot(place, frame, radius(of: place, most: most)) }
        for place in sorted where place.persons > 0 { body += circle(place, frame, radius(of: place, most: most)) }
        for place in sorted { labels.take(frame.point(place), radius(of: place, most: most)) }
        // Of a whole country the islands alone are named, which nobody finds by their place beside others.
        for place in sorted where !isNation || place.line.unit.kind == "Đặc khu" {
            body += labels.label(
                place.line.unit.bareName, at: frame.point(place), radius(of: place, most: most), within: frame)
        }
        return """
            <svg viewBox="0 0 \(Int(QualityMap.width)) \(Int(frame.height))" role="\(link == nil ? "img" : "group")" \
            aria-labelledby="\(id)-title \(id)-text">
            <title id="\(id)-title">\(HTMLText.escaped(title))</title>
            <desc id="\(id)-text">\(HTMLText.escaped(description))</desc>
            \(body)</svg>
            """
    }

    /// The radius of a commune's circle: its area goes with its persons, down to what can still be seen.
    private func radius(of place: Place, most: Int) -> Double {
        guard place.persons > 0 else { return isNation ? 1.1 : 3 }
        let largest = isNation ? 11.0 : 30.0
        return max(isNation ? 2.2 : 5, largest * (Double(place.persons) / Double(most)).squareRoot())
    }

    private func dot(_ place: Place, _ frame: Frame, _ radius: Double) -> String {
        let point = frame.point(place)
        return "<circle class=\"c0\" cx=\"\(Number.text(point.x))\" cy=\"\(Number.text(point.y))\" r=\"\(radius)\"/>\n"
    }

    private func circle(_ place: Place, _ frame: Frame, _ radius: Double) -> String {
        let point = frame.point(place)
        let share = place.line.figures.share(of: measure)
        let grade = QualityMap.grade(of: share)
        let name = HTMLText.escaped(place.line.unit.name)
        let title =
            "<title>\(name): \(PercentText.vietnamese(share)), \(NumberText.grouped(place.persons)) "
            + language.of("người", "persons") + "</title>"
        let circle = """
            <circle class="c\(grade)"\(QualityMap.fill(grade)) cx="\(Number.text(point.x))" \
            cy="\(Number.text(point.y))" r="\(Number.text(radius))">\(link == nil ? title : "")</circle>

            """
        var text = circle
        if let link {
            // The list beside the map leads to the same pages, so the keyboard need not stop at every circle.
            text = "<a href=\"\(link(place.line.unit))\" tabindex=\"-1\">\(title)\(circle)</a>"
        }
        if radius >= 7, grade > 0 {
            let size = min(15, radius * 1.15)
            text += """
                <text class="digit" font-size="\(Number.text(size))" x="\(Number.text(point.x))" \
                y="\(Number.text(point.y + size * 0.36))" aria-hidden="true">\(grade)</text>

                """
        }
        return text
    }

    /// The fills of the classes: crossed lines, lines, dots; the worst is full and the best empty.
    static let patterns = """
        <defs><pattern id="p2" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" \
        fill="#f6d9c4"/><path d="M0 0L4 4M4 0L0 4" stroke="#a34a12" stroke-width="1.1"/></pattern>
        <pattern id="p3" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fbeec4"/>\
        <path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="#9a6b00" stroke-width="1.1"/></pattern>
        <pattern id="p4" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#e3eef9"/>\
        <circle cx="2.5" cy="2.5" r="0.9" fill="#3a6ea5"/></pattern></defs>

        """

    /// The pattern of a class, as an attribute: a style sheet of its own file could not name it.
    private static func fill(_ grade: Int) -> String {
        (2...4).contains(grade) ? " fill=\"url(#p\(grade))\"" : ""
    }

    /// One sign of a class, for legends and tables.
    static func sign(_ grade: Int) -> String {
        """
        <svg viewBox="0 0 20 20" aria-hidden="true"><circle class="c\(grade)"\(fill(grade)) cx="10" cy="10" r="8.5"/>\
        </svg>
        """
    }
}

extension QualityMap {
    struct Place {
        let line: QualityLine
        let latitude: Double
        let longitude: Double
        var persons: Int { line.figures.tally.persons }
    }

    /// From coordinates to the picture: degrees of longitude are shortened as they are in the middle of the frame.
    struct Frame {
        let height: Double
        let width: Double
        private let west: Double
        private let north: Double
        private let scale: Double
        private let shortening: Double
        private let left: Double
        private let top: Double

        init?(_ places: [Place], width: Double, margin: Double) {
            guard let west = places.map(\.longitude).min(), let east = places.map(\.longitude).max(),
                let south = places.map(\.latitude).min(), let north = places.map(\.latitude).max()
            else { return nil }
            let middle = (south + north) / 2
            // The cosine by its series; exact to a thousandth for the latitudes of the country.
            let radians = middle * 3.141592653589793 / 180
            shortening = 1 - radians * radians / 2 + radians * radians * radians * radians / 24
            let span = max(0.05, (east - west) * shortening)
            let rise = max(0.05, north - south)
            let room = width - 2 * margin
            scale = min(room / span, 940 / rise)
            self.width = width
            height = max(240, rise * scale + 2 * margin)
            left = (width - span * scale) / 2
            top = (height - rise * scale) / 2
            self.west = west
            self.north = north
        }

        func point(_ place: Place) -> (x: Double, y: Double) {
            (
                left + (place.longitude - west) * shortening * scale, top + (north - place.latitude) * scale
            )
        }
    }

    /// Names beside circles, as many as fit without lying on each other or on a circle.
    struct Labels {
        private struct Box {
            var left: Double
            var right: Double
            var top: Double
            var bottom: Double

            func meets(_ other: Box) -> Bool {
                left < other.right && other.left < right && top < other.bottom && other.top < bottom
            }
        }

        private var taken: [Box] = []

        /// A circle on which no name is written.
        mutating func take(_ point: (x: Double, y: Double), _ radius: Double) {
            let reach = radius * 0.8
            taken.append(
                Box(left: point.x - reach, right: point.x + reach, top: point.y - reach, bottom: point.y + reach))
        }

        /// The name to the right of its circle, else to the left, else not at all.
        mutating func label(
            _ name: String, at point: (x: Double, y: Double), _ radius: Double, within frame: Frame
        ) -> String {
            let width = Double(name.count) * 6.2
            for x in [point.x + radius + 3, point.x - radius - 3 - width] where x > 2 && x + width < frame.width - 2 {
                let box = Box(left: x, right: x + width, top: point.y - 5, bottom: point.y + 5)
                guard !taken.contains(where: box.meets) else { continue }
                taken.append(box)
                return """
                    <text class="place" x="\(Number.text(x))" y="\(Number.text(point.y + 4))" \
                    aria-hidden="true">\(HTMLText.escaped(name))</text>

                    """
            }
            return ""
        }
    }
}

/// Numbers of drawings: one decimal.
enum Number {
    static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0
            ? "\(tenths / 10)" : "\(tenths < 0 && tenths > -10 ? "-" : "")\(tenths / 10).\(abs(tenths % 10))"
    }
}

extension QualityMeasure {
    /// The word of the measure in both languages.
    var word: Sentence { Sentence(vietnamese, rawValue) }
}
