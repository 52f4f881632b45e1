//! The order in which a reader meets the runs of a page: line after line from the top, column
//! after column where the page has columns of prose.
//!
//! Runs that run about the same way are read together, as they stand when the page is turned until
//! they are level: a scan lies askew, each of its lines a little differently. What is level is cut
//! in two (at a gutter between columns, else at the widest gap between lines) until a part has no
//! columns any more. Tables stay rows: their columns are too narrow for prose.

use paraph_pdf::{Baseline, TextRun};
use std::collections::{BTreeMap, BTreeSet};

/// Pages with more runs are left in the order of their content.
const MOST_RUNS: usize = 10_000;
const DEEPEST: u32 = 16;
/// Fewer lines are not a column.
const FEWEST_LINES: usize = 3;
/// A column of prose is at least this many font sizes wide, and its lines fill it by this much.
const NARROWEST: f64 = 12.0;
const LEAST_FILLED: f64 = 0.5;
/// Nothing reaches into a gutter, and it is at least this many font sizes wide.
const NARROWEST_GUTTER: f64 = 0.5;
/// What leans by fewer degrees belongs to the text of the page, not to a note or a stamp beside it.
const NEARLY_LEVEL: f64 = 10.0;

pub fn arrange(runs: Vec<TextRun>) -> Vec<TextRun> {
    if runs.len() > MOST_RUNS {
        return runs;
    }
    let mut ordered = Vec::with_capacity(runs.len());
    let mut ways = ways(runs);
    // Notes in the margin and the like come last.
    let turned = |way: f64| {
        if way.min(360.0 - way) > NEARLY_LEVEL {
            way
        } else {
            0.0
        }
    };
    ways.sort_by(|(a, _), (b, _)| turned(*a).total_cmp(&turned(*b)));
    for (way, runs) in ways {
        let pieces = runs.into_iter().map(|run| Piece::new(run, way));
        let mut pieces: Vec<Piece> = pieces.collect();
        find_rows(&mut pieces);
        cut(pieces, 0, &mut ordered);
    }
    ordered
}

/// Runs that run about the same way, with that way: degrees clockwise, 0 to 360. The commonest way
/// comes first.
fn ways(mut runs: Vec<TextRun>) -> Vec<(f64, Vec<TextRun>)> {
    let mut ways = Vec::new();
    while !runs.is_empty() {
        let mut letters: BTreeMap<u16, usize> = BTreeMap::new();
        for run in &runs {
            *letters.entry(whole_degrees(run)).or_default() += run.spans.len();
        }
        let commonest = letters.iter().max_by_key(|(_, count)| **count);
        let commonest = commonest.map_or(0.0, |(degrees, _)| f64::from(*degrees));
        let (same, others) = runs.into_iter().partition::<Vec<_>, _>(|run| {
            between(commonest, run.angle).abs() <= Baseline::SAME_WAY
        });
        let mean = middle(
            same.iter()
                .map(|run| (between(commonest, run.angle), run.spans.len())),
        );
        ways.push(((commonest + mean).rem_euclid(360.0), same));
        runs = others;
    }
    ways
}

fn whole_degrees(run: &TextRun) -> u16 {
    run.angle.round().rem_euclid(360.0) as u16
}

/// By how many degrees clockwise one way is turned from another, from -180 to 180.
fn between(from: f64, to: f64) -> f64 {
    (to - from + 180.0).rem_euclid(360.0) - 180.0
}

/// The median of values that count so many times each.
fn middle(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|(_, times)| times).sum::<usize>() / 2;
    let mut passed = 0;
    let found = values.iter().find(|(_, times)| {
        passed += times;
        passed > half
    });
    found.map_or(0.0, |(value, _)| *value)
}

/// A run as it stands when the page is turned until the text is level.
struct Piece {
    run: TextRun,
    line: Baseline,
    left: f64,
    right: f64,
    /// Of its middle: leaning makes it no higher.
    top: f64,
    bottom: f64,
    /// The row that it is in: pieces that are on one line all over the page.
    row: usize,
}

impl Piece {
    fn new(run: TextRun, way: f64) -> Self {
        let (sin, cos) = way.to_radians().sin_cos();
        let turned = |(x, y): (f64, f64)| (x * cos + y * sin, y * cos - x * sin);
        let line = run.line();
        let line = Baseline {
            from: turned(line.from),
            to: turned(line.to),
            along: turned(line.along),
            ..line
        };
        let corner = turned(run.corner);
        let top = corner.1 + (line.to.1 - line.from.1) / 2.0;
        Self {
            line,
            left: line.from.0.min(line.to.0),
            right: line.from.0.max(line.to.0),
            top,
            bottom: top + run.font_size,
            row: 0,
            run,
        }
    }
}

/// From left to right, each piece joins the line that leads to it, if there is one.
fn find_rows(pieces: &mut [Piece]) {
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.top.total_cmp(&b.top)));
    let mut rows: Vec<Baseline> = Vec::new();
    for piece in pieces {
        let steps = rows.iter().enumerate().filter_map(|(row, last)| {
            let step = last.step_to(&piece.line)?;
            last.spans_step(&piece.line, step)
                .then_some((row, step.abs()))
        });
        match steps.min_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((row, _)) => {
                piece.row = row;
                // A raised figure does not raise the line.
                if let Some(last) = rows.get_mut(row)
                    && piece.line.font_size >= 0.75 * last.font_size
                {
                    *last = piece.line;
                }
            }
            None => {
                piece.row = rows.len();
                rows.push(piece.line);
            }
        }
    }
}

fn cut(mut pieces: Vec<Piece>, depth: u32, ordered: &mut Vec<TextRun>) {
    if depth < DEEPEST && pieces.len() >= 2 * FEWEST_LINES {
        if let Some(x) = gutter(&mut pieces) {
            let (left, right) = pieces.into_iter().partition(|piece| piece.left < x);
            cut(left, depth + 1, ordered);
            cut(right, depth + 1, ordered);
            return;
        }
        if let Some(rows) = rows_above_widest_gap(&pieces) {
            let (above, below) = pieces
                .into_iter()
                .partition(|piece| rows.contains(&piece.row));
            cut(above, depth + 1, ordered);
            cut(below, depth + 1, ordered);
            return;
        }
    }
    lines(pieces, ordered);
}

/// Where the right one of two columns begins.
fn gutter(pieces: &mut [Piece]) -> Option<f64> {
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut reached = f64::MIN;
    let mut best: Option<(f64, f64)> = None;
    for (place, piece) in pieces.iter().enumerate() {
        let gap = piece.left - reached;
        let least = NARROWEST_GUTTER * piece.run.font_size;
        let is_wide = gap >= least && best.is_none_or(|(widest, _)| gap > widest);
        if place > 0 && is_wide {
            let (left, right) = pieces.split_at(place);
            if is_prose(left) && is_prose(right) && stand_side_by_side(left, right) {
                best = Some((gap, piece.left));
            }
        }
        reached = reached.max(piece.right);
    }
    best.map(|(_, x)| x)
}

fn is_prose(pieces: &[Piece]) -> bool {
    let rows = pieces.iter().map(|piece| piece.row);
    let lines = rows.collect::<BTreeSet<_>>().len();
    let left = pieces
        .iter()
        .map(|piece| piece.left)
        .fold(f64::MAX, f64::min);
    let right = pieces
        .iter()
        .map(|piece| piece.right)
        .fold(f64::MIN, f64::max);
    let width = right - left;
    let filled: f64 = pieces.iter().map(|piece| piece.right - piece.left).sum();
    let size = pieces.iter().map(|piece| piece.run.font_size).sum::<f64>() / pieces.len() as f64;
    lines >= FEWEST_LINES
        && width >= NARROWEST * size
        && filled / lines as f64 >= LEAST_FILLED * width
}

fn stand_side_by_side(left: &[Piece], right: &[Piece]) -> bool {
    let extent = |pieces: &[Piece]| {
        let top = pieces
            .iter()
            .map(|piece| piece.top)
            .fold(f64::MAX, f64::min);
        let bottom = pieces.iter().map(|piece| piece.bottom);
        (top, bottom.fold(f64::MIN, f64::max))
    };
    let (a, b) = (extent(left), extent(right));
    let shared = a.1.min(b.1) - a.0.max(b.0);
    // A last column may be short; what is much shorter belongs to something else on the page.
    shared >= 0.4 * (a.1 - a.0).max(b.1 - b.0)
}

/// What is above the widest gap between rows.
fn rows_above_widest_gap(pieces: &[Piece]) -> Option<BTreeSet<usize>> {
    let mut extents: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for piece in pieces {
        let extent = extents
            .entry(piece.row)
            .or_insert((piece.top, piece.bottom));
        *extent = (extent.0.min(piece.top), extent.1.max(piece.bottom));
    }
    let mut rows: Vec<_> = extents.into_iter().collect();
    rows.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
    let mut reached = f64::MAX;
    let mut best: Option<(f64, usize)> = None;
    for (place, (_, (top, bottom))) in rows.iter().enumerate() {
        let gap = top - reached;
        if gap > 0.0 && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, place));
        }
        reached = if place == 0 {
            *bottom
        } else {
            reached.max(*bottom)
        };
    }
    let (_, end) = best?;
    Some(rows.into_iter().take(end).map(|(row, _)| row).collect())
}

/// Row after row, without columns.
fn lines(pieces: Vec<Piece>, ordered: &mut Vec<TextRun>) {
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for piece in pieces {
        rows.entry(piece.row).or_default().pieces.push(piece);
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    for row in &mut rows {
        row.pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    // Where two lean differently, the place that both have decides. Few passes: rows that lean by
    // a degree or two are never far from their place.
    for _ in 0..8 {
        let mut is_done = true;
        for place in 1..rows.len() {
            if let Some([above, below]) = rows.get_mut(place - 1..=place)
                && below.is_above(above)
            {
                std::mem::swap(above, below);
                is_done = false;
            }
        }
        if is_done {
            break;
        }
    }
    for row in rows {
        one_line(row.pieces, ordered);
    }
}

/// Pieces of one line, from left to right.
#[derive(Default)]
struct Row {
    pieces: Vec<Piece>,
}

impl Row {
    /// Where it begins and ends.
    fn ends(&self) -> Option<((f64, f64), (f64, f64))> {
        let (first, last) = (self.pieces.first()?, self.pieces.last()?);
        Some((first.line.from, last.line.to))
    }

    fn middle(&self) -> f64 {
        self.ends()
            .map_or(0.0, |(from, to)| f64::midpoint(from.1, to.1))
    }

    /// Its height at a place between its ends.
    fn at(&self, x: f64) -> Option<f64> {
        let (from, to) = self.ends()?;
        let share = if to.0 > from.0 {
            (x - from.0) / (to.0 - from.0)
        } else {
            0.5
        };
        Some(from.1 + share.clamp(0.0, 1.0) * (to.1 - from.1))
    }

    /// Whether it clearly is, in the middle of what both have.
    fn is_above(&self, other: &Self) -> bool {
        let is = || {
            let (a, b) = (self.ends()?, other.ends()?);
            let (from, to) = (a.0.0.max(b.0.0), a.1.0.min(b.1.0));
            let x = f64::midpoint(from, to);
            Some(from < to && self.at(x)? < other.at(x)?)
        };
        is().unwrap_or(false)
    }
}

fn one_line(pieces: Vec<Piece>, ordered: &mut Vec<TextRun>) {
    let mut line: Vec<TextRun> = pieces.into_iter().map(|piece| piece.run).collect();
    let letters = || line.iter().flat_map(|run| run.text.chars());
    let leftward = letters().filter(|it| runs_leftward(*it)).count();
    if 2 * leftward > letters().filter(|it| it.is_alphabetic()).count() {
        line.reverse();
    }
    ordered.append(&mut line);
}

/// Hebrew, Arabic and their neighbours (Unicode's blocks of right-to-left scripts).
pub fn runs_leftward(character: char) -> bool {
    matches!(
        u32::from(character),
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
    )
}

#[cfg(test)]
#[path = "reading_order_tests.rs"]
mod tests;
