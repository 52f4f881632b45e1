//! The letters of a page.

use super::Page;
use pdfium_render::prelude::{FPDF_TEXTPAGE, FS_MATRIX, FS_RECTF};
use std::os::raw::c_int;

/// Further letters of a page are not read: no page that somebody reads has as many, and the
/// answer must fit a frame.
const MOST_LETTERS: c_int = 300_000;

/// The letters of a page.
pub struct TextPage<'page> {
    pub(super) page: &'page Page,
    pub(super) handle: FPDF_TEXTPAGE,
}

/// A letter in user space.
pub struct Letter {
    pub character: char,
    /// Put in by pdfium for a gap or a line's end.
    pub generated: bool,
    pub origin: (f64, f64),
    /// Left, bottom, right, top of the letter's cell; of use for text that is not turned.
    pub cell: [f64; 4],
    /// Left, bottom, right, top of what is painted.
    pub ink: [f64; 4],
    /// Which way the line runs. Never null, of any length.
    pub direction: (f64, f64),
    /// The height of the font after the text's own scaling, in user-space units.
    pub font_size: f64,
}

impl TextPage<'_> {
    /// In the order of the page's content, right-to-left words as they are read.
    pub fn letters(&self) -> impl Iterator<Item = Letter> + '_ {
        // Safety: the handle is live.
        let count = unsafe { self.page.library.FPDFText_CountChars(self.handle) };
        (0..count.clamp(0, MOST_LETTERS)).filter_map(|index| self.letter(index))
    }

    fn letter(&self, index: c_int) -> Option<Letter> {
        let library = self.page.library;
        let (mut x, mut y) = (0.0, 0.0);
        let mut cell = FS_RECTF {
            left: 0.0,
            top: 0.0,
            right: 0.0,
            bottom: 0.0,
        };
        let [mut left, mut right, mut bottom, mut top] = [0.0; 4];
        let mut matrix = FS_MATRIX {
            a: 1.0,
            b: 0.0,
            c: 0.0,
            d: 1.0,
            e: 0.0,
            f: 0.0,
        };
        let character = self.character(index)?;
        // Safety: the handle is live, the index within its count, and what is written to
        // outlives the calls.
        unsafe {
            let generated = library.FPDFText_IsGenerated(self.handle, index) == 1;
            library.FPDFText_GetCharOrigin(self.handle, index, &raw mut x, &raw mut y);
            library.FPDFText_GetLooseCharBox(self.handle, index, &raw mut cell);
            library.FPDFText_GetCharBox(
                self.handle,
                index,
                &raw mut left,
                &raw mut right,
                &raw mut bottom,
                &raw mut top,
            );
            library.FPDFText_GetMatrix(self.handle, index, &raw mut matrix);
            let stretch = f64::from(matrix.c).hypot(f64::from(matrix.d));
            let font_size = library.FPDFText_GetFontSize(self.handle, index) * stretch;
            let direction = (f64::from(matrix.a), f64::from(matrix.b));
            Some(Letter {
                character,
                generated,
                origin: (x, y),
                cell: [cell.left, cell.bottom, cell.right, cell.top].map(f64::from),
                ink: [left, bottom, right, top],
                direction: if direction == (0.0, 0.0) {
                    (1.0, 0.0)
                } else {
                    direction
                },
                font_size,
            })
        }
    }

    /// `None` for what is no letter of its own: the second half of a surrogate pair, codes without
    /// meaning.
    fn character(&self, index: c_int) -> Option<char> {
        // Safety: the handle is live; pdfium checks the index.
        let (unit, next, is_hyphen) = unsafe {
            let library = self.page.library;
            (
                library.FPDFText_GetUnicode(self.handle, index),
                library.FPDFText_GetUnicode(self.handle, index.saturating_add(1)),
                library.FPDFText_IsHyphen(self.handle, index) == 1,
            )
        };
        // pdfium marks the hyphen at which a word was broken with a code of its own (2).
        if is_hyphen {
            return Some('-');
        }
        let character = match (unit, next) {
            (high @ 0xD800..=0xDBFF, low @ 0xDC00..=0xDFFF) => {
                char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?
            }
            _ => char::from_u32(unit)?,
        };
        let is_line_end = matches!(character, '\r' | '\n');
        let has_meaning = !character.is_control() && !matches!(unit, 0xFFFE | 0xFFFF);
        (is_line_end || has_meaning || character == '\t').then_some(character)
    }
}

impl Drop for TextPage<'_> {
    fn drop(&mut self) {
        // Safety: nobody uses the handle after this.
        unsafe { self.page.library.FPDFText_ClosePage(self.handle) };
    }
}
