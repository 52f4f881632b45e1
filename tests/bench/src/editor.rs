//! The editor as a person uses it: a window with the long file and nothing else.

use crate::Effort;
use crate::figures::{Figures, Subject, Unit, Who, what};
use crate::files::{Bench, LONG};
use crate::script::Script;
use anyhow::Context;
use paraph_tests::stage::{Furniture, Stage, button};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// So that thumbnails and neighbours are drawn before the next thing is measured.
const CALM: Duration = Duration::from_secs(3);
/// Two frames of a screen that shows sixty a second, and a hair.
const LONG_FRAME: f64 = 34.0;

pub fn measure(
    files: &[Bench],
    root: &Path,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let file = files.iter().find(|file| file.name == LONG).context(LONG)?;
    let stage = Stage::furnished(&root.join("target/bench/editor"), Furniture::complete())?;
    println!("the editor");
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(file.path.to_string_lossy())
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text(&format!("1 / {}", file.pages))?;
    std::thread::sleep(CALM);
    let script = Script {
        window: &window,
        home: stage.session().home(),
    };
    // First, because memory that was once taken is seldom given back.
    scrolled(&script, effort, figures)?;
    moved(&script, effort, figures)?;
    window.ensure_untroubled()
}

fn subject(what: &'static str, dpi: Option<u32>) -> Subject {
    Subject {
        who: Who::Paraph,
        what,
        file: LONG,
        dpi,
    }
}

/// From the first page to the last, two frames a page, with rests as a reader makes them: what is
/// flown past is not drawn.
fn scrolled(script: &Script, effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
    let last = effort.whole.min(1000);
    let (mut gaps, mut host) = (Vec::new(), 0.0_f64);
    let mut web = Vec::new();
    for (from, to) in [(1, last / 2), (last / 2, last)] {
        println!("the editor: pages {from} to {to} scrolled");
        let (of_half, most) = script.watched::<Vec<f64>>(
            "const view = scroller(), gaps = [];
             view.scrollTop = topOf(args[0]);
             await pause(1000);
             const end = topOf(args[1]);
             let last = await frame(), steps = 0;
             while (view.scrollTop < end) {
               const before = view.scrollTop;
               view.scrollTop = Math.min(end, before + 500);
               if (view.scrollTop === before) break;
               const now = await frame();
               gaps.push(now - last);
               last = now;
               steps += 1;
               if (steps % 30 === 0) {
                 await pause(150);
                 last = await frame();
               }
             }
             await pause(1000);
             return gaps;",
            &json!([from, to]),
        )?;
        gaps.extend(of_half);
        web.push(most.web);
        host = host.max(most.host);
    }
    let long = gaps.iter().filter(|gap| **gap > LONG_FRAME).count();
    let longest = gaps.iter().copied().fold(0.0, f64::max);
    let half = web.first().copied().unwrap_or_default();
    let most = web.into_iter().fold(0.0, f64::max);
    for (what, unit, value) in [
        (what::LONG_FRAMES, Unit::Count, long as f64),
        (what::FRAMES, Unit::Count, gaps.len() as f64),
        (what::LONGEST_FRAME, Unit::Milliseconds, longest),
        (what::WEB_MEMORY_HALF, Unit::Bytes, half),
        (what::WEB_MEMORY, Unit::Bytes, most),
        (what::HOST_MEMORY, Unit::Bytes, host),
    ] {
        figures.note(subject(what, None), unit, vec![value]);
    }
    Ok(())
}

/// Jumps, steps to the next page, and zoom.
fn moved(script: &Script, effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
    println!("the editor: jumps, neighbours, zoom");
    let jumps = script.run(
        "const times = [];
         for (let run = 0; run < args[0]; run += 1) {
           const number = 890 - run * 40, before = performance.now();
           scroller().scrollTop = topOf(number);
           await untilSharp();
           times.push(performance.now() - before);
           await pause(500);
         }
         return times;",
        &json!([effort.runs]),
    )?;
    figures.note(
        subject(what::JUMP_SEEN, Some(96)),
        Unit::Milliseconds,
        jumps,
    );
    let there = script.run(
        "let there = 0;
         scroller().scrollTop = topOf(300);
         await pause(1500);
         for (let page = 301; page <= 300 + args[0]; page += 1) {
           scroller().scrollTop = topOf(page);
           await frame();
           // After that frame's own work, before the next.
           await pause(0);
           if (isSharp()) there += 1;
           await pause(700);
         }
         return [there / args[0]];",
        &json!([effort.runs]),
    )?;
    figures.note(subject(what::NEIGHBOUR, None), Unit::Count, there);
    let zooms = script.run(
        "const times = [];
         const toFullSize = () => [...document.querySelectorAll('button')]
           .find((button) => /^Zoom [0-9]/.test(button.ariaLabel ?? '')).click();
         for (let run = 0; run < args[0]; run += 1) {
           toFullSize();
           // Far pages are moved once the zoom has come to rest.
           await pause(500);
           scroller().scrollTop = topOf(501 + run);
           await pause(1000);
           await untilSharp();
           const width = () => pageOf(501 + run).getBoundingClientRect().width;
           const view = scroller().getBoundingClientRect(), start = width();
           const before = performance.now();
           scroller().dispatchEvent(new WheelEvent('wheel', {
             deltaY: -240, ctrlKey: true, cancelable: true, bubbles: true,
             clientX: view.left + view.width / 2, clientY: view.top + view.height / 2,
           }));
           await frame();
           while (width() === start) await frame();
           await untilSharp();
           times.push(performance.now() - before);
           const grown = width() / start;
           if (grown < 1.6) throw new Error(`it grew by ${grown}`);
           await pause(500);
         }
         return times;",
        &json!([effort.runs]),
    )?;
    figures.note(subject(what::ZOOM, None), Unit::Milliseconds, zooms);
    Ok(())
}
