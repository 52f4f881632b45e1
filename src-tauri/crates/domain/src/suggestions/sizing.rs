//! How large a field is in the room that was found.

use super::Limits;
use super::area::{bottom, middle, shared};
use super::layout::Layout;
use super::spots::{Room, Spot};
use super::wanted::Wanted;
use crate::geometry::{Rect, Size};

/// Points: what a mark looks well in.
const SIGNATURE: Size = Size { w: 190.0, h: 48.0 };
const HIGHEST_SIGNATURE: f64 = 64.0;
const INITIALS: Size = Size { w: 64.0, h: 32.0 };
const WIDEST_TEXT: f64 = 260.0;
/// A formula may be a whole sentence.
const WIDEST_FORMULA: f64 = 480.0;

/// The field's place in the space of the text's reader.
pub fn rect_of(layout: &Layout, spot: &Spot, limits: &Limits) -> Rect {
    let least = limits.smallest_signature;
    let rect = match (&spot.wanted, &spot.room) {
        (Wanted::Signature | Wanted::Party, Room::Line(line)) => {
            mark_on_line(layout, line, SIGNATURE, least)
        }
        (Wanted::Initials, Room::Line(line)) => mark_on_line(layout, line, INITIALS, least),
        (Wanted::Signature | Wanted::Party, Room::Area(area)) => {
            let size = Size {
                w: area.w.min(SIGNATURE.w + 20.0).max(least.w),
                h: area.h.min(HIGHEST_SIGNATURE).max(least.h),
            };
            inside(area, size)
        }
        (Wanted::Initials, Room::Area(area)) => {
            let size = Size {
                w: area.w.min(1.6 * INITIALS.w).max(least.w),
                h: area.h.min(1.3 * INITIALS.h).max(least.h),
            };
            inside(area, size)
        }
        (_, Room::Line(line)) => {
            let h = text_height(spot);
            Rect {
                x: line.x,
                y: bottom(line) + 2.0 - h,
                w: line.w.min(WIDEST_TEXT),
                h,
            }
        }
        (Wanted::Formula(_), Room::Area(area)) => {
            let size = Size {
                w: area.w.min(WIDEST_FORMULA),
                h: area.h.min(3.0 * text_height(spot)),
            };
            inside(area, size)
        }
        (_, Room::Area(area)) => {
            let size = Size {
                w: area.w.min(WIDEST_TEXT),
                h: area.h.min(1.4 * text_height(spot)),
            };
            inside(area, size)
        }
    };
    rect.clamped_to(layout.size)
}

fn text_height(spot: &Spot) -> f64 {
    (1.45 * spot.font_size).clamp(12.0, 30.0)
}

/// Beginning where the area does, halfway down.
fn inside(area: &Rect, size: Size) -> Rect {
    let (x, y) = middle(area);
    Rect {
        x: if size.w > area.w {
            x - size.w / 2.0
        } else {
            area.x
        },
        y: y - size.h / 2.0,
        w: size.w,
        h: size.h,
    }
}

/// Above a line, as high as there is room; over it where there is too little.
fn mark_on_line(layout: &Layout, line: &Rect, wanted: Size, least: Size) -> Rect {
    let w = line.w.min(wanted.w).max(least.w);
    let at = |h: f64, lower: f64| Rect {
        x: line.x,
        y: bottom(line) + lower - h,
        w,
        h,
    };
    let covers = |rect: &Rect| -> f64 {
        let pieces = layout.pieces.iter().map(|piece| &piece.rect);
        pieces
            .chain(&layout.others)
            .map(|it| shared(it, rect))
            .sum()
    };
    let middling = (wanted.h + least.h) / 2.0;
    let mut best = (f64::MAX, at(least.h, 1.0));
    for h in [wanted.h, middling, least.h] {
        let part = h / 3.0;
        for lower in [1.0, 4.0, 8.0, 12.0, part.max(12.0)] {
            let rect = at(h, lower);
            let covered = covers(&rect);
            if covered < best.0 - 1.0 {
                best = (covered, rect);
            }
        }
        if best.0 < 1.0 {
            break;
        }
    }
    best.1
}
