import Foundation

/// What is called of libfprint and GLib, found by name when the library is loaded: no header and no link to it is
/// needed where fingers are not compared.
struct LibraryFunctions {
    private typealias Pointer = UnsafeMutableRawPointer
    private typealias Failure = UnsafeMutablePointer<UnsafeMutableRawPointer?>

    private let newContext: @convention(c) () -> Pointer?
    private let devices: @convention(c) (Pointer) -> Pointer?
    private let driver: @convention(c) (Pointer) -> UnsafePointer<CChar>?
    private let openSync: @convention(c) (Pointer, Pointer?, Failure?) -> Int32
    private let closeSync: @convention(c) (Pointer, Pointer?, Failure?) -> Int32
    private let verifySync:
        @convention(c) (
            Pointer, Pointer, Pointer?, Pointer?, Pointer?, UnsafeMutablePointer<Int32>, Failure, Failure
        ) -> Int32
    private let deserialize: @convention(c) (UnsafePointer<UInt8>, Int, Failure?) -> Pointer?
    private let serialize: @convention(c) (Pointer, Failure, UnsafeMutablePointer<Int>, Failure?) -> Int32
    private let parse:
        @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>, Pointer?, Pointer?, Failure?) -> Pointer?
    private let fromData:
        @convention(c) (UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32, Pointer?, Pointer?) -> Pointer?
    private let text: @convention(c) (Pointer, Int32) -> UnsafeMutablePointer<CChar>?
    private let data: @convention(c) (Pointer) -> UnsafeRawPointer?
    private let size: @convention(c) (Pointer) -> Int
    private let unrefVariant: @convention(c) (Pointer) -> Void
    private let unrefObject: @convention(c) (Pointer) -> Void
    private let freeMemory: @convention(c) (Pointer?) -> Void
    private let freeError: @convention(c) (Pointer) -> Void

    /// How libfprint 1.94 writes a print down, behind three letters.
    private static let form = "(issbymsmsia{sv}v)"
    private static let mark = Array("FP3".utf8)

    init() throws(FingerLibraryFailure) {
        guard let library = dlopen("libfprint-2.so.2", RTLD_NOW | RTLD_LOCAL) else { throw .missing }
        func find<Function>(_ name: String, _: Function.Type = Function.self) throws(FingerLibraryFailure) -> Function {
            guard let symbol = dlsym(library, name) else { throw .missing }
            return unsafeBitCast(symbol, to: Function.self)
        }
        newContext = try find("fp_context_new")
        devices = try find("fp_context_get_devices")
        driver = try find("fp_device_get_driver")
        openSync = try find("fp_device_open_sync")
        closeSync = try find("fp_device_close_sync")
        verifySync = try find("fp_device_verify_sync")
        deserialize = try find("fp_print_deserialize")
        serialize = try find("fp_print_serialize")
        parse = try find("g_variant_parse")
        fromData = try find("g_variant_new_from_data")
        text = try find("g_variant_print")
        data = try find("g_variant_get_data")
        size = try find("g_variant_get_size")
        unrefVariant = try find("g_variant_unref")
        unrefObject = try find("g_object_unref")
        freeMemory = try find("g_free")
        freeError = try find("g_error_free")
    }

    /// The reader that is a socket, open; nil where the library was built without it.
    func virtualDevice() -> UnsafeMutableRawPointer? {
        guard let context = newContext(), let list = devices(context) else { return nil }
        let array = list.assumingMemoryBound(to: PointerArray.self).pointee
        for place in 0..<Int(array.count) {
            guard let device = array.items?[place], let name = driver(device) else { continue }
            if String(cString: name) == "virtual_image", openSync(device, nil, nil) != 0 { return device }
        }
        return nil
    }

    /// GPtrArray.
    private struct PointerArray {
        let items: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
        let count: UInt32
    }

    func close(_ device: UnsafeMutableRawPointer) { _ = closeSync(device, nil, nil) }

    func free(_ template: UnsafeMutableRawPointer) { unrefObject(template) }

    /// A print that was enrolled with these minutiae.
    func template(_ found: [NISTPoint]) -> UnsafeMutableRawPointer? {
        // The matcher takes it for granted that they are in this order.
        let points = found.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        func list(_ value: (NISTPoint) -> Int) -> String {
            "@ai [" + points.map { String(value($0)) }.joined(separator: ", ") + "]"
        }
        let text =
            "(2, 'virtual_image', '0', false, byte 0x00, @ms nothing, @ms nothing, -2147483648, @a{sv} {}, "
            + "<([(\(list(\.x)), \(list(\.y)), \(list(\.degrees)))],)>)"
        guard let variant = parse(Self.form, text, nil, nil, nil) else { return nil }
        defer { unrefVariant(variant) }
        guard let start = data(variant) else { return nil }
        let bytes = Self.mark + UnsafeRawBufferPointer(start: start, count: size(variant))
        return deserialize(bytes, bytes.count, nil)
    }

    /// Waits for the picture that the reader gets, and compares it.
    func verify(
        _ device: UnsafeMutableRawPointer, _ template: UnsafeMutableRawPointer
    ) throws(FingerLibraryFailure) -> (isMatch: Bool, found: [NISTPoint]) {
        var (match, scanned, failure): (Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) = (0, nil, nil)
        let isDone = verifySync(device, template, nil, nil, nil, &match, &scanned, &failure) != 0
        defer { scanned.map(unrefObject) }
        if let failure {
            // Whatever the reader says of a picture is said of what is on it.
            freeError(failure)
            throw .probePoor
        }
        guard isDone, let scanned else { throw .failed }
        return (match != 0, try points(of: scanned))
    }

    private func points(of scanned: UnsafeMutableRawPointer) throws(FingerLibraryFailure) -> [NISTPoint] {
        var (bytes, count): (UnsafeMutableRawPointer?, Int) = (nil, 0)
        guard serialize(scanned, &bytes, &count, nil) != 0, let bytes, count > Self.mark.count else { throw .failed }
        defer { freeMemory(bytes) }
        // A variant begins at a multiple of eight.
        let length = count - Self.mark.count
        let aligned = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: 8)
        defer { aligned.deallocate() }
        aligned.copyMemory(from: bytes + Self.mark.count, byteCount: length)
        guard let variant = fromData(Self.form, aligned, length, 0, nil, nil) else { throw .failed }
        defer { unrefVariant(variant) }
        guard let written = text(variant, 0) else { throw .failed }
        defer { freeMemory(written) }
        return Self.points(in: String(cString: written))
    }

    /// Three lists of numbers stand in `<([([…], […], […])],)>`: columns, rows and directions.
    private static func points(in text: String) -> [NISTPoint] {
        let lists = text.split(separator: "[").compactMap { part -> [Int]? in
            guard let end = part.firstIndex(of: "]"), end != part.startIndex else { return nil }
            let numbers = part[..<end].split(separator: ",").map { $0.filter { $0 != " " } }
            let values = numbers.compactMap { Int($0) }
            return values.count == numbers.count ? values : nil
        }
        guard lists.count >= 3, lists[0].count == lists[1].count, lists[0].count == lists[2].count else { return [] }
        return lists[0].indices.map { NISTPoint(x: lists[0][$0], y: lists[1][$0], degrees: lists[2][$0]) }
    }
}
