//! What is known of a page when places for fields are looked for.

use crate::geometry::{Rect, Size};
use crate::ids::PageId;

/// Everything in displayed space, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct PageContent {
    pub page: PageId,
    pub size: Size,
    /// In reading order.
    pub runs: Vec<Run>,
    pub shapes: Vec<Shape>,
    pub form_fields: Vec<FormField>,
}

/// A piece of text on one line in one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub text: String,
    pub rect: Rect,
    pub font_size: f64,
    /// Which way the line runs: degrees clockwise, 0 to 360.
    pub angle: f64,
    /// The upper left corner, as the reader of the line sees it.
    pub corner: (f64, f64),
    /// From where to where each character reaches, along the line from the corner.
    pub spans: Vec<[f32; 2]>,
}

/// Something straight that is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    pub kind: ShapeKind,
    pub rect: Rect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeKind {
    HorizontalRule,
    VerticalRule,
    Box,
    /// A box as small and square as those that are ticked.
    Checkbox,
    /// Dots or low lines set as text.
    Leader,
}

/// A form field for a signature that nobody has signed.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    pub name: String,
    pub rect: Rect,
}
