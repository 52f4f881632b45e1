//! Rules, boxes and leaders of a page as geometry: what a form's blank places are made of.

mod joining;

use crate::connection::Cancelled;
use crate::pdfium::{Budget, Page, PaintedPath, Subpath, TextPage};
use joining::{joined, union};
use paraph_domain::geometry::{PageGeometry, Rect, UserRect};
use paraph_pdf::{PageShapes, PdfError, Shape, ShapeKind};

const BUDGET: Budget = Budget {
    objects: 20_000,
    segments: 200_000,
};
/// Before what touches is joined.
const MOST_PIECES: usize = 20_000;
const MOST_SHAPES: usize = 5_000;

// Displayed points from here on.
/// Edges that lean by less are straight.
const STRAIGHT: f64 = 0.25;
/// Filled areas thinner than this are rules.
const THICKEST_RULE: f64 = 3.0;
const SMALLEST_BOX: f64 = 4.0;
const CHECKBOX: std::ops::RangeInclusive<f64> = 5.0..=22.0;

/// Errors: `Cancelled`.
pub fn find(
    page: &Page,
    geometry: &PageGeometry,
    job: u64,
    cancelled: &Cancelled,
) -> Result<PageShapes, PdfError> {
    let mut found = Found {
        geometry,
        shapes: Vec::new(),
    };
    let visited_all = page.each_path(BUDGET, &mut |path| {
        found.path(&path);
        found.shapes.len() < MOST_PIECES && !cancelled.covers(job)
    });
    if cancelled.covers(job) {
        return Err(PdfError::Cancelled);
    }
    let mut shapes = joined(found.shapes);
    if let Some(text) = page.text() {
        shapes.extend(leaders(&text, geometry));
    }
    let complete = visited_all && shapes.len() <= MOST_SHAPES;
    shapes.truncate(MOST_SHAPES);
    Ok(PageShapes { shapes, complete })
}

struct Found<'a> {
    geometry: &'a PageGeometry,
    shapes: Vec<Shape>,
}

impl Found<'_> {
    fn path(&mut self, path: &PaintedPath) {
        let thickness = path.stroke.map(|width| width * self.geometry.user_unit);
        for part in path.parts.iter().filter(|part| !part.has_curves) {
            let points = self.shown(part);
            if let Some(rect) = rectangle(&points, part.is_closed || path.is_filled) {
                self.rectangle(rect, thickness);
            } else if let Some(thickness) = thickness {
                self.edges(&points, part.is_closed, thickness);
            }
        }
    }

    /// The corners in displayed space, none of them twice.
    fn shown(&self, part: &Subpath) -> Vec<(f64, f64)> {
        let place = |(x, y): &(f64, f64)| self.geometry.point_to_displayed(*x, *y);
        let mut points: Vec<_> = part.points.iter().map(place).collect();
        points.dedup_by(|a, b| is_same(*a, *b));
        if let [first, _, .., last] = points.as_slice()
            && part.is_closed
            && is_same(*first, *last)
        {
            points.pop();
        }
        points
    }

    fn rectangle(&mut self, rect: Rect, stroke: Option<f64>) {
        let (short, long) = (rect.w.min(rect.h), rect.w.max(rect.h));
        if short <= THICKEST_RULE && long >= 2.0 * short {
            let outside = stroke.unwrap_or(0.0);
            self.rule(grown(rect, outside / 2.0), short + outside);
            return;
        }
        let size = self.geometry.displayed_size();
        let is_background = stroke.is_none() && rect.w >= 0.98 * size.w && rect.h >= 0.98 * size.h;
        if short < SMALLEST_BOX || is_background {
            return;
        }
        let is_square = long <= 1.15 * short && CHECKBOX.contains(&short);
        let kind = if is_square {
            ShapeKind::Checkbox
        } else {
            ShapeKind::Box
        };
        self.push(kind, rect, stroke.unwrap_or(0.0));
    }

    fn edges(&mut self, points: &[(f64, f64)], is_closed: bool, thickness: f64) {
        let back = points.first().filter(|_| is_closed);
        let ends = points.iter().skip(1).chain(back);
        for (a, b) in points.iter().zip(ends) {
            let edge = between(*a, *b);
            if edge.w.min(edge.h) <= STRAIGHT {
                let grown = if edge.w >= edge.h {
                    Rect {
                        y: edge.y + (edge.h - thickness) / 2.0,
                        h: thickness,
                        ..edge
                    }
                } else {
                    Rect {
                        x: edge.x + (edge.w - thickness) / 2.0,
                        w: thickness,
                        ..edge
                    }
                };
                self.rule(grown, thickness);
            }
        }
    }

    fn rule(&mut self, rect: Rect, thickness: f64) {
        let kind = if rect.w >= rect.h {
            ShapeKind::HorizontalRule
        } else {
            ShapeKind::VerticalRule
        };
        self.push(kind, rect, thickness);
    }

    /// What nobody sees, because it lies beside the page, is left out.
    fn push(&mut self, kind: ShapeKind, rect: Rect, thickness: f64) {
        let size = self.geometry.displayed_size();
        let (x, y) = (rect.x.max(0.0), rect.y.max(0.0));
        let rect = Rect {
            x,
            y,
            w: (rect.x + rect.w).min(size.w) - x,
            h: (rect.y + rect.h).min(size.h) - y,
        };
        let numbers = [rect.x, rect.y, rect.w, rect.h, thickness];
        if rect.w >= 0.0 && rect.h >= 0.0 && numbers.iter().all(|it| it.is_finite()) {
            self.shapes.push(Shape {
                kind,
                rect,
                thickness,
            });
        }
    }
}

/// The rectangle whose corners these are, if its edges are level and upright.
fn rectangle(points: &[(f64, f64)], is_area: bool) -> Option<Rect> {
    let &[a, b, c, d] = points else {
        return None;
    };
    let level = |p: (f64, f64), q: (f64, f64)| (p.1 - q.1).abs() <= STRAIGHT;
    let upright = |p: (f64, f64), q: (f64, f64)| (p.0 - q.0).abs() <= STRAIGHT;
    let one_way = level(a, b) && upright(b, c) && level(c, d) && upright(d, a);
    let other_way = upright(a, b) && level(b, c) && upright(c, d) && level(d, a);
    (is_area && (one_way || other_way)).then(|| between(a, c))
}

fn is_same(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 1e-3 && (a.1 - b.1).abs() < 1e-3
}

fn between(a: (f64, f64), b: (f64, f64)) -> Rect {
    Rect {
        x: a.0.min(b.0),
        y: a.1.min(b.1),
        w: (a.0 - b.0).abs(),
        h: (a.1 - b.1).abs(),
    }
}

fn grown(rect: Rect, by: f64) -> Rect {
    Rect {
        x: rect.x - by,
        y: rect.y - by,
        w: rect.w + 2.0 * by,
        h: rect.h + 2.0 * by,
    }
}

/// Dots or low lines one after another, as forms have them where something is to be written.
fn leaders(text: &TextPage, geometry: &PageGeometry) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut open: Option<Leader> = None;
    for letter in text.letters() {
        if letter.generated || letter.character.is_whitespace() {
            continue;
        }
        let weight = weight(letter.character);
        let [llx, lly, urx, ury] = letter.ink;
        let ink = geometry.to_displayed(UserRect { llx, lly, urx, ury });
        let next = Leader {
            character: letter.character,
            weight,
            rect: ink,
            size: letter.font_size.abs() * geometry.user_unit,
        };
        match open.as_mut().filter(|open| open.goes_on_with(&next)) {
            Some(open) => {
                open.rect = union(open.rect, ink);
                open.weight += weight;
            }
            None => {
                let following = (weight > 0).then_some(next);
                shapes.extend(std::mem::replace(&mut open, following).and_then(Leader::finish));
            }
        }
    }
    shapes.extend(open.and_then(Leader::finish));
    shapes
}

/// How much of a leader a letter is; 0 for letters that are none.
fn weight(character: char) -> u32 {
    match character {
        '.' | '\u{b7}' => 1,
        '_' => 2,
        '…' => 3,
        _ => 0,
    }
}

struct Leader {
    character: char,
    weight: u32,
    rect: Rect,
    /// The font's, in displayed points.
    size: f64,
}

impl Leader {
    /// Fewer are an ellipsis or a blank in a word.
    const LEAST_WEIGHT: u32 = 5;

    fn goes_on_with(&self, next: &Self) -> bool {
        let Rect { x, y, w, h } = grown(self.rect, 1.5 * self.size);
        let near = next.rect.x + next.rect.w >= x
            && next.rect.x <= x + w
            && next.rect.y + next.rect.h >= y
            && next.rect.y <= y + h;
        // On one line: what both cover stays thin.
        let both = union(self.rect, next.rect);
        next.character == self.character && near && both.w.min(both.h) <= 0.3 * self.size
    }

    fn finish(self) -> Option<Shape> {
        let is_somewhere = self.rect.x.is_finite() && self.rect.y.is_finite();
        (self.weight >= Self::LEAST_WEIGHT && is_somewhere).then(|| Shape {
            kind: ShapeKind::Leader,
            rect: self.rect,
            thickness: self.rect.w.min(self.rect.h),
        })
    }
}
