/// Hình vẽ: a chart or a map as SVG, drawn by the program itself.
///
/// The one value that a template shows as it is, as `{{&chart.svg}}`.
/// Whoever draws escapes every text inside with `HTMLText`.
package struct PageDrawing: Equatable, Sendable {
    let svg: String

    init(_ svg: String) { self.svg = svg }
}
