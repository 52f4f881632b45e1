//! The text of a page as runs: pieces on one line in one size.

use crate::pdfium::{Letter, TextPage};
use paraph_domain::geometry::{PageGeometry, Rect, UserRect};
use paraph_pdf::TextRun;

/// Letters further apart than this many font sizes belong to different runs.
const LARGEST_GAP: f64 = 1.5;
/// Baselines closer than this many font sizes are one line.
const SAME_LINE: f64 = 0.15;

pub fn runs(page: &TextPage, geometry: &PageGeometry) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    let mut open = false;
    for letter in page.letters() {
        if matches!(letter.character, '\r' | '\n') {
            open = false;
            continue;
        }
        if letter.generated {
            // A gap that pdfium found; its place says nothing.
            if let Some(run) = runs.last_mut().filter(|_| open) {
                run.text.push(letter.character);
            }
            continue;
        }
        let place = Place::of(&letter, geometry);
        match runs.last_mut().filter(|run| open && place.continues(run)) {
            Some(run) => {
                run.text.push(letter.character);
                run.rect = around(run.rect, place.cell);
            }
            None => runs.push(TextRun {
                text: letter.character.to_string(),
                rect: place.cell,
                baseline: place.baseline,
                font_size: place.font_size,
            }),
        }
        open = true;
    }
    for run in &mut runs {
        run.text.truncate(run.text.trim_end().len());
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

/// Where a letter is shown.
struct Place {
    cell: Rect,
    baseline: f64,
    font_size: f64,
}

impl Place {
    fn of(letter: &Letter, geometry: &PageGeometry) -> Self {
        let [llx, lly, urx, ury] = letter.cell;
        let (x, y) = letter.origin;
        let origin = UserRect {
            llx: x,
            lly: y,
            urx: x,
            ury: y,
        };
        Self {
            cell: geometry.to_displayed(UserRect { llx, lly, urx, ury }),
            baseline: geometry.to_displayed(origin).y,
            font_size: letter.font_size * geometry.user_unit,
        }
    }

    fn continues(&self, run: &TextRun) -> bool {
        let size = run.font_size;
        let gap = self.cell.x - (run.rect.x + run.rect.w);
        (self.baseline - run.baseline).abs() <= SAME_LINE * size
            && (self.font_size - size).abs() <= 0.05 * size
            && gap <= LARGEST_GAP * size
            && gap >= -size
    }
}

fn around(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    let right = (a.x + a.w).max(b.x + b.w);
    let bottom = (a.y + a.h).max(b.y + b.h);
    Rect {
        x,
        y,
        w: right - x,
        h: bottom - y,
    }
}
