//! Blank room below a label, or after it on its line.

use super::area::{bottom, from_to, middle, right, shared_x, shared_y};
use super::labels::{Label, below};
use super::spots::Finder;
use super::wanted::Wanted;
use crate::geometry::Rect;

impl<'a> Finder<'a> {
    /// Free room below the label or, on its line, after it.
    pub fn blank_room(&self, label: &Label<'a>, is_cued: bool) -> Option<Rect> {
        if !label.asked.is_firm {
            return None;
        }
        match label.asked.wanted {
            Wanted::Signature => self
                .room_below(label, 36.0)
                .or_else(|| self.room_after(label)),
            Wanted::Party if is_cued => self.room_below(label, 40.0),
            Wanted::Initials => self
                .room_after(label)
                .or_else(|| self.room_below(label, 34.0))
                .or_else(|| self.room_above(label)),
            Wanted::Party => None,
            Wanted::Formula(_) => self.line_after(label, 110.0),
            _ => self.line_after(label, 60.0),
        }
    }

    fn room_below(&self, label: &Label<'a>, least: f64) -> Option<Rect> {
        const WIDEST: f64 = 180.0;
        const HIGHEST: f64 = 64.0;
        let below = below(self.layout, label);
        if below.asks.is_some() {
            return None;
        }
        let limits = self.limits.smallest_signature;
        let least = least.max(limits.h + 4.0);
        let rect = &label.piece.rect;
        let end = self.column_end(rect, below.foot + least);
        let w = (end - rect.x).min(WIDEST);
        let (x, w) = if self.is_centred(label) {
            let start = self.column_start(rect, below.foot + least);
            let (centre, half) = (middle(rect).0, WIDEST / 2.0);
            let half = half.min(centre - start).min(end - centre);
            (centre - half, 2.0 * half)
        } else {
            (rect.x, w)
        };
        if w < limits.w {
            return None;
        }
        let foot = self.first_below(x, x + w, below.foot + 1.0) - 3.0;
        let area = from_to(
            x,
            below.foot + 3.0,
            x + w,
            foot.min(below.foot + 3.0 + HIGHEST),
        );
        (area.h >= least - 4.0 && foot - below.foot >= least).then_some(area)
    }

    fn column_end(&self, rect: &Rect, foot: f64) -> f64 {
        let band = from_to(0.0, rect.y, self.layout.size.w, foot);
        let pieces = self.layout.pieces.iter().map(|piece| piece.rect);
        let all = pieces.chain(self.layout.uprights.iter().copied());
        all.filter(|it| it.x > right(rect) - 2.0 && shared_y(it, &band) > 1.0)
            .map(|it| it.x - 10.0)
            .fold(self.layout.size.w - 30.0, f64::min)
    }

    fn column_start(&self, rect: &Rect, foot: f64) -> f64 {
        let band = from_to(0.0, rect.y, self.layout.size.w, foot);
        let pieces = self.layout.pieces.iter().map(|piece| piece.rect);
        let all = pieces.chain(self.layout.uprights.iter().copied());
        all.filter(|it| right(it) < rect.x + 2.0 && shared_y(it, &band) > 1.0)
            .map(|it| right(&it) + 10.0)
            .fold(30.0, f64::max)
    }

    /// Whether other lines have the same middle and not the same start.
    fn is_centred(&self, label: &Label<'_>) -> bool {
        let rect = &label.piece.rect;
        let others = || {
            self.layout
                .pieces
                .iter()
                .filter(|other| !std::ptr::eq(*other, label.piece))
                .filter(|other| (other.rect.y - rect.y).abs() < 140.0)
        };
        let starts = others().any(|other| (other.rect.x - rect.x).abs() < 1.5);
        let page = (middle(rect).0 - self.layout.size.w / 2.0).abs() < 2.0;
        let shares = others().any(|other| (middle(&other.rect).0 - middle(rect).0).abs() < 1.5);
        !starts && (shares || page)
    }

    /// On the label's line, as high as a mark must be.
    fn room_after(&self, label: &Label<'a>) -> Option<Rect> {
        const WIDEST: f64 = 160.0;
        let least = self.limits.smallest_signature;
        let piece = label.piece;
        let x = right(&piece.rect) + 8.0;
        let end = self.column_end(&piece.rect, bottom(&piece.rect));
        let w = (end - x).min(WIDEST);
        if w < least.w || !label.asked.has_colon && label.asked.wanted != Wanted::Initials {
            return None;
        }
        let height = least.h + 2.0;
        [6.0, 2.0, 12.0, 18.0, -4.0].into_iter().find_map(|lower| {
            let foot = piece.baseline() + lower;
            let area = from_to(x, foot - height, x + w, foot);
            let is_on_page = foot < self.layout.size.h - 6.0;
            let crosses = self
                .layout
                .levels
                .iter()
                .any(|it| shared_x(it, &area) > 0.0 && it.y > area.y && it.y < foot);
            (is_on_page && !crosses && !self.layout.has_text_in(&area, &[])).then_some(area)
        })
    }

    /// Above words in a corner at the foot of the page.
    fn room_above(&self, label: &Label<'a>) -> Option<Rect> {
        let least = self.limits.smallest_signature;
        let rect = &label.piece.rect;
        let x = rect.x.min(self.layout.size.w - 16.0 - least.w);
        let area = from_to(x, rect.y - least.h - 3.0, x + least.w + 2.0, rect.y - 1.0);
        let is_free = x > 0.0 && area.y > 0.0 && !self.layout.has_text_in(&area, &[]);
        let is_foot = rect.y > 0.85 * self.layout.size.h;
        (is_foot && is_free).then_some(area)
    }

    /// On the label's line, as high as a letter.
    fn line_after(&self, label: &Label<'a>, least: f64) -> Option<Rect> {
        const WIDEST: f64 = 170.0;
        let piece = label.piece;
        let x = right(&piece.rect) + 4.0;
        let end = self.column_end(&piece.rect, bottom(&piece.rect));
        let w = (end - x).min(WIDEST);
        let area = from_to(
            x,
            piece.rect.y - 0.1 * piece.size,
            x + w,
            bottom(&piece.rect) + 0.1 * piece.size,
        );
        (w >= least && !self.layout.has_text_in(&area, &[])).then_some(area)
    }
}
