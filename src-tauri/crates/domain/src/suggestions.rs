//! Places for fields that a page itself asks for: rules, boxes and blank room beside words that
//! say what belongs there. They are proposals; nothing is part of a draft until somebody takes it.

mod page;

pub use page::{FormField, PageContent, Run, Shape, ShapeKind};

use crate::capabilities::Capabilities;
use crate::draft::{Field, FieldKind, Recipient};
use crate::geometry::{Rect, Size};
use crate::ids::{PageId, RecipientId};
use serde::{Deserialize, Serialize};

/// A place for a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    pub page: PageId,
    /// Displayed space, points.
    pub rect: Rect,
    pub kind: FieldKind,
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
pub fn of_page(
    _content: &PageContent,
    _recipients: &[Recipient],
    _limits: &Limits,
) -> Vec<Suggestion> {
    Vec::new()
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
    const PART: f64 = 0.2;
    let (a, b) = (field.rect, suggestion.rect);
    let w = (a.x + a.w).min(b.x + b.w) - a.x.max(b.x);
    let h = (a.y + a.h).min(b.y + b.h) - a.y.max(b.y);
    w > 0.0 && h > 0.0 && w * h >= PART * (a.w * a.h).min(b.w * b.h)
}
