//! The values of a signing act: what is to be drawn where, and the file that waits for its
//! signature. Keys are no part of this crate: the caller signs the bytes of
//! [`PreparedPdf::signed_parts`] and hands the result to [`embed_signature`].

use crate::PdfError;
use paraph_domain::geometry::UserRect;
use serde::{Deserialize, Serialize};

/// One person's signing of one file: an incremental update with one signature value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SigningJob {
    /// The signature field's name (/T); no full stops, not yet used in the file.
    pub field_name: String,
    /// The person's name (/Name of the signature dictionary).
    pub signer: String,
    /// Why it is signed (/Reason).
    pub reason: Option<String>,
    /// The claimed moment of signing, seconds since 1970-01-01T00:00Z (/M).
    pub signed_at: i64,
    /// Bytes kept for the CMS value; twice as many hex digits are written.
    pub placeholder_bytes: usize,
    /// What becomes visible. The first [`MarkKind::Signature`] is the field's widget; further ones
    /// look the same and are read-only fields of their own, because viewers take a second widget
    /// of a signature for a field that is not signed. Without any the signature is invisible.
    pub marks: Vec<Mark>,
}

/// Something that becomes visible on a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mark {
    /// Zero-based page index.
    pub page: u32,
    /// The widget's /Rect exactly, in user space (see
    /// [`paraph_domain::geometry::PageGeometry::to_user`]).
    pub rect: UserRect,
    pub kind: MarkKind,
}

/// What a mark shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum MarkKind {
    /// The signature field's widget, or something that looks like it; see [`SigningJob::marks`].
    Signature(Appearance),
    /// A read-only text field of its own, named after the signature field with `-text-N`.
    Text(TextMark),
}

/// The text of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextMark {
    pub value: String,
    /// The largest size in units of [`Mark::rect`]; what does not fit is made smaller.
    pub size: f32,
    /// Red, green and blue.
    pub color: [u8; 3],
}

/// How a visible signature looks, from top to bottom. What does not fit is made smaller, upright
/// to the reader on rotated pages too.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Appearance {
    /// A framed line on top, e.g. that the signature has no legal value.
    pub banner: Option<String>,
    pub mention_above: Option<String>,
    pub drawing: Drawing,
    /// Small lines below the drawing: the recipient's name, "signed on ...".
    pub lines: Vec<String>,
    pub mention_below: Option<String>,
}

/// The handwritten part of a visible signature.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub enum Drawing {
    #[default]
    None,
    /// Strokes of a pen, each a polyline of points in 0..=1 from the drawing area's top left,
    /// x right, y down. `aspect` is the drawing area's width divided by its height.
    Strokes {
        strokes: Vec<Vec<(f32, f32)>>,
        aspect: f32,
    },
    /// A name written in type.
    Typed(String),
}

/// A PDF that waits for its signature value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedPdf {
    /// The source file's bytes untouched, then the update. /Contents is all zeros.
    pub bytes: Vec<u8>,
    /// Offset and length of the part before /Contents and of the part after it.
    pub byte_range: [u64; 4],
    /// Offset of the first hex digit of /Contents.
    pub contents_offset: u64,
    /// Bytes the signature value may have.
    pub room: usize,
}

impl PreparedPdf {
    /// The two parts of the file that the signature covers, in order.
    pub fn signed_parts(&self) -> (&[u8], &[u8]) {
        let [a, a_len, b, b_len] = self.byte_range;
        (self.part(a, a_len), self.part(b, b_len))
    }

    fn part(&self, start: u64, length: u64) -> &[u8] {
        let end = start.saturating_add(length);
        let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
            return &[];
        };
        self.bytes.get(start..end).unwrap_or_default()
    }
}

/// The signed file: `prepared` with `cms_der` (a CMS SignedData over
/// [`PreparedPdf::signed_parts`]) written into /Contents, padded with zeros.
///
/// Errors: [`PdfError::SignatureTooLong`] when the value does not fit.
pub fn embed_signature(prepared: &PreparedPdf, cms_der: &[u8]) -> Result<Vec<u8>, PdfError> {
    let too_long = PdfError::SignatureTooLong {
        bytes: cms_der.len(),
        room: prepared.room,
    };
    if cms_der.len() > prepared.room {
        return Err(too_long);
    }
    let mut bytes = prepared.bytes.clone();
    let start = usize::try_from(prepared.contents_offset).map_err(|_| too_long.clone())?;
    let digits = cms_der.len().saturating_mul(2);
    let target = bytes
        .get_mut(start..start.saturating_add(digits))
        .ok_or(too_long)?;
    for (pair, byte) in target.chunks_exact_mut(2).zip(cms_der) {
        pair.copy_from_slice(&hex_digits(*byte));
    }
    Ok(bytes)
}

fn hex_digits(byte: u8) -> [u8; 2] {
    let digit = |nibble: u8| {
        if nibble < 10 {
            b'0' + nibble
        } else {
            b'a' + nibble - 10
        }
    };
    [digit(byte >> 4), digit(byte & 15)]
}

/// A form field of a PDF that a person's signing fills, where it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundMark {
    /// The field's full name.
    pub field_name: String,
    /// Zero-based page index.
    pub page: u32,
    /// The widget's rectangle in displayed space.
    pub rect: paraph_domain::geometry::Rect,
    pub kind: FoundKind,
}

/// What kind of field was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FoundKind {
    /// A signature field, signed when it has a value.
    Signature { signed: bool },
    /// A text field with its value.
    Text { value: String },
}
