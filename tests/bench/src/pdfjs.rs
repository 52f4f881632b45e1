//! pdf.js in a bare window of the same webview, and that window with nothing in it.

use crate::figures::{Figures, Subject, Unit, Who, milliseconds, what};
use crate::files::Bench;
use crate::{Effort, RESOLUTIONS};
use anyhow::{Context, bail, ensure};
use paraph_tests::stage::{Furniture, Stage};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

const PLAIN: Furniture = Furniture {
    tray: false,
    keychain: false,
};

pub fn measure(
    files: &[Bench],
    root: &Path,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let package = root.join("tests/bench/node_modules/pdfjs-dist");
    ensure!(
        package.is_dir(),
        "pdf.js is not installed; `cargo xtask bench pdf` does"
    );
    let stage = Stage::furnished(&root.join("target/bench/pdfjs"), PLAIN)?;
    let (mut frames, mut memory) = (Vec::new(), Vec::new());
    println!("a bare window");
    for _ in 0..effort.runs {
        let heard = window(&stage, &package, &[], effort)?;
        frames.push(heard.frame);
        memory.push(heard.memory);
    }
    let blank = |what| Subject {
        who: Who::Bare,
        what,
        file: "blank",
        dpi: None,
    };
    figures.note(blank(what::FRAME), Unit::Milliseconds, frames);
    figures.note(blank(what::WEB_MEMORY), Unit::Bytes, memory);

    println!("pdf.js");
    let heard = window(&stage, &package, files, effort)?;
    for message in &heard.notes {
        let number = |key: &str| message.get(key).and_then(Value::as_u64);
        let (ready, seen) = match message.get("what").and_then(Value::as_str) {
            Some("first") => (what::FIRST, Some(what::FIRST_SEEN)),
            Some("jump") => (what::JUMP, Some(what::JUMP_SEEN)),
            Some("steady") => (what::STEADY, Some(what::STEADY_SEEN)),
            Some("together") => (what::TOGETHER, None),
            other => bail!("pdf.js' window measured {other:?}"),
        };
        let file = number("file").and_then(|index| files.get(index as usize));
        let subject = |what| Subject {
            who: Who::Pdfjs,
            what,
            file: file.map_or("", |file| file.name),
            dpi: number("dpi").map(|dpi| dpi as u32),
        };
        let runs = message.get("runs").cloned().unwrap_or_default();
        let runs: Vec<[f64; 2]> = serde_json::from_value(runs)?;
        let (ready_runs, seen_runs) = runs.into_iter().map(|[ready, seen]| (ready, seen)).unzip();
        figures.note(subject(ready), Unit::Milliseconds, ready_runs);
        if let Some(seen) = seen {
            figures.note(subject(seen), Unit::Milliseconds, seen_runs);
        }
    }
    Ok(())
}

/// What a window said.
struct Heard {
    /// Milliseconds from the program's start to its page's first frame.
    frame: f64,
    /// Bytes of its web process at the end.
    memory: f64,
    notes: Vec<Value>,
}

fn window(stage: &Stage, package: &Path, files: &[Bench], effort: Effort) -> anyhow::Result<Heard> {
    let listed: Vec<Value> = files
        .iter()
        .enumerate()
        .map(|(index, file)| json!({ "index": index, "pages": file.pages }))
        .collect();
    let plan = json!({
        "files": listed, "resolutions": RESOLUTIONS, "runs": effort.runs, "steady": effort.steady,
    });
    let mut command = stage.session().command(std::env::current_exe()?);
    command.arg("window").arg("--pdfjs").arg(package);
    command.arg("--plan").arg(plan.to_string());
    command.args(files.iter().map(|file| &file.path));
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("opening the bare window")?;
    let output = child.stdout.take().context("what the window says")?;
    let (mut frame, mut memory, mut notes) = (None, None, Vec::new());
    for line in BufReader::new(output).lines() {
        let message: Value = serde_json::from_str(&line?)?;
        if let Some(failure) = message.get("failed") {
            let _ = child.kill();
            let _ = child.wait();
            bail!("the bare window: {failure}");
        }
        if message.get("frame").is_some() {
            frame = Some(milliseconds(started.elapsed()));
        } else if let Some(bytes) = message.get("memory") {
            memory = bytes.as_f64();
        } else if message.get("what").is_some() {
            notes.push(message);
        }
    }
    child.wait()?;
    Ok(Heard {
        frame: frame.context("the bare window showed nothing")?,
        memory: memory.context("the bare window ended early")?,
        notes,
    })
}
