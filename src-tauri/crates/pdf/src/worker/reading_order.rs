//! The order in which a reader meets the runs of a page: line after line from the top, column
//! after column where the page has columns of prose.
//!
//! The page is cut in two (at a gutter between columns, else at the widest gap between lines)
//! until a part has no columns any more. Tables stay rows: their columns are too narrow for prose.

use paraph_pdf::TextRun;

/// Pages with more runs are left in the order of their content.
const MOST_RUNS: usize = 10_000;
const DEEPEST: u32 = 16;
/// Fewer lines are not a column.
const FEWEST_LINES: usize = 3;
/// A column of prose is at least this many font sizes wide, and its lines fill it by this much.
const NARROWEST: f64 = 12.0;
const LEAST_FILLED: f64 = 0.5;

pub fn arrange(runs: Vec<TextRun>) -> Vec<TextRun> {
    if runs.len() > MOST_RUNS {
        return runs;
    }
    let mut ordered = Vec::with_capacity(runs.len());
    let (level, mut turned): (Vec<_>, Vec<_>) = runs.into_iter().partition(|run| run.angle == 0.0);
    cut(level, 0, &mut ordered);
    // Stamps in the margin and the like: line after line as they stand when the page is turned.
    turned.sort_by(|a, b| {
        let (a, b) = (in_its_own_frame(a), in_its_own_frame(b));
        a.0.total_cmp(&b.0)
            .then(a.1.total_cmp(&b.1))
            .then(a.2.total_cmp(&b.2))
    });
    ordered.extend(turned);
    ordered
}

/// The run's angle, its line's place (in steps of half its height), and its place on the line.
fn in_its_own_frame(run: &TextRun) -> (f64, f64, f64) {
    let (sin, cos) = run.angle.to_radians().sin_cos();
    let (x, y) = run.corner;
    let line = (y * cos - x * sin) / (0.5 * run.font_size).max(0.5);
    (run.angle, line.round(), x * cos + y * sin)
}

fn cut(mut runs: Vec<TextRun>, depth: u32, ordered: &mut Vec<TextRun>) {
    if depth < DEEPEST && runs.len() >= 2 * FEWEST_LINES {
        if let Some(x) = gutter(&mut runs) {
            let (left, right) = runs.into_iter().partition(|run| run.rect.x < x);
            cut(left, depth + 1, ordered);
            cut(right, depth + 1, ordered);
            return;
        }
        if let Some(y) = widest_gap(&mut runs) {
            let (above, below) = runs.into_iter().partition(|run| run.rect.y < y);
            cut(above, depth + 1, ordered);
            cut(below, depth + 1, ordered);
            return;
        }
    }
    lines(runs, ordered);
}

/// Where the right one of two columns begins.
fn gutter(runs: &mut [TextRun]) -> Option<f64> {
    runs.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    let mut reached = f64::MIN;
    let mut best: Option<(f64, f64)> = None;
    for (place, run) in runs.iter().enumerate() {
        let gap = run.rect.x - reached;
        if place > 0 && gap >= run.font_size && best.is_none_or(|(widest, _)| gap > widest) {
            let (left, right) = runs.split_at(place);
            if is_prose(left) && is_prose(right) && stand_side_by_side(left, right) {
                best = Some((gap, run.rect.x));
            }
        }
        reached = reached.max(run.rect.x + run.rect.w);
    }
    best.map(|(_, x)| x)
}

fn is_prose(runs: &[TextRun]) -> bool {
    let mut baselines: Vec<f64> = runs.iter().map(|run| run.baseline).collect();
    baselines.sort_by(f64::total_cmp);
    baselines.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let left = runs.iter().map(|run| run.rect.x).fold(f64::MAX, f64::min);
    let right = runs.iter().map(|run| run.rect.x + run.rect.w);
    let width = right.fold(f64::MIN, f64::max) - left;
    let filled: f64 = runs.iter().map(|run| run.rect.w).sum();
    let size = runs.iter().map(|run| run.font_size).sum::<f64>() / runs.len() as f64;
    baselines.len() >= FEWEST_LINES
        && width >= NARROWEST * size
        && filled / baselines.len() as f64 >= LEAST_FILLED * width
}

fn stand_side_by_side(left: &[TextRun], right: &[TextRun]) -> bool {
    let extent = |runs: &[TextRun]| {
        let top = runs.iter().map(|run| run.rect.y).fold(f64::MAX, f64::min);
        let bottom = runs.iter().map(|run| run.rect.y + run.rect.h);
        (top, bottom.fold(f64::MIN, f64::max))
    };
    let (a, b) = (extent(left), extent(right));
    let shared = a.1.min(b.1) - a.0.max(b.0);
    // A last column may be short; what is much shorter belongs to something else on the page.
    shared >= 0.4 * (a.1 - a.0).max(b.1 - b.0)
}

/// Where the part below the widest gap between lines begins.
fn widest_gap(runs: &mut [TextRun]) -> Option<f64> {
    runs.sort_by(|a, b| a.rect.y.total_cmp(&b.rect.y));
    let mut reached = f64::MAX;
    let mut best: Option<(f64, f64)> = None;
    for run in runs.iter() {
        let gap = run.rect.y - reached;
        if gap > 0.0 && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, run.rect.y));
        }
        reached = if reached == f64::MAX {
            run.rect.y + run.rect.h
        } else {
            reached.max(run.rect.y + run.rect.h)
        };
    }
    best.map(|(_, y)| y)
}

fn lines(mut runs: Vec<TextRun>, ordered: &mut Vec<TextRun>) {
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut line: Vec<TextRun> = Vec::new();
    for run in runs {
        let is_next = line.first().is_some_and(|first| {
            let size = first.font_size.max(run.font_size);
            (run.baseline - first.baseline).abs() > 0.4 * size
        });
        if is_next {
            one_line(&mut line, ordered);
        }
        line.push(run);
    }
    one_line(&mut line, ordered);
}

fn one_line(line: &mut Vec<TextRun>, ordered: &mut Vec<TextRun>) {
    line.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    let letters = || line.iter().flat_map(|run| run.text.chars());
    let leftward = letters().filter(|it| runs_leftward(*it)).count();
    if 2 * leftward > letters().filter(|it| it.is_alphabetic()).count() {
        line.reverse();
    }
    ordered.append(line);
}

/// Hebrew, Arabic and their neighbours (Unicode's blocks of right-to-left scripts).
pub fn runs_leftward(character: char) -> bool {
    matches!(
        u32::from(character),
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
    )
}
