//! The application itself, in its real window.

use crate::figures::{Figures, Subject, Unit, Who, what};
use crate::files::{Bench, LONG};
use crate::memory::{self, Memory};
use crate::{Effort, RESOLUTIONS, width_at};
use anyhow::bail;
use paraph_tests::fixtures::contract;
use paraph_tests::stage::{Furniture, Stage, Window, button};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::{Duration, Instant};

const SCRIPT: &str = include_str!("shown.js");
/// More files than the application keeps open: once all were asked for, any other is closed.
const OTHERS: usize = 13;
const PATIENCE: Duration = Duration::from_secs(300);
const GLANCE: Duration = Duration::from_millis(250);
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
    // The long one first: its pages have their own numbers in the editor.
    let mut opened: Vec<&Bench> = files.iter().collect();
    opened.sort_by_key(|file| file.name != LONG);
    for file in &opened {
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

    let seen = Seen {
        window: &window,
        home: stage.session().home(),
        others,
    };
    for file in files {
        println!("Paraph's window: {}", file.name);
        seen.pictures(file, effort, figures)?;
    }
    seen.editor(effort, figures)?;
    window.ensure_untroubled()
}

struct Seen<'a> {
    window: &'a Window<'a>,
    home: std::path::PathBuf,
    others: Vec<String>,
}

impl Seen<'_> {
    /// Pictures by their addresses, as the editor asks for them.
    fn pictures(&self, file: &Bench, effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
        // A file is kept by its content.
        let blob = hex::encode(Sha256::digest(std::fs::read(&file.path)?));
        for dpi in RESOLUTIONS {
            let width = width_at(dpi);
            // A picture that was asked for is kept, so no width is asked for twice.
            let first = self.run(
                "const [blob, others, width, runs] = args, times = [];
                 for (let run = 1; run <= runs; run += 1) {
                   await load(others.map((other) => `/${other}/0/${width % 100 + run + 20}`))
                     .then((images) => images.forEach((image) => image.remove()));
                   times.push(await show([`/${blob}/0/${width + run}`]));
                 }
                 return times;",
                &json!([blob, self.others, width, effort.runs]),
            )?;
            self.note(figures, what::FIRST, what::FIRST_DECODED, file, dpi, &first)?;

            let steady = self.run(
                "const [blob, width, pages, last] = args, times = [];
                 for (let page = 1; page <= last; page += 1) {
                   times.push(await show([`/${blob}/${page % pages}/${width - page}`]));
                 }
                 return times;",
                &json!([
                    blob,
                    width,
                    file.pages,
                    effort.steady.min(file.pages - 1).max(1)
                ]),
            )?;
            self.note(
                figures,
                what::STEADY,
                what::STEADY_DECODED,
                file,
                dpi,
                &steady,
            )?;

            let tiles = self.run(
                "const [blob, width, pages, last] = args, times = [];
                 for (let page = 1; page <= last; page += 1) {
                   const part = `${page},${page},512,512`;
                   times.push(await show([`/${blob}/${page % pages}/${width}/${part}`]));
                 }
                 return times;",
                &json!([
                    blob,
                    width,
                    file.pages,
                    effort.steady.min(file.pages - 1).max(1)
                ]),
            )?;
            self.note(figures, what::TILES, what::TILES_DECODED, file, dpi, &tiles)?;

            if file.pages >= 20 {
                let together = self.run(
                    "const [blob, width] = args;
                     const pages = Array.from({ length: 12 }, (_, index) => index + 7);
                     const times = await show(pages.map((page) => `/${blob}/${page}/${width - 50}`));
                     return [times.map((time) => time / pages.length)];",
                    &json!([blob, width]),
                )?;
                let decoded = what::TOGETHER_DECODED;
                self.note(figures, what::TOGETHER, decoded, file, dpi, &together)?;
            }
        }
        Ok(())
    }

    /// The editor, as a person uses it.
    fn editor(&self, effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
        let subject = |what, dpi| Subject {
            who: Who::Paraph,
            what,
            file: LONG,
            dpi,
        };
        println!("Paraph's window: jumps, neighbours, zoom");
        let jumps = self.run(
            "const times = [];
             for (let run = 0; run < args[0]; run += 1) {
               const number = 901 - run * 40, before = performance.now();
               scroller().scrollTop = topOf(number);
               await untilSharp();
               times.push(performance.now() - before);
               await pause(500);
             }
             return times;",
            &json!([effort.runs]),
        )?;
        figures.note(
            subject(what::JUMP, Some(96)),
            Unit::Milliseconds,
            serde_json::from_value(jumps)?,
        );
        let neighbours = self.run(
            "let there = 0;
             for (let page = 301; page <= 300 + args[0]; page += 1) {
               scroller().scrollTop = topOf(page);
               await frame();
               await frame();
               if (page > 301 && isSharp()) there += 1;
               await pause(700);
             }
             return [there / (args[0] - 1)];",
            &json!([effort.runs]),
        )?;
        figures.note(
            subject(what::NEIGHBOUR, None),
            Unit::Count,
            serde_json::from_value(neighbours)?,
        );
        let zoom = self.run(
            "const press = (name) =>
               [...document.querySelectorAll('button')]
                 .find((button) => [button.ariaLabel, button.title, button.innerText.trim()]
                   .includes(name)).click();
             const width = () => pageOf(501).getBoundingClientRect().width;
             scroller().scrollTop = topOf(501);
             await untilSharp();
             await pause(1000);
             const start = width(), before = performance.now();
             for (let step = 0; step < 20 && width() < start * 1.9; step += 1) {
               press('Zoom in');
               await Promise.resolve();
             }
             await untilSharp();
             const time = performance.now() - before;
             const grown = width() / start;
             for (let step = 0; step < 20 && width() > start * 1.05; step += 1) {
               press('Zoom out');
               await frame();
             }
             if (grown < 1.8) throw new Error(`it grew by ${grown}`);
             return [time];",
            &json!([]),
        )?;
        figures.note(
            subject(what::ZOOM, None),
            Unit::Milliseconds,
            serde_json::from_value(zoom)?,
        );

        println!("Paraph's window: 1,000 pages scrolled");
        let (gaps, most) = self.watched(
            "const view = scroller();
             view.scrollTop = 0;
             await pause(1000);
             const end = topOf(args[0]), gaps = [];
             let last = await frame();
             for (let top = 0; top < end; top += 1200) {
               view.scrollTop = top;
               const now = await frame();
               gaps.push(now - last);
               last = now;
             }
             return gaps;",
            &json!([effort.whole.min(1000)]),
        )?;
        let gaps: Vec<f64> = serde_json::from_value(gaps)?;
        let long = gaps.iter().filter(|gap| **gap > 34.0).count();
        let longest = gaps.iter().copied().fold(0.0, f64::max);
        for (what, unit, value) in [
            (what::LONG_FRAMES, Unit::Count, long as f64),
            (what::FRAMES, Unit::Count, gaps.len() as f64),
            (what::LONGEST_FRAME, Unit::Milliseconds, longest),
            (what::WEB_MEMORY, Unit::Bytes, most.web),
            (what::HOST_MEMORY, Unit::Bytes, most.host),
        ] {
            figures.note(subject(what, None), unit, vec![value]);
        }
        Ok(())
    }

    /// Pairs of times: decoded and painted.
    fn note(
        &self,
        figures: &mut Figures,
        painted: &'static str,
        decoded: &'static str,
        file: &Bench,
        dpi: u32,
        times: &Value,
    ) -> anyhow::Result<()> {
        let times: Vec<[f64; 2]> = serde_json::from_value(times.clone())?;
        for (what, part) in [(painted, 1), (decoded, 0)] {
            let subject = Subject {
                who: Who::Paraph,
                what,
                file: file.name,
                dpi: Some(dpi),
            };
            let runs = times.iter().filter_map(|run| run.get(part).copied());
            figures.note(subject, Unit::Milliseconds, runs.collect());
        }
        Ok(())
    }

    fn run(&self, body: &str, arguments: &Value) -> anyhow::Result<Value> {
        Ok(self.watched(body, arguments)?.0)
    }

    /// What the script gives, and the most memory that was seen meanwhile.
    fn watched(&self, body: &str, arguments: &Value) -> anyhow::Result<(Value, Memory)> {
        let script = format!(
            "{SCRIPT}\nwindow.measured = null;\nconst args = arguments[0];
             (async () => {{ {body} }})().then(
               (value) => (window.measured = {{ value }}),
               (error) => (window.measured = {{ error: String(error) }}),
             );"
        );
        let started = Instant::now();
        self.window
            .execute(&script, std::slice::from_ref(arguments))?;
        let mut most = Memory::default();
        loop {
            std::thread::sleep(GLANCE);
            let now = memory::of_session(&self.home);
            most.web = most.web.max(now.web);
            most.host = most.host.max(now.host);
            let measured = self.window.execute("return window.measured", &[])?;
            if let Some(error) = measured.get("error") {
                bail!("measuring in the window: {error}");
            }
            if let Some(value) = measured.get("value") {
                return Ok((value.clone(), most));
            }
            if started.elapsed() > PATIENCE {
                bail!("the window measured nothing in {} s", PATIENCE.as_secs());
            }
        }
    }
}
