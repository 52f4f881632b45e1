//! What is on a page, and where.

use paraph_domain::geometry::Rect;
use paraph_domain::ids::PageId;
use paraph_domain::suggestions::Suggestion;
use serde::Serialize;

/// The text of a page in reading order. Lengths are points of the displayed page.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageText {
    pub runs: Vec<PageRun>,
}

/// A piece of text on one line: a box as high as its font, turned about its upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageRun {
    pub text: String,
    /// The corner.
    pub x: f64,
    pub y: f64,
    /// Degrees clockwise.
    pub angle: f64,
    /// The font's.
    pub size: f64,
    /// Of a run that lies straight: where its letters stand, from the top of the page.
    pub baseline: f64,
    /// From where to where each character (code point) reaches, along the line from the corner.
    pub spans: Vec<[f32; 2]>,
}

/// Rules, boxes and leaders of a page, in points of the displayed page.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageLines {
    pub shapes: Vec<PageShape>,
    /// Whether that is all; a page may have more than is looked at.
    pub complete: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PageShape {
    pub kind: PageShapeKind,
    /// What a rule or a leader covers; a box's outline in the middle of its line.
    pub rect: Rect,
    /// Of the line; 0 for a box without one.
    pub thickness: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum PageShapeKind {
    HorizontalRule,
    VerticalRule,
    Box,
    Checkbox,
    /// Dots or low lines where something is to be written.
    Leader,
}

/// What one look at some pages found; the next one begins at `next`.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct SearchHits {
    /// Every page that was looked at, in the draft's order.
    pub pages: Vec<SearchedPage>,
    pub next: Option<PageId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchedPage {
    pub page: PageId,
    /// In reading order; each is a rectangle a line, in points of the displayed page.
    pub hits: Vec<Vec<Rect>>,
    /// False for scans, and for pages whose text cannot be read.
    pub has_text: bool,
}

/// What one look at some pages found; the next one begins at `next`.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct SuggestedFields {
    /// Every page that was looked at, in the draft's order.
    pub pages: Vec<SuggestedOnPage>,
    pub next: Option<PageId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct SuggestedOnPage {
    pub page: PageId,
    /// In reading order, without those where a field of the draft stands.
    pub suggestions: Vec<Suggestion>,
}
