//! What the words on the pages say of a draft. It is advice, never a hindrance.

use super::Problem;
use crate::draft::{Document, Draft, Field, Role};
use crate::geometry::Rect;
use crate::ids::{DocumentId, PageId, RecipientId};
use crate::page_content::{PageContent, TextRun};
use crate::suggestions::{Suggestion, fold, words};

/// Points in which a field may overlap letters: borders and descenders that touch cover nothing.
const TOUCH: f64 = 1.0;
/// From the top of a run's box, the part of its height where small letters begin, and their foot.
const TOP_OF_LETTERS: f64 = 0.3;
const BASELINE: f64 = 0.8;
/// Characters of what a field covers that are told.
const LONGEST_COVERED: usize = 40;

/// One reading of a draft's pages, from the first to the last.
pub struct Reading<'a> {
    draft: &'a Draft,
    /// Signers whose name was not met yet, with the words of their last name.
    unnamed: Vec<(RecipientId, Vec<String>)>,
    /// Whether a page was read that has words.
    has_words: bool,
    /// Whether a page was met that has none: what is a picture may name anybody.
    has_pictures: bool,
    covered: Vec<Problem>,
    dates: Vec<Dates>,
}

/// The places for a date of one document that no field takes.
struct Dates {
    document: DocumentId,
    page: PageId,
    number: u32,
    place: Rect,
    count: u32,
}

impl<'a> Reading<'a> {
    pub fn of(draft: &'a Draft) -> Self {
        let signers = draft.recipients.iter().filter(|it| it.role == Role::Signer);
        let unnamed = signers.filter_map(|signer| {
            let name = fold(&signer.last_name);
            let name: Vec<String> = words(&name).into_iter().map(str::to_owned).collect();
            (!name.is_empty()).then(|| (signer.id.clone(), name))
        });
        Self {
            draft,
            unnamed: unnamed.collect(),
            has_words: false,
            has_pictures: false,
            covered: Vec::new(),
            dates: Vec::new(),
        }
    }

    /// Reads a page of a document that is signed; `number` is the page's there, from 1. `free`:
    /// the places on it that no field takes.
    pub fn read(
        &mut self,
        document: &Document,
        number: u32,
        content: &PageContent,
        free: &[Suggestion],
    ) {
        if content.runs.is_empty() {
            self.has_pictures = true;
        } else {
            self.has_words = true;
            self.meet_names(content);
        }
        for field in self
            .draft
            .fields
            .iter()
            .filter(|it| it.page == content.page)
        {
            if let Some(words) = covered_words(field, content) {
                self.covered.push(Problem::FieldOverWords {
                    field: field.id.clone(),
                    words,
                });
            }
        }
        for place in free.iter().filter(|place| place.is_date) {
            match self.dates.iter_mut().find(|it| it.document == document.id) {
                Some(dates) => dates.count += 1,
                None => self.dates.push(Dates {
                    document: document.id.clone(),
                    page: content.page.clone(),
                    number,
                    place: place.rect,
                    count: 1,
                }),
            }
        }
    }

    fn meet_names(&mut self, content: &PageContent) {
        if self.unnamed.is_empty() {
            return;
        }
        let mut text = String::new();
        for run in content.runs.iter() {
            text.push_str(&fold(&run.text));
            text.push(' ');
        }
        let tokens = words(&text);
        self.unnamed.retain(|(_, name)| {
            !tokens
                .windows(name.len())
                .any(|window| window.iter().eq(name.iter()))
        });
    }

    /// What was found, once every page was read.
    pub fn problems(self) -> Vec<Problem> {
        let mut found = self.covered;
        if self.has_words && !self.has_pictures {
            let unnamed = self.unnamed.into_iter();
            found.extend(unnamed.map(|(recipient, _)| Problem::NameNotInWords { recipient }));
        }
        found.extend(self.dates.into_iter().map(|dates| Problem::DatesEmpty {
            document: dates.document,
            page: dates.page,
            number: dates.number,
            place: dates.place,
            count: dates.count,
        }));
        found
    }
}

/// The words of which letters lie under a field, as written.
fn covered_words(field: &Field, content: &PageContent) -> Option<String> {
    let mut covered: Vec<&str> = Vec::new();
    for run in content.runs.iter() {
        covered.extend(
            words_of(run)
                .filter(|(_, rect)| covers(&field.rect, rect))
                .map(|(word, _)| word),
        );
    }
    let words = covered.join(" ");
    let mut letters = words.chars();
    let mut told: String = letters.by_ref().take(LONGEST_COVERED).collect();
    if letters.next().is_some() {
        told.push('…');
    }
    (!told.is_empty()).then_some(told)
}

/// Letters and digits that stand together, and where. Leaders and lines are there to be covered,
/// and so are the anchors that an author wrote for fields.
fn words_of(run: &TextRun) -> impl Iterator<Item = (&str, Rect)> {
    let mut found = Vec::new();
    let (mut start, mut reach) = (None, None::<(f64, f64)>);
    let mut is_anchor = false;
    let ended = run.text.char_indices().map(Some).chain([None]);
    for (place, next) in ended.enumerate() {
        let at = next.map_or(run.text.len(), |(at, _)| at);
        let rest = run.text.get(at..).unwrap_or_default();
        if rest.starts_with("{{") && rest.contains("}}") {
            is_anchor = true;
        } else if rest.starts_with("}}") {
            is_anchor = false;
        }
        let is_letter = next.is_some_and(|(_, letter)| letter.is_alphanumeric()) && !is_anchor;
        let span = run.spans.get(place).filter(|_| is_letter);
        if let Some([from, to]) = span {
            start = start.or(Some(at));
            let (from, to) = (f64::from(from.min(*to)), f64::from(from.max(*to)));
            let (left, right) = reach.unwrap_or((from, to));
            reach = Some((left.min(from), right.max(to)));
        } else if let (Some(begin), Some((left, right))) = (start.take(), reach.take()) {
            found.push((
                run.text.get(begin..at).unwrap_or_default(),
                stretch(run, left, right),
            ));
        }
    }
    found.into_iter()
}

/// Around the small letters of a stretch of a run, in displayed space; `from` and `to` are points
/// along its line.
fn stretch(run: &TextRun, from: f64, to: f64) -> Rect {
    let (sin, cos) = run.angle.to_radians().sin_cos();
    let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
    let (mut right, mut bottom) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for along in [from, to] {
        for below in [TOP_OF_LETTERS * run.font_size, BASELINE * run.font_size] {
            let x = run.corner.0 + along * cos - below * sin;
            let y = run.corner.1 + along * sin + below * cos;
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
    }
    Rect {
        x: left,
        y: top,
        w: right - left,
        h: bottom - top,
    }
}

fn covers(field: &Rect, word: &Rect) -> bool {
    (field.x + field.w).min(word.x + word.w) - field.x.max(word.x) > TOUCH
        && (field.y + field.h).min(word.y + word.h) - field.y.max(word.y) > TOUCH
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
