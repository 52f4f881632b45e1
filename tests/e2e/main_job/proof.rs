//! The proof: what the clerk asked for, what the provider received, and what is in the file.

use super::preparing::Placed;
use super::signing::TEXT;
use super::{CONTRACT, PEOPLE, REQUESTS};
use crate::editing::difference;
use crate::stage::{Stage, run};
use anyhow::{Context, ensure};
use paraph_domain::geometry::Rect;
use paraph_pdf::{FoundKind, Pdf, PdfOptions};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How far a mark may be from where it was asked for, in points.
const TOLERANCE: f64 = 1.0;

/// Compares, prints, and leaves the files, `result.json` and `requests.log` in the stage's results.
pub fn check(stage: &Stage, placed: &[Placed]) -> anyhow::Result<()> {
    let archive = stage.session().home().join("Documents/Paraph");
    let files = files_below(&archive)?;
    let names: Vec<String> = files
        .iter()
        .map(|file| file.strip_prefix(&archive).unwrap_or(file))
        .map(|file| file.to_string_lossy().into_owned())
        .collect();
    let signed = one_that_ends(&files, "signed.pdf")?;
    one_that_ends(&files, "proof.zip")?;
    for file in &files {
        let name = file.file_name().context("a filed file has a name")?;
        fs::copy(file, stage.results().join(name))
            .with_context(|| format!("keeping {}", file.display()))?;
    }

    let (heights, found) = marks_of(signed)?;
    let received = received(stage, &heights)?;
    ensure!(
        received.len() == placed.len() && found.len() == placed.len(),
        "each field is sent and found once: {} placed, {} received, {} found",
        placed.len(),
        received.len(),
        found.len()
    );
    let mut fields = Vec::new();
    let mut largest: f64 = 0.0;
    say("Fields, in points from the page's upper left corner [x, y, width, height]:");
    for field in placed {
        let sent = received
            .iter()
            .find(|one| one.email == field.person.email && one.page == field.page)
            .with_context(|| format!("the field on page {} was received", field.page))?;
        let mark = found
            .iter()
            .find(|one| one.page == field.page)
            .with_context(|| format!("a mark is found on page {}", field.page))?;
        let difference = [field.asked, sent.rect, mark.rect]
            .into_iter()
            .fold(0.0, |most: f64, one| {
                most.max(difference(field.dropped, one))
            });
        largest = largest.max(difference);
        say(&format!(
            "  {}, page {}: dropped {}, editor {}, provider {}, signed PDF {}: {difference:.2} pt",
            field.person.name(),
            field.page,
            words(field.dropped),
            words(field.asked),
            words(sent.rect),
            words(mark.rect),
        ));
        fields.push(json!({
            "document": sent.document,
            "page": field.page,
            "person": field.person.name(),
            "asked": numbers(field.dropped),
            "shown": numbers(field.asked),
            "sent": numbers(sent.rect),
            "found": numbers(mark.rect),
            "difference_pt": round(difference),
        }));
    }
    keep_requests(stage)?;
    let valid = valid_signatures(stage, signed)?;
    let notifications = stage.notifications();
    say(&format!("Largest difference: {largest:.2} pt"));
    say(&format!("Signatures that pdfsig calls valid: {valid}"));
    say("Notifications:");
    for one in &notifications {
        say(&format!("  {}", one.summary));
    }
    say("Filed:");
    for name in &names {
        say(&format!("  {name}"));
    }
    let result = json!({
        "contract": CONTRACT,
        "fields": fields,
        "largest_difference_pt": round(largest),
        "valid_signatures": valid,
        "notifications": notifications,
        "files": names,
    });
    let result = serde_json::to_string_pretty(&result).context("writing the result")?;
    fs::write(stage.results().join("result.json"), result).context("writing the result")?;

    ensure!(
        largest <= TOLERANCE,
        "a mark lies at most {TOLERANCE} pt from where it was dropped, not {largest:.2}"
    );
    ensure!(
        valid == PEOPLE.len(),
        "pdfsig calls everybody's signature valid, not {valid}"
    );
    Ok(())
}

/// Keeps what the practice server logged of each request: method, path, status and duration. What
/// a request carried is not logged; see [`received`].
fn keep_requests(stage: &Stage) -> anyhow::Result<()> {
    // The driver starts Paraph, whose output goes where the driver's goes.
    let log = stage.results().join("logs/WebKitWebDriver.log");
    let log = fs::read(&log).with_context(|| format!("reading {}", log.display()))?;
    let log = String::from_utf8_lossy(&log);
    let requests: Vec<&str> = log.lines().filter(|it| it.contains(REQUESTS)).collect();
    ensure!(
        requests
            .iter()
            .any(|it| it.contains("path=\"/file_objects\"")),
        "the practice server's requests are in the log"
    );
    fs::write(
        stage.results().join("requests.log"),
        requests.join("\n") + "\n",
    )
    .context("keeping the requests")
}

/// A field that the practice server received.
struct Received {
    email: String,
    document: String,
    page: u32,
    rect: Rect,
}

/// Reads the practice server's own database: what arrived over HTTP, as it keeps it.
fn received(stage: &Stage, heights: &[f64]) -> anyhow::Result<Vec<Received>> {
    let data = stage.session().home().join(".local/share");
    let database = data.join("paraph-dev/practice/sandbox.sqlite3");
    let database = Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("opening {}", database.display()))?;
    let mut question = database.prepare(
        "SELECT members.email, files.name, file_objects.page, file_objects.position
         FROM file_objects
         JOIN files ON files.id = file_objects.file_id
         JOIN members ON members.id = file_objects.member_id
         ORDER BY file_objects.page",
    )?;
    let rows = question.query_map([], |row| {
        let position: String = row.get(3)?;
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, position))
    })?;
    let mut received = Vec::new();
    for row in rows {
        let (email, document, page, position): (String, String, u32, String) = row?;
        let height = heights
            .get(page.saturating_sub(1) as usize)
            .with_context(|| format!("the contract has a page {page}"))?;
        received.push(Received {
            email,
            document,
            page,
            rect: displayed(&position, *height)?,
        });
    }
    Ok(received)
}

/// Yousign v2 writes a place as "left,bottom,right,top" in points from the lower left corner.
fn displayed(position: &str, height: f64) -> anyhow::Result<Rect> {
    let sides: Result<Vec<f64>, _> = position.split(',').map(str::parse).collect();
    let sides = sides.with_context(|| format!("the position '{position}'"))?;
    let [left, bottom, right, top] = sides[..] else {
        anyhow::bail!("the position '{position}' has four sides");
    };
    Ok(Rect {
        x: left,
        y: height - top,
        w: right - left,
        h: top - bottom,
    })
}

/// A mark in the signed file.
struct Mark {
    /// From 1.
    page: u32,
    rect: Rect,
}

/// The pages' heights, and the marks of a file that are signed or filled.
fn marks_of(file: &Path) -> anyhow::Result<(Vec<f64>, Vec<Mark>)> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let runtime = tokio::runtime::Runtime::new().context("starting a runtime")?;
    runtime.block_on(async {
        let pdf = Pdf::start(PdfOptions::default())?;
        let document = pdf.open_bytes(bytes, None).await?;
        let pages = &document.info().pages;
        let heights = pages.iter().map(|page| page.displayed_size().h).collect();
        let marks = document.find_marks().await?;
        let signed = marks
            .into_iter()
            .filter(|mark| match &mark.kind {
                FoundKind::Signature { signed } => *signed,
                FoundKind::Text { value } => value == TEXT,
            })
            .map(|mark| Mark {
                page: mark.page + 1,
                rect: mark.rect,
            });
        Ok((heights, signed.collect()))
    })
}

/// How many signatures poppler's `pdfsig` calls valid; what it says is kept beside the result.
fn valid_signatures(stage: &Stage, file: &Path) -> anyhow::Result<usize> {
    // It would otherwise ask Firefox's store about certificates, which is not the question here.
    let said = run(Command::new("pdfsig").arg("-nocert").arg(file))?;
    fs::write(stage.results().join("pdfsig.txt"), &said).context("keeping what pdfsig says")?;
    Ok(said.matches("Signature is Valid.").count())
}

fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn one_that_ends<'a>(files: &'a [PathBuf], ending: &str) -> anyhow::Result<&'a PathBuf> {
    let is_meant = |file: &&PathBuf| file.to_string_lossy().ends_with(ending);
    let mut found = files.iter().filter(is_meant);
    let first = found.next();
    ensure!(
        found.next().is_none(),
        "one file's name ends with '{ending}': {files:?}"
    );
    first.with_context(|| format!("a file's name ends with '{ending}': {files:?}"))
}

fn numbers(rect: Rect) -> [f64; 4] {
    [rect.x, rect.y, rect.w, rect.h].map(round)
}

fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

fn words(rect: Rect) -> String {
    let [x, y, w, h] = numbers(rect);
    format!("[{x}, {y}, {w}, {h}]")
}

#[allow(
    clippy::print_stdout,
    reason = "the proof is read by the person who started the story"
)]
fn say(line: &str) {
    println!("    {line}");
}
