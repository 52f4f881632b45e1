//! "Fait à ..., le ...": the place and the day, left open.

use super::SuggestionReason;
use super::area::{bottom, from_to, right, shared_y};
use super::fold::{fold, words};
use super::layout::{BlankKind, Layout, Piece};
use super::spots::{Room, Spot};
use super::wanted::Wanted;
use crate::geometry::Rect;

/// Narrower gaps are left by how a line is set.
const LEAST_GAP: f64 = 46.0;
const WIDEST: f64 = 170.0;

enum Part<'a> {
    Words(&'a Piece),
    Blank(Rect, BlankKind),
}

impl Part<'_> {
    fn rect(&self) -> Rect {
        match self {
            Self::Words(piece) => piece.rect,
            Self::Blank(rect, _) => *rect,
        }
    }
}

pub fn places(layout: &Layout) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut seen_to = f64::MIN;
    for piece in &layout.pieces {
        // Pieces come line by line.
        if piece.baseline() <= seen_to + 0.4 * piece.size {
            continue;
        }
        let line = line_of(layout, piece);
        seen_to = piece.baseline();
        if begins(&line) {
            on_line(layout, &line, &mut spots);
        }
    }
    spots
}

fn line_of<'a>(layout: &'a Layout, piece: &'a Piece) -> Vec<Part<'a>> {
    let near = |baseline: f64| (baseline - piece.baseline()).abs() <= 0.4 * piece.size;
    let words = layout.pieces.iter().filter(|other| near(other.baseline()));
    let blanks = layout.blanks.iter().filter(|blank| {
        let lower = bottom(&blank.rect) - piece.baseline();
        lower > -0.4 * piece.size && lower < 0.75 * piece.size
    });
    let mut line: Vec<Part<'_>> = words.map(Part::Words).collect();
    line.extend(blanks.map(|blank| Part::Blank(blank.rect, blank.kind)));
    line.sort_by(|a, b| a.rect().x.total_cmp(&b.rect().x));
    line
}

fn begins(line: &[Part<'_>]) -> bool {
    const STARTS: [&str; 16] = [
        "fait a",
        "fait en",
        "fait le",
        "fait, a",
        "signe a",
        "signe le",
        "done at",
        "done in",
        "signed at",
        "signed on",
        "signed in",
        "executed at",
        "executed on",
        "executed in",
        "made at",
        "dated",
    ];
    let Some(Part::Words(first)) = line.first() else {
        return false;
    };
    let text = fold(&first.text);
    let is_short = |word: &str| words(&text) == [word];
    let has_le = || {
        line.iter().any(|part| {
            matches!(part, Part::Words(piece) if ends_with(&fold(&piece.text), &["le", "on"]))
        })
    };
    STARTS.iter().any(|start| text.starts_with(start)) || is_short("a") && has_le()
}

fn ends_with(folded: &str, known: &[&str]) -> bool {
    words(folded)
        .last()
        .is_some_and(|last| known.contains(last))
}

fn on_line(layout: &Layout, line: &[Part<'_>], spots: &mut Vec<Spot>) {
    let mut said = String::new();
    let mut last: Option<&Piece> = None;
    for (index, part) in line.iter().enumerate() {
        match part {
            Part::Words(piece) => {
                if !said.is_empty() {
                    said.push(' ');
                }
                said.push_str(&piece.text);
                last = Some(piece);
                let next = line.get(index + 1);
                let is_blank_next = matches!(next, Some(Part::Blank(rect, _)) if rect.x - right(&piece.rect) < 30.0);
                let wanted = wanted(&piece.text);
                if let (Some(wanted), false) = (wanted, is_blank_next) {
                    let end = next.map_or(layout.size.w - 40.0, |next| next.rect().x);
                    spots.extend(gap_after(layout, piece, end, wanted, &said));
                }
            }
            Part::Blank(rect, kind) => {
                let wanted = last.take().and_then(|piece| wanted(&piece.text));
                let before = line.get(..index).and_then(<[_]>::last);
                if let (Some(wanted), Some(Part::Words(piece))) = (wanted, before) {
                    let reason = match kind {
                        BlankKind::Rule => SuggestionReason::Rule,
                        BlankKind::Leader => SuggestionReason::Leader,
                    };
                    let spot = Spot::new(piece, wanted, Room::Line(*rect), reason);
                    spots.push(Spot {
                        label: said.clone(),
                        ..spot
                    });
                }
            }
        }
    }
}

/// What belongs after these words.
fn wanted(text: &str) -> Option<Wanted> {
    let folded = fold(text);
    if ends_with(&folded, &["le", "on", "date", "dated", "this", "day"]) {
        Some(Wanted::Date)
    } else if ends_with(&folded, &["a", "at"]) {
        Some(Wanted::Place)
    } else {
        None
    }
}

fn gap_after(layout: &Layout, piece: &Piece, end: f64, wanted: Wanted, said: &str) -> Option<Spot> {
    let from = right(&piece.rect) + 4.0;
    let to = (end - 4.0).min(from + WIDEST);
    let area = from_to(from, piece.rect.y, to, bottom(&piece.rect));
    let is_free = area.w >= LEAST_GAP && !layout.has_text_in(&area, &[]);
    let crosses = layout
        .uprights
        .iter()
        .any(|edge| edge.x > area.x && edge.x < to && shared_y(edge, &area) > 0.0);
    (is_free && !crosses).then(|| Spot {
        label: said.to_owned(),
        ..Spot::new(piece, wanted, Room::Area(area), SuggestionReason::Room)
    })
}
