import Population

/// Shares as people in Vietnam write them: "98,3 %"; a dash where there is nothing to share.
package enum PercentText {
    package static func vietnamese(_ share: Share) -> String {
        guard let perMillion = share.perMillion else { return "–" }
        // Cut off, not rounded: 99,96 % is not all.
        let tenths = perMillion / 1_000
        if tenths == 0, share.part > 0 { return "< 0,1 %" }
        return tenths % 10 == 0 && perMillion % 10_000 == 0 ? "\(tenths / 10) %" : "\(tenths / 10),\(tenths % 10) %"
    }
}
