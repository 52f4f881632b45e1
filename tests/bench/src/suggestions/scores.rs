//! Proposals beside what was wanted.

use super::sheet::{Asked, Wanted};
use paraph_domain::geometry::Rect;

/// A place that was found.
#[derive(Debug)]
pub struct Proposal {
    pub asked: Asked,
    /// Displayed space, points.
    pub rect: Rect,
    /// Index of the person.
    pub person: Option<usize>,
    #[expect(dead_code, reason = "for whoever reads what went wrong")]
    pub label: String,
}

/// Counts over some pages.
#[derive(Debug, Default, Clone)]
pub struct Score {
    pub found: usize,
    pub right: usize,
    /// How many had to be found.
    pub wanted: usize,
    /// Places that were found and whose person the page names: all, those for whom that person
    /// was proposed, and those for whom it was somebody else.
    pub with_person: usize,
    pub right_person: usize,
    pub wrong_person: usize,
    /// A line for each thing that went wrong.
    pub wrong: Vec<String>,
}

/// How much of a proposal lies in the room.
const INSIDE: f64 = 0.6;
/// Points around the room that are as good.
const FORGIVEN: f64 = 10.0;

impl Score {
    pub fn of(proposals: &[Proposal], wanted: &[Wanted]) -> Self {
        let mut score = Self::default();
        let mut is_met = vec![false; wanted.len()];
        for proposal in proposals {
            let fits = |(place, it): &(usize, &Wanted)| {
                let is_free = is_met.get(*place) == Some(&false);
                is_free && it.asked == proposal.asked && inside(&proposal.rect, &it.room) >= INSIDE
            };
            let Some((place, met)) = wanted.iter().enumerate().find(fits) else {
                score.found += 1;
                score.wrong.push(format!("not wanted: {proposal:?}"));
                continue;
            };
            if let Some(is_met) = is_met.get_mut(place) {
                *is_met = true;
            }
            if met.is_optional {
                continue;
            }
            score.found += 1;
            score.right += 1;
            score.compare_person(proposal, met);
        }
        for (it, is_met) in wanted.iter().zip(is_met) {
            if it.is_optional {
                continue;
            }
            score.wanted += 1;
            if !is_met {
                score.wrong.push(format!("not found: {it:?}"));
            }
        }
        score
    }

    fn compare_person(&mut self, proposal: &Proposal, met: &Wanted) {
        let Some(person) = met.person else { return };
        self.with_person += 1;
        if proposal.person == Some(person) {
            self.right_person += 1;
            return;
        }
        self.wrong_person += usize::from(proposal.person.is_some());
        self.wrong
            .push(format!("not for person {person}: {proposal:?}"));
    }

    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    pub fn recall(&self) -> f64 {
        share(self.right, self.wanted)
    }

    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.right += other.right;
        self.wanted += other.wanted;
        self.with_person += other.with_person;
        self.right_person += other.right_person;
        self.wrong_person += other.wrong_person;
    }
}

/// Where there is nothing to be wrong about, all is right.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

fn inside(rect: &Rect, room: &Rect) -> f64 {
    let reach = |from: f64, length: f64, start: f64, size: f64| {
        let end = (from + length).min(start + size + FORGIVEN);
        (end - from.max(start - FORGIVEN)).max(0.0)
    };
    let w = reach(rect.x, rect.w, room.x, room.w);
    let h = reach(rect.y, rect.h, room.y, room.h);
    w * h / (rect.w * rect.h)
}

/// Scores by family, in the set's order.
#[derive(Debug, Default)]
pub struct Scores(Vec<(&'static str, usize, Score)>);

impl Scores {
    pub fn note(&mut self, family: &'static str, score: &Score) {
        match self.0.iter_mut().find(|(known, ..)| *known == family) {
            Some((_, pages, sum)) => {
                *pages += 1;
                sum.add(score);
            }
            None => self.0.push((family, 1, score.clone())),
        }
    }

    pub fn sum(&self) -> Score {
        let mut sum = Score::default();
        for (_, _, score) in &self.0 {
            sum.add(score);
        }
        sum
    }
}

/// A table, one line a family.
pub fn by_family(scores: &Scores) -> String {
    let mut table = String::from(
        "| pages | kind | places | found | right | precision | recall |\n|---|---|---|---|---|---|---|\n",
    );
    let sum = ("all", scores.0.iter().map(|it| it.1).sum(), scores.sum());
    for (family, pages, score) in scores.0.iter().chain([&sum]) {
        table += &format!(
            "| {pages} | {family} | {} | {} | {} | {:.2} | {:.2} |\n",
            score.wanted,
            score.found,
            score.right,
            score.precision(),
            score.recall()
        );
    }
    table
}
