//! Where there is room for what a label asks for, in the space of the text's reader.

use super::area::{bottom, from_to, right, shared_x, shared_y};
use super::labels::Label;
use super::layout::{Blank, BlankKind, Layout, Piece};
use super::wanted::Wanted;
use super::{Limits, SuggestionReason};
use crate::geometry::Rect;

/// Where something may be put.
#[derive(Debug, Clone, PartialEq)]
pub enum Room {
    /// A line to write on: its lower edge is where letters stand.
    Line(Rect),
    /// Free from corner to corner.
    Area(Rect),
}

/// A place that was found.
#[derive(Debug, Clone)]
pub struct Spot {
    pub wanted: Wanted,
    pub label: String,
    /// Where the label stands.
    pub beside: Rect,
    pub room: Room,
    pub reason: SuggestionReason,
    /// Of places that overlap, the one with the most stays.
    pub trust: u8,
    /// Height of the letters beside it, in points.
    pub font_size: f64,
}

impl Spot {
    pub fn new(label: &Piece, wanted: Wanted, room: Room, reason: SuggestionReason) -> Self {
        Self {
            wanted,
            label: label.text.clone(),
            beside: label.rect,
            room,
            trust: match reason {
                SuggestionReason::Anchor | SuggestionReason::FormField => 9,
                SuggestionReason::Rule | SuggestionReason::Leader => 7,
                SuggestionReason::Box => 6,
                SuggestionReason::Room => 3,
            },
            reason,
            font_size: label.size,
        }
    }
}

pub fn reason_of(blank: &Blank) -> SuggestionReason {
    match blank.kind {
        BlankKind::Rule => SuggestionReason::Rule,
        BlankKind::Leader => SuggestionReason::Leader,
    }
}

/// Looks where a label's place is.
pub struct Finder<'a> {
    pub layout: &'a Layout,
    pub labels: &'a [Label<'a>],
    pub limits: &'a Limits,
    /// See [`super::labels::cues`].
    pub cues: &'a [f64],
}

impl<'a> Finder<'a> {
    /// The places of one label; several where a column of a table has several cells.
    pub fn places(&self, label: &Label<'a>) -> Vec<Spot> {
        let is_party = label.asked.wanted == Wanted::Party;
        let wanted = if is_party {
            Wanted::Signature
        } else {
            label.asked.wanted.clone()
        };
        let spot = |(room, reason)| {
            let mut spot = Spot::new(label.piece, wanted.clone(), room, reason);
            // Words that say what belongs there come before words that say who.
            spot.trust -= u8::from(is_party);
            spot
        };
        let is_cued = self.is_cued(label);
        let is_bare = is_party || label.is_bare();
        let rows = self.ruled_column(label);
        let on_line = self.on_its_line(label).filter(|_| !is_bare || is_cued);
        if let Some(found) = on_line.filter(|_| rows.is_none()) {
            return vec![spot(found)];
        }
        if label.is_in_prose {
            return Vec::new();
        }
        let in_cells = rows.or_else(|| self.cells(label));
        let is_in_cell = in_cells.is_some();
        let mut cells = in_cells.unwrap_or_default();
        cells.retain(|_| !is_party || is_cued);
        if !cells.is_empty() {
            let area = |area| spot((Room::Area(area), SuggestionReason::Box));
            return cells.into_iter().map(area).collect();
        }
        if let Some(area) = self.empty_box(label).filter(|_| !is_party || is_cued) {
            return vec![spot((Room::Area(area), SuggestionReason::Box))];
        }
        if let Some(found) = self.above_or_below(label).filter(|_| is_party || !is_bare) {
            return vec![spot(found)];
        }
        let room = self.blank_room(label, is_cued).filter(|_| !is_in_cell);
        room.map(|area| spot((Room::Area(area), SuggestionReason::Room)))
            .into_iter()
            .collect()
    }

    /// Whether words near it say that this is where signatures stand.
    fn is_cued(&self, label: &Label<'_>) -> bool {
        const OF_ONE_BLOCK: f64 = 90.0;
        let own = bottom(&label.piece.rect);
        let belongs = |other: &&Label<'_>| {
            let near = (bottom(&other.piece.rect) - own).abs() < OF_ONE_BLOCK;
            near && matches!(other.asked.wanted, Wanted::Name | Wanted::Title)
        };
        // Two parties side by side, or a party and the day.
        let beside = |other: &&Label<'_>| {
            !std::ptr::eq(other.piece, label.piece)
                && shared_y(&other.piece.rect, &label.piece.rect) > 0.5 * label.piece.rect.h
                && matches!(other.asked.wanted, Wanted::Party | Wanted::Date)
        };
        self.is_cued_at(own)
            || label.is_bare() && self.labels.iter().any(|other| belongs(&other))
            || label.asked.wanted == Wanted::Party && self.labels.iter().any(|it| beside(&it))
    }

    pub fn is_cued_at(&self, y: f64) -> bool {
        const ABOVE: f64 = 260.0;
        const BELOW: f64 = 60.0;
        let is_near = |cue: &f64| y - cue < ABOVE && cue - y < BELOW;
        self.cues.iter().any(is_near)
    }

    fn stands_on(&self, piece: &Piece, blank: &Blank) -> bool {
        let lower = bottom(&blank.rect) - piece.baseline();
        lower > -0.4 * piece.size && lower < 0.75 * piece.size
    }

    /// A rule or dots after the label.
    pub fn on_its_line(&self, label: &Label<'_>) -> Option<(Room, SuggestionReason)> {
        const WIDEST_GAP: f64 = 160.0;
        let piece = label.piece;
        let end = right(&piece.rect);
        let blanks = self.layout.blanks.iter().filter(|blank| {
            self.stands_on(piece, blank)
                && blank.rect.x >= end - 3.0
                && blank.rect.x - end <= WIDEST_GAP
        });
        let blank = blanks.min_by(|a, b| a.rect.x.total_cmp(&b.rect.x))?;
        let on_line = |other: &&Piece| shared_y(&other.rect, &piece.rect) > 0.5 * piece.rect.h;
        let others = || self.layout.pieces.iter().filter(on_line);
        let between = from_to(end, piece.rect.y, blank.rect.x, bottom(&piece.rect));
        if others().any(|other| shared_x(&other.rect, &between) > 1.0) {
            return None;
        }
        // Dots that lead to a page number.
        let leads_on = others().any(|other| {
            let gap = other.rect.x - right(&blank.rect);
            let is_number = other.text.len() <= 4 && other.text.chars().all(|it| it.is_numeric());
            gap > -2.0 && gap < 60.0 && is_number
        });
        (!leads_on).then(|| (Room::Line(blank.rect), reason_of(blank)))
    }

    /// The upper edge of the first thing below `y` between two places.
    pub fn first_below(&self, from: f64, to: f64, y: f64) -> f64 {
        let column = from_to(from, y, to, self.layout.size.h);
        let pieces = self.layout.pieces.iter().map(|piece| piece.rect);
        let blanks = self.layout.blanks.iter().map(|blank| blank.rect);
        let drawn = self.layout.levels.iter().chain(&self.layout.boxes);
        let all = pieces
            .chain(blanks)
            .chain(drawn.chain(&self.layout.others).copied());
        all.filter(|rect| shared_x(rect, &column) > 1.0 && rect.y >= y - 1.0)
            .map(|rect| rect.y)
            .fold(self.layout.size.h - 26.0, f64::min)
    }
}
