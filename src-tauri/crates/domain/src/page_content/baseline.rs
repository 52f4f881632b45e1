//! Whether two runs of text stand on one line.

use super::TextRun;

/// The line that the letters of a run stand on, in points of any one space whose y goes down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    pub from: (f64, f64),
    pub to: (f64, f64),
    /// Which way it runs, of length 1.
    pub along: (f64, f64),
    pub font_size: f64,
}

impl Baseline {
    /// Lines whose ways differ by fewer degrees run the same way. Scans lie askew by a degree or
    /// two, and what reads them tells a way of its own for each line.
    pub const SAME_WAY: f64 = 3.0;
    /// Steps of fewer font sizes stay on the line, as those of a raised figure do.
    const SAME_LINE: f64 = 0.4;

    /// How many points lower `next` stands than this line would at its place; `None` where they
    /// run different ways.
    pub fn step_to(&self, next: &Self) -> Option<f64> {
        if dot(self.along, next.along) < Self::SAME_WAY.to_radians().cos() {
            return None;
        }
        let along = (self.along.0 + next.along.0, self.along.1 + next.along.1);
        let length = along.0.hypot(along.1);
        let along = (along.0 / length, along.1 / length);
        // Between the ends that face each other, so that the way matters little.
        let is_ahead = dot(next.from, along) + dot(next.to, along)
            >= dot(self.from, along) + dot(self.to, along);
        let (here, there) = if is_ahead {
            (self.to, next.from)
        } else {
            (self.from, next.to)
        };
        Some(dot(
            (there.0 - here.0, there.1 - here.1),
            (-along.1, along.0),
        ))
    }

    /// Whether a step is small enough for `next` to stand on this line.
    pub fn spans_step(&self, next: &Self, step: f64) -> bool {
        step.abs() <= Self::SAME_LINE * self.font_size.max(next.font_size)
    }

    /// Whether both stand on one line, whatever the gap between them.
    pub fn is_shared_with(&self, next: &Self) -> bool {
        self.step_to(next)
            .is_some_and(|step| self.spans_step(next, step))
    }
}

impl TextRun {
    /// Where its letters stand, in displayed space.
    pub fn line(&self) -> Baseline {
        /// The share of the font's height above the baseline, where it cannot be told.
        const USUAL_ASCENT: f64 = 0.8;
        let (sin, cos) = self.angle.to_radians().sin_cos();
        let above = if cos.abs() > 0.5 {
            (self.baseline - self.corner.1) / cos
        } else {
            USUAL_ASCENT * self.font_size
        };
        let length = f64::from(self.spans.iter().map(|span| span[1]).fold(0.0, f32::max));
        let from = (self.corner.0 - above * sin, self.corner.1 + above * cos);
        Baseline {
            from,
            to: (from.0 + length * cos, from.1 + length * sin),
            along: (cos, sin),
            font_size: self.font_size,
        }
    }
}

fn dot(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.0 * b.0 + a.1 * b.1
}
