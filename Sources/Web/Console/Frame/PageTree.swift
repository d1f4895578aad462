import Mustache

/// A page model as plain dictionaries, so that a tag is looked up by its name and not by reflection each time.
///
/// Models hold texts, truths, whole numbers, optionals, arrays and structs of these; an absent optional shows nothing.
enum PageTree {
    /// Nothing: it ends the search for a name, which would otherwise go on in the objects around.
    private struct Absent: MustacheCustomRenderable {
        let renderText = ""
        let isNull = true
    }

    static func tree(of model: Any) -> Any {
        switch model {
        case let text as String: return text
        case let truth as Bool: return truth
        case let number as Int: return number
        default: break
        }
        let mirror = Mirror(reflecting: model)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { tree(of: $0.value) } ?? Absent()
        case .collection: return mirror.children.map { tree(of: $0.value) }
        case .struct, .class, .tuple:
            var object: [String: Any] = [:]
            for child in mirror.children {
                guard let label = child.label else { continue }
                object[label] = tree(of: child.value)
            }
            return object
        default: return String(describing: model)
        }
    }
}
