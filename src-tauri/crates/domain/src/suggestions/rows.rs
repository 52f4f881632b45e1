//! Tables whose rows are parted by level rules alone.

use super::area::{bottom, from_to, middle, right, shared_y};
use super::labels::Label;
use super::layout::Piece;
use super::spots::Finder;
use crate::geometry::Rect;

impl Finder<'_> {
    /// The empty places below the heading of a column, one in each row where something stands.
    /// `None` if the label heads no such table, as none with a colon does.
    pub fn ruled_column(&self, label: &Label<'_>) -> Option<Vec<Rect>> {
        if label.asked.has_colon {
            return None;
        }
        let rules = self.rules_below(label);
        let table = *rules.first()?;
        let (from, to) = self.column_of(label, &table)?;
        let rows = rules.windows(2).filter_map(|pair| match pair {
            [over, under] => Some((over.y, under.y)),
            _ => None,
        });
        // Each row is somebody's; an empty one is the table's end.
        let mut rows = rows
            .take_while(|(top, foot)| {
                let row = from_to(table.x, *top, right(&table), *foot);
                self.layout.has_text_in(&row, &[])
            })
            .peekable();
        rows.peek()?;
        let places = rows
            .map(|(top, foot)| from_to(from, top, to, foot))
            .filter(|cell| self.is_empty(cell) && self.holds(cell, label));
        Some(places.collect())
    }

    /// Rules as long as the one right under the label, from there down to where rows end.
    fn rules_below(&self, label: &Label<'_>) -> Vec<Rect> {
        const LOWEST_ROW: f64 = 14.0;
        const HIGHEST_ROW: f64 = 90.0;
        let rect = &label.piece.rect;
        let spans = |rule: &&Rect| rule.x <= rect.x + 3.0 && right(rule) >= right(rect) - 3.0;
        let mut levels: Vec<Rect> = self.layout.levels.iter().filter(spans).copied().collect();
        levels.sort_by(|a, b| a.y.total_cmp(&b.y));
        let mut rules: Vec<Rect> = Vec::new();
        for level in levels {
            let Some(last) = rules.last() else {
                let gap = level.y - bottom(rect);
                if gap > -0.3 * label.piece.size && gap < label.piece.size {
                    rules.push(level);
                }
                continue;
            };
            let is_as_long = (level.x - last.x).abs() < 3.0 && (level.w - last.w).abs() < 3.0;
            let high = level.y - last.y;
            if !is_as_long || high < LOWEST_ROW {
                continue;
            }
            if high > HIGHEST_ROW {
                break;
            }
            rules.push(level);
        }
        rules
    }

    /// From where to where a column reaches: its heading has others beside it.
    fn column_of(&self, label: &Label<'_>, table: &Rect) -> Option<(f64, f64)> {
        const GAP: f64 = 6.0;
        let rect = &label.piece.rect;
        let is_heading = |piece: &&Piece| {
            let (x, _) = middle(&piece.rect);
            x > table.x && x < right(table) && shared_y(&piece.rect, rect) > 0.5 * rect.h
        };
        let headings: Vec<&Piece> = self.layout.pieces.iter().filter(is_heading).collect();
        let others = || {
            headings
                .iter()
                .filter(|it| !std::ptr::eq(**it, label.piece))
        };
        others().next()?;
        let before = others().any(|it| it.rect.x < rect.x);
        let next = others()
            .map(|it| it.rect.x)
            .filter(|x| *x > rect.x)
            .fold(right(table) + GAP, f64::min);
        let from = if before { rect.x - GAP / 2.0 } else { table.x };
        Some((from, next - GAP))
    }
}
