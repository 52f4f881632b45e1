//! How long the window's main thread is busy with each motion of the pointer, beside a bare page
//! that moves a box among as many: `cargo xtask bench editor`.

use crate::bare;
use crate::figures::{milliseconds, percentile};
use crate::memory::WEB;
use crate::report::{Machine, number, publish};
use crate::script::Script;
use anyhow::{Context, ensure};
use paraph_tests::fixtures::contract;
use paraph_tests::main_job::type_people;
use paraph_tests::stage::{
    ABOUT_PAGES, Furniture, Point, Stage, Window, button, css, processes, wait_until,
};
use serde::Serialize;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

const PAGES: u32 = 300;
const FIELDS: u32 = 500;
/// On the page where gestures are made, so that there is something to line up with.
const ON_THE_PAGE: u32 = 20;
const WORKED_ON: u32 = 150;
/// The aim: of a hundred motions ninety-nine are done by then.
const AIM: f64 = 8.0;
/// Longer than a frame and what follows it: each motion's work is over before the next one.
const BETWEEN: Duration = Duration::from_millis(50);
const CALM: Duration = Duration::from_secs(3);
/// It stands on every page, more than once.
const WORD: (&str, &str) = ("agreemen", "t");

/// What was measured of one gesture: milliseconds of the main thread.
#[derive(Serialize)]
struct Gesture {
    name: &'static str,
    median: f64,
    p99: f64,
    motions: usize,
}

impl Gesture {
    fn new(name: &'static str, times: &[f64]) -> anyhow::Result<Gesture> {
        let at = |share| percentile(times, share).context("no motion was measured");
        Ok(Gesture {
            name,
            median: at(0.5)?,
            p99: at(0.99)?,
            motions: times.len(),
        })
    }
}

/// Measures, prints, and writes `target/bench/editor.json`; the report in `docs/` unless `quick`.
pub fn measure(root: &Path, quick: bool) -> anyhow::Result<()> {
    let motions = if quick { 30 } else { 300 };
    let bare = beside(root, motions)?;
    let (mut gestures, found) = in_the_editor(root, motions)?;
    gestures.insert(0, bare);
    report(root, &gestures, &found, quick)
}

/// A box dragged in a page without a program, among as many.
fn beside(root: &Path, motions: u32) -> anyhow::Result<Gesture> {
    println!("a box in a bare window");
    let stage = Stage::furnished(&root.join("target/bench/held"), Furniture::complete())?;
    let mut command = stage.session().command(std::env::current_exe()?);
    command.arg("boxes");
    command.args(["--pages", &PAGES.to_string()]);
    command.args(["--boxes", &FIELDS.to_string()]);
    command.args(["--here", &ON_THE_PAGE.to_string()]);
    let _window = stage.session().spawn("boxes", &mut command)?;
    let corner = stage
        .session()
        .place_of_window(&["--name", &format!("^{}$", bare::TITLE)])?;
    std::thread::sleep(CALM);
    let from = Point {
        x: corner.x + bare::HELD.0,
        y: corner.y + bare::HELD.1,
    };
    let hand = Hand {
        stage: &stage,
        motions,
    };
    Gesture::new("a box moved in a bare window", &hand.drag(from)?)
}

fn in_the_editor(root: &Path, motions: u32) -> anyhow::Result<(Vec<Gesture>, Vec<f64>)> {
    println!("the editor");
    let stage = Stage::furnished(&root.join("target/bench/gestures"), Furniture::complete())?;
    let file = stage.session().home().join("Contract.pdf");
    fs::write(&file, contract(PAGES))?;
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(file.to_string_lossy())
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text(&format!("1 / {PAGES}"))?;
    type_people(&stage, &window)?;
    place_fields(&window)?;
    window.click(&button("Fit page"))?;
    // Far pages follow once the zoom has come to rest.
    std::thread::sleep(CALM);
    let script = Script {
        window: &window,
        home: stage.session().home(),
    };
    script.run::<()>(
        "scroller().scrollTop = topOf(args[0]); await untilSharp();",
        &json!([WORKED_ON]),
    )?;
    std::thread::sleep(CALM);

    let hand = Hand {
        stage: &stage,
        motions,
    };
    let field = || window.middle_of(&css(format!("{} [data-field-id]", page())));
    let mut gestures = Vec::new();
    println!("the editor: a field moved, and lined up");
    gestures.push(Gesture::new(
        "a field moved, lined up",
        &hand.drag(field()?)?,
    )?);
    stage.picture("moved")?;
    println!("the editor: its corner pulled");
    let corner = window.middle_of(&css(format!("{} [data-handle=se]", page())))?;
    gestures.push(Gesture::new("a field resized", &hand.drag(corner)?)?);
    println!("the editor: fields enclosed");
    let edge = edge_of_page(&window)?;
    gestures.push(Gesture::new("fields enclosed", &hand.drag(edge)?)?);
    stage.picture("enclosed")?;
    println!("the editor: those moved together");
    gestures.push(Gesture::new("several fields moved", &hand.drag(field()?)?)?);
    println!("the editor: a word sought");
    let found = sought(&stage, &script, if motions < 100 { 3 } else { 11 })?;
    window.ensure_untroubled()?;
    Ok((gestures, found))
}

fn page() -> String {
    format!("[data-page-number='{WORKED_ON}']")
}

/// All of them by one edit, as a repetition would.
fn place_fields(window: &Window) -> anyhow::Result<()> {
    window.execute(
        "const [count, onThePage, workedOn] = arguments;
         const invoke = window.__TAURI_INTERNALS__.invoke;
         const draft = document.querySelector('[data-draft]').dataset.draft;
         window.answer = null;
         (async () => {
           const before = (await invoke('get_draft', { request: { draft } })).draft;
           const pages = before.documents[0].pages, people = before.recipients;
           const kind = { type: 'signature', mentionAbove: '', mentionBelow: '' };
           const edits = Array.from({ length: count }, (_, at) => {
             const isHere = at < onThePage;
             const page = pages[isHere ? workedOn - 1 : at % pages.length];
             const row = isHere ? Math.floor(at / 4) : 6 + (at % 2);
             const rect = { x: 40 + (at % 4) * 130, y: 140 + row * 60, w: 110, h: 42 };
             const recipient = people[at % people.length].id;
             const field = { id: crypto.randomUUID(), page: page.id, recipient, rect, kind };
             return { edit: 'insert_field', field, at };
           });
           const edit = { edit: 'batch', edits };
           const label = 'editor_step_place_field';
           await invoke('edit_draft', { request: { draft, edit, label } });
         })().then(() => (window.answer = 'done'), (error) => (window.answer = String(error)));",
        &[json!(FIELDS), json!(ON_THE_PAGE), json!(WORKED_ON)],
    )?;
    let answer = wait_until("fields", || {
        let answer = window.execute("return window.answer", &[])?;
        Ok((!answer.is_null()).then_some(answer))
    })?;
    ensure!(answer == json!("done"), "placing fields: {answer}");
    // The window learns of it as of anything that another window did.
    wait_until("fields on the pages", || {
        let count = window.execute(
            "return document.querySelectorAll('[data-field-id]').length",
            &[],
        )?;
        Ok((count == json!(FIELDS)).then_some(()))
    })
}

/// An empty place of the page, near its upper left corner.
fn edge_of_page(window: &Window) -> anyhow::Result<Point> {
    let place = window.execute(
        &format!(
            "{ABOUT_PAGES}
             const box = pageOf(arguments[0]).getBoundingClientRect();
             return [box.left + 12, box.top + 60];"
        ),
        &[json!(WORKED_ON)],
    )?;
    let (x, y): (f64, f64) = serde_json::from_value(place)?;
    window.on_screen(x, y)
}

struct Hand<'a> {
    stage: &'a Stage,
    motions: u32,
}

impl Hand<'_> {
    /// Presses there, moves round in small steps, lets go; milliseconds of the main thread for
    /// each motion.
    fn drag(&self, from: Point) -> anyhow::Result<Vec<f64>> {
        let pointer = self.stage.pointer();
        let home = self.stage.session().home();
        let web = processes::of_session(&home, &[WEB]);
        let web = web.first().context("the web process")?;
        let worked = || {
            web.main_thread_worked()
                .context("this kernel does not tell how long a thread worked")
        };
        pointer.hold(from)?;
        // Enough for a hand: what is nearer is a click.
        pointer.move_to(Point {
            x: from.x + 10,
            y: from.y + 10,
        })?;
        std::thread::sleep(10 * BETWEEN);
        let mut times = Vec::new();
        for motion in 1..=self.motions {
            let angle = f64::from(motion) * 0.05;
            let before = worked()?;
            pointer.move_to(Point {
                x: from.x + 10 + (90.0 * angle.sin()) as i32,
                y: from.y + 10 + (60.0 * (1.0 - angle.cos())) as i32,
            })?;
            std::thread::sleep(BETWEEN);
            times.push(milliseconds(worked()?.saturating_sub(before)));
        }
        pointer.release()?;
        std::thread::sleep(10 * BETWEEN);
        Ok(times)
    }
}

/// From the last letter of a word to its first places on the page, in milliseconds, a run each.
fn sought(stage: &Stage, script: &Script, runs: u32) -> anyhow::Result<Vec<f64>> {
    let pointer = stage.pointer();
    let (begin, last) = WORD;
    pointer.press("ctrl+f")?;
    script.window.wait_for(&css("[role=search] input"))?;
    let mut times = Vec::new();
    for _ in 0..runs {
        pointer.press("ctrl+a")?;
        pointer.write(begin)?;
        std::thread::sleep(CALM);
        script.run::<()>(
            "const bar = document.querySelector('[role=search]'), before = bar.textContent;
             window.found = null;
             addEventListener('keydown', () => {
               const pressed = performance.now();
               const look = () => {
                 if (bar.textContent === before) return requestAnimationFrame(look);
                 window.found = performance.now() - pressed;
               };
               requestAnimationFrame(look);
             }, { once: true, capture: true });",
            &json!([]),
        )?;
        pointer.press(last)?;
        let found = wait_until("places of the word", || {
            let found = script.window.execute("return window.found", &[])?;
            Ok(found.as_f64())
        })?;
        times.push(found);
    }
    Ok(times)
}

fn report(root: &Path, gestures: &[Gesture], found: &[f64], quick: bool) -> anyhow::Result<()> {
    let bare = gestures.first().context("the bare window")?;
    let mut table = String::from(
        "| gesture | median, ms | 99th percentile, ms | beside the bare window | aim, at most 8 ms |\n|---|---|---|---|---|\n",
    );
    for gesture in gestures {
        let Gesture {
            name, median, p99, ..
        } = gesture;
        let (ratio, verdict) = if gesture.name == bare.name {
            (String::new(), "")
        } else {
            let verdict = if *p99 <= AIM { "met" } else { "**missed**" };
            (format!("{:.2}x", median / bare.median), verdict)
        };
        writeln!(
            table,
            "| {name} | {} | {} | {ratio} | {verdict} |",
            number(*median),
            number(*p99)
        )?;
    }
    let search = Gesture::new("from a key in the search box to the result", found)?;
    let slowest = found.iter().copied().fold(0.0, f64::max);
    writeln!(
        table,
        "\nFrom a key in the search box to the first result: {} ms in the median of {}, {} ms at most.",
        number(search.median),
        search.motions,
        number(slowest)
    )?;
    println!("\n{table}");

    let machine = Machine::look(root);
    let numbers = json!({
        "machine": machine.lines(), "quick": quick, "gestures": gestures, "search": search,
    });
    let file = root.join("target/bench/editor.json");
    fs::write(&file, serde_json::to_string_pretty(&numbers)?)
        .with_context(|| format!("writing {}", file.display()))?;
    println!("numbers: {}", file.display());
    if quick {
        return Ok(());
    }
    let run = format!("{ABOUT}\n{}\n{table}", machine.this_run());
    publish(root, "editor-performance.md", &run)
}

const ABOUT: &str = "\
# How fast the editor follows a hand

Written by `cargo xtask bench editor`; edit the bench, not this file. Nothing here is a test.

A contract of 300 pages carries 500 fields, 20 of them on the page that is worked on. The pointer of
a virtual display makes 300 small motions, 50 ms apart, with the button held. What is told is how
long the main thread of the window's web process works for each: the program's own work, layout and
painting, the frames of the pause included, without a graphics card. The *bare window* is the same
webview with nothing but as many boxes on as many sheets, and a few lines that move one of them.
";
