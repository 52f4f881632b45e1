//! What is known of a document and its pages.

use crate::Encryption;
use paraph_domain::geometry::{PageGeometry, Rect};
use serde::{Deserialize, Serialize};

/// What opening a document tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// Every page's geometry, in order: what [`PageGeometry::displayed_size`] and the conversions
    /// between spaces are computed from. Never empty.
    pub pages: Vec<PageGeometry>,
    /// Zero-based indices of pages of which nothing can be shown, in order. Their geometry is
    /// made up, after a page beside them. At least one page is not among them.
    pub unreadable: Vec<u32>,
    /// Signature values in the file (unsigned signature fields do not count).
    pub signatures: u32,
    /// Whether its author's certification forbids every change, further signatures included
    /// (DocMDP with access permissions of 1).
    pub permits_no_change: bool,
    /// Whether the document has form fields.
    pub has_form: bool,
    /// Whether the form is XFA, of which pdfium shows only the fallback.
    pub has_xfa: bool,
    /// How the file is encrypted, also when no password was needed to open it.
    pub encryption: Option<Encryption>,
    /// The file's size.
    pub bytes: u64,
}

impl DocumentInfo {
    /// Whether the document bears a signature and therefore must not be rewritten.
    pub fn signed_before(&self) -> bool {
        self.signatures > 0
    }

    /// Whether the file is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }

    /// Whether every page is upright with its origin at zero, so that providers agree about it.
    pub fn is_straight(&self) -> bool {
        self.pages.iter().all(PageGeometry::is_straight)
    }
}

/// A picture of a page or of a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// Zero-based page index.
    pub page: u32,
    /// Pixels per displayed point (1.0 is 72 dpi).
    pub scale: f32,
    /// Which part, in pixels of the whole page's picture at this scale; `None` is all of it.
    pub region: Option<PixelRect>,
}

/// A page's picture by its width, or a part of it; unlike a [`Tile`] it can be asked for before the
/// document was inspected, because the height follows from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PagePicture {
    /// Zero-based page index.
    pub page: u32,
    /// Pixels of the whole page's picture; its height is rounded to whole pixels.
    pub width: u32,
    /// Which part, in pixels of the whole page's picture; `None` is all of it.
    pub region: Option<PixelRect>,
}

/// A part of a page's picture, in pixels from its top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PixelRect {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// An encoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub bytes: bytes::Bytes,
    pub format: ImageFormat,
    pub width: u32,
    pub height: u32,
}

/// How a picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageFormat {
    /// Exact: 8-bit gray when every pixel is gray, else 8-bit RGB.
    Png,
    /// What looks like a photo or a scan all over, which as a PNG would be several times larger.
    Jpeg,
}

impl ImageFormat {
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
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

/// Which job goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    /// Everything nobody looks at while it is done.
    Other,
    Thumbnail,
    /// A tile near what is visible.
    Prefetch,
    /// A tile that is visible now.
    Visible,
}
