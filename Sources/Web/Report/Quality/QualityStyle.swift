/// The style that travels inside a report on quality: that of all reports, and what only this one has.
enum QualityStyle {
    static let text =
        BatchReport.style + "\n" + """
            nav{margin:1rem 0 0;font-size:.95rem}nav a{color:#174e86}
            .lead{font-size:1.05rem;max-width:52rem}
            .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:1rem;margin:0;padding:0;
            list-style:none}
            .tile{border:1px solid var(--line);border-top:4px solid var(--red);border-radius:.35rem;padding:.8rem .9rem}
            .tile h3{margin:0;font-size:1.05rem}.tile h3 span{display:block;margin:0;font-size:.85rem}
            .tile .big{margin:.35rem 0 .1rem;font-size:2rem;line-height:1.15;font-weight:650;
            font-variant-numeric:tabular-nums}
            .tile p{margin:.3rem 0 0;font-size:.875rem}
            .meter{max-width:none;height:.7rem;margin:.35rem 0}
            .meter rect{fill:#e3e7ec}.meter .filled{fill:#174e86}
            .notes{margin:1rem 0 0;padding-left:1.2rem}.notes li{margin:.2rem 0}
            .map{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem;align-items:start}
            @media(min-width:60rem){.map{grid-template-columns:minmax(0,5fr) minmax(0,4fr)}}
            .map svg{max-width:none;background:#f3f7fa;border:1px solid var(--line);border-radius:.35rem}
            .list{max-height:52rem;overflow:auto;border:1px solid var(--line);border-radius:.35rem}
            .list:focus-visible{outline:3px solid #d9a400;outline-offset:2px}
            .list table{width:100%;font-size:.9rem}.list thead th{position:sticky;top:0;background:#fff}
            .list caption{text-align:left;padding:.5rem .7rem;font-weight:600}
            .list summary{padding:.45rem .7rem;border-bottom:1px solid var(--line);cursor:pointer}
            .list p{margin:.5rem .7rem;font-size:.875rem}
            .wide{overflow-x:auto}td{white-space:nowrap}td.text{white-space:normal}
            .facts{grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr))}
            @media(min-width:60rem){.facts div:nth-child(3){grid-column:span 2}
            section:not([aria-labelledby=findings-head]) .figure{
            grid-template-columns:minmax(0,6fr) minmax(0,5fr)}}
            .figures{overflow-x:auto}.figures table{font-size:.9rem}.figures th,.figures td{padding:.3rem .45rem}
            .standing,.standing span{white-space:nowrap}.figures th span{display:block;margin:0}
            .c1{fill:#7d1419;stroke:#fff}.c2{fill:url(#p2);stroke:#a34a12}.c3{fill:url(#p3);stroke:#9a6b00}
            .c4{fill:url(#p4);stroke:#3a6ea5}.c5{fill:#fff;stroke:#1f6b43}
            .c0{fill:#fff;stroke:#a9b3bf;stroke-width:.6}
            .c2,.c3,.c4,.c5{stroke-width:1.2}.c5{stroke-width:1.8}.c1{stroke-width:.6}
            .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0 0 .75rem;padding:0;list-style:none}
            .legend svg,.cell svg{display:inline-block;width:1.1rem;height:1.1rem;margin-right:.35rem;
            vertical-align:-.2rem;background:none;border:0}
            svg .digit{fill:#1b2430;font-weight:700;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3px}
            svg .place{font-size:11px;paint-order:stroke;stroke:#f3f7fa;stroke-width:3px}
            svg .grid{stroke:#d5dae1;stroke-width:1}svg .axis{font-size:12px;fill:#566173}
            .l0{stroke:#9e1b20}.l1{stroke:#174e86}.l2{stroke:#2f7d4f}.l3{stroke:#8a5a00}.l4{stroke:#5b3f8c}
            .line{fill:none;stroke-width:2.2}.dot{fill:#fff;stroke-width:2}
            .d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 4}.d3{stroke-dasharray:10 4 2 4}.d4{stroke-dasharray:1 0}
            svg .expected{fill:none;stroke:#1b2430;stroke-width:1.5;stroke-dasharray:4 3}
            svg .verified{fill:#174e86}svg .part{fill:#9db6d1}
            .standing{display:inline-block;padding:0 .45rem;border:1px solid var(--line);border-radius:.25rem}
            .standing.missed{border-color:#9e1b20;background:#fbe9ea}
            .standing.reached,.standing.reached_late{border-color:#2f7d4f;background:#e8f4ec}
            .standing.open{border-color:#d9a400;background:#fff8e1}
            details{margin:.75rem 0}summary{cursor:pointer}
            footer{max-width:68rem;margin:2rem auto;padding:1rem 1.25rem;border-top:1px solid var(--line);
            font-size:.9rem}
            @media print{.list{max-height:none;overflow:visible}}
            """
}
