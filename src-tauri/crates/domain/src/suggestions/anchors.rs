//! Anchors that a document's author wrote into it: `{{s1|signature|85|37}}`. The number is the
//! signer's place in order; what follows depends on the type (Yousign v3's documentation, "smart
//! anchors"). They stand on one line.

use super::area::Turn;
use super::{Limits, Suggestion, SuggestionReason, labelled};
use crate::draft::{FieldKind, Recipient, Role};
use crate::geometry::Rect;
use crate::page_content::PageContent;

/// Where the anchors' fields are, and where the anchors themselves stand.
pub fn places(
    content: &PageContent,
    recipients: &[Recipient],
    limits: &Limits,
) -> Vec<(Suggestion, Rect)> {
    let mut found = Vec::new();
    for run in content.runs.iter() {
        let mut from = 0;
        while let Some(start) = run.text.get(from..).and_then(|rest| rest.find("{{")) {
            let start = from + start;
            let Some(length) = run.text.get(start..).and_then(|rest| rest.find("}}")) else {
                break;
            };
            let end = start + length + 2;
            from = end;
            let Some(anchor) = run.text.get(start..end).and_then(Anchor::read) else {
                continue;
            };
            let letters = |to: usize| run.text.get(..to).map_or(0, |text| text.chars().count());
            let spans = run
                .spans
                .get(letters(start)..letters(end))
                .unwrap_or_default();
            let along = spans.first().map_or(0.0, |span| f64::from(span[0]));
            let reach = spans.last().map_or(along, |span| f64::from(span[1]));
            let (sin, cos) = run.angle.to_radians().sin_cos();
            let (x, y) = (run.corner.0 + along * cos, run.corner.1 + along * sin);
            let turn = Turn {
                quarters: (run.angle / 90.0).round().rem_euclid(4.0) as u8,
                size: content.size,
            };
            // The field's upper left corner is the anchor's, as the reader of its line sees it.
            let corner = turn.read(&Rect {
                x,
                y,
                w: 0.0,
                h: 0.0,
            });
            let rect = turn.displayed(&Rect {
                w: anchor.w,
                h: anchor.h,
                ..corner
            });
            let words = turn.displayed(&Rect {
                w: reach - along,
                h: run.font_size,
                ..corner
            });
            let signers = recipients.iter().filter(|it| it.role == Role::Signer);
            let suggestion = Suggestion {
                page: content.page.clone(),
                rect: rect.clamped_to(content.size),
                label: labelled(run.text.get(start..end).unwrap_or_default()),
                reason: SuggestionReason::Anchor,
                recipient: { signers }.nth(anchor.signer - 1).map(|it| it.id.clone()),
                kind: anchor.kind,
                is_date: anchor.is_date,
            };
            if limits.text_fields || !matches!(suggestion.kind, FieldKind::Text { .. }) {
                found.push((suggestion, words));
            }
        }
    }
    found
}

struct Anchor {
    /// From 1.
    signer: usize,
    kind: FieldKind,
    is_date: bool,
    /// Points.
    w: f64,
    h: f64,
}

impl Anchor {
    /// `None` for types that no field of ours stands for.
    fn read(text: &str) -> Option<Self> {
        let inside = text.strip_prefix("{{")?.strip_suffix("}}")?;
        let mut parts = inside.split('|').map(str::trim);
        let signer: usize = parts.next()?.strip_prefix(['s', 'S'])?.parse().ok()?;
        let kind = parts.next()?.to_ascii_lowercase();
        let parts: Vec<&str> = parts.collect();
        let length = |place: usize| -> Option<f64> {
            let length: f64 = parts.get(place)?.parse().ok()?;
            (length > 0.0 && length < 2000.0).then_some(length)
        };
        let is_date = kind == "date";
        let (kind, w, h) = match kind.as_str() {
            "signature" => (
                signature(),
                length(0).unwrap_or(85.0),
                length(1).unwrap_or(37.0),
            ),
            "initials" | "paraphe" => (
                FieldKind::Initials,
                length(0).unwrap_or(60.0),
                length(1).unwrap_or(30.0),
            ),
            // The first number is how many characters it takes.
            "text" => (
                text_field(parts.get(5).is_none_or(|optional| *optional != "t")),
                length(1).unwrap_or(150.0),
                length(2).unwrap_or(20.0),
            ),
            "date" | "mention" => (
                text_field(true),
                length(0).unwrap_or(100.0),
                length(1).unwrap_or(20.0),
            ),
            _ => return None,
        };
        (signer > 0).then_some(Self {
            signer,
            kind,
            is_date,
            w,
            h,
        })
    }
}

pub fn signature() -> FieldKind {
    FieldKind::Signature {
        mention_above: String::new(),
        mention_below: String::new(),
    }
}

fn text_field(required: bool) -> FieldKind {
    FieldKind::Text {
        content: String::new(),
        required,
        font_size: 10,
        formula: String::new(),
    }
}
