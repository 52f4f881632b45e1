//! What is known of a document and its pages.

use crate::Encryption;
use paraph_domain::geometry::PageGeometry;
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
