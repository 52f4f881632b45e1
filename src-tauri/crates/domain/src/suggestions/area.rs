//! Sums with rectangles, in points of one page, y down.

use crate::geometry::{Rect, Size};

pub fn right(rect: &Rect) -> f64 {
    rect.x + rect.w
}

pub fn bottom(rect: &Rect) -> f64 {
    rect.y + rect.h
}

pub fn middle(rect: &Rect) -> (f64, f64) {
    (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0)
}

/// From the upper left to the lower right corner.
pub fn from_to(left: f64, top: f64, right: f64, bottom: f64) -> Rect {
    Rect {
        x: left,
        y: top,
        w: right - left,
        h: bottom - top,
    }
}

/// How far both reach beside each other; negative: the gap between them.
pub fn shared_x(a: &Rect, b: &Rect) -> f64 {
    right(a).min(right(b)) - a.x.max(b.x)
}

/// As [`shared_x`], downwards.
pub fn shared_y(a: &Rect, b: &Rect) -> f64 {
    bottom(a).min(bottom(b)) - a.y.max(b.y)
}

/// What both cover, in square points.
pub fn shared(a: &Rect, b: &Rect) -> f64 {
    shared_x(a, b).max(0.0) * shared_y(a, b).max(0.0)
}

/// The share of the smaller one that lies on the other, 0 to 1.
pub fn covered(a: &Rect, b: &Rect) -> f64 {
    let smaller = (a.w * a.h).min(b.w * b.h);
    if smaller > 0.0 {
        shared(a, b) / smaller
    } else {
        0.0
    }
}

pub fn around(a: &Rect, b: &Rect) -> Rect {
    from_to(
        a.x.min(b.x),
        a.y.min(b.y),
        right(a).max(right(b)),
        bottom(a).max(bottom(b)),
    )
}

/// Quarter turns of a page whose text does not run from left to right, between what is displayed
/// and what the reader of the text sees.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// Clockwise, of the text on the displayed page: 0 to 3.
    pub quarters: u8,
    /// As displayed.
    pub size: Size,
}

impl Turn {
    /// The page's size for the reader of its text.
    pub fn read_size(self) -> Size {
        if self.quarters % 2 == 1 {
            Size {
                w: self.size.h,
                h: self.size.w,
            }
        } else {
            self.size
        }
    }

    /// From displayed space to the reader's.
    pub fn read(self, rect: &Rect) -> Rect {
        let (x, y) = match self.quarters {
            0 => return *rect,
            1 => (rect.y, self.size.w - right(rect)),
            2 => (self.size.w - right(rect), self.size.h - bottom(rect)),
            _ => (self.size.h - bottom(rect), rect.x),
        };
        self.turned(rect, x, y)
    }

    /// From the reader's space to the displayed one.
    pub fn displayed(self, rect: &Rect) -> Rect {
        let (x, y) = match self.quarters {
            0 => return *rect,
            1 => (self.size.w - bottom(rect), rect.x),
            2 => (self.size.w - right(rect), self.size.h - bottom(rect)),
            _ => (rect.y, self.size.h - right(rect)),
        };
        self.turned(rect, x, y)
    }

    fn turned(self, rect: &Rect, x: f64, y: f64) -> Rect {
        let (w, h) = if self.quarters % 2 == 1 {
            (rect.h, rect.w)
        } else {
            (rect.w, rect.h)
        };
        Rect { x, y, w, h }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_leads_back_and_text_reads_from_left_to_right() {
        let size = Size { w: 600.0, h: 800.0 };
        // Where the reader's page begins: the corner that is displayed there.
        let corners = [(0.0, 0.0), (590.0, 0.0), (590.0, 790.0), (0.0, 790.0)];
        for (quarters, (x, y)) in (0..).zip(corners) {
            let turn = Turn { quarters, size };
            let square = Rect {
                x,
                y,
                w: 10.0,
                h: 10.0,
            };
            let read = turn.read(&square);
            assert_eq!((read.x, read.y), (0.0, 0.0), "{quarters} quarters");
            let rect = Rect {
                x: 20.0,
                y: 30.0,
                w: 40.0,
                h: 5.0,
            };
            let there = turn.read(&rect);
            assert!(there.is_on(turn.read_size()), "{quarters} quarters");
            assert_eq!(turn.displayed(&there), rect, "{quarters} quarters");
        }
    }
}
