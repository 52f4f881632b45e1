//! Finding the place of a field again in another version of its document: beside the same words,
//! or else where it was.

use crate::draft::Field;
use crate::geometry::{Rect, Size};
use crate::ids::{FieldId, PageId};
use crate::page_content::PageContent;
use crate::suggestions::area::{bottom, right, shared_x, shared_y};
use crate::suggestions::fold;
use crate::suggestions::layout::Layout;
use serde::{Deserialize, Serialize};

/// Where a field stands, told so that another version of the document can be searched for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Anchored {
    /// Zero-based index of the page.
    pub page: u32,
    /// How many pages the document has.
    pub pages: u32,
    /// Of the displayed page, in points.
    pub size: Size,
    /// Displayed space, points.
    pub rect: Rect,
    /// What stands near it, nearest first.
    pub words: Vec<Words>,
}

/// Words on one line, and how far from their upper left corner the field's is, in points, as the
/// reader of the words sees both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// As [`fold`] leaves them.
    pub text: String,
    pub right: f64,
    pub down: f64,
}

/// A place in the other version.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Index among the pages that were searched.
    pub page: usize,
    /// Displayed space, points, on the page.
    pub rect: Rect,
    pub by: FoundBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// The same words stand beside it.
    Words,
    /// No such words were found: it stands where it did.
    Position,
}

/// A field that was put where it was found, and what whoever looks at it wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlacedField {
    pub field: FieldId,
    pub page: PageId,
    pub by: FoundBy,
    /// Whether it stands elsewhere on its page, or on another page, than it did.
    pub has_moved: bool,
}

impl PlacedField {
    pub fn of(field: &Field, found: &Found, was: &Anchored) -> Self {
        Self {
            field: field.id.clone(),
            page: field.page.clone(),
            by: found.by,
            has_moved: found.page != was.page as usize
                || found.rect.largest_difference(&was.rect) > 1.0,
        }
    }
}

/// How far two rectangles are from each other; what stands before or above counts as nearer than
/// what follows.
fn gap(words: &Rect, field: &Rect) -> f64 {
    let across = -shared_x(words, field).min(0.0);
    let down = -shared_y(words, field).min(0.0);
    let follows = words.x > right(field) || words.y > bottom(field);
    across.hypot(down) + if follows { 20.0 } else { 0.0 }
}

/// The pages of a document in order, `None` for those that are not looked at.
pub struct Searched {
    pages: Vec<Option<SearchedPage>>,
}

struct SearchedPage {
    layout: Layout,
    size: Size,
    /// Of each piece of the layout, folded.
    texts: Vec<String>,
}

impl Searched {
    pub fn of<'a>(contents: impl IntoIterator<Item = Option<&'a PageContent>>) -> Self {
        let pages = contents.into_iter().map(|content| {
            let content = content?;
            let layout = Layout::of(content);
            Some(SearchedPage {
                texts: layout.pieces.iter().map(|it| fold(&it.text)).collect(),
                layout,
                size: content.size,
            })
        });
        Self {
            pages: pages.collect(),
        }
    }

    /// Where a field stands in this document. `None`: on no page that is looked at.
    pub fn anchor(&self, page: usize, rect: Rect) -> Option<Anchored> {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let searched = self.pages.get(page)?.as_ref()?;
        Some(Anchored {
            page: number(page),
            pages: number(self.pages.len()),
            size: searched.size,
            rect,
            words: searched.words_near(&rect),
        })
    }

    /// The place of a field of another version. Words come first; among places that as many words tell, the one whose
    /// page is nearest to where it was, counted from the first page or from the last, and then
    /// the one that moved least. `None`: no words, and no page where it was.
    pub fn find(&self, field: &Anchored) -> Option<Found> {
        self.by_words(field).or_else(|| self.by_position(field))
    }

    fn by_words(&self, field: &Anchored) -> Option<Found> {
        /// Words that tell places closer than this, in points, tell the same one.
        const SAME: f64 = 6.0;
        let mut best: Option<((usize, u32, f64), Found)> = None;
        for (index, page) in self.pages.iter().enumerate() {
            let Some(page) = page else { continue };
            let told = page.told(field);
            for (word, rect) in &told {
                let agrees =
                    |other: &&(usize, Rect)| (other.1.x - rect.x).hypot(other.1.y - rect.y) <= SAME;
                let mut agreeing: Vec<usize> =
                    told.iter().filter(agrees).map(|(word, _)| *word).collect();
                agreeing.sort_unstable();
                agreeing.dedup();
                let moved = (rect.x - field.rect.x).hypot(rect.y - field.rect.y);
                // What the nearest words tell, where all tell as much.
                let rank = (
                    agreeing.len(),
                    self.pages_away(field, index),
                    moved + *word as f64,
                );
                let is_better = best.as_ref().is_none_or(|(other, _)| {
                    rank.0
                        .cmp(&other.0)
                        .then(other.1.cmp(&rank.1))
                        .then(other.2.total_cmp(&rank.2))
                        .is_gt()
                });
                if is_better {
                    let found = Found {
                        page: index,
                        rect: rect.clamped_to(page.size),
                        by: FoundBy::Words,
                    };
                    best = Some((rank, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    fn by_position(&self, field: &Anchored) -> Option<Found> {
        let count = self.pages.len();
        let is_last = field.page + 1 == field.pages;
        let index = if is_last {
            count.checked_sub(1)?
        } else {
            field.page as usize
        };
        let page = self.pages.get(index)?.as_ref()?;
        Some(Found {
            page: index,
            rect: moved_to(&field.rect, field.size, page.size),
            by: FoundBy::Position,
        })
    }

    /// How many pages from where it was, counted from the end that is nearer.
    fn pages_away(&self, field: &Anchored, index: usize) -> u32 {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let count = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        let from_end = |page: u32, of: u32| of.saturating_sub(page + 1);
        let behind = from_end(index, count).abs_diff(from_end(field.page, field.pages));
        index.abs_diff(field.page).min(behind)
    }
}

impl SearchedPage {
    /// What stands near a place, nearest first.
    fn words_near(&self, rect: &Rect) -> Vec<Words> {
        /// Words farther away, in points, tell nothing of a place.
        const NEAR: f64 = 140.0;
        const MOST: usize = 4;
        /// Fewer letters stand everywhere, more are prose that is written anew.
        const LETTERS: std::ops::RangeInclusive<usize> = 3..=80;
        let own = self.layout.turn.read(rect);
        let mut near: Vec<(f64, Words)> = Vec::new();
        for (piece, text) in self.layout.pieces.iter().zip(&self.texts) {
            let letters = piece.text.chars().filter(|it| it.is_alphabetic()).count();
            let gap = gap(&piece.rect, &own);
            if gap <= NEAR && LETTERS.contains(&letters) {
                let words = Words {
                    text: text.clone(),
                    right: own.x - piece.rect.x,
                    down: own.y - piece.rect.y,
                };
                near.push((gap, words));
            }
        }
        near.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        near.truncate(MOST);
        near.into_iter().map(|(_, words)| words).collect()
    }

    /// Where words of a field say that it stands here; each with the words' place in its list.
    fn told(&self, field: &Anchored) -> Vec<(usize, Rect)> {
        let mut told = Vec::new();
        for (piece, text) in self.layout.pieces.iter().zip(&self.texts) {
            for (place, words) in field.words.iter().enumerate() {
                if words.text != *text {
                    continue;
                }
                let own = self.layout.turn.read(&field.rect);
                let there = Rect {
                    x: piece.rect.x + words.right,
                    y: piece.rect.y + words.down,
                    ..own
                };
                told.push((place, self.layout.turn.displayed(&there)));
            }
        }
        told
    }
}

/// On a page of another size: as far from the corner that is nearest.
fn moved_to(rect: &Rect, from: Size, to: Size) -> Rect {
    let keeps_end = |start: f64, length: f64, size: f64| start + length / 2.0 > size / 2.0;
    let mut moved = *rect;
    if keeps_end(rect.x, rect.w, from.w) {
        moved.x += to.w - from.w;
    }
    if keeps_end(rect.y, rect.h, from.h) {
        moved.y += to.h - from.h;
    }
    moved.clamped_to(to)
}

#[cfg(test)]
#[path = "anchoring_tests.rs"]
mod tests;
