//! Content streams: operators in the order in which they are painted.

use crate::writing::font::{Font, packed};
use crate::writing::update::Update;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use std::fmt::Write as _;

/// The name under which every content made here knows the font.
const FONT_NAME: &str = "F0";

/// A red that stays readable in print.
pub const RED: [f64; 3] = [0.72, 0.11, 0.11];
pub const BLACK: [f64; 3] = [0.0, 0.0, 0.0];
pub const INK: [f64; 3] = [0.06, 0.15, 0.45];

/// A color of 255 steps each.
pub fn rgb(color: [u8; 3]) -> [f64; 3] {
    color.map(|part| f64::from(part) / 255.0)
}

/// Operators, y up.
#[derive(Default)]
pub struct Content(String);

impl Content {
    pub fn fill_color(&mut self, [r, g, b]: [f64; 3]) {
        self.line(&[r, g, b], "rg");
    }

    pub fn stroke_color(&mut self, [r, g, b]: [f64; 3]) {
        self.line(&[r, g, b], "RG");
    }

    pub fn save(&mut self) {
        self.0.push_str("q\n");
    }

    pub fn restore(&mut self) {
        self.0.push_str("Q\n");
    }

    pub fn transform(&mut self, matrix: [f64; 6]) {
        self.line(&matrix, "cm");
    }

    pub fn frame(&mut self, x: f64, y: f64, w: f64, h: f64, thickness: f64) {
        self.line(&[thickness], "w");
        self.line(&[x, y, w, h], "re S");
    }

    /// Uses an entry of the resources' /ExtGState.
    pub fn graphics_state(&mut self, name: &str) {
        let _ = writeln!(self.0, "/{name} gs");
    }

    pub fn xobject(&mut self, name: &str) {
        let _ = writeln!(self.0, "/{name} Do");
    }

    /// `text` with its baseline beginning at the origin of `matrix`.
    pub fn text(&mut self, font: &mut Font, size: f64, matrix: [f64; 6], text: &str) {
        let _ = writeln!(self.0, "BT /{FONT_NAME} {} Tf", number(size));
        self.line(&matrix, "Tm");
        let _ = writeln!(self.0, "{} Tj ET", font.show(text));
    }

    /// A pen's stroke with round ends.
    pub fn stroke(&mut self, thickness: f64, points: impl Iterator<Item = (f64, f64)>) {
        let _ = writeln!(self.0, "1 J 1 j {} w", number(thickness));
        let points: Vec<(f64, f64)> = points.collect();
        let Some(((x, y), rest)) = points.split_first() else {
            return;
        };
        self.line(&[*x, *y], "m");
        if rest.is_empty() {
            // A dot: a line of no length with round ends.
            self.line(&[*x, *y], "l");
        }
        for (x, y) in rest {
            self.line(&[*x, *y], "l");
        }
        self.0.push_str("S\n");
    }

    fn line(&mut self, operands: &[f64], operator: &str) {
        for operand in operands {
            self.0.push_str(&number(*operand));
            self.0.push(' ');
        }
        self.0.push_str(operator);
        self.0.push('\n');
    }

    pub fn into_stream(self) -> Stream {
        packed(Stream::new(Dictionary::new(), self.0.into_bytes()))
    }

    /// A form XObject of `w` x `h` that shows this content.
    pub fn into_form(
        self,
        update: &mut Update,
        font: ObjectId,
        (w, h): (f64, f64),
        matrix: [f64; 6],
        states: Dictionary,
    ) -> ObjectId {
        let reals = |values: &[f64]| -> Vec<Object> {
            values
                .iter()
                .map(|value| Object::Real(*value as f32))
                .collect()
        };
        let dictionary = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "FormType" => 1,
            "BBox" => reals(&[0.0, 0.0, w, h]),
            "Matrix" => reals(&matrix),
            "Resources" => dictionary! {
                "Font" => dictionary! { FONT_NAME => font },
                "ExtGState" => states,
            },
        };
        update.add(packed(Stream::new(dictionary, self.0.into_bytes())))
    }
}

/// No exponents, which PDF does not know, and no more digits than a page needs.
pub fn number(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Text upright at `x`, `y`.
pub fn at(x: f64, y: f64) -> [f64; 6] {
    [1.0, 0.0, 0.0, 1.0, x, y]
}
