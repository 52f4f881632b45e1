//! A page that is drawn together with what belongs where on it.

use anyhow::Context;
use lopdf::{Object, dictionary};
use paraph_domain::geometry::Rect;
use paraph_tests::fixtures::{A4, Page, Place, document};
use std::fmt::Write as _;

/// What somebody has to put into a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Signature,
    Initials,
    /// A date, a place, a name, a function.
    Text,
    /// Words to be written by hand.
    Formula,
}

/// A place that the page's author left for somebody.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub asked: Asked,
    /// Displayed space, points: all the room that is meant for it.
    pub room: Rect,
    /// Index of the person whom the page names for it.
    pub person: Option<usize>,
    /// Whether nobody would be missed who left it out.
    pub is_optional: bool,
}

/// Content of an A4 page and its places, top left origin.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    content: String,
    form_fields: Vec<(&'static str, Rect)>,
    pub wanted: Vec<Wanted>,
    /// Size of letters in points.
    pub size: f64,
    pub is_held_out: bool,
}

impl Sheet {
    pub fn new(size: f64, is_held_out: bool) -> Self {
        Self {
            size,
            is_held_out,
            ..Self::default()
        }
    }

    /// A text with its baseline `y` points below the top; where it ends.
    pub fn text(&mut self, x: f64, y: f64, text: &str) -> f64 {
        let _ = write!(
            self.content,
            "BT /F1 {} Tf {x:.2} {:.2} Td <",
            self.size,
            A4.1 - y
        );
        for letter in text.chars() {
            let _ = write!(self.content, "{:02x}", code(letter));
        }
        self.content.push_str("> Tj ET\n");
        x + width(text, self.size)
    }

    /// Paragraphs of prose down to `bottom`; where the next line would be.
    pub fn prose(&mut self, x: f64, top: f64, bottom: f64, lines: &[&str]) -> f64 {
        let mut y = top;
        for line in lines.iter().cycle() {
            if y > bottom {
                break;
            }
            self.text(x, y, line);
            y += self.size * 1.4;
        }
        y
    }

    /// A ruled line to write on.
    pub fn rule(&mut self, x: f64, y: f64, w: f64) {
        let y = A4.1 - y;
        let _ = writeln!(
            self.content,
            "0.6 w {x:.2} {y:.2} m {:.2} {y:.2} l S",
            x + w
        );
    }

    pub fn frame(&mut self, x: f64, y: f64, w: f64, h: f64) {
        let _ = writeln!(
            self.content,
            "0.6 w {x:.2} {:.2} {w:.2} {h:.2} re S",
            A4.1 - y - h
        );
    }

    /// Leaders of about that width; where they end.
    pub fn leader(&mut self, x: f64, y: f64, w: f64, letter: char) -> f64 {
        let one = width(&letter.to_string(), self.size);
        let count = (w / one).round().max(3.0) as usize;
        self.text(x, y, &letter.to_string().repeat(count))
    }

    /// Strokes as a scanner has them: letters that are only a picture.
    pub fn scribble(&mut self, x: f64, y: f64, w: f64) {
        let mut at = x;
        while at < x + w {
            let _ = writeln!(
                self.content,
                "1.2 w {at:.2} {:.2} m {:.2} {:.2} l S",
                A4.1 - y,
                at + 3.0,
                A4.1 - y + 6.0
            );
            at += 5.0;
        }
    }

    /// A line to write on: the room is above it.
    pub fn on_line(&mut self, asked: Asked, x: f64, y: f64, w: f64, person: Option<usize>) {
        let high = match asked {
            Asked::Signature | Asked::Initials => 48.0,
            Asked::Text | Asked::Formula => 18.0,
        };
        let room = Rect {
            x,
            y: y - high,
            w,
            h: high + 6.0,
        };
        self.want(asked, room, person);
    }

    pub fn want(&mut self, asked: Asked, room: Rect, person: Option<usize>) {
        self.wanted.push(Wanted {
            asked,
            room,
            person,
            is_optional: false,
        });
    }

    /// The place that was wanted last may be left out.
    pub fn is_optional(&mut self) {
        if let Some(last) = self.wanted.last_mut() {
            last.is_optional = true;
        }
    }

    /// An empty form field for a signature, as viewers know it.
    pub fn form_field(&mut self, name: &'static str, place: Rect) {
        self.form_fields.push((name, place));
    }

    /// The page as a file. Its reader sees the same whether or not its content lies on its side.
    pub fn pdf(&self, lies: bool) -> anyhow::Result<Vec<u8>> {
        let (w, h) = A4;
        let content = if lies {
            format!("q 0 1 -1 0 {h} 0 cm\n{}Q\n", self.content)
        } else {
            self.content.clone()
        };
        let page = Page {
            media_box: lies.then_some([0.0, 0.0, h, w]),
            rotate: lies.then_some(90),
            content,
            ..Page::default()
        };
        let pdf = document(&[page], Place::OnThePage);
        if self.form_fields.is_empty() {
            return Ok(pdf);
        }
        let mut file = lopdf::Document::load_mem(&pdf)?;
        let page = file.page_iter().next().context("a page")?;
        let mut fields: Vec<Object> = Vec::new();
        for (name, place) in &self.form_fields {
            let Rect { x, y, w, h: high } = *place;
            let (low, top) = (h - y - high, h - y);
            let corners = if lies {
                [h - top, x, h - low, x + w]
            } else {
                [x, low, x + w, top]
            };
            let corners: Vec<Object> = corners.map(|it| Object::Real(it as f32)).to_vec();
            let field = file.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "P" => page,
                "T" => Object::string_literal(*name), "Rect" => corners,
            });
            fields.push(field.into());
        }
        file.catalog_mut()?
            .set("AcroForm", dictionary! { "Fields" => fields.clone() });
        file.get_dictionary_mut(page)?.set("Annots", fields);
        let mut bytes = Vec::new();
        file.save_to(&mut bytes)?;
        Ok(bytes)
    }
}

/// About what Helvetica makes of it, in points.
pub fn width(text: &str, size: f64) -> f64 {
    let of = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | 't' | 'f' | 'I' | ' ' => {
            0.278
        }
        'm' | 'w' | 'M' | 'W' | '…' => 0.86,
        letter if letter.is_uppercase() => 0.69,
        _ => 0.556,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// The letter's code in WinAnsiEncoding (PDF 32000-1, annex D).
fn code(letter: char) -> u32 {
    match letter {
        '…' => 0x85,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        'œ' => 0x9c,
        letter => u32::from(letter).min(0xff),
    }
}
