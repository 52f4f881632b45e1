//! Empty boxes and cells of tables.

use super::area::{bottom, from_to, middle, right, shared_x, shared_y};
use super::labels::{Label, below};
use super::layout::{BlankKind, Piece};
use super::spots::Finder;
use super::wanted::Wanted;
use crate::geometry::Rect;

impl Finder<'_> {
    /// The empty cells beside a label's own, its free rest below the label, the empty cells below
    /// it, or what is free after the label. `None` if the label stands in no cell.
    pub fn cells(&self, label: &Label<'_>) -> Option<Vec<Rect>> {
        let own = self.layout.cell_around(middle(&label.piece.rect))?;
        let mut found = self.row_after(label, &own);
        if found.is_empty() {
            found.extend(self.rest_below(label, &own));
        }
        if found.is_empty() {
            found = self.column_below(label, &own);
        }
        if found.is_empty() {
            found.extend(self.rest_after(label, &own));
        }
        Some(found)
    }

    fn row_after(&self, label: &Label<'_>, own: &Rect) -> Vec<Rect> {
        let (_, y) = middle(&label.piece.rect);
        let mut found: Vec<Rect> = Vec::new();
        let mut at = *own;
        while let Some(next) = self.layout.cell_around((right(&at) + 4.0, y)) {
            let is_row = shared_y(&next, own) > 0.5 * own.h.max(next.h);
            if !is_row || !is_new(&next, &at) || !self.is_empty(&next) || !self.holds(&next, label)
            {
                break;
            }
            found.push(next);
            at = next;
        }
        found
    }

    /// As below the heading of a column.
    fn column_below(&self, label: &Label<'_>, own: &Rect) -> Vec<Rect> {
        let (x, _) = middle(own);
        let mut found: Vec<Rect> = Vec::new();
        let mut at = *own;
        while let Some(next) = self.layout.cell_around((x, bottom(&at) + 4.0)) {
            let is_column = (next.x - own.x).abs() < 4.0 && (right(&next) - right(own)).abs() < 4.0;
            let is_free = is_column && is_new(&next, &at) && self.is_empty(&next);
            // Each row is somebody's; of empty rows the first is enough.
            let is_somebodys = found.is_empty() || self.row_has_text(&next);
            if !is_free || !is_somebodys || !self.holds(&next, label) {
                break;
            }
            found.push(next);
            at = next;
        }
        found
    }

    fn rest_below(&self, label: &Label<'_>, cell: &Rect) -> Option<Rect> {
        let below = below(self.layout, label);
        if below.asks.is_some() {
            return None;
        }
        let mut ignored: Vec<&Piece> = below.pieces.clone();
        ignored.push(label.piece);
        let foot = self.first_below(cell.x + 2.0, right(cell) - 2.0, below.foot + 1.0);
        let rest = from_to(
            cell.x + 3.0,
            below.foot + 2.0,
            right(cell) - 3.0,
            bottom(cell).min(foot) - 3.0,
        );
        let is_free = rest.h > 0.0 && !self.layout.has_text_in(&rest, &ignored);
        (is_free && self.holds(&rest, label)).then_some(rest)
    }

    fn rest_after(&self, label: &Label<'_>, cell: &Rect) -> Option<Rect> {
        const LEAST: f64 = 50.0;
        // The heading of a column has headings beside it.
        let is_heading = self.layout.pieces.iter().any(|piece| {
            let is_outside = piece.rect.x > right(cell) || right(&piece.rect) < cell.x;
            is_outside && shared_y(&piece.rect, &label.piece.rect) > 0.5 * piece.rect.h
        });
        if is_heading && !label.asked.has_colon {
            return None;
        }
        let rest = from_to(
            right(&label.piece.rect) + 4.0,
            cell.y + 2.0,
            right(cell) - 3.0,
            bottom(cell) - 2.0,
        );
        let is_free = rest.w >= LEAST && !self.layout.has_text_in(&rest, &[label.piece]);
        (is_free && self.holds(&rest, label)).then_some(rest)
    }

    /// Whether a cell is large enough for what the label asks for.
    pub fn holds(&self, area: &Rect, label: &Label<'_>) -> bool {
        let least = self.limits.smallest_signature;
        match label.asked.wanted {
            Wanted::Signature | Wanted::Party => area.w >= 0.9 * least.w && area.h >= 0.8 * least.h,
            Wanted::Initials => area.w >= 0.5 * least.w && area.h >= 0.6 * least.h,
            _ => area.w >= 36.0 && area.h >= 0.9 * label.piece.size,
        }
    }

    pub fn is_empty(&self, area: &Rect) -> bool {
        let inside = from_to(
            area.x + 2.0,
            area.y + 2.0,
            right(area) - 2.0,
            bottom(area) - 2.0,
        );
        let blanks = self.layout.blanks.iter();
        let dotted = blanks
            .filter(|it| {
                it.kind == BlankKind::Leader
                    && shared_x(&it.rect, &inside) > 0.0
                    && shared_y(&it.rect, &inside) > 0.0
            })
            .count();
        !self.layout.has_text_in(&inside, &[]) && dotted < 3
    }

    fn row_has_text(&self, cell: &Rect) -> bool {
        self.layout.pieces.iter().any(|piece| {
            let (_, y) = middle(&piece.rect);
            y > cell.y && y < bottom(cell)
        })
    }

    /// A drawn box beside or below a label that stands in none.
    pub fn empty_box(&self, label: &Label<'_>) -> Option<Rect> {
        const BESIDE: f64 = 150.0;
        const BELOW: f64 = 36.0;
        let rect = &label.piece.rect;
        let foot = below(self.layout, label).foot;
        let distance = |area: &Rect| {
            let gap = area.x - right(rect);
            let between = from_to(right(rect) + 1.0, rect.y, area.x, bottom(rect));
            let is_next = gap < 4.0 || !self.layout.has_text_in(&between, &[label.piece]);
            if gap > -4.0 && gap < BESIDE && is_next && shared_y(area, rect) > 0.3 * rect.h {
                return Some(gap.max(0.0));
            }
            let gap = area.y - foot;
            let is_below = gap > -4.0 && gap < BELOW;
            (is_below && shared_x(area, rect) > 0.3 * rect.w.min(area.w)).then_some(gap.max(0.0))
        };
        self.layout
            .boxes
            .iter()
            .filter(|area| self.holds(area, label) && self.is_empty(area))
            .filter_map(|area| Some((distance(area)?, area)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, area)| *area)
    }
}

fn is_new(cell: &Rect, from: &Rect) -> bool {
    (cell.x - from.x).abs() + (cell.y - from.y).abs() > 2.0
}
