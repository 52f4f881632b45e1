//! What is drawn in pieces, or more than once, is told once.

use paraph_domain::geometry::Rect;
use paraph_pdf::{Shape, ShapeKind};
use std::collections::HashMap;

// Displayed points.
/// Pieces of one rule are no further apart, and edges of one box no further off.
const TOUCHING: f64 = 0.5;
const SHORTEST_RULE: f64 = 6.0;

/// Rules that are drawn in pieces (a table's cell by cell) become one; what is drawn twice
/// (filled, then stroked) is told once. Top to bottom, then left to right.
pub fn joined(mut shapes: Vec<Shape>) -> Vec<Shape> {
    shapes.sort_by(|a, b| {
        let (a, b) = (Track::of(a), Track::of(b));
        a.from
            .total_cmp(&b.from)
            .then(a.across.total_cmp(&b.across))
    });
    let mut kept: Vec<Joined> = Vec::new();
    // By kind and place across, in steps of what still touches: it is in the next step at most.
    let mut open: HashMap<(ShapeKind, i64), Vec<usize>> = HashMap::new();
    for shape in shapes {
        let track = Track::of(&shape);
        let step = (track.across / TOUCHING).floor() as i64;
        let before = (step.saturating_sub(1)..=step.saturating_add(1)).find_map(|step| {
            let places = open.get_mut(&(shape.kind, step))?;
            let reaches = |place: &usize| {
                let joined = kept.get(*place);
                joined.is_some_and(|it| Track::of(&it.whole).to + TOUCHING >= track.from)
            };
            // They come in the order in which they begin: what is too far now stays too far.
            places.retain(reaches);
            let takes = |place: &usize| kept.get(*place).is_some_and(|it| it.takes(&shape));
            places.iter().copied().find(takes)
        });
        match before.and_then(|place| kept.get_mut(place)) {
            Some(joined) => joined.add(&shape),
            None => {
                open.entry((shape.kind, step)).or_default().push(kept.len());
                kept.push(Joined {
                    first: shape.rect,
                    whole: shape,
                });
            }
        }
    }
    let mut shapes: Vec<Shape> = kept.into_iter().map(|joined| joined.whole).collect();
    shapes.retain(|shape| !is_rule(shape) || shape.rect.w.max(shape.rect.h) >= SHORTEST_RULE);
    shapes.sort_by(|a, b| {
        let by_height = a.rect.y.total_cmp(&b.rect.y);
        by_height.then(a.rect.x.total_cmp(&b.rect.x))
    });
    shapes
}

/// From where to where a rule runs, and where it lies across. Boxes are joined with nothing beside
/// them: they run nowhere.
struct Track {
    from: f64,
    to: f64,
    across: f64,
}

impl Track {
    fn of(shape: &Shape) -> Self {
        let Rect { x, y, w, h } = shape.rect;
        let (from, length, across) = match shape.kind {
            ShapeKind::HorizontalRule => (x, w, y),
            ShapeKind::VerticalRule => (y, h, x),
            _ => (x, 0.0, y),
        };
        Self {
            from,
            to: from + length,
            across,
        }
    }
}

struct Joined {
    whole: Shape,
    /// All pieces lie like the first: a staircase is no rule.
    first: Rect,
}

impl Joined {
    /// Whether a shape that begins no earlier belongs to it.
    fn takes(&self, shape: &Shape) -> bool {
        let near = |p: f64, q: f64| (p - q).abs() <= TOUCHING;
        let (p, q) = (self.first, shape.rect);
        let is_alike = match shape.kind {
            ShapeKind::HorizontalRule => near(p.y, q.y) && near(p.h, q.h),
            ShapeKind::VerticalRule => near(p.x, q.x) && near(p.w, q.w),
            _ => p.largest_difference(&q) <= TOUCHING,
        };
        self.whole.kind == shape.kind
            && is_alike
            && Track::of(shape).from <= Track::of(&self.whole).to + TOUCHING
    }

    fn add(&mut self, shape: &Shape) {
        self.whole.rect = union(self.whole.rect, shape.rect);
        self.whole.thickness = self.whole.thickness.max(shape.thickness);
    }
}

fn is_rule(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::HorizontalRule | ShapeKind::VerticalRule
    )
}

pub fn union(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect {
        x,
        y,
        w: (a.x + a.w).max(b.x + b.w) - x,
        h: (a.y + a.h).max(b.y + b.h) - y,
    }
}

#[cfg(test)]
#[path = "joining_tests.rs"]
mod tests;
