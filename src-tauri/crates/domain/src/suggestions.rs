//! Places for fields that a page itself asks for: rules, boxes and blank room beside words that
//! say what belongs there. They are proposals; nothing is part of a draft until somebody takes it.

mod anchors;
pub(crate) mod area;
mod atoms;
mod cells;
mod done_at;
mod fold;
mod labels;
pub(crate) mod layout;
mod people;
mod room;
mod rows;
mod rules;
mod sizing;
mod spots;
mod vocabulary;
mod wanted;

pub(crate) use fold::{fold, words};
pub use people::People;

use crate::capabilities::Capabilities;
use crate::draft::{Field, FieldKind};
use crate::geometry::{Rect, Size};
use crate::ids::{PageId, RecipientId};
use crate::page_content::{FormField, PageContent};
use area::{bottom, covered, middle, shared, shared_y};
use layout::Layout;
use serde::{Deserialize, Serialize};
use spots::{Finder, Spot};
use wanted::Wanted;

/// A place for a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    pub page: PageId,
    /// Displayed space, points.
    pub rect: Rect,
    pub kind: FieldKind,
    /// Whether it is a date that belongs there.
    pub is_date: bool,
    /// The words on the page that it stands beside, as written; at most
    /// [`Suggestion::LONGEST_LABEL`] characters.
    pub label: String,
    pub reason: SuggestionReason,
    /// Whom the words near it name; none where they name nobody of the draft.
    pub recipient: Option<RecipientId>,
}

impl Suggestion {
    pub const LONGEST_LABEL: usize = 60;
}

/// What the page has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionReason {
    /// An anchor such as `{{s1|signature|85|37}}`.
    Anchor,
    /// A ruled line beside such words.
    Rule,
    /// A dotted line.
    Leader,
    /// An empty box or cell of a table.
    Box,
    /// Blank room below the words or beside them.
    Room,
    /// A form field for a signature.
    FormField,
}

/// What suggestions have to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Points a signature mark must at least have.
    pub smallest_signature: Size,
    pub text_fields: bool,
    /// Font sizes of text fields, in points.
    pub smallest_text: u8,
    pub largest_text: u8,
}

impl Limits {
    /// `None`: no account is chosen yet.
    pub fn of(capabilities: Option<&Capabilities>) -> Self {
        let usual = Self {
            smallest_signature: Size { w: 60.0, h: 30.0 },
            text_fields: true,
            smallest_text: 7,
            largest_text: 24,
        };
        capabilities.map_or(usual, |capabilities| Self {
            smallest_signature: capabilities.smallest_signature,
            text_fields: capabilities.text_fields,
            smallest_text: capabilities.smallest_text,
            largest_text: capabilities.largest_text,
        })
    }
}

/// The places of a page, in the order in which they are read, whatever fields stand there already
/// (see [`free`]).
pub fn of_page(content: &PageContent, people: &People, limits: &Limits) -> Vec<Suggestion> {
    let anchored = anchors::places(content, people.recipients(), limits);
    let mut found: Vec<Suggestion> = Vec::new();
    for (suggestion, _) in &anchored {
        found.push(suggestion.clone());
    }
    found.extend(
        content
            .form_fields
            .iter()
            .map(|field| of_form_field(content, people, field)),
    );
    let layout = Layout::of(content);
    let mut spots = spots_of(&layout, limits);
    // Of those that are equally sure, the one that is read first stays.
    spots.sort_by_key(|spot| std::cmp::Reverse(spot.trust));
    let mut kept: Vec<(Spot, Rect)> = Vec::new();
    for spot in spots {
        let rect = sizing::rect_of(&layout, &spot, limits);
        let shown = layout.turn.displayed(&rect);
        let is_anchored = anchored
            .iter()
            .any(|(_, words)| shared(words, &shown) > 0.0);
        let is_taken = is_anchored
            || found
                .iter()
                .any(|other| covered(&other.rect, &shown) > 0.25)
            || kept.iter().any(|(other, at)| {
                let most = if other.wanted == spot.wanted {
                    0.25
                } else {
                    0.6
                };
                covered(at, &rect) > most
            });
        if !is_taken {
            kept.push((spot, rect));
        }
    }
    for (spot, rect) in &kept {
        let recipient = people.named_near(&layout, spot, rect, &kept);
        found.push(Suggestion {
            page: content.page.clone(),
            rect: enlarged(layout.turn.displayed(rect), spot, content.size, limits),
            kind: kind_of(spot, limits),
            is_date: spot.wanted == Wanted::Date,
            label: labelled(&spot.label),
            reason: spot.reason,
            recipient,
        });
    }
    in_reading_order(&layout, found)
}

/// What the words of a page ask for.
fn spots_of(layout: &Layout, limits: &Limits) -> Vec<Spot> {
    /// How far from a signature the name and the date that belong to it may stand, in points.
    const NEAR: f64 = 190.0;
    if layout.pieces.is_empty() || labels::is_certificate(layout) {
        return Vec::new();
    }
    let labels = labels::labels(layout);
    let cues = labels::cues(layout, &labels);
    let finder = Finder {
        layout,
        labels: &labels,
        limits,
        cues: &cues,
    };
    let (mut marks, mut others) = (Vec::new(), done_at::places(layout));
    let said = others.len();
    for label in &labels {
        for spot in finder.places(label) {
            match spot.wanted {
                Wanted::Signature | Wanted::Initials => marks.push(spot),
                _ => others.push(spot),
            }
        }
    }
    marks.extend(finder.over_names());
    let is_near = |spot: &Spot| {
        let from = |y: f64| (bottom(&spot.beside) - y).abs();
        marks.iter().any(|mark| from(bottom(&mark.beside)) < NEAR)
            || !matches!(spot.wanted, Wanted::Name | Wanted::Title)
                && cues.iter().any(|cue| from(*cue) < NEAR)
    };
    let mut place = 0;
    others.retain(|spot| {
        place += 1;
        place <= said || is_near(spot)
    });
    if !limits.text_fields {
        others.clear();
    }
    marks.extend(others);
    marks
}

fn of_form_field(content: &PageContent, people: &People, field: &FormField) -> Suggestion {
    Suggestion {
        page: content.page.clone(),
        rect: field.rect.clamped_to(content.size),
        kind: anchors::signature(),
        is_date: false,
        label: labelled(&field.name),
        reason: SuggestionReason::FormField,
        recipient: people.named_in(&field.name).cloned(),
    }
}

fn kind_of(spot: &Spot, limits: &Limits) -> FieldKind {
    let text = |formula: &str| FieldKind::Text {
        content: String::new(),
        required: true,
        font_size: (spot.font_size.round().clamp(0.0, 255.0) as u8).clamp(
            limits.smallest_text,
            limits.largest_text.max(limits.smallest_text),
        ),
        formula: formula.to_owned(),
    };
    match &spot.wanted {
        Wanted::Signature | Wanted::Party => anchors::signature(),
        Wanted::Initials => FieldKind::Initials,
        Wanted::Formula(formula) => text(formula),
        Wanted::Date | Wanted::Place | Wanted::Name | Wanted::Title => text(""),
    }
}

/// Where the text is turned, what is wide enough for its reader may be too narrow for a mark,
/// which always stands upright.
fn enlarged(rect: Rect, spot: &Spot, page: Size, limits: &Limits) -> Rect {
    if !matches!(spot.wanted, Wanted::Signature | Wanted::Initials) {
        return rect;
    }
    let least = limits.smallest_signature;
    let (x, y) = middle(&rect);
    let (w, h) = (rect.w.max(least.w), rect.h.max(least.h));
    let grown = Rect {
        x: if w > rect.w { x - w / 2.0 } else { rect.x },
        y: if h > rect.h { y - h / 2.0 } else { rect.y },
        w,
        h,
    };
    grown.clamped_to(page)
}

/// Lines from top to bottom, each from left to right.
fn in_reading_order(layout: &Layout, found: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut found: Vec<(Rect, Suggestion)> = found
        .into_iter()
        .map(|it| (layout.turn.read(&it.rect), it))
        .collect();
    found.sort_by(|(a, _), (b, _)| bottom(a).total_cmp(&bottom(b)));
    let mut line: Option<Rect> = None;
    let mut placed = Vec::new();
    for (rect, suggestion) in found {
        let is_on = |line: &Rect| shared_y(line, &rect) > 0.5 * line.h.min(rect.h);
        let first = *line.get_or_insert(rect);
        if !is_on(&first) {
            line = Some(rect);
        }
        placed.push((
            line.map_or(rect.y, |line| bottom(&line)),
            rect.x,
            suggestion,
        ));
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    placed
        .into_iter()
        .map(|(_, _, suggestion)| suggestion)
        .collect()
}

/// Words as a label shows them.
fn labelled(words: &str) -> String {
    let words = words.trim();
    words.chars().take(Suggestion::LONGEST_LABEL).collect()
}

/// Those where no field of the draft stands yet.
pub fn free(suggestions: Vec<Suggestion>, fields: &[Field]) -> Vec<Suggestion> {
    suggestions
        .into_iter()
        .filter(|suggestion| {
            !fields
                .iter()
                .any(|field| field.page == suggestion.page && takes(field, suggestion))
        })
        .collect()
}

/// Whether a field stands in a suggestion's place: a good part of the smaller one lies on the
/// other.
fn takes(field: &Field, suggestion: &Suggestion) -> bool {
    covered(&field.rect, &suggestion.rect) >= 0.2
}

#[cfg(test)]
#[path = "suggestions_tests.rs"]
mod tests;
