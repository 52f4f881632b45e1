//! Pictures in the application's own window, asked for by their addresses as the editor does.

use crate::figures::{Figures, Subject, Unit, Who, what};
use crate::files::{Bench, LONG};
use crate::script::Script;
use crate::{Effort, RESOLUTIONS, width_at};
use paraph_tests::fixtures::contract;
use paraph_tests::stage::{Furniture, Stage, button};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Duration;

/// More files than the application keeps open: once all were asked for, any other is closed.
const OTHERS: usize = 13;
/// So that thumbnails and neighbours are drawn before the next thing is measured.
const CALM: Duration = Duration::from_secs(3);

pub fn measure(
    files: &[Bench],
    root: &Path,
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let stage = Stage::furnished(&root.join("target/bench/shown"), Furniture::complete())?;
    let mut others = Vec::new();
    let mut launch = stage.paraph().environment("LANG", "en_GB.UTF-8");
    for file in files {
        launch = launch.argument(file.path.to_string_lossy());
    }
    for number in 0..OTHERS {
        let path = stage.session().home().join(format!("Other {number}.pdf"));
        let mut pdf = contract(1);
        pdf.extend_from_slice(format!("%{number}\n").as_bytes());
        std::fs::write(&path, &pdf)?;
        others.push(hex::encode(Sha256::digest(&pdf)));
        launch = launch.argument(path.to_string_lossy());
    }
    println!("Paraph's window");
    let window = launch.open()?;
    window.click(&button("Start practising"))?;
    let pages = files.iter().map(|file| file.pages).sum::<u32>() + OTHERS as u32;
    window.wait_for_text(&format!("1 / {pages}"))?;
    std::thread::sleep(CALM);

    let script = Script {
        window: &window,
        home: stage.session().home(),
    };
    for file in files {
        println!("Paraph's window: {}", file.name);
        pictures(&script, file, &others, effort, figures)?;
    }
    window.ensure_untroubled()
}

/// A picture that was asked for is kept, so no two have the same address.
fn pictures(
    script: &Script,
    file: &Bench,
    others: &[String],
    effort: Effort,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    // A file is kept by its content.
    let blob = hex::encode(Sha256::digest(std::fs::read(&file.path)?));
    let last = effort.steady.min(file.pages - 1).max(1);
    for dpi in RESOLUTIONS {
        let width = width_at(dpi);
        let mut note = |ready, seen: Option<&'static str>, times: Vec<[f64; 2]>| {
            let subject = |what| Subject {
                who: Who::Paraph,
                what,
                file: file.name,
                dpi: Some(dpi),
            };
            let (ready_runs, seen_runs) =
                times.into_iter().map(|[ready, seen]| (ready, seen)).unzip();
            figures.note(subject(ready), Unit::Milliseconds, ready_runs);
            if let Some(seen) = seen {
                figures.note(subject(seen), Unit::Milliseconds, seen_runs);
            }
        };
        let first = script.run(
            "const [blob, others, width, runs] = args, times = [];
             for (let run = 1; run <= runs; run += 1) {
               window.turn = (window.turn ?? 20) + 1;
               await load(others.map((other) => `/${other}/0/${window.turn}`));
               times.push(await show([`/${blob}/0/${width + run}`]));
             }
             return times;",
            &json!([blob, others, width, effort.runs]),
        )?;
        note(what::FIRST, Some(what::FIRST_SEEN), first);

        let steady = script.run(
            "const [blob, width, pages, last] = args, times = [];
             for (let page = 1; page <= last; page += 1) {
               times.push(await show([`/${blob}/${page % pages}/${width - 1}`]));
             }
             return times;",
            &json!([blob, width, file.pages, last]),
        )?;
        note(what::STEADY, Some(what::STEADY_SEEN), steady);

        let tiles = script.run(
            "const [blob, width, pages, last] = args, times = [];
             for (let page = 1; page <= last; page += 1) {
               const part = `${page},${page},512,512`;
               times.push(await show([`/${blob}/${page % pages}/${width}/${part}`]));
             }
             return times;",
            &json!([blob, width, file.pages, last]),
        )?;
        note(what::TILE, None, tiles);

        if file.pages >= 20 {
            let together = script.run(
                "const [blob, width] = args;
                 const pages = Array.from({ length: 12 }, (_, index) => index + 7);
                 const times = await show(pages.map((page) => `/${blob}/${page}/${width - 2}`));
                 return [times.map((time) => time / pages.length)];",
                &json!([blob, width]),
            )?;
            note(what::TOGETHER, None, together);
        }
        if file.name == LONG {
            let jumps = script.run(
                "const [blob, width, runs] = args, times = [];
                 for (let run = 0; run < runs; run += 1) {
                   times.push(await show([`/${blob}/${900 - run * 40}/${width - 3}`]));
                 }
                 return times;",
                &json!([blob, width, effort.runs]),
            )?;
            note(what::JUMP, None, jumps);
        }
    }
    Ok(())
}
