//! How well places for fields are found on pages whose places are known, beside a plain search for
//! the words: `cargo xtask bench suggestions`.

mod scores;
mod set;
mod sheet;

use crate::figures::{milliseconds, percentile};
use crate::report::{Machine, number, publish};
use anyhow::{Context, ensure};
use paraph_domain::capabilities::Capabilities;
use paraph_domain::draft::{FieldKind, IdentityCheck, Recipient, Role};
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{PageId, RecipientId};
use paraph_domain::page_content::{FormField, PageContent};
use paraph_domain::suggestions::{self, Limits, People};
use paraph_pdf::{Pdf, PdfOptions};
use scores::{Proposal, Score, Scores, by_family};
use set::{Labelled, PEOPLE};
use sheet::Asked;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The half that rules may be made for, and the one that only tells how they do.
const TUNING: u64 = 0;
const HELD_OUT: u64 = 1;

/// Measures and prints; the report in `docs/` unless `quick`. `verbose`: with what went wrong on
/// the half that rules may be made for.
pub fn measure(root: &Path, quick: bool, verbose: bool) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let (tuning, held_out) = runtime.block_on(async {
        let pdf = Pdf::start(PdfOptions::default())?;
        let tuning = look(&pdf, &set::half(TUNING)?, verbose).await?;
        let held_out = look(&pdf, &set::half(HELD_OUT)?, false).await?;
        anyhow::Ok((tuning, held_out))
    })?;
    println!(
        "The half that rules may be made for:\n\n{}",
        by_family(&tuning.ours)
    );
    let table = report(&held_out)?;
    println!("The held-out half:\n\n{table}");
    if quick {
        return Ok(());
    }
    let run = format!("{ABOUT}\n{}\n{table}", Machine::look(root).this_run());
    publish(root, "suggestions.md", &run)
}

/// What a half gave.
struct Looked {
    ours: Scores,
    /// Of the search for words.
    plain: Scores,
    /// Milliseconds from the page to the places: its text and lines read, and places looked for.
    whole: Vec<f64>,
    /// The last of it alone.
    thought: Vec<f64>,
}

async fn look(pdf: &Pdf, set: &[Labelled], verbose: bool) -> anyhow::Result<Looked> {
    let recipients: Vec<Recipient> = (0..PEOPLE.len()).filter_map(person).collect();
    let people = People::of(&recipients);
    let limits = Limits::of(None::<&Capabilities>);
    let mut looked = Looked {
        ours: Scores::default(),
        plain: Scores::default(),
        whole: Vec::new(),
        thought: Vec::new(),
    };
    for labelled in set {
        let document = pdf.open_bytes(labelled.pdf.clone(), None).await?;
        let page = document.info().pages.first().context("a page")?;
        let size = page.displayed_size();
        let fields = document.examine().await?.signature_fields;
        let form_fields = fields.into_iter().filter_map(|field| {
            let (_, rect) = field.place?;
            Some(FormField {
                name: field.name,
                rect,
            })
        });
        let started = Instant::now();
        let content = PageContent {
            page: PageId::new("page"),
            size,
            runs: Arc::new(document.text(0).await?),
            shapes: Arc::new(document.shapes(0).await?),
            form_fields: form_fields.collect(),
        };
        let read = Instant::now();
        let found = suggestions::of_page(&content, &people, &limits);
        looked.thought.push(milliseconds(read.elapsed()));
        looked.whole.push(milliseconds(started.elapsed()));
        let proposals: Vec<Proposal> = found
            .iter()
            .map(|it| Proposal {
                asked: asked(&it.kind),
                rect: it.rect,
                person: it
                    .recipient
                    .as_ref()
                    .and_then(|id| recipients.iter().position(|known| known.id == *id)),
                label: it.label.clone(),
            })
            .collect();
        let score = Score::of(&proposals, &labelled.wanted);
        if verbose && !score.wrong.is_empty() {
            println!("{} ({})", labelled.family, labelled.seed);
            for wrong in &score.wrong {
                println!("    {wrong}");
            }
        }
        looked.ours.note(labelled.family, &score);
        let plain = search_for_words(&content);
        looked
            .plain
            .note(labelled.family, &Score::of(&plain, &labelled.wanted));
    }
    Ok(looked)
}

fn person(index: usize) -> Option<Recipient> {
    let (first, last) = PEOPLE.get(index)?;
    Some(Recipient {
        id: RecipientId::new(last.to_lowercase()),
        first_name: (*first).to_owned(),
        last_name: (*last).to_owned(),
        email: String::new(),
        phone: String::new(),
        role: Role::Signer,
        identity_check: IdentityCheck::EmailCode,
        colour: 0,
    })
}

fn asked(kind: &FieldKind) -> Asked {
    match kind {
        FieldKind::Initials => Asked::Initials,
        FieldKind::Text { formula, .. } if !formula.is_empty() => Asked::Formula,
        FieldKind::Text { .. } => Asked::Text,
        _ => Asked::Signature,
    }
}

/// What a search for a few words proposes: a place to the right of each line that has one.
fn search_for_words(content: &PageContent) -> Vec<Proposal> {
    const WORDS: [(&str, Asked); 5] = [
        ("paraphe", Asked::Initials),
        ("initials", Asked::Initials),
        ("date", Asked::Text),
        ("sign", Asked::Signature),
        ("approuvé", Asked::Formula),
    ];
    let mut found = Vec::new();
    for run in content.runs.iter() {
        let text = run.text.to_lowercase();
        let word = WORDS.iter().find(|(word, _)| text.contains(word));
        let Some((_, asked)) = word else { continue };
        let high = if *asked == Asked::Text { 16.0 } else { 40.0 };
        found.push(Proposal {
            asked: *asked,
            rect: Rect {
                x: run.rect.x + run.rect.w + 4.0,
                y: run.rect.y + run.rect.h - high,
                w: 120.0,
                h: high,
            },
            person: None,
            label: run.text.clone(),
        });
    }
    found
}

fn report(half: &Looked) -> anyhow::Result<String> {
    const PRECISION: f64 = 0.95;
    const RECALL: f64 = 0.85;
    const MILLISECONDS: f64 = 30.0;
    let at = |times: &[f64], share| percentile(times, share).context("a page");
    let verdict = |is_met| if is_met { "met" } else { "**missed**" };
    let (ours, plain) = (half.ours.sum(), half.plain.sum());
    ensure!(ours.wanted > 0, "a set with places");
    let whole = at(&half.whole, 0.99)?;
    let mut table =
        String::from("| | Paraph | a search for the words | aim | |\n|---|---|---|---|---|\n");
    for (what, mine, theirs, aim) in [
        ("precision", ours.precision(), plain.precision(), PRECISION),
        ("recall", ours.recall(), plain.recall(), RECALL),
    ] {
        table += &format!(
            "| {what} | {mine:.3} | {theirs:.3} | {aim} | {} |\n",
            verdict(mine >= aim)
        );
    }
    table += &format!(
        "| page read and looked at, 99th percentile, ms | {} | | {MILLISECONDS} | {} |\n",
        number(whole),
        verdict(whole <= MILLISECONDS)
    );
    table += &format!(
        "\nIn the median {} ms, of which {} ms are the rules; these alone take {} ms in the 99th \
         percentile.\nThe person whom the page names was proposed for {} of {} places, somebody \
         else for {}.\n\n",
        number(at(&half.whole, 0.5)?),
        number(at(&half.thought, 0.5)?),
        number(at(&half.thought, 0.99)?),
        ours.right_person,
        ours.with_person,
        ours.wrong_person
    );
    Ok(table + &by_family(&half.ours))
}

const ABOUT: &str = "\
# How well places for fields are found

Written by `cargo xtask bench suggestions`; edit the bench, not this file. Nothing here is a test.

Signature pages of many kinds are drawn by a generator that knows where the place for each field is,
and for whom; a third of them lie on their side inside the file. A proposal is right when it is of
the kind that belongs there and at least 60 % of it lie in the room that the page leaves (10 points
around it are forgiven), once for each room. Half of the pages, with their own wordings and seeds, are only
measured: rules are made for the other half, whose misses `--verbose` lists. The *search for the
words* proposes a place to the right of each line that says \"sign\", \"date\" or the like.
";
