//! Finding words in a page's text, whatever their case and accents, across the ends of lines.

use paraph_domain::geometry::Rect;
use paraph_pdf::TextRun;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is looked for.
pub struct Wanted(Vec<char>);

impl Wanted {
    /// `None` if there is nothing to look for.
    pub fn new(typed: &str) -> Option<Self> {
        let mut wanted = Vec::new();
        for character in typed.trim().chars() {
            fold(character, |folded| {
                if folded != ' ' || wanted.last() != Some(&' ') {
                    wanted.push(folded);
                }
            });
        }
        while wanted.last() == Some(&' ') {
            wanted.pop();
        }
        (!wanted.is_empty()).then_some(Self(wanted))
    }

    /// Where it stands, at most `most` times: for each place a rectangle a line, in points of the
    /// displayed page.
    pub fn places(&self, runs: &[TextRun], most: usize) -> Vec<Vec<Rect>> {
        let signs = signs(runs);
        let mut places = Vec::new();
        let mut start = 0;
        while start < signs.len() && places.len() < most {
            match self.ends(&signs, start) {
                Some(end) => {
                    places.push(rects(runs, signs.get(start..end).unwrap_or_default()));
                    start = end;
                }
                None => start += 1,
            }
        }
        places
    }

    /// One past the last sign, if it stands at `start`.
    fn ends(&self, signs: &[Sign], start: usize) -> Option<usize> {
        let mut place = start;
        for wanted in &self.0 {
            let mut sign = signs.get(place)?;
            // A word may be broken here; its hyphen is part of it only if somebody looks for one.
            if sign.breaks_word && *wanted != '-' && place > start {
                place += 1;
                sign = signs.get(place)?;
            }
            if sign.folded != *wanted {
                return None;
            }
            place += 1;
        }
        Some(place)
    }
}

/// A letter as it is compared, and where it comes from.
struct Sign {
    folded: char,
    /// Index of the run, and of the character in it; `None` between two runs.
    from: Option<(usize, usize)>,
    /// A hyphen at the end of a line, after which the next line follows without a space.
    breaks_word: bool,
}

fn signs(runs: &[TextRun]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for (place, run) in runs.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).and_then(|before| runs.get(before)) {
            end_of_run(&mut signs, before, run);
        }
        let letters = run.text.chars().count();
        for (index, character) in run.text.chars().enumerate() {
            let from = Some((place, index));
            // A soft hyphen shows only where it breaks a word.
            let shown = if character == '\u{ad}' && index + 1 == letters {
                '-'
            } else {
                character
            };
            fold(shown, |folded| push(&mut signs, folded, from));
        }
    }
    signs
}

fn push(signs: &mut Vec<Sign>, folded: char, from: Option<(usize, usize)>) {
    if folded == ' ' && signs.last().is_some_and(|last| last.folded == ' ') {
        return;
    }
    signs.push(Sign {
        folded,
        from,
        breaks_word: false,
    });
}

fn end_of_run(signs: &mut Vec<Sign>, run: &TextRun, next: &TextRun) {
    let is_same_line = run.line().is_shared_with(&next.line());
    let is_after_letter = signs
        .len()
        .checked_sub(2)
        .and_then(|before| signs.get(before))
        .is_some_and(|before| before.folded.is_alphabetic());
    match signs.last_mut() {
        Some(last) if last.folded == '-' && is_after_letter && !is_same_line => {
            last.breaks_word = true;
        }
        _ => push(signs, ' ', None),
    }
}

fn rects(runs: &[TextRun], signs: &[Sign]) -> Vec<Rect> {
    let mut rects = Vec::new();
    let mut letters = signs.iter().filter_map(|sign| sign.from).peekable();
    while let Some((run, first)) = letters.next() {
        let mut last = first;
        while let Some((_, index)) = letters.next_if(|(next, _)| *next == run) {
            last = index;
        }
        rects.extend(runs.get(run).map(|run| run.rect_of(first..last + 1)));
    }
    rects
}

/// Without case, accents and the ways in which typography spells a sign. Marks that only attach to
/// a letter become nothing; every kind of space is a space.
fn fold(character: char, mut each: impl FnMut(char)) {
    let plain = match character {
        _ if character.is_whitespace() => ' ',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return,
        '‘' | '’' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => character,
    };
    let lower = std::iter::once(plain).nfkd().flat_map(char::to_lowercase);
    for part in lower.nfkd().filter(|part| !is_combining_mark(*part)) {
        match part {
            'œ' => "oe".chars().for_each(&mut each),
            'æ' => "ae".chars().for_each(&mut each),
            'ß' => "ss".chars().for_each(&mut each),
            'ø' => each('o'),
            'ł' => each('l'),
            'đ' => each('d'),
            'ı' => each('i'),
            'ς' => each('σ'),
            _ if part.is_whitespace() => each(' '),
            _ => each(part),
        }
    }
}

#[cfg(test)]
#[path = "finding_tests.rs"]
mod tests;
