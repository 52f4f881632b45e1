//! What is aimed at, and how far this run was from it.

use crate::figures::{Figures, Who, what};
use crate::files::{CONTRACT, LONG, SCANS, SLOW};
use crate::width_at;
use paraph_tests::fixtures::A4;
use serde::Serialize;

/// Bytes of encoded pictures that the engine keeps at most.
const CACHE: f64 = 256.0 * 1024.0 * 1024.0;

/// On which side of its bound a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    AtMost,
    AtLeast,
}

/// An aim and what this run says of it. Values are made of medians.
#[derive(Clone, Debug, Serialize)]
pub struct Aim {
    pub name: &'static str,
    pub side: Side,
    pub bound: f64,
    /// "x" for a ratio, else the unit of value and bound.
    pub unit: &'static str,
    /// None when this run did not measure it.
    pub value: Option<f64>,
}

impl Aim {
    pub fn is_met(&self) -> Option<bool> {
        self.value.map(|value| match self.side {
            Side::AtMost => value <= self.bound,
            Side::AtLeast => value >= self.bound,
        })
    }

    /// The value in relation to its bound; an aim is met up to 1 when the bound is the most, and
    /// from 1 on when it is the least.
    pub fn ratio(&self) -> Option<f64> {
        self.value.map(|value| value / self.bound)
    }
}

/// All aims, those that were not measured included.
pub fn all(figures: &Figures) -> Vec<Aim> {
    use Side::{AtLeast, AtMost};
    let p50 = |who, what, file, dpi| figures.get(who, what, file, dpi).map(|it| it.p50);
    let ratio = |a: Option<f64>, b: Option<f64>| Some(a? / b?);
    let first = |who, file, dpi| p50(who, what::FIRST, file, Some(dpi));
    let beside_pdfium =
        |file, dpi| ratio(first(Who::Paraph, file, dpi), first(Who::Pdfium, file, dpi));
    let beside_pdfjs =
        |file, dpi| ratio(first(Who::Pdfjs, file, dpi), first(Who::Paraph, file, dpi));
    let steady = |who| p50(who, what::STEADY, LONG, Some(144));
    let encoding = || Some(steady(Who::Workers)? - steady(Who::Pdfium)?);
    let raw = f64::from(width_at(144)) * f64::from(width_at(144)) * A4.1 / A4.0 * 4.0;
    let faster = |what| {
        ratio(
            p50(Who::Pdfjs, what, LONG, Some(96)),
            p50(Who::Paraph, what, LONG, Some(96)),
        )
    };
    let started = |what, who| p50(who, what, CONTRACT, None);
    let aim = |name, side, bound, unit, value| Aim {
        name,
        side,
        bound,
        unit,
        value,
    };
    vec![
        aim(
            "first page of a contract, 96 dpi, beside pdfium alone",
            AtMost,
            2.7,
            "x",
            beside_pdfium(CONTRACT, 96),
        ),
        aim(
            "first page of a contract, 96 dpi, decoded in the window",
            AtMost,
            28.0,
            "ms",
            first(Who::Paraph, CONTRACT, 96),
        ),
        aim(
            "first page of a contract, 96 dpi, faster than pdf.js",
            AtLeast,
            5.8,
            "x",
            beside_pdfjs(CONTRACT, 96),
        ),
        aim(
            "first page of a contract, 144 dpi, faster than pdf.js",
            AtLeast,
            5.0,
            "x",
            beside_pdfjs(CONTRACT, 144),
        ),
        aim(
            "first page of a scan, 96 dpi, beside pdfium alone",
            AtMost,
            1.2,
            "x",
            beside_pdfium(SCANS, 96),
        ),
        aim(
            "first page of a scan, 96 dpi, faster than pdf.js",
            AtLeast,
            5.9,
            "x",
            beside_pdfjs(SCANS, 96),
        ),
        aim(
            "text pages asked for together, 96 dpi, faster than pdf.js",
            AtLeast,
            3.0,
            "x",
            faster(what::TOGETHER),
        ),
        aim(
            "page 901 of 1,000, seen, faster than pdf.js",
            AtLeast,
            4.0,
            "x",
            faster(what::JUMP_SEEN),
        ),
        aim(
            "sharp after a zoom, text",
            AtMost,
            40.0,
            "ms",
            p50(Who::Paraph, what::ZOOM, LONG, None),
        ),
        aim(
            "prefetched neighbour there in the next frame, share",
            AtLeast,
            1.0,
            "x",
            p50(Who::Paraph, what::NEIGHBOUR, LONG, None),
        ),
        aim(
            "encoding and handing over a gray page, 144 dpi",
            AtMost,
            2.5,
            "ms",
            encoding(),
        ),
        aim(
            "bytes of a gray page beside its raw pixels, 144 dpi",
            AtMost,
            0.05,
            "x",
            ratio(p50(Who::Workers, what::BYTES, LONG, Some(144)), Some(raw)),
        ),
        aim(
            "stop of a stale page of strokes",
            AtMost,
            10.0,
            "ms",
            p50(Who::Workers, what::STOP, SLOW, None),
        ),
        aim(
            "stop of a stale page of a scan",
            AtMost,
            55.0,
            "ms",
            p50(Who::Workers, what::STOP, SCANS, None),
        ),
        aim(
            "web process while 1,000 pages are scrolled, beside a blank one",
            AtMost,
            1.35,
            "x",
            ratio(
                p50(Who::Paraph, what::WEB_MEMORY, LONG, None),
                p50(Who::Bare, what::WEB_MEMORY, "blank", None),
            ),
        ),
        aim(
            "the same, second half of the pages beside the first",
            AtMost,
            1.05,
            "x",
            ratio(
                p50(Who::Paraph, what::WEB_MEMORY, LONG, None),
                p50(Who::Paraph, what::WEB_MEMORY_HALF, LONG, None),
            ),
        ),
        aim(
            "the application and its workers meanwhile, above the cache's bound",
            AtMost,
            16.0,
            "MB",
            p50(Who::Paraph, what::HOST_MEMORY, LONG, None)
                .map(|it| (it - CACHE) / (1024.0 * 1024.0)),
        ),
        aim(
            "first frame of the window, beside a bare one's",
            AtMost,
            1.2,
            "x",
            ratio(
                started(what::FRAME, Who::Paraph),
                p50(Who::Bare, what::FRAME, "blank", None),
            ),
        ),
        aim(
            "from the first frame to the page",
            AtMost,
            60.0,
            "ms",
            started(what::AFTER_FRAME, Who::Paraph),
        ),
        aim(
            "start with a file, beside Chromium",
            AtMost,
            0.33,
            "x",
            ratio(
                started(what::START, Who::Paraph),
                started(what::START, Who::Chromium),
            ),
        ),
        aim(
            "a file handed to Paraph in the tray, beside evince's start",
            AtMost,
            0.5,
            "x",
            ratio(
                started(what::HANDED_OVER, Who::Paraph),
                started(what::START, Who::Evince),
            ),
        ),
    ]
}
