//! A page. The module above says what makes its `unsafe` safe.

use super::{Library, TextPage};
use pdfium_render::prelude::{FPDF_FORMHANDLE, FPDF_PAGE, FS_RECTF};

/// Beyond every page's boxes, in user-space units.
const EVERYWHERE: f32 = 1e9;

/// A page whose content was read.
pub struct Page {
    pub library: Library,
    pub handle: FPDF_PAGE,
    pub form: Option<FPDF_FORMHANDLE>,
}

impl Page {
    /// The visible box in user space: left, bottom, right, top.
    pub fn visible_box(&self) -> Option<[f64; 4]> {
        let mut rect = FS_RECTF {
            left: 0.0,
            top: 0.0,
            right: 0.0,
            bottom: 0.0,
        };
        // Safety: the handle is live and `rect` outlives the call.
        let known = unsafe {
            self.library
                .FPDF_GetPageBoundingBox(self.handle, &raw mut rect)
        };
        (known != 0).then(|| [rect.left, rect.bottom, rect.right, rect.top].map(f64::from))
    }

    /// A crop box that has no area in common with the media box leaves nothing to show. Other
    /// readers then show the media box; so does pdfium once the page, in memory, has that as its
    /// crop box.
    pub(super) fn ignore_crop_box_elsewhere(&self) {
        let is_empty = |[left, bottom, right, top]: [f64; 4]| left >= right || bottom >= top;
        if !self.visible_box().is_some_and(is_empty) {
            return;
        }
        // pdfium cuts it to the media box.
        // Safety: the handle is live.
        unsafe {
            self.library.FPDFPage_SetCropBox(
                self.handle,
                -EVERYWHERE,
                -EVERYWHERE,
                EVERYWHERE,
                EVERYWHERE,
            );
        }
    }

    /// Quarter turns clockwise.
    pub fn quarter_turns(&self) -> i64 {
        // Safety: the handle is live.
        i64::from(unsafe { self.library.FPDFPage_GetRotation(self.handle) })
    }

    pub fn text(&self) -> Option<TextPage<'_>> {
        // Safety: the handle is live.
        let handle = unsafe { self.library.FPDFText_LoadPage(self.handle) };
        (!handle.is_null()).then_some(TextPage { page: self, handle })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // Safety: nobody uses the page after this.
        unsafe {
            if let Some(form) = self.form {
                self.library.FORM_OnBeforeClosePage(self.handle, form);
            }
            self.library.FPDF_ClosePage(self.handle);
        }
    }
}
