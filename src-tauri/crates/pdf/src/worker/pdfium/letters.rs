//! The letters of a page.

use super::Page;
use pdfium_render::prelude::{FPDF_TEXTPAGE, FS_MATRIX, FS_RECTF};
use std::os::raw::c_int;

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
    /// Left, bottom, right, top of the letter's cell.
    pub cell: [f64; 4],
    /// The height of the font after the text's own scaling, in user-space units.
    pub font_size: f64,
}

impl TextPage<'_> {
    pub fn letters(&self) -> impl Iterator<Item = Letter> + '_ {
        // Safety: the handle is live.
        let count = unsafe { self.page.library.FPDFText_CountChars(self.handle) };
        (0..count.max(0)).filter_map(|index| self.letter(index))
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
        let mut matrix = FS_MATRIX {
            a: 1.0,
            b: 0.0,
            c: 0.0,
            d: 1.0,
            e: 0.0,
            f: 0.0,
        };
        // Safety: the handle is live, the index within its count, and what is written to
        // outlives the calls.
        unsafe {
            let character = char::from_u32(library.FPDFText_GetUnicode(self.handle, index))?;
            let generated = library.FPDFText_IsGenerated(self.handle, index) == 1;
            library.FPDFText_GetCharOrigin(self.handle, index, &raw mut x, &raw mut y);
            library.FPDFText_GetLooseCharBox(self.handle, index, &raw mut cell);
            library.FPDFText_GetMatrix(self.handle, index, &raw mut matrix);
            let stretch = f64::from(matrix.c).hypot(f64::from(matrix.d));
            let font_size = library.FPDFText_GetFontSize(self.handle, index) * stretch;
            let cell = [cell.left, cell.bottom, cell.right, cell.top].map(f64::from);
            Some(Letter {
                character,
                generated,
                origin: (x, y),
                cell,
                font_size,
            })
        }
    }
}

impl Drop for TextPage<'_> {
    fn drop(&mut self) {
        // Safety: nobody uses the handle after this.
        unsafe { self.page.library.FPDFText_ClosePage(self.handle) };
    }
}
