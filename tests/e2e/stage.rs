//! The stage of a story: a private desktop session with the real Paraph in it, and the folder
//! where the story leaves its pictures and results.
//!
//! Each story has a session of its own (home folder, display, message bus, keychain, tray,
//! notification daemon), so stories run in any order and leave nothing behind.

mod barriers;
mod browser;
mod notifications;
mod page;
pub mod play;
mod pointer;
pub mod processes;
mod program;
mod session;
mod tabbing;
mod target;
mod wait;
mod webdriver;
mod window;

pub use browser::Browser;
pub use notifications::Notification;
pub use page::Page;
pub use pointer::{Point, Pointer};
pub use program::run;
pub use session::{Furniture, Session};
pub use target::{Target, button, css, field, heading, link, role};
pub use wait::{PATIENCE, wait_until};
pub use webdriver::{Element, Rectangle, WebDriver};
pub use window::{Launch, Window};

use anyhow::Context;
use notifications::Recorder;
use std::cell::{Cell, RefCell};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A script with what others need to find pages, scroll to them and see whether they are sharp.
pub const ABOUT_PAGES: &str = include_str!("pages.js");

/// A desktop session and the folder of the story that is played in it.
pub struct Stage {
    results: PathBuf,
    pictures: Cell<u32>,
    barriers: RefCell<Vec<String>>,
    recorder: Recorder,
    session: Session,
}

impl Stage {
    /// A desktop with that furniture; what the story leaves goes to `results`, which is emptied
    /// first.
    pub fn furnished(results: &Path, furniture: Furniture) -> anyhow::Result<Stage> {
        if results.exists() {
            fs::remove_dir_all(results)
                .with_context(|| format!("emptying {}", results.display()))?;
        }
        let logs = results.join("logs");
        fs::create_dir_all(&logs).with_context(|| format!("making {}", logs.display()))?;
        let session = Session::start(&logs, furniture)?;
        let recorder = Recorder::start(session.bus(), results.join("notifications.jsonl"))?;
        Ok(Stage {
            results: results.to_owned(),
            pictures: Cell::new(0),
            barriers: RefCell::default(),
            recorder,
            session,
        })
    }

    /// The private home folder, bus and display.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The folder where the story leaves what it made.
    pub fn results(&self) -> &Path {
        &self.results
    }

    /// Starts Paraph; see [`Launch`] for what can be set before its window opens.
    pub fn paraph(&self) -> Launch<'_> {
        Launch::new(&self.session)
    }

    /// The program, for a start that is not driven.
    pub fn program(&self) -> anyhow::Result<PathBuf> {
        window::paraph()
    }

    /// Starts Paraph a second time, as a double click on a file does, and waits until this second
    /// program has handed its arguments over and ended.
    pub fn start_again<S: AsRef<OsStr>>(&self, arguments: &[S]) -> anyhow::Result<()> {
        let mut second = self.session.command(window::paraph()?);
        let second = self.session.spawn("second-start", second.args(arguments))?;
        second.wait()
    }

    /// The signer's browser, opened at `address`.
    pub fn browser(&self, address: &str) -> anyhow::Result<Browser> {
        Browser::open(&self.session, address)
    }

    /// The mouse and keyboard of the session.
    pub fn pointer(&self) -> Pointer<'_> {
        Pointer::new(&self.session)
    }

    /// All notifications that the session's daemon was asked to show, oldest first.
    pub fn notifications(&self) -> Vec<Notification> {
        self.recorder.recorded()
    }

    /// Waits for a notification whose summary or body contains `words`.
    pub fn wait_for_notification(&self, words: &str) -> anyhow::Result<Notification> {
        wait_until(&format!("a notification with '{words}'"), || {
            Ok(self
                .notifications()
                .into_iter()
                .find(|one| one.summary.contains(words) || one.body.contains(words)))
        })
    }

    /// Waits until a program has asked the desktop to open something whose address or path
    /// contains `words`, and gives it.
    pub fn wait_for_opened(&self, words: &str) -> anyhow::Result<String> {
        wait_until(&format!("'{words}' to be opened"), || {
            let opened = self.session.opened();
            Ok(opened.into_iter().rev().find(|one| one.contains(words)))
        })
    }

    /// Clicks the topmost notification on the screen, which performs its action and closes it.
    pub fn click_notification(&self) -> anyhow::Result<()> {
        let corner = self.session.place_of_window(&["--class", "^Dunst$"])?;
        self.pointer().click(Point {
            x: corner.x + 40,
            y: corner.y + 25,
        })
    }

    /// Puts away all notifications that are on the screen.
    pub fn dismiss_notifications(&self) -> anyhow::Result<()> {
        let mut control = self.session.command("dunstctl");
        run(control.arg("close-all")).map(drop)
    }

    /// Opens the menu of a program's tray icon and chooses its last item.
    pub fn choose_last_in_tray(&self, program: &str) -> anyhow::Result<()> {
        let icon = self.session.place_of_tray_icon(program)?;
        let pointer = self.pointer();
        pointer.click(icon)?;
        self.picture("tray-menu")?;
        pointer.press("Up")?;
        pointer.press("Return")
    }

    /// The name under which the next picture is kept.
    pub fn next_picture(&self, name: &str) -> PathBuf {
        self.pictures.set(self.pictures.get() + 1);
        self.results
            .join(format!("{:02}-{name}.png", self.pictures.get()))
    }

    /// Takes a picture of the whole screen once the window shows what it was told to show, and
    /// notes what would keep people out of it.
    pub fn picture_of(&self, window: &Window, name: &str) -> anyhow::Result<PathBuf> {
        window.page().wait_for_frame()?;
        let file = self.picture(name)?;
        let found = barriers::on(window.page())?;
        let mut barriers = self.barriers.borrow_mut();
        barriers.extend(found.into_iter().map(|it| format!("{name}: {it}")));
        Ok(file)
    }

    /// Fails when something in a picture of the window would keep people out.
    pub fn ensure_no_barriers(&self) -> anyhow::Result<()> {
        let barriers = self.barriers.borrow();
        anyhow::ensure!(
            barriers.is_empty(),
            "axe-core found barriers:\n{}",
            barriers.join("\n")
        );
        Ok(())
    }

    /// Takes a picture of the whole screen; pictures are numbered in the order they were taken.
    pub fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let file = self.next_picture(name);
        self.session.picture(&file)?;
        Ok(file)
    }
}
