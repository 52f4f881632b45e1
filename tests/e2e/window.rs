//! Paraph's window: started by the driver, looked at and used through it.

use super::page::Page;
use super::pointer::{Point, Pointer};
use super::program::run;
use super::session::Session;
use super::target::Target;
use super::wait::wait_until;
use super::webdriver::WebDriver;
use anyhow::Context;
use serde_json::json;
use std::path::PathBuf;

/// Writes down what the page's own scripts do not catch.
const WATCH: &str = "
    window.uncaught = [];
    const note = (fault) => window.uncaught.push(`${fault} ${fault?.stack ?? ''}`);
    addEventListener('error', (event) => note(event.error ?? event.message));
    addEventListener('unhandledrejection', (event) => note(event.reason));
";

/// What is set before the window opens.
pub struct Launch<'a> {
    session: &'a Session,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl<'a> Launch<'a> {
    pub(super) fn new(session: &'a Session) -> Launch<'a> {
        Launch {
            session,
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// An argument of the command line.
    pub fn argument(mut self, argument: impl Into<String>) -> Launch<'a> {
        self.arguments.push(argument.into());
        self
    }

    /// A variable of the environment, such as `LANG`.
    pub fn environment(mut self, name: &str, value: impl Into<String>) -> Launch<'a> {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Starts the program and waits for its window.
    pub fn open(mut self) -> anyhow::Result<Window<'a>> {
        let program = paraph()?;
        // Tauri lets a driver in only on this word.
        self.environment
            .push(("TAURI_WEBVIEW_AUTOMATION".to_owned(), "true".to_owned()));
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": program, "args": self.arguments }
        });
        let driver = WebDriver::start(
            self.session,
            "WebKitWebDriver",
            &self.environment,
            &capabilities,
        )
        .context("starting Paraph")?;
        // Before anything is drawn, the page is not where the pointer would look for it.
        wait_until("the window to be drawn", || {
            Ok(driver.wait_for_frame().ok())
        })?;
        driver.execute(WATCH, &[])?;
        Ok(Window {
            session: self.session,
            page: Page::new(driver),
        })
    }
}

/// The open window. Dropping it ends Paraph the hard way, as a crash would.
pub struct Window<'a> {
    session: &'a Session,
    page: Page,
}

impl std::ops::Deref for Window<'_> {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Window<'_> {
    /// Closes the window the way a person does, by the window manager's key. What that means is
    /// Paraph's decision.
    pub fn close(&self) -> anyhow::Result<()> {
        let corner = self.corner()?;
        let pointer = Pointer::new(self.session);
        // A click on the title bar gives the window the focus.
        pointer.click(Point {
            x: corner.x + 200,
            y: corner.y - 8,
        })?;
        pointer.press("alt+F4")
    }

    /// Fails when a script of the window has failed unnoticed: what is on the screen then is not
    /// what should be there.
    pub fn ensure_untroubled(&self) -> anyhow::Result<()> {
        let uncaught = self.execute("return window.uncaught", &[])?;
        anyhow::ensure!(uncaught == json!([]), "errors in the window: {uncaught}");
        Ok(())
    }

    /// Gives what the window shows another size, in pixels of the screen.
    pub fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let class = format!("^{}$", program_name()?);
        let mut xdotool = self.session.command("xdotool");
        xdotool.args(["search", "--onlyvisible", "--class", &class]);
        run(xdotool.args([
            "windowsize",
            "--sync",
            &width.to_string(),
            &height.to_string(),
        ]))?;
        wait_until("the window's new size", || {
            let size = self.execute("return [innerWidth, innerHeight]", &[])?;
            Ok((size == json!([width, height])).then_some(()))
        })
    }

    /// Whether the window is on the screen: neither minimised nor hidden in the tray.
    pub fn is_on_screen(&self) -> anyhow::Result<bool> {
        let hidden = self.execute("return document.hidden", &[])?;
        Ok(!hidden.as_bool().unwrap_or(true))
    }

    /// The place on the screen of a point of the window given in CSS pixels.
    pub fn on_screen(&self, x: f64, y: f64) -> anyhow::Result<Point> {
        let corner = self.corner()?;
        let scale = self.execute("return window.devicePixelRatio", &[])?;
        let scale = scale.as_f64().context("the window's scale")?;
        Ok(Point {
            x: corner.x + (x * scale).round() as i32,
            y: corner.y + (y * scale).round() as i32,
        })
    }

    /// The place on the screen of the middle of the target.
    pub fn middle_of(&self, target: &Target) -> anyhow::Result<Point> {
        let place = self.rectangle(target)?;
        self.on_screen(place.x + place.width / 2.0, place.y + place.height / 2.0)
    }

    /// The top left corner, on the screen, of what the window shows (without its frame).
    fn corner(&self) -> anyhow::Result<Point> {
        let class = format!("^{}$", program_name()?);
        self.session.place_of_window(&["--class", &class])
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        // When a story fails, this is the last that was seen of the window.
        let _ = self.session.picture("last-sight.png");
    }
}

/// The program under test: the one that was built beside this one.
pub fn paraph() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("PARAPH_E2E_PROGRAM") {
        return Ok(path.into());
    }
    let here = std::env::current_exe().context("finding this program")?;
    let program = here.with_file_name("paraph");
    anyhow::ensure!(
        program.is_file(),
        "{} is not built; `cargo xtask e2e` builds it",
        program.display()
    );
    Ok(program)
}

fn program_name() -> anyhow::Result<String> {
    let program = paraph()?;
    let name = program.file_name().context("the program's name")?;
    Ok(name.to_string_lossy().into_owned())
}
