//! Pages made straight, and the proof that nobody sees a difference.

use crate::client::{Document, unexpected};
use crate::protocol::{Answer, Work};
use crate::{PdfError, Priority};
use bytes::Bytes;
use paraph_domain::geometry::Size;

/// The longer side of the pictures that are compared, in pixels: an A4 page at about 70 dpi, where
/// a line of small print still is several hundred pixels.
const LONGER_SIDE: f64 = 800.0;
/// The most pixels for a point: nothing more is seen on the smallest pages.
const LARGEST_SCALE: f64 = 2.0;
/// How far red, green or blue may be apart (of 255) where edges are blended with what is beside
/// them.
const APART: u8 = 48;
/// How many pixels may be further apart: a thousandth of them, and a few on the smallest pages.
const SHARE: usize = 1000;
const FEW: usize = 8;

impl Document {
    /// A copy that looks the same and of which every page is upright, has its origin at zero and
    /// a user unit of 1, so that every provider agrees about where things are. Each page that was
    /// written anew was drawn and compared with the original.
    ///
    /// Errors: `AlreadySigned`, `Damaged`, `LooksDifferent`, and those of drawing a page.
    pub async fn straighten(&self) -> Result<Vec<u8>, PdfError> {
        let copy = Bytes::from(self.rewritten(Work::Straighten).await?);
        let straight = self.pdf().open_bytes(copy.clone(), None).await?;
        for (page, geometry) in (0..).zip(&self.info().pages) {
            if geometry.is_straight() {
                continue;
            }
            let size = picture_size(geometry.displayed_size());
            // One after the other, so that a worker stays free for what somebody waits for.
            let before = self.look(page, size).await;
            let after = straight.look(page, size).await;
            match (before, after) {
                (Ok(before), Ok(after)) if look_alike(&before, &after, size) => {}
                (Err(error), _) | (Ok(_), Err(error)) if !is_of_the_page(&error) => {
                    return Err(error);
                }
                // What cannot be drawn looked like nothing before, too.
                (Err(_), Err(_)) => {}
                _ => return Err(PdfError::LooksDifferent { page }),
            }
        }
        drop(straight);
        Ok(copy.into())
    }

    /// Red, green and blue of a page in so many pixels.
    async fn look(&self, page: u32, (width, height): (u32, u32)) -> Result<Bytes, PdfError> {
        let work = Work::Look {
            page,
            width,
            height,
        };
        match self.ask(work, Priority::Other).await? {
            (Answer::Look, pixels) => Ok(pixels),
            (answer, _) => Err(unexpected(&answer)),
        }
    }
}

/// Whether the page itself cannot be drawn, and not only this time.
fn is_of_the_page(error: &PdfError) -> bool {
    matches!(
        error,
        PdfError::Damaged { .. } | PdfError::NoSuchPage { .. } | PdfError::BadTileSize { .. }
    )
}

fn picture_size(page: Size) -> (u32, u32) {
    let scale = (LONGER_SIDE / page.w.max(page.h)).min(LARGEST_SCALE);
    let pixels = |points: f64| (points * scale).round().max(1.0) as u32;
    (pixels(page.w), pixels(page.h))
}

/// Whether two pictures of a page show the same. What is scaled down to so few pixels may come to
/// lie a pixel beside where it was: each pixel may look like any that touched it.
fn look_alike(before: &[u8], after: &[u8], (width, height): (u32, u32)) -> bool {
    let ((before, []), (after, [])) = (before.as_chunks::<3>(), after.as_chunks::<3>()) else {
        return false;
    };
    let (width, height) = (width as usize, height as usize);
    if before.len() != width * height || after.len() != before.len() {
        return false;
    }
    let alone = |these: &[[u8; 3]], those: &[[u8; 3]]| {
        let pixels = these.iter().zip(those).enumerate();
        // Most are the same in their place.
        let suspects = pixels.filter(|(_, (a, b))| !is_close(**a, **b));
        suspects
            .filter(|(place, (pixel, _))| !is_beside(**pixel, *place, those, width))
            .count()
    };
    let most = before.len() / SHARE + FEW;
    alone(before, after) <= most && alone(after, before) <= most
}

fn is_close(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= APART)
}

/// Whether a pixel that touches `place` looks like `pixel`.
fn is_beside(pixel: [u8; 3], place: usize, picture: &[[u8; 3]], width: usize) -> bool {
    let column = place % width;
    let columns = column.saturating_sub(1)..(column + 2).min(width);
    let row = place - column;
    let rows = [row.checked_sub(width), Some(row), row.checked_add(width)];
    rows.into_iter().flatten().any(|row| {
        let touching = picture.get(row + columns.start..row + columns.end);
        touching.is_some_and(|pixels| pixels.iter().any(|it| is_close(*it, pixel)))
    })
}

#[cfg(test)]
#[path = "straightening_tests.rs"]
mod tests;
