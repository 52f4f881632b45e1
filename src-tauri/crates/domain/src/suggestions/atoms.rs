//! Runs of text, taken apart at dots and gaps and put together on lines.

use super::area::{Turn, around, bottom, covered, from_to, right};
use crate::geometry::Rect;
use crate::page_content::TextRun;

/// A part of a run: words, or (without text) a leader.
#[derive(Debug, Clone)]
pub struct Atom {
    pub text: Option<String>,
    pub rect: Rect,
    pub size: f64,
}

impl Atom {
    fn baseline(&self) -> f64 {
        self.rect.y + 0.8 * self.rect.h
    }
}

/// Runs of dots and low lines, and wide gaps, part a run.
pub fn atoms_of(run: &TextRun, turn: Turn) -> Vec<Atom> {
    let characters: Vec<char> = run.text.chars().collect();
    let rect = turn.read(&run.rect);
    let mut atoms = Vec::new();
    let mut start = 0;
    let mut push = |from: usize, to: usize, is_leader: bool| {
        let letters = characters.get(from..to).unwrap_or_default();
        let blank = |place: &usize| letters.get(*place).is_none_or(|it| it.is_whitespace());
        let skipped = (0..letters.len()).take_while(blank).count();
        let spans = run.spans.get(from + skipped..to).unwrap_or_default();
        let text: String = letters.iter().collect();
        if text.trim().is_empty() {
            return;
        }
        let kept = text.trim().chars().count();
        let spans = spans.get(..kept.min(spans.len())).unwrap_or_default();
        let left = spans
            .iter()
            .map(|span| f64::from(span[0]))
            .fold(f64::MAX, f64::min);
        let end = spans
            .iter()
            .map(|span| f64::from(span[1]))
            .fold(f64::MIN, f64::max);
        if left < end {
            atoms.push(Atom {
                text: (!is_leader).then_some(text),
                rect: from_to(rect.x + left, rect.y, rect.x + end, bottom(&rect)),
                size: run.font_size,
            });
        }
    };
    let mut place = 0;
    while place < characters.len() {
        let leader = leader_at(&characters, place);
        let gap = gap_at(&characters, run, place);
        let next = leader.max(gap);
        if next > place {
            push(start, place, false);
            if leader > place {
                push(place, leader, true);
            }
            start = next;
            place = next;
        } else {
            place += 1;
        }
    }
    push(start, characters.len(), false);
    atoms
}

/// Where a leader that begins here ends, else `place`.
fn leader_at(characters: &[char], place: usize) -> usize {
    const LEAST_WEIGHT: u32 = 5;
    let (mut weight, mut end) = (0, place);
    let rest = characters.get(place..).unwrap_or_default();
    for (index, character) in rest.iter().enumerate() {
        let is_part = match character {
            '.' | '\u{b7}' | '\u{2024}' => 1,
            '_' | '\u{2025}' => 2,
            '…' => 3,
            // Between the parts of a date, and between dots that are set apart.
            ' ' | '/' | '\u{a0}' if index > 0 => 0,
            _ => break,
        };
        weight += is_part;
        if is_part > 0 {
            end = place + index + 1;
        }
    }
    if weight >= LEAST_WEIGHT { end } else { place }
}

/// Where a gap of spaces that parts a line begins here and ends, else `place`.
fn gap_at(characters: &[char], run: &TextRun, place: usize) -> usize {
    const WIDEST_GAP: f64 = 1.8;
    let rest = characters.get(place..).unwrap_or_default();
    let spaces = rest.iter().take_while(|it| it.is_whitespace()).count();
    let spans = run.spans.get(place..place + spaces).unwrap_or_default();
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return place;
    };
    let width = f64::from(last[1] - first[0]);
    if width > WIDEST_GAP * run.font_size {
        place + spaces
    } else {
        place
    }
}

pub fn lines(mut atoms: Vec<Atom>) -> Vec<Vec<Atom>> {
    const SAME_LINE: f64 = 0.35;
    atoms.sort_by(|a, b| a.baseline().total_cmp(&b.baseline()));
    let mut lines: Vec<Vec<Atom>> = Vec::new();
    for atom in atoms {
        let fits = |line: &&mut Vec<Atom>| {
            line.first().is_some_and(|first| {
                (atom.baseline() - first.baseline()).abs() <= SAME_LINE * first.size.max(atom.size)
            })
        };
        match lines.last_mut().filter(fits) {
            Some(line) => line.push(atom),
            None => lines.push(vec![atom]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.rect.x.total_cmp(&b.rect.x));
    }
    lines
}

/// Neighbours of one kind become one; so do the parts of a date to be filled in.
pub fn joined(line: Vec<Atom>) -> Vec<Atom> {
    const WORDS: f64 = 0.8;
    const DOTS: f64 = 1.6;
    let mut joined: Vec<Atom> = Vec::new();
    for atom in line {
        let gap =
            |last: &Atom| (atom.rect.x - right(&last.rect)) / last.size.max(atom.size).max(1.0);
        let is_date = atom.text.is_none()
            && matches!(joined.as_slice(), [.., first, between]
                if first.text.is_none()
                    && gap(between) <= DOTS
                    && between.text.as_deref().is_some_and(is_inside_date));
        if is_date {
            joined.pop();
        }
        let is_next = |last: &&mut Atom| match (&last.text, &atom.text) {
            (Some(_), Some(_)) => gap(last) <= WORDS && covered(&last.rect, &atom.rect) < 0.5,
            (None, None) => is_date || gap(last) <= DOTS,
            _ => false,
        };
        match joined.last_mut().filter(is_next) {
            Some(last) => {
                last.rect = around(&last.rect, &atom.rect);
                if let (Some(text), Some(more)) = (&mut last.text, atom.text) {
                    text.push(' ');
                    text.push_str(more.trim());
                }
            }
            None => joined.push(atom),
        }
    }
    joined
}

/// Signs between the blanks for day, month and year.
fn is_inside_date(text: &str) -> bool {
    matches!(
        text.trim(),
        "/" | "-" | "." | "20" | "/20" | "/ 20" | "202" | "/202"
    )
}
