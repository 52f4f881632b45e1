//! How visible marks look: laid out upright to the reader in a box of their rectangle's size.

use crate::writing::content::{BLACK, Content, INK, RED, at, rgb};
use crate::writing::font::Font;
use paraph_domain::geometry::{PageGeometry, Rotation, UserRect};
use paraph_pdf::{Appearance, Drawing, TextMark};

/// Sizes in user-space units.
const LARGEST_TEXT: f64 = 8.0;
const SMALLEST_FIELD_TEXT: f64 = 2.0;
/// A row's height, and a banner's, by its text's size.
const ROW: f64 = 1.25;
const BANNER: f64 = 1.6;
/// The part of the height that text may take beside a drawing.
const TEXT_SHARE: f64 = 0.58;
/// The pen by the drawing's height.
const PEN: f64 = 0.022;
/// How far a typed name leans, as handwriting does.
const SLANT: f64 = 0.2;

/// A box as the reader sees it: its size, and the matrix that turns it into user space.
pub struct Upright {
    pub size: (f64, f64),
    pub matrix: [f64; 6],
}

impl Upright {
    pub fn of(rect: &UserRect, page: &PageGeometry) -> Self {
        let (w, h) = rect.extent();
        // A page turned clockwise needs marks turned the other way. Viewers move the turned box
        // onto the rectangle (12.5.5, algorithm 8.1), so that nothing has to be shifted.
        match page.rotation {
            Rotation::None => Self {
                size: (w, h),
                matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            },
            Rotation::Quarter => Self {
                size: (h, w),
                matrix: [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            },
            Rotation::Half => Self {
                size: (w, h),
                matrix: [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            },
            Rotation::ThreeQuarters => Self {
                size: (h, w),
                matrix: [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            },
        }
    }
}

/// A visible signature in a box of `size`.
pub fn signature(look: &Appearance, (w, h): (f64, f64), font: &mut Font) -> Content {
    let mut content = Content::default();
    let margin = (w.min(h) * 0.05).min(3.0);
    let inner = Area {
        x: margin,
        y: margin,
        w: w - 2.0 * margin,
        h: h - 2.0 * margin,
    };
    let rows = look.lines.len()
        + usize::from(look.mention_above.is_some())
        + usize::from(look.mention_below.is_some());
    let heights = rows as f64 * ROW + if look.banner.is_some() { BANNER } else { 0.0 };
    let has_drawing = !matches!(look.drawing, Drawing::None);
    let share = if has_drawing { TEXT_SHARE } else { 1.0 };
    let size = (inner.h * share / heights.max(1.0)).min(LARGEST_TEXT);

    let mut top = Rows {
        content: &mut content,
        font,
        area: inner,
        size,
    };
    if let Some(banner) = &look.banner {
        top.banner(banner);
    }
    if let Some(mention) = &look.mention_above {
        top.row(mention);
    }
    let below = look.lines.iter().chain(&look.mention_below);
    let kept = below.clone().count() as f64 * ROW * size;
    let drawing = top.take((top.area.h - kept).max(0.0));
    for line in below {
        top.row(line);
    }
    match &look.drawing {
        Drawing::None => {}
        Drawing::Strokes { strokes, aspect } => draw(&mut content, drawing, strokes, *aspect),
        Drawing::Typed(name) => write_name(&mut content, font, drawing, name),
    }
    content
}

/// Text from the top left of a box of `size`, broken into lines and made smaller until it fits.
/// Returns the size that it got as well.
pub fn text(text: &TextMark, (w, h): (f64, f64), font: &mut Font) -> (Content, f64) {
    let mut content = Content::default();
    content.fill_color(rgb(text.color));
    let mut size = f64::from(text.size).min(h / ROW).max(SMALLEST_FIELD_TEXT);
    let mut lines = broken(&text.value, w / size, font);
    while size > SMALLEST_FIELD_TEXT && lines.len() as f64 * ROW * size > h {
        size = (size - 0.5).max(SMALLEST_FIELD_TEXT);
        lines = broken(&text.value, w / size, font);
    }
    for (number, line) in (1_u32..).zip(&lines) {
        let width = font.width(line) * size;
        let squeeze = if width > w { w / width } else { 1.0 };
        let baseline = h - f64::from(number) * ROW * size + (ROW - 1.0) * size;
        content.text(font, size, [squeeze, 0.0, 0.0, 1.0, 0.0, baseline], line);
    }
    (content, size)
}

/// `value` in lines no wider than `width` at size 1, where its words allow.
fn broken(value: &str, width: f64, font: &Font) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in value.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if !line.is_empty() && font.width(&longer) > width {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}

/// A part of the box, from its lower left corner.
#[derive(Clone, Copy)]
struct Area {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

/// Rows of text from the top of an area.
struct Rows<'a> {
    content: &'a mut Content,
    font: &'a mut Font,
    area: Area,
    size: f64,
}

impl Rows<'_> {
    fn take(&mut self, height: f64) -> Area {
        let Area { x, y, w, h } = self.area;
        self.area.h = (h - height).max(0.0);
        Area {
            x,
            y: y + self.area.h,
            w,
            h: height,
        }
    }

    fn row(&mut self, text: &str) {
        let place = self.take(ROW * self.size);
        self.content.fill_color(BLACK);
        let size = self.fitting(text, place.w);
        let baseline = place.y + (place.h - size) / 2.0 + 0.2 * size;
        self.content
            .text(self.font, size, at(place.x, baseline), text);
    }

    fn banner(&mut self, text: &str) {
        let place = self.take(BANNER * self.size);
        let thickness = 0.6;
        self.content.stroke_color(RED);
        let gap = 0.1 * self.size;
        let (w, h) = (place.w - thickness, place.h - gap - thickness);
        let (x, y) = (place.x + thickness / 2.0, place.y + gap + thickness / 2.0);
        self.content.frame(x, y, w, h, thickness);
        let size = self.fitting(text, w - 4.0 * thickness);
        self.content.fill_color(RED);
        let left = place.x + (place.w - self.font.width(text) * size) / 2.0;
        let baseline = y + (h - size) / 2.0 + 0.2 * size;
        self.content.text(self.font, size, at(left, baseline), text);
    }

    /// The rows' size, or a smaller one with which `text` fits.
    fn fitting(&self, text: &str, width: f64) -> f64 {
        let widest = self.font.width(text);
        if widest > 0.0 {
            self.size.min(width.max(0.0) / widest)
        } else {
            self.size
        }
    }
}

fn draw(content: &mut Content, area: Area, strokes: &[Vec<(f32, f32)>], aspect: f32) {
    let aspect = f64::from(aspect);
    let aspect = if aspect.is_finite() && aspect > 0.0 {
        aspect
    } else {
        1.0
    };
    let h = area.h.min(area.w / aspect);
    let w = h * aspect;
    let pen = (h * PEN).clamp(0.4, 2.0);
    let (left, top) = (area.x, area.y + (area.h + h) / 2.0);
    content.stroke_color(INK);
    for stroke in strokes {
        let points = stroke.iter().map(|(x, y)| {
            let (x, y) = (f64::from(x.clamp(0.0, 1.0)), f64::from(y.clamp(0.0, 1.0)));
            (left + x * w, top - y * h)
        });
        content.stroke(pen, points);
    }
}

fn write_name(content: &mut Content, font: &mut Font, area: Area, name: &str) {
    let (up, down) = font.extents();
    // A leaning letter reaches to the right of its width.
    let width = font.width(name) + SLANT;
    let size = (area.h * 0.9 / (up + down)).min(area.w / width.max(0.1));
    let baseline = area.y + (area.h - size * (up + down)) / 2.0 + size * down;
    content.fill_color(INK);
    content.text(font, size, [1.0, 0.0, SLANT, 1.0, area.x, baseline], name);
}
