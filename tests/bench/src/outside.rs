//! From a program's start to the page on the screen, seen from outside: by pixels of the screen.

use crate::Effort;
use crate::figures::{Figures, Subject, Unit, Who, milliseconds, what};
use crate::files::CONTRACT;
use anyhow::{Context, bail};
use paraph_tests::fixtures::{A4, Page, Place, document};
use paraph_tests::stage::{Furniture, Stage, button};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

const PATIENCE: Duration = Duration::from_secs(20);
/// Between two programs, so that the one before is gone.
const CALM: Duration = Duration::from_secs(2);

/// A page of one colour that no program's own window has: red, green, blue.
const COLOUR: (u8, u8, u8) = (255, 0, 128);

pub fn measure(root: &Path, effort: Effort, figures: &mut Figures) -> anyhow::Result<()> {
    let stage = Stage::furnished(&root.join("target/bench/outside"), Furniture::complete())?;
    let screen = Screen::of(&stage)?;
    let file = |name: &str| -> anyhow::Result<PathBuf> {
        let content = format!("1 0 0.5 rg 0 0 {} {} re f\n", A4.0, A4.1);
        let page = Page {
            content: format!("%{name}\n{content}"),
            ..Page::default()
        };
        let path = stage.session().home().join(format!("{name}.pdf"));
        std::fs::write(&path, document(&[page], Place::OnThePage))?;
        Ok(path)
    };
    let mut note = |who, what, runs: Vec<f64>| {
        let subject = Subject {
            who,
            what,
            file: CONTRACT,
            dpi: None,
        };
        figures.note(subject, Unit::Milliseconds, runs);
    };

    println!("from outside: Paraph");
    // Set up once, so that a start shows the file at once.
    let window = stage.paraph().environment("LANG", "en_GB.UTF-8").open()?;
    window.click(&button("Start practising"))?;
    std::thread::sleep(CALM);
    drop(window);
    let paraph = stage.program()?;
    let (mut frames, mut runs, mut between) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..effort.runs {
        std::thread::sleep(CALM);
        let mut command = stage.session().command(&paraph);
        command.arg(file(&format!("Start {run}"))?);
        let started = Started::new(&mut command)?;
        let frame = screen.until_covered(&started)?;
        let page = screen.until_shown(&started)?;
        frames.push(frame);
        runs.push(page);
        between.push(page - frame);
    }
    note(Who::Paraph, what::FRAME, frames);
    note(Who::Paraph, what::START, runs);
    note(Who::Paraph, what::AFTER_FRAME, between);

    println!("from outside: Paraph in the tray");
    std::thread::sleep(CALM);
    let mut hidden = stage.session().command(&paraph);
    let hidden = Started::new(hidden.arg("--hidden"))?;
    std::thread::sleep(2 * CALM);
    let mut runs = Vec::new();
    for run in 0..effort.runs {
        let mut command = stage.session().command(&paraph);
        command.arg(file(&format!("Handed over {run}"))?);
        let second = Started::new(&mut command)?;
        runs.push(screen.until_shown(&second)?);
        drop(second);
        // A page of another colour comes between, so that the next is not taken for this one.
        let mut command = stage.session().command(&paraph);
        let white = stage.session().home().join(format!("White {run}.pdf"));
        let content = format!("%{run}\n");
        let page = Page {
            content,
            ..Page::default()
        };
        std::fs::write(&white, document(&[page], Place::OnThePage))?;
        let other = Started::new(command.arg(&white))?;
        screen.until_gone()?;
        drop(other);
        std::thread::sleep(CALM);
    }
    note(Who::Paraph, what::HANDED_OVER, runs);
    drop(hidden);

    let page = file("Page")?;
    for (who, program, arguments) in [
        (Who::Evince, "evince", &[][..]),
        (
            Who::Chromium,
            "chromium",
            &["--no-sandbox", "--no-first-run", "--disable-gpu"][..],
        ),
    ] {
        println!("from outside: {program}");
        let mut runs = Vec::new();
        for _ in 0..effort.runs {
            std::thread::sleep(CALM);
            let mut command = stage.session().command(program);
            let Ok(started) = Started::new(command.args(arguments).arg(&page)) else {
                println!("{program} is not installed here");
                break;
            };
            match screen.until_shown(&started) {
                Ok(time) => runs.push(time),
                Err(error) => {
                    println!("{program} does not show the page: {error:#}");
                    break;
                }
            }
        }
        note(who, what::START, runs);
    }
    Ok(())
}

/// A program that ends with this.
struct Started {
    child: Child,
    at: Instant,
}

impl Started {
    fn new(command: &mut Command) -> anyhow::Result<Started> {
        use std::os::unix::process::CommandExt;
        // A group of its own, so that what it starts ends with it.
        let command = command.process_group(0);
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        let at = Instant::now();
        let child = command.spawn().context("starting a program")?;
        Ok(Started { child, at })
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself, as a second start does.
        let group = format!("-{}", self.child.id());
        let mut kill = Command::new("kill");
        let kill = kill.args(["-KILL", "--", &group]).stderr(Stdio::null());
        let _ = kill.status();
        let _ = self.child.wait();
    }
}

struct Screen {
    server: RustConnection,
    root: u32,
    /// Where the page is in all of the programs' windows: near the middle of the screen.
    place: (i16, i16),
}

impl Screen {
    fn of(stage: &Stage) -> anyhow::Result<Screen> {
        let command = stage.session().command("true");
        let display = command
            .get_envs()
            .find(|(name, _)| *name == "DISPLAY")
            .and_then(|(_, value)| value)
            .context("the session's display")?;
        let (server, number) = x11rb::connect(display.to_str())?;
        let screen = server.setup().roots.get(number).context("a screen")?;
        let root = screen.root;
        let place = (
            (screen.width_in_pixels / 2) as i16,
            (screen.height_in_pixels / 2) as i16,
        );
        Ok(Screen {
            server,
            root,
            place,
        })
    }

    /// Milliseconds from the program's start until the page is there.
    fn until_shown(&self, program: &Started) -> anyhow::Result<f64> {
        self.until(is_page)?;
        Ok(milliseconds(program.at.elapsed()))
    }

    fn until_gone(&self) -> anyhow::Result<()> {
        self.until(|pixel| !is_page(pixel))
    }

    /// Milliseconds from the program's start until a window is there: the screen behind is black.
    fn until_covered(&self, program: &Started) -> anyhow::Result<f64> {
        self.until(|pixel| pixel != (0, 0, 0))?;
        Ok(milliseconds(program.at.elapsed()))
    }

    fn until(&self, is: impl Fn((u8, u8, u8)) -> bool) -> anyhow::Result<()> {
        let started = Instant::now();
        while !is(self.pixel()?) {
            if started.elapsed() > PATIENCE {
                bail!("nothing to be seen in {} s", PATIENCE.as_secs());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Red, green, blue of the screen where the page is going to be.
    fn pixel(&self) -> anyhow::Result<(u8, u8, u8)> {
        let (x, y) = self.place;
        let image = self
            .server
            .get_image(ImageFormat::Z_PIXMAP, self.root, x, y, 1, 1, u32::MAX)?
            .reply()?;
        let [blue, green, red, ..] = image.data[..] else {
            bail!("a screen of fewer than 24 bits");
        };
        Ok((red, green, blue))
    }
}

fn is_page((red, green, blue): (u8, u8, u8)) -> bool {
    let near = |a: u8, b: u8| a.abs_diff(b) <= 3;
    near(red, COLOUR.0) && near(green, COLOUR.1) && near(blue, COLOUR.2)
}
