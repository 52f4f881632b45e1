//! Rules and dots on lines of their own, above or below the words that belong to them.

use super::SuggestionReason;
use super::area::{bottom, from_to, right, shared_x, shared_y};
use super::labels::{Label, below};
use super::layout::Blank;
use super::spots::{Finder, Room, Spot, reason_of};
use super::wanted::{Wanted, is_name};

impl<'a> Finder<'a> {
    /// A rule that the label stands under, or one below it.
    pub fn above_or_below(&self, label: &Label<'a>) -> Option<(Room, SuggestionReason)> {
        let blank = if self.uses_above(label, 0) {
            self.rule_above(label)?
        } else {
            self.rule_below(label)?
        };
        // Others may stand under the same rule: each has the part above its words.
        let rect = blank.rect;
        let others = || {
            self.labels.iter().filter(|other| {
                !std::ptr::eq(other.piece, label.piece)
                    && shared_y(&other.piece.rect, &label.piece.rect) > 0.5 * label.piece.rect.h
                    && shared_x(&other.piece.rect, &rect) > 0.5 * other.piece.rect.w
            })
        };
        let is_before = others().any(|other| other.piece.rect.x < label.piece.rect.x);
        let from = if is_before {
            label.piece.rect.x
        } else {
            rect.x
        };
        let next = others()
            .map(|other| other.piece.rect.x)
            .filter(|x| *x > label.piece.rect.x);
        let to = next.fold(right(&rect), f64::min);
        let to = if to < right(&rect) { to - 6.0 } else { to };
        let part = from_to(from, rect.y, to, bottom(&rect));
        Some((Room::Line(part), reason_of(blank)))
    }

    fn rule_above(&self, label: &Label<'_>) -> Option<&'a Blank> {
        let piece = label.piece;
        let is_party = label.asked.wanted == Wanted::Party;
        let free = if is_party { 24.0 } else { 13.0 };
        let blanks = self.layout.blanks.iter().filter(|blank| {
            let gap = piece.rect.y - bottom(&blank.rect);
            let line = &blank.rect;
            let shared = shared_x(&piece.rect, line);
            let above = from_to(line.x, bottom(line) - free, right(line), bottom(line) - 2.0);
            !blank.is_wide
                && gap > -0.45 * piece.size
                && gap < 1.6 * piece.size
                && shared > 0.6 * piece.rect.w.min(line.w)
                && !self.layout.has_text_in(&above, &[])
                && (!is_party || (60.0..320.0).contains(&line.w))
        });
        blanks.max_by(|a, b| bottom(&a.rect).total_cmp(&bottom(&b.rect)))
    }

    fn rule_below(&self, label: &Label<'_>) -> Option<&'a Blank> {
        const FARTHEST: f64 = 96.0;
        let piece = label.piece;
        let below = below(self.layout, label);
        let is_party = label.asked.wanted == Wanted::Party;
        if is_party && below.asks.is_some() {
            return None;
        }
        let least = if is_party { 18.0 } else { 7.0 };
        let blanks = self.layout.blanks.iter().filter(|blank| {
            let line = &blank.rect;
            let gap = bottom(line) - below.foot;
            let is_near = gap > least && gap < FARTHEST;
            let shared = shared_x(&piece.rect, line) > 0.5 * piece.rect.w.min(line.w);
            let between = from_to(
                piece.rect.x.max(line.x),
                below.foot + 0.5,
                right(line).min(right(&piece.rect).max(line.x + 80.0)),
                bottom(line) - 1.0,
            );
            !blank.is_wide && is_near && shared && !self.layout.has_text_in(&between, &below.pieces)
        });
        blanks.min_by(|a, b| bottom(&a.rect).total_cmp(&bottom(&b.rect)))
    }

    /// Of labels and rules in turns, the labels stand under the rules unless the topmost one has
    /// none above it.
    fn uses_above(&self, label: &Label<'a>, depth: u8) -> bool {
        const DEEPEST: u8 = 12;
        let Some(above) = self.rule_above(label) else {
            return false;
        };
        let before = self.labels.iter().find(|other| {
            !std::ptr::eq(other.piece, label.piece)
                && other.piece.rect.y < label.piece.rect.y
                && other.takes_rules(label)
                && self.on_its_line(other).is_none()
                && self
                    .rule_below(other)
                    .is_some_and(|rule| std::ptr::eq(rule, above))
        });
        before.is_none_or(|before| depth < DEEPEST && self.uses_above(before, depth + 1))
    }

    /// Rules that have nothing but a name under them, where signatures stand.
    pub fn over_names(&self) -> Vec<Spot> {
        let signed = self.layout.blanks.iter().filter_map(|blank| {
            let line = &blank.rect;
            let is_long = !blank.is_wide && (80.0..320.0).contains(&line.w);
            let above = from_to(line.x, bottom(line) - 24.0, right(line), bottom(line) - 2.0);
            if !is_long || !self.is_cued_at(bottom(line)) || self.layout.has_text_in(&above, &[]) {
                return None;
            }
            let name = self.layout.pieces.iter().find(|piece| {
                let gap = piece.rect.y - bottom(line);
                gap > -0.45 * piece.size
                    && gap < 1.6 * piece.size
                    && shared_x(&piece.rect, line) > 0.6 * piece.rect.w.min(line.w)
            })?;
            is_name(&name.text).then(|| {
                let mut spot =
                    Spot::new(name, Wanted::Signature, Room::Line(*line), reason_of(blank));
                // Whatever words say comes first.
                spot.trust = 1;
                spot
            })
        });
        signed.collect()
    }
}
