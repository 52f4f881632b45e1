//! Draws a part of a page.

use crate::connection::Cancelled;
use crate::encode;
use crate::pdfium::{Library, Page};
use paraph_pdf::{ImageFormat, MAX_TILE_PIXELS, PdfError, PixelRect};
use pdfium_render::prelude::{FPDF_BITMAP, IFSDK_PAUSE};
use std::os::raw::{c_int, c_void};

/// fpdfview.h: draw annotations, and write red first.
const ANNOTATIONS: c_int = 0x01;
const RED_FIRST: c_int = 0x10;
/// fpdfview.h: FPDFBitmap_BGRx, four bytes a pixel.
const FOUR_BYTES: c_int = 3;
/// fpdf_progressive.h: the render was paused, the render is complete.
const TO_BE_CONTINUED: c_int = 1;
const DONE: c_int = 2;
const WHITE: u32 = 0xFFFF_FFFF;

/// An encoded picture.
pub struct Picture {
    pub bytes: Vec<u8>,
    pub format: ImageFormat,
    pub width: u32,
    pub height: u32,
}

/// What a tile covers: the whole page's picture in pixels, and the part of it.
#[derive(Debug, PartialEq)]
pub struct Area {
    page_width: c_int,
    page_height: c_int,
    part: PixelRect,
}

impl Area {
    /// Of a page of `size` (displayed, in any unit), whose whole picture has `width` x `height`
    /// pixels; without a height, the one that keeps the page's shape.
    ///
    /// Errors: `BadTileSize` when the picture would be empty, too large, or not on the page.
    pub fn new(
        size: (f64, f64),
        width: u32,
        height: Option<u32>,
        region: Option<PixelRect>,
    ) -> Result<Self, PdfError> {
        let width = f64::from(width);
        let height = height.map_or_else(|| (width * size.1 / size.0).round().max(1.0), f64::from);
        let bad = |width: f64, height: f64| PdfError::BadTileSize {
            width: width as u64,
            height: height as u64,
        };
        // Positions within the page must fit pdfium's integers.
        let limit = f64::from(i32::MAX / 4);
        let usable = |pixels: f64| (1.0..=limit).contains(&pixels);
        if !usable(width) || !usable(height) {
            return Err(bad(width, height));
        }
        let part = region.unwrap_or(PixelRect {
            x: 0,
            y: 0,
            width: width as u32,
            height: height as u32,
        });
        let count = u64::from(part.width) * u64::from(part.height);
        let on_page = u64::from(part.x) + u64::from(part.width) <= width as u64
            && u64::from(part.y) + u64::from(part.height) <= height as u64;
        if count == 0 || count > MAX_TILE_PIXELS || !on_page {
            return Err(bad(f64::from(part.width), f64::from(part.height)));
        }
        Ok(Self {
            page_width: width as c_int,
            page_height: height as c_int,
            part,
        })
    }
}

/// Draws `area` of `page`; stops between two pieces of content once `job` is cancelled. `exact` is
/// without any loss.
pub fn draw(
    page: &Page,
    area: &Area,
    exact: bool,
    job: u64,
    cancelled: &Cancelled,
) -> Result<Picture, PdfError> {
    let PixelRect { width, height, .. } = area.part;
    let mut bitmap = Bitmap::new(page.library, width, height)?;
    bitmap.draw(page, area, &mut Watch { job, cancelled })?;
    let (format, bytes) = encode::encode(&bitmap.pixels, width, height, exact)?;
    Ok(Picture {
        bytes,
        format,
        width,
        height,
    })
}

/// Draws `area` of `page`: red, green and blue of each pixel.
pub fn look(
    page: &Page,
    area: &Area,
    job: u64,
    cancelled: &Cancelled,
) -> Result<Vec<u8>, PdfError> {
    let mut bitmap = Bitmap::new(page.library, area.part.width, area.part.height)?;
    bitmap.draw(page, area, &mut Watch { job, cancelled })?;
    Ok(encode::rgb(&bitmap.pixels))
}

struct Watch<'a> {
    job: u64,
    cancelled: &'a Cancelled,
}

impl Watch<'_> {
    fn check(&self) -> Result<(), PdfError> {
        if self.cancelled.covers(self.job) {
            Err(PdfError::Cancelled)
        } else {
            Ok(())
        }
    }
}

/// A bitmap whose pixels (red, green, blue, unused) are ours.
struct Bitmap {
    library: Library,
    handle: FPDF_BITMAP,
    pixels: Vec<u8>,
}

impl Bitmap {
    fn new(library: Library, width: u32, height: u32) -> Result<Self, PdfError> {
        let bad = PdfError::BadTileSize {
            width: width.into(),
            height: height.into(),
        };
        let (Ok(columns), Ok(rows)) = (c_int::try_from(width), c_int::try_from(height)) else {
            return Err(bad);
        };
        let mut pixels = vec![0xFF; width as usize * height as usize * 4];
        let first = pixels.as_mut_ptr().cast::<c_void>();
        // Safety: `pixels` has `rows` rows of `columns * 4` bytes, never changes its place and
        // lives as long as the bitmap.
        let handle = unsafe {
            library.FPDFBitmap_CreateEx(columns, rows, FOUR_BYTES, first, columns.saturating_mul(4))
        };
        if handle.is_null() {
            return Err(bad);
        }
        // Safety: the handle is live.
        unsafe { library.FPDFBitmap_FillRect(handle, 0, 0, columns, rows, WHITE.into()) };
        Ok(Self {
            library,
            handle,
            pixels,
        })
    }

    fn draw(&mut self, page: &Page, area: &Area, watch: &mut Watch) -> Result<(), PdfError> {
        watch.check()?;
        let (left, top) = (-(area.part.x as c_int), -(area.part.y as c_int));
        let (width, height) = (area.page_width, area.page_height);
        let flags = ANNOTATIONS | RED_FIRST;
        let mut pause = IFSDK_PAUSE {
            version: 1,
            NeedToPauseNow: Some(is_cancelled),
            user: std::ptr::from_mut(watch).cast(),
        };
        // Safety: the handles are live, and `pause` and `watch` outlive the render, which is
        // closed before they go.
        let status = unsafe {
            let status = self.library.FPDF_RenderPageBitmap_Start(
                self.handle,
                page.handle,
                left,
                top,
                width,
                height,
                0,
                flags,
                &raw mut pause,
            );
            self.library.FPDF_RenderPage_Close(page.handle);
            status
        };
        match status {
            DONE => {}
            TO_BE_CONTINUED => return Err(PdfError::Cancelled),
            _ => {
                return Err(PdfError::Damaged {
                    detail: "a page's content".to_owned(),
                });
            }
        }
        watch.check()?;
        if let Some(form) = page.form {
            // Safety: the handles are live.
            unsafe {
                self.library.FPDF_FFLDraw(
                    form,
                    self.handle,
                    page.handle,
                    left,
                    top,
                    width,
                    height,
                    0,
                    flags,
                );
            }
            watch.check()?;
        }
        Ok(())
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        // Safety: nobody uses the bitmap after this; the pixels go after it.
        unsafe { self.library.FPDFBitmap_Destroy(self.handle) };
    }
}

/// pdfium asks between pieces of content whether to pause; a paused render is given up.
///
/// Safety: called by pdfium during [`Bitmap::draw`] with its `pause`.
unsafe extern "C" fn is_cancelled(pause: *mut IFSDK_PAUSE) -> c_int {
    // Safety: as stated above; `user` is the `Watch` of that call.
    let watch = unsafe {
        pause
            .as_ref()
            .and_then(|pause| pause.user.cast::<Watch>().as_ref())
    };
    c_int::from(watch.is_some_and(|watch| watch.check().is_err()))
}
