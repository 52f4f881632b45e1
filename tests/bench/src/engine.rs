//! The worker processes as the application uses them: from the question to the encoded picture.

use crate::figures::{Figures, Subject, Unit, Who, milliseconds, what};
use crate::files::{self, Bench, CONTRACT, LONG, SCANS, SLOW};
use crate::{Effort, RESOLUTIONS, width_at};
use anyhow::Context;
use paraph_pdf::{PagePicture, Pdf, PdfFile, PdfOptions, Priority};
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long a page is drawn before nobody wants it any more.
const BEFORE_THE_STOP: Duration = Duration::from_millis(15);
/// How many pages are asked for at once: enough that no worker waits for a question.
const AT_ONCE: usize = 6;
/// Index of the page that is jumped to.
const FAR: u32 = 900;

pub fn measure(files: &[Bench], effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let one = start(1)?;
        for file in files {
            for dpi in RESOLUTIONS {
                println!("one worker: {} at {dpi} dpi", file.name);
                measure_file(&one, file, dpi, effort, figures).await?;
            }
        }
        println!("one worker: a page that nobody wants any more");
        let named = |name| files.iter().find(|file| file.name == name).context(name);
        let contract = named(CONTRACT)?;
        let slow = files::slow(contract)?;
        let stale = [(SLOW, slow), (SCANS, named(SCANS)?.path.clone())];
        for (name, path) in stale {
            stop(&one, &path, name, contract, effort, figures).await?;
        }
        drop(one);

        let two = start(2)?;
        for file in files {
            for dpi in RESOLUTIONS {
                println!("two workers: {} at {dpi} dpi", file.name);
                whole(&two, file, dpi, effort, figures).await?;
            }
        }
        Ok(())
    })
}

fn start(workers: usize) -> anyhow::Result<Pdf> {
    Ok(Pdf::start(PdfOptions {
        workers,
        deadline: Duration::from_secs(120),
        ..PdfOptions::default()
    })?)
}

fn open(pdf: &Pdf, path: &Path) -> anyhow::Result<PdfFile> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    Ok(pdf.file(file, None)?)
}

fn picture(page: u32, dpi: u32) -> PagePicture {
    PagePicture {
        page,
        width: width_at(dpi),
        region: None,
    }
}

async fn measure_file(
    pdf: &Pdf,
    bench: &Bench,
    dpi: u32,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let subject = |what| Subject {
        who: Who::Workers,
        what,
        file: bench.name,
        dpi: Some(dpi),
    };
    // The worker is up before anything counts.
    open(pdf, &bench.path)?
        .draw(picture(0, 10), Priority::Visible)
        .await?;

    let (mut firsts, mut jumps) = (Vec::new(), Vec::new());
    for _ in 0..effort.runs {
        let started = Instant::now();
        let file = open(pdf, &bench.path)?;
        file.draw(picture(0, dpi), Priority::Visible).await?;
        firsts.push(started.elapsed());
        if bench.name == LONG {
            let started = Instant::now();
            file.draw(picture(FAR, dpi), Priority::Visible).await?;
            jumps.push(started.elapsed());
        }
    }
    figures.note_times(subject(what::FIRST), firsts);
    figures.note_times(subject(what::JUMP), jumps);

    let file = open(pdf, &bench.path)?;
    file.draw(picture(0, dpi), Priority::Visible).await?;
    let (mut times, mut bytes) = (Vec::new(), Vec::new());
    // A file of one page has no next one: the same again.
    let last = effort.steady.min(bench.pages - 1).max(1);
    for page in 1..=last {
        let started = Instant::now();
        let image = file
            .draw(picture(page % bench.pages, dpi), Priority::Visible)
            .await?;
        times.push(started.elapsed());
        bytes.push(image.bytes.len() as f64);
    }
    figures.note_times(subject(what::STEADY), times);
    figures.note(subject(what::BYTES), Unit::Bytes, bytes);
    Ok(())
}

/// How long the only worker is still busy with a page after nobody wants it, seen by a small
/// picture of another file.
async fn stop(
    pdf: &Pdf,
    stale: &Path,
    name: &'static str,
    contract: &Bench,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let other = open(pdf, &contract.path)?;
    let small = PagePicture {
        page: 1,
        width: 64,
        region: None,
    };
    let large = PagePicture {
        page: 0,
        width: width_at(192),
        region: None,
    };
    let mut runs = Vec::new();
    for _ in 0..effort.runs {
        other.draw(small, Priority::Visible).await?;
        let started = Instant::now();
        other.draw(small, Priority::Visible).await?;
        let by_itself = started.elapsed();
        // Opened anew each time, so that nothing of the page is known.
        let stale = open(pdf, stale)?;
        // The end of the patience drops the question.
        let drawn =
            tokio::time::timeout(BEFORE_THE_STOP, stale.draw(large, Priority::Visible)).await;
        anyhow::ensure!(
            drawn.is_err(),
            "the page of {name} is too quick to be stopped"
        );
        let started = Instant::now();
        other.draw(small, Priority::Visible).await?;
        let all = started.elapsed();
        runs.push(milliseconds(all.saturating_sub(by_itself)));
    }
    let subject = Subject {
        who: Who::Workers,
        what: what::STOP,
        file: name,
        dpi: None,
    };
    figures.note(subject, Unit::Milliseconds, runs);
    Ok(())
}

/// The whole file, with always some pages asked for.
async fn whole(
    pdf: &Pdf,
    bench: &Bench,
    dpi: u32,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let file = open(pdf, &bench.path)?;
    let pages = bench.pages.min(effort.whole);
    let started = Instant::now();
    let mut asked = JoinSet::new();
    for page in 0..pages {
        if asked.len() >= AT_ONCE
            && let Some(drawn) = asked.join_next().await
        {
            drawn??;
        }
        let file = file.clone();
        asked.spawn(async move { file.draw(picture(page, dpi), Priority::Visible).await });
    }
    while let Some(drawn) = asked.join_next().await {
        drawn??;
    }
    let subject = Subject {
        who: Who::Workers,
        what: what::TWO_WORKERS,
        file: bench.name,
        dpi: Some(dpi),
    };
    figures.note_times(subject, vec![started.elapsed() / pages]);
    Ok(())
}
