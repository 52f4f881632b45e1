//! What is on a page: its words, what is painted straight, and its form fields.

mod baseline;

pub use baseline::Baseline;

use crate::geometry::{Rect, Size};
use crate::ids::PageId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is known of a page when places for fields are looked for. Everything in displayed space,
/// in points.
#[derive(Debug, Clone, PartialEq)]
pub struct PageContent {
    pub page: PageId,
    pub size: Size,
    /// In reading order.
    pub runs: Arc<Vec<TextRun>>,
    pub shapes: Arc<PageShapes>,
    pub form_fields: Vec<FormField>,
}

/// A form field for a signature that nobody has signed.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    pub name: String,
    pub rect: Rect,
}

/// A piece of text on one line in one size.
///
/// The line may run any way; measured along it, the run is a box as high as its font, with its
/// upper left [`corner`](Self::corner) (as the reader of the line sees it) turned about by
/// [`angle`](Self::angle).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextRun {
    /// In the order in which it is read. A word that is broken at the end of a line has a hyphen
    /// there.
    pub text: String,
    /// Around the run, in displayed space.
    pub rect: Rect,
    /// The y of the baseline in displayed space; of where it begins, if the line is turned.
    pub baseline: f64,
    /// In displayed points.
    pub font_size: f64,
    /// Which way the line runs on the displayed page: degrees clockwise, 0 to 360.
    pub angle: f64,
    /// In displayed space.
    pub corner: (f64, f64),
    /// From where to where each character of the text reaches, along the line from the corner, in
    /// displayed points. Right-to-left letters come in the order in which they are read.
    pub spans: Vec<[f32; 2]>,
}

impl TextRun {
    /// Around some of its characters (counted from 0), in displayed space.
    pub fn rect_of(&self, characters: std::ops::Range<usize>) -> Rect {
        let spans = self.spans.get(characters).unwrap_or_default();
        let from = spans.iter().map(|span| span[0]).fold(f32::MAX, f32::min);
        let to = spans.iter().map(|span| span[1]).fold(from, f32::max);
        let (from, to) = if spans.is_empty() {
            (0.0, 0.0)
        } else {
            (from, to)
        };
        let (sin, cos) = self.angle.to_radians().sin_cos();
        let at = |along: f32, below: f64| {
            let along = f64::from(along);
            let (x, y) = self.corner;
            (x + along * cos - below * sin, y + along * sin + below * cos)
        };
        let height = self.font_size;
        let corners = [at(from, 0.0), at(to, 0.0), at(from, height), at(to, height)];
        let (xs, ys) = (
            corners.map(|corner| corner.0),
            corners.map(|corner| corner.1),
        );
        let least = |values: [f64; 4]| values.into_iter().fold(f64::MAX, f64::min);
        let most = |values: [f64; 4]| values.into_iter().fold(f64::MIN, f64::max);
        Rect {
            x: least(xs),
            y: least(ys),
            w: most(xs) - least(xs),
            h: most(ys) - least(ys),
        }
    }
}

/// The rules, boxes and leaders of a page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PageShapes {
    /// Rules and boxes from top to bottom, then leaders.
    pub shapes: Vec<Shape>,
    /// Whether that is all; a page may have more than is looked at.
    pub complete: bool,
}

/// Something straight that is painted on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub kind: ShapeKind,
    /// In displayed space: what a rule or a leader covers; a box's outline in the middle of its
    /// line.
    pub rect: Rect,
    /// Of the line, in displayed points; 0 for a box that is filled and has no line, and for the
    /// thinnest line there is.
    pub thickness: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ShapeKind {
    HorizontalRule,
    VerticalRule,
    Box,
    /// A box as small and square as those that are ticked.
    Checkbox,
    /// Dots or low lines set as text.
    Leader,
}
