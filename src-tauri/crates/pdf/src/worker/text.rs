//! The text of a page as runs: pieces on one line in one size.

use crate::pdfium::{Letter, TextPage};
use crate::reading_order;
use paraph_domain::geometry::{PageGeometry, Rect};
use paraph_pdf::TextRun;

/// Letters further apart than this many font sizes belong to different runs.
const LARGEST_GAP: f64 = 1.5;
/// Baselines closer than this many font sizes are one line.
const SAME_LINE: f64 = 0.15;
/// Letters closer than this many font sizes touch each other, so that marks have no holes.
const TOUCHING: f64 = 0.3;
/// The part of a letter's cell that lies below the baseline, where the font does not say.
const USUAL_DESCENT: f64 = 0.2;

/// In reading order.
pub fn runs(page: &TextPage, geometry: &PageGeometry) -> Vec<TextRun> {
    let mut runs = Vec::new();
    let mut line: Option<Line> = None;
    for letter in page.letters() {
        if matches!(letter.character, '\r' | '\n') {
            runs.extend(line.take().and_then(Line::finish));
            continue;
        }
        if letter.generated {
            // A gap that pdfium found; its place says nothing.
            if let Some(line) = &mut line {
                line.gap(letter.character);
            }
            continue;
        }
        let Some(place) = Place::of(&letter, geometry) else {
            continue;
        };
        match line.as_mut().filter(|line| line.takes(&place)) {
            Some(line) => line.push(letter.character, &place),
            None => {
                let next = Line::new(letter.character, place);
                runs.extend(line.replace(next).and_then(Line::finish));
            }
        }
    }
    runs.extend(line.and_then(Line::finish));
    reading_order::arrange(runs)
}

type Point = (f64, f64);

/// Where a letter is shown: in displayed space.
struct Place {
    origin: Point,
    /// Which way its line runs, of length 1.
    along: Point,
    /// How far it reaches along the line.
    advance: f64,
    font_size: f64,
    /// The part of its cell below the baseline.
    descent: f64,
    /// Whether `advance` is the font's, not what the letter's paint covers.
    is_measured: bool,
}

impl Place {
    /// `None` for letters that are nowhere: a PDF may scale text by anything.
    fn of(letter: &Letter, geometry: &PageGeometry) -> Option<Self> {
        let unit = geometry.user_unit;
        let [left, bottom, right, top] = letter.cell;
        let (x, y) = letter.origin;
        let length = letter.direction.0.hypot(letter.direction.1);
        let direction = (letter.direction.0 / length, letter.direction.1 / length);
        let origin = shown(geometry, (x, y));
        let end = shown(geometry, (x + direction.0, y + direction.1));
        let along = ((end.0 - origin.0) / unit, (end.1 - origin.1) / unit);
        let is_upright = direction.1.abs() < 1e-3;
        let advance = if is_upright {
            (right - left).abs() * unit
        } else {
            // The cell that pdfium tells is made for upright text: what is painted has to do.
            let [left, bottom, right, top] = letter.ink;
            let corners = [(left, bottom), (left, top), (right, bottom), (right, top)];
            let reach = corners.map(|corner| dot(minus(shown(geometry, corner), origin), along));
            reach.into_iter().fold(0.0, f64::max)
        };
        let height = top - bottom;
        let descent = if is_upright && direction.0 > 0.0 && height > 0.0 {
            ((y - bottom) / height).clamp(0.0, 0.5)
        } else {
            USUAL_DESCENT
        };
        let place = Self {
            origin,
            along,
            advance,
            font_size: letter.font_size.abs() * unit,
            descent,
            is_measured: is_upright,
        };
        let numbers = [origin.0, origin.1, along.0, along.1, advance];
        let is_somewhere = numbers.iter().all(|it| it.is_finite()) && place.font_size.is_finite();
        is_somewhere.then_some(place)
    }
}

/// A run that is being put together. Lengths are measured along the line from its first letter's
/// origin.
struct Line {
    text: String,
    /// From where to where each letter reaches.
    spans: Vec<(f64, f64)>,
    first: Place,
    /// Where the last glyph was painted, and the first letter that stands for it: a ligature
    /// stands for several.
    glyph: (f64, usize),
    /// How many letters at the end are gaps whose place is not known.
    gaps: usize,
}

impl Line {
    fn new(character: char, place: Place) -> Self {
        Self {
            text: character.to_string(),
            spans: vec![(0.0, place.advance)],
            first: place,
            glyph: (0.0, 0),
            gaps: 0,
        }
    }

    fn last(&self) -> (f64, f64) {
        let last = self.spans.len().saturating_sub(self.gaps + 1);
        self.spans.get(last).copied().unwrap_or_default()
    }

    fn takes(&self, place: &Place) -> bool {
        let size = self.first.font_size;
        let way = minus(place.origin, self.first.origin);
        let along = self.first.along;
        let (from, across) = (dot(way, along), dot(way, (-along.1, along.0)));
        let (last_from, last_to) = self.last();
        let fits = |gap: f64| gap <= LARGEST_GAP * size && gap >= -size;
        dot(place.along, along) > 0.999
            && across.abs() <= SAME_LINE * size
            && (place.font_size - size).abs() <= 0.05 * size
            // The second for text that runs from right to left.
            && (fits(from - last_to) || fits(last_from - from - place.advance))
    }

    fn gap(&mut self, character: char) {
        let (_, to) = self.last();
        self.text.push(character);
        self.spans.push((to, to));
        self.gaps += 1;
    }

    fn push(&mut self, character: char, place: &Place) {
        let from = dot(minus(place.origin, self.first.origin), self.first.along);
        let span = (from, from + place.advance);
        let last = self.last();
        let between = if span.0 >= last.0 {
            (last.1.min(span.0), span.0)
        } else {
            (span.1.min(last.0), last.0)
        };
        self.text.push(character);
        if let Some(last) = self.spans.last_mut().filter(|_| !place.is_measured) {
            // A box around what leans is too wide.
            if last.0 < span.0 {
                last.1 = last.1.min(span.0);
            }
        }
        if self.gaps > 0 {
            let first = self.spans.len() - self.gaps;
            for gap in self.spans.iter_mut().skip(first) {
                *gap = between;
            }
        } else if between.1 - between.0 <= TOUCHING * self.first.font_size
            && let Some(last) = self.spans.last_mut()
        {
            if span.0 >= last.0 {
                last.1 = last.1.max(span.0);
            } else {
                last.0 = last.0.min(span.1);
            }
        }
        self.spans.push(span);
        let (at, first) = self.glyph;
        if self.gaps == 0 && (from - at).abs() < 1e-3 {
            share(self.spans.get_mut(first..).unwrap_or_default());
        } else {
            self.glyph = (from, self.spans.len() - 1);
        }
        self.gaps = 0;
    }

    /// pdfium tells pieces of text that is turned from the page's left to its right, also where
    /// they are read the other way.
    fn put_in_order(&mut self) {
        if self.text.chars().any(reading_order::runs_leftward) {
            return;
        }
        let mut letters: Vec<_> = self.text.chars().zip(self.spans.drain(..)).collect();
        letters.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
        (self.text, self.spans) = letters.into_iter().unzip();
    }

    /// The run, without spaces around it; `None` if nothing is left.
    fn finish(mut self) -> Option<TextRun> {
        if angle(self.first.along) != 0.0 {
            self.put_in_order();
        }
        let text = self.text.trim_end();
        let kept = text.chars().count();
        let text = text.trim_start();
        let skipped = kept - text.chars().count();
        let spans: Vec<_> = self.spans.get(skipped..kept)?.to_vec();
        let left = spans.iter().map(|it| it.0).reduce(f64::min)?;
        let right = spans.iter().map(|it| it.1).reduce(f64::max)?;
        let Place {
            origin,
            along,
            font_size,
            descent,
            ..
        } = self.first;
        let start = plus(origin, along, left);
        let down = (-along.1, along.0);
        let corner = plus(start, down, -(1.0 - descent) * font_size);
        let below = plus(corner, down, font_size);
        let length = right - left;
        Some(TextRun {
            text: text.to_owned(),
            rect: around([
                corner,
                plus(corner, along, length),
                below,
                plus(below, along, length),
            ]),
            baseline: start.1,
            font_size,
            angle: angle(along),
            corner,
            spans: spans
                .iter()
                .map(|(from, to)| [(from - left) as f32, (to - left) as f32])
                .collect(),
        })
    }
}

/// Letters of one glyph share its width.
fn share(letters: &mut [(f64, f64)]) {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else {
        return;
    };
    let (from, to) = (first.0, last.1);
    let width = (to - from) / letters.len() as f64;
    for (place, letter) in letters.iter_mut().enumerate() {
        let from = from + width * place as f64;
        *letter = (from, from + width);
    }
}

/// In degrees clockwise, from 0 to 360.
fn angle(along: Point) -> f64 {
    let degrees = along.1.atan2(along.0).to_degrees().rem_euclid(360.0);
    let whole = degrees.round();
    // What is nearly straight is straight: the rest is how numbers are written in a file.
    if (degrees - whole).abs() < 0.05 {
        whole % 360.0
    } else {
        degrees
    }
}

fn shown(geometry: &PageGeometry, (x, y): Point) -> Point {
    geometry.point_to_displayed(x, y)
}

fn dot(a: Point, b: Point) -> f64 {
    a.0 * b.0 + a.1 * b.1
}

fn minus(a: Point, b: Point) -> Point {
    (a.0 - b.0, a.1 - b.1)
}

fn plus(from: Point, direction: Point, length: f64) -> Point {
    (from.0 + direction.0 * length, from.1 + direction.1 * length)
}

fn around(points: [Point; 4]) -> Rect {
    let [mut left, mut top, mut right, mut bottom] = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for (x, y) in points {
        (left, right) = (left.min(x), right.max(x));
        (top, bottom) = (top.min(y), bottom.max(y));
    }
    Rect {
        x: left,
        y: top,
        w: right - left,
        h: bottom - top,
    }
}
