//! Empty boxes and cells of tables.

use super::area::{bottom, from_to, middle, right, shared_x, shared_y};
use super::labels::{Label, below};
use super::layout::{BlankKind, Piece};
use super::spots::Finder;
use super::wanted::Wanted;
use crate::geometry::Rect;

impl Finder<'_> {
    /// The free rest of the label's own cell, else the empty cells beside or below it. `None` if
    /// the label stands in no cell.
    pub fn cells(&self, label: &Label<'_>) -> Option<Vec<Rect>> {
        let layout = self.layout;
        let own = layout.cell_around(middle(&label.piece.rect))?;
        if let Some(rest) = self.rest_of_cell(label, &own) {
            return Some(vec![rest]);
        }
        let is_new =
            |cell: &Rect, from: &Rect| (cell.x - from.x).abs() + (cell.y - from.y).abs() > 2.0;
        let holds = |cell: &Rect| self.holds(cell, label);
        let mut found = Vec::new();
        let mut at = own;
        // Downwards, as below the heading of a column.
        while let Some(next) = layout.cell_around((middle(&own).0, bottom(&at) + 4.0)) {
            let is_column =
                (next.x - own.x).abs() < 4.0 && (right(&next) - right(&own)).abs() < 4.0;
            let is_free = is_column && is_new(&next, &at) && self.is_empty(&next) && holds(&next);
            // Each row is somebody's; of empty rows the first is enough.
            let is_somebodys = found.is_empty() || self.row_has_text(&next);
            if !is_free || !is_somebodys {
                break;
            }
            found.push(next);
            at = next;
        }
        if found.is_empty() && own.h < 0.25 * layout.size.h {
            at = own;
            while let Some(next) =
                layout.cell_around((right(&at) + 4.0, middle(&label.piece.rect).1))
            {
                let is_row = shared_y(&next, &own) > 0.5 * own.h;
                if !is_row || !is_new(&next, &at) || !self.is_empty(&next) || !holds(&next) {
                    break;
                }
                found.push(next);
                at = next;
            }
        }
        Some(found)
    }

    fn rest_of_cell(&self, label: &Label<'_>, cell: &Rect) -> Option<Rect> {
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
        if rest.h > 0.0 && !self.layout.has_text_in(&rest, &ignored) && self.holds(&rest, label) {
            return Some(rest);
        }
        let beside = from_to(
            right(&label.piece.rect) + 4.0,
            cell.y + 2.0,
            right(cell) - 3.0,
            bottom(cell) - 2.0,
        );
        let is_free = beside.w > 0.0 && !self.layout.has_text_in(&beside, &ignored);
        (is_free && self.holds(&beside, label) && beside.w >= 50.0).then_some(beside)
    }

    /// Whether a cell is large enough for what the label asks for.
    fn holds(&self, area: &Rect, label: &Label<'_>) -> bool {
        let least = self.limits.smallest_signature;
        match label.asked.wanted {
            Wanted::Signature | Wanted::Party => area.w >= 0.9 * least.w && area.h >= 0.8 * least.h,
            Wanted::Initials => area.w >= 0.5 * least.w && area.h >= 0.6 * least.h,
            _ => area.w >= 36.0 && area.h >= 0.9 * label.piece.size,
        }
    }

    fn is_empty(&self, area: &Rect) -> bool {
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
        const BESIDE: f64 = 90.0;
        const BELOW: f64 = 36.0;
        let rect = &label.piece.rect;
        let foot = below(self.layout, label).foot;
        let distance = |area: &Rect| {
            let gap = area.x - right(rect);
            if gap > -4.0 && gap < BESIDE && shared_y(area, rect) > 0.3 * rect.h {
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
