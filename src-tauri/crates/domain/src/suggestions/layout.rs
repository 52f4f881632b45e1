//! A page as its reader sees it: pieces of text, blanks to write on, and what is drawn.

use super::area::{Turn, bottom, from_to, right, shared_x, shared_y};
use super::atoms::{Atom, atoms_of, joined, lines};
use crate::geometry::{Rect, Size};
use crate::page_content::{PageContent, ShapeKind, TextRun};

/// Lines whose ways differ by fewer degrees run the same way, as those of a scan do.
const SAME_WAY: f64 = 3.0;
/// Shorter rules are parts of letters and of ornaments.
const SHORTEST_BLANK: f64 = 24.0;

/// A few words on one line, with no more than a word's gap between them.
#[derive(Debug, Clone)]
pub struct Piece {
    pub text: String,
    pub rect: Rect,
    /// The font's.
    pub size: f64,
}

impl Piece {
    pub fn baseline(&self) -> f64 {
        self.rect.y + 0.8 * self.rect.h
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankKind {
    Rule,
    Leader,
}

/// A line to write on, where nothing is written yet. Its lower edge is where letters stand.
#[derive(Debug, Clone)]
pub struct Blank {
    pub rect: Rect,
    pub kind: BlankKind,
    /// Whether it reaches across the page, as what separates paragraphs does.
    pub is_wide: bool,
}

/// In the space of the text's reader: see [`Turn`].
#[derive(Debug)]
pub struct Layout {
    pub turn: Turn,
    pub size: Size,
    /// From top to bottom and from left to right.
    pub pieces: Vec<Piece>,
    pub blanks: Vec<Blank>,
    /// Rules and edges of boxes, those that stand and those that lie.
    pub uprights: Vec<Rect>,
    pub levels: Vec<Rect>,
    pub boxes: Vec<Rect>,
    /// Text that runs another way.
    pub others: Vec<Rect>,
}

impl Layout {
    pub fn of(content: &PageContent) -> Self {
        let turn = Turn {
            quarters: main_way(&content.runs),
            size: content.size,
        };
        let mut layout = Self {
            turn,
            size: turn.read_size(),
            pieces: Vec::new(),
            blanks: Vec::new(),
            uprights: Vec::new(),
            levels: Vec::new(),
            boxes: Vec::new(),
            others: Vec::new(),
        };
        let mut atoms = Vec::new();
        for run in content.runs.iter() {
            if quarters(run) == Some(turn.quarters) {
                atoms.extend(atoms_of(run, turn));
            } else {
                layout.others.push(turn.read(&run.rect));
            }
        }
        layout.put_on_lines(atoms);
        layout.put_shapes(content);
        layout
    }

    fn put_on_lines(&mut self, atoms: Vec<Atom>) {
        for line in lines(atoms) {
            for atom in joined(line) {
                match atom.text {
                    Some(text) => self.pieces.push(Piece {
                        text: text.trim().to_owned(),
                        rect: atom.rect,
                        size: atom.size,
                    }),
                    None => self.blanks.push(Blank {
                        // Dots and low lines stand on the baseline.
                        rect: Rect {
                            h: 0.85 * atom.rect.h,
                            ..atom.rect
                        },
                        kind: BlankKind::Leader,
                        is_wide: false,
                    }),
                }
            }
        }
    }

    fn put_shapes(&mut self, content: &PageContent) {
        let mut rules = Vec::new();
        for shape in &content.shapes.shapes {
            let rect = self.turn.read(&shape.rect);
            let is_turned = self.turn.quarters % 2 == 1;
            match shape.kind {
                ShapeKind::Box => {
                    let [left, top] = [rect.x, rect.y];
                    let (end, foot) = (right(&rect), bottom(&rect));
                    self.uprights.push(from_to(left, top, left, foot));
                    self.uprights.push(from_to(end, top, end, foot));
                    self.levels.push(from_to(left, top, end, top));
                    self.levels.push(from_to(left, foot, end, foot));
                    self.boxes.push(rect);
                }
                ShapeKind::Checkbox => self.boxes.push(rect),
                ShapeKind::HorizontalRule | ShapeKind::VerticalRule => {
                    if (shape.kind == ShapeKind::HorizontalRule) == is_turned {
                        self.uprights.push(rect);
                    } else {
                        self.levels.push(rect);
                        rules.push(rect);
                    }
                }
                ShapeKind::Leader => self.put_leader(rect),
            }
        }
        for rule in rules {
            self.put_rule(&rule);
        }
    }

    /// One that the text does not tell, because its letters stand far apart.
    fn put_leader(&mut self, rect: Rect) {
        let line = from_to(rect.x, bottom(&rect) - 8.0, right(&rect), bottom(&rect));
        let is_known = self
            .blanks
            .iter()
            .any(|blank| shared_x(&blank.rect, &rect) > 0.0 && shared_y(&blank.rect, &line) > 0.0);
        if !is_known && rect.w >= SHORTEST_BLANK && rect.w > rect.h {
            self.blanks.push(Blank {
                rect: line,
                kind: BlankKind::Leader,
                is_wide: false,
            });
        }
    }

    /// The parts of a rule that nothing is written on. Borders of tables are none.
    fn put_rule(&mut self, rule: &Rect) {
        let is_border = self.uprights.iter().any(|upright| {
            let reach = from_to(
                upright.x - 2.0,
                upright.y - 2.0,
                right(upright) + 2.0,
                bottom(upright) + 2.0,
            );
            upright.h > 6.0 && shared_x(&reach, rule) >= 0.0 && shared_y(&reach, rule) >= 0.0
        });
        if is_border {
            return;
        }
        let y = rule.y + rule.h / 2.0;
        let mut from = rule.x;
        let stands = |piece: &&Piece| {
            let above = y - piece.baseline();
            shared_x(&piece.rect, rule) > 1.0
                && above > -0.3 * piece.size
                && above < 0.7 * piece.size
        };
        let mut written: Vec<&Piece> = self.pieces.iter().filter(stands).collect();
        written.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
        let mut free = Vec::new();
        for piece in written {
            free.push((from, piece.rect.x));
            from = from.max(right(&piece.rect) + 2.0);
        }
        free.push((from, right(rule)));
        for (from, to) in free {
            if to - from >= SHORTEST_BLANK {
                self.blanks.push(Blank {
                    rect: from_to(from, y - 9.0, to, y),
                    kind: BlankKind::Rule,
                    is_wide: to - from > 0.62 * self.size.w,
                });
            }
        }
    }

    /// Whether any text lies in a rectangle, but for those pieces that are told to be ignored.
    pub fn has_text_in(&self, area: &Rect, ignored: &[&Piece]) -> bool {
        let is_ignored = |piece: &Piece| ignored.iter().any(|it| std::ptr::eq(*it, piece));
        self.pieces
            .iter()
            .any(|piece| lies_in(&piece.rect, area) && !is_ignored(piece))
            || self.others.iter().any(|other| lies_in(other, area))
    }

    /// The cell or box around a point: the nearest edges on all four sides.
    pub fn cell_around(&self, (x, y): (f64, f64)) -> Option<Rect> {
        const SLACK: f64 = 1.5;
        let beside = self
            .uprights
            .iter()
            .filter(|edge| edge.y - SLACK <= y && bottom(edge) + SLACK >= y);
        let (mut left, mut end) = (None::<f64>, None::<f64>);
        for edge in beside {
            let place = edge.x + edge.w / 2.0;
            if place <= x {
                left = Some(left.map_or(place, |left| left.max(place)));
            } else {
                end = Some(end.map_or(place, |end| end.min(place)));
            }
        }
        let over = self
            .levels
            .iter()
            .filter(|edge| edge.x - SLACK <= x && right(edge) + SLACK >= x);
        let (mut top, mut foot) = (None::<f64>, None::<f64>);
        for edge in over {
            let place = edge.y + edge.h / 2.0;
            if place <= y {
                top = Some(top.map_or(place, |top| top.max(place)));
            } else {
                foot = Some(foot.map_or(place, |foot| foot.min(place)));
            }
        }
        let cell = from_to(left?, top?, end?, foot?);
        // A frame around the page is no cell.
        let is_frame = cell.w > 0.85 * self.size.w && cell.h > 0.4 * self.size.h;
        (!is_frame).then_some(cell)
    }
}

fn lies_in(rect: &Rect, area: &Rect) -> bool {
    shared_x(rect, area) > 1.0 && shared_y(rect, area) > 0.15 * rect.h.min(area.h)
}

/// Clockwise quarter turns of a run, unless it leans.
fn quarters(run: &TextRun) -> Option<u8> {
    let turns = (run.angle / 90.0).round();
    let leans = (run.angle - 90.0 * turns).abs() > SAME_WAY;
    (!leans).then_some(turns.rem_euclid(4.0) as u8)
}

/// The way that most of the text runs.
fn main_way(runs: &[TextRun]) -> u8 {
    let mut letters = [0_usize; 4];
    for run in runs {
        if let Some(sum) = quarters(run).and_then(|way| letters.get_mut(usize::from(way))) {
            *sum += run.text.len();
        }
    }
    let most = (0..4_u8)
        .zip(letters)
        .max_by_key(|(way, sum)| (*sum, 4 - way));
    most.map_or(0, |(way, _)| way)
}
