//! Whom words on a page name: a recipient by name, or by the part that the contract gives them.

use super::area::{bottom, right, shared_x, shared_y};
use super::fold::{fold, words};
use super::layout::Layout;
use super::spots::Spot;
use super::vocabulary::ROLES;
use super::wanted::{Wanted, is_role};
use crate::draft::Recipient;
use crate::geometry::Rect;
use crate::ids::RecipientId;

/// What is known of the draft's people.
#[derive(Debug, Clone, Default)]
pub struct People {
    recipients: Vec<Recipient>,
    names: Vec<Names>,
    /// Which part each plays, as far as the pages say so.
    parts: Vec<(String, RecipientId)>,
}

#[derive(Debug, Clone)]
struct Names {
    recipient: RecipientId,
    first: Vec<String>,
    last: Vec<String>,
    /// Whether nobody else is called so.
    is_last_enough: bool,
}

impl People {
    pub fn of(recipients: &[Recipient]) -> Self {
        let split = |name: &str| -> Vec<String> {
            words(&fold(name)).into_iter().map(str::to_owned).collect()
        };
        let last: Vec<Vec<String>> = recipients.iter().map(|it| split(&it.last_name)).collect();
        let names = recipients.iter().zip(&last).map(|(recipient, own)| Names {
            recipient: recipient.id.clone(),
            first: split(&recipient.first_name),
            last: own.clone(),
            is_last_enough: last.iter().filter(|other| *other == own).count() == 1
                && own.iter().map(String::len).sum::<usize>() >= 3,
        });
        Self {
            names: names.collect(),
            recipients: recipients.to_vec(),
            parts: Vec::new(),
        }
    }

    pub(super) fn recipients(&self) -> &[Recipient] {
        &self.recipients
    }

    /// Reads who plays which part: "Ada Martin, ci-après « le Bailleur »". The pages that name the
    /// parties are a contract's first ones.
    pub fn learn<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        /// How far behind a name its part is looked for.
        const WORDS: usize = 60;
        let text = texts.fold(String::new(), |mut all, text| {
            all.push_str(&fold(text));
            all.push(' ');
            all
        });
        let marked = text.replace('"', " \" ");
        let tokens: Vec<&str> = marked
            .split(|it: char| !it.is_alphanumeric() && it != '"')
            .filter(|token| !token.is_empty())
            .collect();
        let mut place = 0;
        while place < tokens.len() {
            let rest = tokens.get(place..).unwrap_or_default();
            let Some((names, length)) = self.named_at(rest) else {
                place += 1;
                continue;
            };
            let recipient = names.recipient.clone();
            let behind = rest.iter().skip(length).take(WORDS).copied();
            let behind: Vec<&str> = behind.collect();
            let end = (0..behind.len())
                .find(|start| {
                    behind
                        .get(*start..)
                        .and_then(|rest| self.named_at(rest))
                        .is_some_and(|(names, _)| names.recipient != recipient)
                })
                .unwrap_or(behind.len());
            let part = quoted_role(behind.get(..end).unwrap_or_default());
            place += length;
            if let Some(part) = part {
                self.play(part, recipient);
            }
        }
    }

    fn play(&mut self, part: String, recipient: RecipientId) {
        match self.parts.iter().position(|(known, _)| *known == part) {
            // Two people who play it: nobody does.
            Some(place) if self.parts.get(place).is_some_and(|it| it.1 != recipient) => {
                self.parts.remove(place);
            }
            Some(_) => {}
            None => self.parts.push((part, recipient)),
        }
    }

    /// Whose full name begins here, and how many words it has.
    fn named_at(&self, tokens: &[&str]) -> Option<(&Names, usize)> {
        self.names.iter().find_map(|names| {
            let length = names.first.len() + names.last.len();
            let here = tokens.get(..length)?;
            (!names.first.is_empty() && !names.last.is_empty() && names.is_full(here))
                .then_some((names, length))
        })
    }

    /// Whom a few words name; nobody if they name two.
    pub(super) fn named_in(&self, text: &str) -> Option<&RecipientId> {
        let folded = fold(text);
        let tokens = words(&folded);
        let has = |wanted: &[String]| {
            !wanted.is_empty()
                && tokens
                    .windows(wanted.len())
                    .any(|window| window.iter().eq(wanted.iter()))
        };
        let full = |names: &&Names| has(&names.last) && has(&names.first);
        let by_last = |names: &&Names| names.is_last_enough && has(&names.last);
        one(self.names.iter().filter(full))
            .or_else(|| one(self.names.iter().filter(by_last)))
            .map(|names| &names.recipient)
            .or_else(|| {
                let plays = |part: &&(String, RecipientId)| {
                    tokens
                        .iter()
                        .any(|token| role_of(token) == Some(part.0.as_str()))
                };
                one(self.parts.iter().filter(plays)).map(|(_, recipient)| recipient)
            })
    }

    /// Whom a place is for: named by its label, else by what stands nearest in its column, else in
    /// its row. `places` are all of the page's, `rect` is where this one is. Nobody is asked for
    /// the same thing twice, so a name reaches no further than the next place of the same kind.
    pub(super) fn named_near(
        &self,
        layout: &Layout,
        spot: &Spot,
        rect: &Rect,
        places: &[(Spot, Rect)],
    ) -> Option<RecipientId> {
        const ABOVE: f64 = 130.0;
        const BELOW: f64 = 64.0;
        const LONGEST: usize = 90;
        if let Some(named) = self.named_in(&spot.label) {
            return Some(named.clone());
        }
        let short = |text: &str| text.chars().count() <= LONGEST;
        let named = layout.pieces.iter().filter(|piece| short(&piece.text));
        let named = named.filter_map(|piece| Some((piece.rect, self.named_in(&piece.text)?)));
        let rivals = || {
            let of_its_kind = places
                .iter()
                .filter(|(other, _)| other.wanted == spot.wanted);
            of_its_kind.map(|(_, other)| other).filter(|it| *it != rect)
        };
        let is_between = |other: &Rect, piece: &Rect| {
            let (top, foot) = (bottom(piece).min(bottom(rect)), piece.y.max(rect.y));
            shared_x(other, rect) > 0.4 * other.w.min(rect.w)
                && bottom(other) > top
                && other.y < foot
        };
        let in_column = named.clone().filter_map(|(piece, recipient)| {
            let above = rect.y - bottom(&piece);
            let below = piece.y - bottom(rect);
            let is_near = above > -20.0 && above < ABOVE || below > -8.0 && below < BELOW;
            let is_column = shared_x(&piece, rect) > 0.25 * piece.w.min(rect.w);
            let is_free = !rivals().any(|other| is_between(other, &piece));
            // What stands above belongs to it rather than what stands below, where the next
            // signer's block may begin; names are printed below signatures only.
            let is_mark = matches!(spot.wanted, Wanted::Signature | Wanted::Initials);
            let distance = match (below > -8.0, is_mark) {
                (true, true) => below + 12.0,
                (true, false) => below + ABOVE,
                (false, _) => above,
            };
            (is_near && is_column && is_free).then_some((distance, recipient))
        });
        let nearest = |a: &(f64, &RecipientId), b: &(f64, &RecipientId)| a.0.total_cmp(&b.0);
        if let Some((_, recipient)) = in_column.min_by(nearest) {
            return Some(recipient.clone());
        }
        let in_row = named.filter_map(|(piece, recipient)| {
            let gap = rect.x - right(&piece);
            let is_free = !rivals().any(|other| {
                shared_y(other, rect) > 0.4 * other.h.min(rect.h)
                    && other.x >= right(&piece) - 2.0
                    && other.x < rect.x
            });
            let is_row = shared_y(&piece, rect) > 0.5 * piece.h;
            (gap > -4.0 && is_row && is_free).then_some((gap, recipient))
        });
        in_row
            .min_by(nearest)
            .map(|(_, recipient)| recipient.clone())
    }
}

impl Names {
    fn is_full(&self, tokens: &[&str]) -> bool {
        let one_way = self.first.iter().chain(&self.last);
        let other_way = self.last.iter().chain(&self.first);
        tokens.iter().eq(one_way) || tokens.iter().eq(other_way)
    }
}

/// The only one there is.
fn one<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The first part that stands in quotes.
fn quoted_role(tokens: &[&str]) -> Option<String> {
    let mut quotes = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| **token == "\"");
    let (start, _) = quotes.next()?;
    let inside = tokens
        .iter()
        .skip(start + 1)
        .take(4)
        .take_while(|token| **token != "\"");
    inside
        .filter_map(|token| role_of(token))
        .next()
        .map(str::to_owned)
}

/// The role as the vocabulary has it.
fn role_of(token: &str) -> Option<&'static str> {
    if !is_role(token) {
        return None;
    }
    let same = |role: &&&str| {
        token == **role
            || token
                .strip_prefix(**role)
                .is_some_and(|end| matches!(end, "e" | "s" | "es"))
    };
    ROLES
        .iter()
        .filter(same)
        .max_by_key(|role| role.len())
        .copied()
}
