//! What is said of a run: on the terminal, as numbers, and as the report in `docs/`.

use crate::aims::{self, Aim, Side};
use crate::figures::{Figure, Figures, Unit, Who};
use anyhow::Context;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const COLUMNS: [(Who, &str); 7] = [
    (Who::Pdfium, "pdfium alone"),
    (Who::Workers, "workers"),
    (Who::Paraph, "Paraph's window"),
    (Who::Pdfjs, "pdf.js"),
    (Who::Bare, "bare window"),
    (Who::Evince, "evince"),
    (Who::Chromium, "Chromium"),
];

/// Prints the run and writes its numbers; the report only of a whole run.
pub fn write(figures: &Figures, root: &Path, is_whole: bool) -> anyhow::Result<()> {
    let aims = aims::all(figures);
    let machine = Machine::look(root);
    let tables = format!("{}\n{}", table_of_aims(&aims), table_of_figures(figures)?);
    println!("\n{tables}");

    let target = root.join("target").join("bench");
    let numbers = json!({
        "machine": machine.lines(),
        "whole": is_whole,
        "aims": aims,
        "figures": figures.all(),
    });
    let file = target.join("pdf.json");
    fs::write(&file, serde_json::to_string_pretty(&numbers)?)
        .with_context(|| format!("writing {}", file.display()))?;
    println!("numbers: {}", file.display());

    if is_whole {
        publish(root, "performance.md", &document(&machine, &tables))?;
    }
    Ok(())
}

/// Writes a report into `docs` and says where it is.
pub fn publish(root: &Path, name: &str, report: &str) -> anyhow::Result<()> {
    let file = root.join("docs").join(name);
    fs::write(&file, report).with_context(|| format!("writing {}", file.display()))?;
    println!("report: {}", file.display());
    Ok(())
}

fn document(machine: &Machine, tables: &str) -> String {
    format!("{ABOUT}\n{}\n{HOW}\n{tables}", machine.this_run())
}

const ABOUT: &str = "\
# How fast pages are shown

Written by `cargo xtask bench pdf`, which measures all of it in one run; edit the bench, not this
file. Nothing here is a test: times depend on the machine and on what else it does, so compare the
columns of one run rather than runs of two machines.
";

const HOW: &str = "\
## How it is measured

- **pdfium alone** draws into memory in the measuring process: the limit of everybody who draws with
  pdfium.
- **workers** adds the worker process: from the question to the encoded picture in the application.
- **Paraph's window** is the application itself, in its real window on a virtual display without a
  graphics card: a picture is *ready* when the webview has decoded it, and *seen* two frames later.
- **pdf.js** draws into a canvas in a window of the same webview that holds nothing else, with a
  worker of its own for each file, as it does by itself. A page is *ready* when the canvas is drawn,
  and *seen* two frames later.
- **bare window** is that window with an empty page.
- Aims beside pdfium and pdf.js compare *ready*, because frames cost both the same; the jump to page
  901 is *seen* in the editor, whose pages are as wide as its window makes them.
- Programs are looked at **from outside**: from the start of the process until a pixel in the middle
  of the screen has the page's colour. Paraph *in the tray* is running already.
- A file of which the first page is asked for is open nowhere, neither in the application nor in its
  workers; its bytes are in the system's cache for everybody.

Files are generated, the same bytes every time: a contract of 3 pages, 30 pages with a photo each,
a contract of 1,000 pages, 50 pages scanned in colour at 300 dpi, and a page of 2,000 long curves.
Times are in milliseconds, the median of several runs with the least in brackets; a whole file is
drawn once.
";

fn table_of_aims(aims: &[Aim]) -> String {
    let mut out = String::from(
        "## Aims\n\n| aim | bound | measured | of the bound | |\n|---|---|---|---|---|\n",
    );
    for aim in aims {
        let side = match aim.side {
            Side::AtMost => "at most",
            Side::AtLeast => "at least",
        };
        let space = if aim.unit == "x" { "" } else { " " };
        let value = aim.value.map_or_else(String::new, |value| {
            format!("{}{space}{}", number(value), aim.unit)
        });
        let ratio = aim
            .ratio()
            .map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let verdict = match aim.is_met() {
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "not measured",
        };
        let _ = writeln!(
            out,
            "| {} | {side} {}{space}{} | {value} | {ratio} | {verdict} |",
            aim.name, aim.bound, aim.unit
        );
    }
    out
}

/// A table for each thing that was measured, a row for each file and resolution.
fn table_of_figures(figures: &Figures) -> anyhow::Result<String> {
    let mut out = String::from("## Figures\n");
    let mut whats: Vec<&str> = Vec::new();
    for figure in figures.all() {
        if !whats.contains(&figure.what) {
            whats.push(figure.what);
        }
    }
    for what in whats {
        let of_this: Vec<&Figure> = figures.all().iter().filter(|it| it.what == what).collect();
        let columns: Vec<_> = COLUMNS
            .iter()
            .filter(|(who, _)| of_this.iter().any(|figure| figure.who == *who))
            .collect();
        let beside = |one: Who, other: Who| {
            let has = |who| columns.iter().any(|column| column.0 == who);
            has(one) && has(other)
        };
        let ratios: Vec<_> = [
            (Who::Workers, Who::Pdfium, "workers / pdfium"),
            (Who::Paraph, Who::Pdfium, "Paraph / pdfium"),
            (Who::Pdfjs, Who::Paraph, "pdf.js / Paraph"),
            (Who::Evince, Who::Paraph, "evince / Paraph"),
            (Who::Chromium, Who::Paraph, "Chromium / Paraph"),
        ]
        .into_iter()
        .filter(|(one, other, _)| beside(*one, *other))
        .collect();

        let mut letters = what.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        write!(out, "\n### {first}{}\n\n| file | dpi |", letters.as_str())?;
        for (_, title) in &columns {
            write!(out, " {title} |")?;
        }
        for (_, _, title) in &ratios {
            write!(out, " {title} |")?;
        }
        let count = 2 + columns.len() + ratios.len();
        writeln!(out, "\n|{}", "---|".repeat(count))?;

        let mut rows: Vec<(&str, Option<u32>)> = Vec::new();
        for figure in &of_this {
            if !rows.contains(&(figure.file, figure.dpi)) {
                rows.push((figure.file, figure.dpi));
            }
        }
        for (file, dpi) in rows {
            let at = |who| {
                of_this
                    .iter()
                    .find(|it| it.who == who && it.file == file && it.dpi == dpi)
            };
            let dpi = dpi.map_or_else(String::new, |dpi| dpi.to_string());
            write!(out, "| {file} | {dpi} |")?;
            for (who, _) in &columns {
                write!(
                    out,
                    " {} |",
                    at(*who).map_or_else(String::new, |it| cell(it))
                )?;
            }
            for (one, other, _) in &ratios {
                let ratio = at(*one)
                    .zip(at(*other))
                    .map(|(one, other)| one.p50 / other.p50);
                let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}x"));
                write!(out, " {ratio} |")?;
            }
            writeln!(out)?;
        }
    }
    Ok(out)
}

fn cell(figure: &Figure) -> String {
    let shown = |value: f64| match figure.unit {
        Unit::Bytes if value >= 1_048_576.0 => format!("{:.1} MB", value / 1_048_576.0),
        Unit::Bytes => format!("{:.0} KB", value / 1024.0),
        Unit::Milliseconds | Unit::Count => number(value),
    };
    if figure.runs == 1 {
        shown(figure.p50)
    } else {
        format!("{} ({})", shown(figure.p50), shown(figure.min))
    }
}

pub fn number(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

/// What it was measured on.
pub struct Machine {
    processor: String,
    memory: String,
    webkit: String,
    pdfjs: String,
}

impl Machine {
    pub fn look(root: &Path) -> Machine {
        let line_of = |file: &str, key: &str| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let line = text.lines().find(|line| line.starts_with(key));
            let value = line.and_then(|line| line.split_once(':'));
            value.map_or_else(|| "unknown".to_owned(), |(_, it)| it.trim().to_owned())
        };
        let webkit = Command::new("pkg-config")
            .args(["--modversion", "webkit2gtk-4.1"])
            .output()
            .map_or_else(
                |_| "unknown".to_owned(),
                |it| String::from_utf8_lossy(&it.stdout).trim().to_owned(),
            );
        let pinned = root.join("tests/bench/package.json");
        let pinned = fs::read_to_string(pinned).unwrap_or_default();
        let pinned: serde_json::Value = serde_json::from_str(&pinned).unwrap_or_default();
        let pdfjs = pinned.pointer("/dependencies/pdfjs-dist");
        Machine {
            processor: line_of("/proc/cpuinfo", "model name"),
            memory: line_of("/proc/meminfo", "MemTotal"),
            webkit,
            pdfjs: pdfjs
                .and_then(|it| it.as_str())
                .unwrap_or("unknown")
                .to_owned(),
        }
    }

    /// The section of a report that says what it was measured on.
    pub fn this_run(&self) -> String {
        let lines: String = self.lines().iter().map(|it| format!("- {it}\n")).collect();
        format!("## This run\n\n{lines}")
    }

    pub fn lines(&self) -> Vec<String> {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let build = if cfg!(debug_assertions) {
            "debug build: not comparable"
        } else {
            "release build"
        };
        vec![
            format!(
                "{cores} cores of {}, {} of memory",
                self.processor, self.memory
            ),
            format!("WebKitGTK {}, pdf.js {}", self.webkit, self.pdfjs),
            format!("{build}, {}", std::env::consts::OS),
        ]
    }
}
