//! A private desktop session: display, bus, keychain, window manager, panel, notifications.

use super::pointer::Point;
use super::program::{Program, run};
use super::wait::wait_until;
use anyhow::Context;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// Width and height of the virtual screen, in pixels.
pub const SCREEN: (i32, i32) = (1400, 900);

/// How long nothing may move before a picture is taken, and how often that is tried: a caret may
/// blink for ever.
const STILL: Duration = Duration::from_millis(400);
const STILL_TRIES: u32 = 12;

/// What the desktop offers beyond a window manager and notifications.
#[derive(Clone, Copy, Debug)]
pub struct Furniture {
    /// A panel that shows tray icons.
    pub tray: bool,
    /// An unlocked Secret Service.
    pub keychain: bool,
}

impl Furniture {
    /// All of it.
    pub fn complete() -> Furniture {
        Furniture {
            tray: true,
            keychain: true,
        }
    }
}

/// The running session. Dropping it ends every program in it and removes its home folder.
pub struct Session {
    // Programs are ended (in `Drop`) before the folder they write to is removed.
    programs: Vec<Program>,
    environment: Vec<(&'static str, OsString)>,
    bus: String,
    logs: PathBuf,
    folder: TempDir,
}

impl Session {
    /// Starts the session; the output of its programs goes to files in `logs`.
    pub fn start(logs: &Path, furniture: Furniture) -> anyhow::Result<Session> {
        let folder = tempfile::Builder::new()
            .prefix("paraph-session-")
            .tempdir()
            .context("making the session's folder")?;
        let mut session = Session {
            programs: Vec::new(),
            environment: Vec::new(),
            bus: String::new(),
            logs: logs.to_owned(),
            folder,
        };
        session.furnish_home()?;
        session.furnish_opener()?;
        session.start_display()?;
        session.start_bus()?;
        session.start_window_manager()?;
        if furniture.tray {
            session.start_panel()?;
        }
        session.start_notifications()?;
        if furniture.keychain {
            session.start_keychain()?;
        }
        Ok(session)
    }

    /// The home folder of the person in front of this desktop.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The address of the session's message bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// A command that runs inside the session and sees nothing of the surrounding desktop.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().stdin(Stdio::null());
        for name in ["PARAPH_PDFIUM", "PARAPH_LOG", "RUST_BACKTRACE"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.home());
        command
    }

    /// Starts a program that runs until it is dropped, its output going to the file `name.log`.
    pub fn spawn(&self, name: &str, command: &mut Command) -> anyhow::Result<Program> {
        let log = self.log(name)?;
        command.stdout(log.try_clone().context("sharing the log file")?);
        Program::start(name, command.stderr(log))
    }

    /// The top left corner of the content of the largest window that xdotool finds by `search`
    /// (waited for). The largest, because a tray icon is a window of its program, too.
    pub fn place_of_window(&self, search: &[&str]) -> anyhow::Result<Point> {
        let mut search = search.to_vec();
        search.insert(0, "--onlyvisible");
        let windows = self.windows(&search)?;
        let largest = windows.into_iter().max_by_key(|(size, _)| size.0 * size.1);
        let what = search.join(" ");
        Ok(largest.with_context(|| format!("a window with {what}"))?.1)
    }

    /// The middle of the icon that a program has in the panel's tray (waited for).
    pub fn place_of_tray_icon(&self, program: &str) -> anyhow::Result<Point> {
        let name = format!("^{program}$");
        wait_until(&format!("the tray icon of {program}"), || {
            let windows = self.windows(&["--onlyvisible", "--name", &name])?;
            let is_icon = |size: (i32, i32)| (8..=64).contains(&size.0) && size.1 <= 64;
            let icon = windows.into_iter().find(|(size, _)| is_icon(*size));
            Ok(icon.map(|(size, corner)| Point {
                x: corner.x + size.0 / 2,
                y: corner.y + size.1 / 2,
            }))
        })
    }

    /// Size and top left corner of the windows that xdotool finds (there is at least one: waited
    /// for).
    fn windows(&self, search: &[&str]) -> anyhow::Result<Vec<((i32, i32), Point)>> {
        let what = format!("a window with {}", search.join(" "));
        let windows = wait_until(&what, || {
            let mut xdotool = self.command("xdotool");
            xdotool.arg("search").args(search);
            // It fails when it finds nothing.
            Ok(run(&mut xdotool).ok())
        })?;
        let mut found = Vec::new();
        for id in windows.split_whitespace() {
            // xdotool's own answer is wrong by the width of the frame. A window that has gone
            // meanwhile has no facts.
            let facts = run(self.command("xwininfo").args(["-id", id])).unwrap_or_default();
            let number = |name: &str| -> Option<i32> {
                let mut lines = facts.lines().map(str::trim);
                let line = lines.find_map(|line| line.strip_prefix(name))?;
                line.trim().parse().ok()
            };
            let size = number("Width:").zip(number("Height:"));
            let corner = number("Absolute upper-left X:").zip(number("Absolute upper-left Y:"));
            if let (Some(size), Some((x, y))) = (size, corner) {
                found.push((size, Point { x, y }));
            }
        }
        Ok(found)
    }

    /// Takes a picture of the whole screen into the folder of the logs, or to a full path, once
    /// nothing moves on it any more.
    pub fn picture(&self, file: impl AsRef<Path>) -> anyhow::Result<()> {
        let file = self.logs.join(file);
        let mut before = Vec::new();
        for _ in 0..STILL_TRIES {
            let mut import = self.command("import");
            import.args(["-window", "root", "-define", "png:exclude-chunks=date,time"]);
            run(import.arg(&file)).context("taking a picture of the screen")?;
            let now = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            if now == before {
                break;
            }
            before = now;
            thread::sleep(STILL);
        }
        Ok(())
    }

    fn log(&self, name: &str) -> anyhow::Result<File> {
        let path = self.logs.join(format!("{name}.log"));
        File::options()
            .create(true)
            .append(true)
            .open(&path)
            .with_context(|| format!("opening {}", path.display()))
    }

    fn furnish_home(&mut self) -> anyhow::Result<()> {
        let folders = [
            ("HOME", "home"),
            ("XDG_RUNTIME_DIR", "run"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_STATE_HOME", "home/.local/state"),
        ];
        for (variable, name) in folders {
            let path = self.folder.path().join(name);
            make_private_folder(&path)?;
            self.environment.push((variable, path.into()));
        }
        make_private_folder(&self.home().join("Documents"))?;
        // A desktop's first login writes this file; programs look there for the documents.
        self.write(
            "home/.config/user-dirs.dirs",
            "XDG_DOCUMENTS_DIR=\"$HOME/Documents\"\n",
        )?;
        for (variable, value) in [
            ("LANG", "C.UTF-8"),
            ("USER", "clerk"),
            ("GDK_BACKEND", "x11"),
            ("XDG_SESSION_TYPE", "x11"),
            ("XDG_CURRENT_DESKTOP", "openbox"),
            // Nothing of the settings of the person who runs the tests.
            ("GSETTINGS_BACKEND", "memory"),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
            // Logs are read by people and by stories.
            ("NO_COLOR", "1"),
        ] {
            self.environment.push((variable, value.into()));
        }
        Ok(())
    }

    /// What programs asked the desktop to open (addresses, files, folders), oldest first.
    pub fn opened(&self) -> Vec<String> {
        let list = fs::read_to_string(self.folder.path().join("opened")).unwrap_or_default();
        list.lines().map(str::to_owned).collect()
    }

    /// Puts a program in the place of the desktop's opener that writes down what it is given: no
    /// browser or viewer of this machine may start by itself.
    fn furnish_opener(&mut self) -> anyhow::Result<()> {
        let programs = self.folder.path().join("bin");
        make_private_folder(&programs)?;
        let list = self.folder.path().join("opened");
        let script = include_str!("desktop/xdg-open").replace("@list@", &list.to_string_lossy());
        let opener = self.write("bin/xdg-open", &script)?;
        fs::set_permissions(&opener, fs::Permissions::from_mode(0o700))
            .context("making the opener a program")?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(programs).chain(std::env::split_paths(&path));
        let path = std::env::join_paths(folders).context("the search path")?;
        self.environment.push(("PATH", path));
        Ok(())
    }

    fn start_display(&mut self) -> anyhow::Result<()> {
        let mut xvfb = self.command("Xvfb");
        let screen = format!("{}x{}x24", SCREEN.0, SCREEN.1);
        xvfb.args(["-displayfd", "1", "-screen", "0", &screen])
            .args(["-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(self.log("xvfb")?);
        let mut program = Program::start("Xvfb", &mut xvfb)?;
        let number = program.first_line()?;
        self.environment
            .push(("DISPLAY", format!(":{number}").into()));
        self.programs.push(program);
        Ok(())
    }

    fn start_bus(&mut self) -> anyhow::Result<()> {
        let socket = self.folder.path().join("run/bus");
        let services = self.folder.path().join("services");
        make_private_folder(&services)?;
        // Started on demand: only what screen readers need. Everything else that the surrounding
        // system would start by itself (portals, a second keychain) stays out.
        let accessibility = Path::new("/usr/share/dbus-1/services/org.a11y.Bus.service");
        if accessibility.is_file() {
            fs::copy(accessibility, services.join("org.a11y.Bus.service"))
                .context("offering the accessibility bus")?;
        }
        let configuration = include_str!("desktop/bus.conf")
            .replace("@socket@", &socket.to_string_lossy())
            .replace("@services@", &services.to_string_lossy());
        let configuration = self.write("bus.conf", &configuration)?;
        let mut daemon = self.command("dbus-daemon");
        daemon
            .args(["--nofork", "--print-address=1", "--config-file"])
            .arg(configuration)
            .stdout(Stdio::piped())
            .stderr(self.log("dbus")?);
        let mut program = Program::start("dbus-daemon", &mut daemon)?;
        self.bus = program.first_line()?;
        self.environment
            .push(("DBUS_SESSION_BUS_ADDRESS", (&self.bus).into()));
        self.programs.push(program);
        Ok(())
    }

    fn start_window_manager(&mut self) -> anyhow::Result<()> {
        let mut openbox = self.command("openbox");
        self.programs
            .push(self.spawn("openbox", openbox.arg("--sm-disable"))?);
        self.wait_for_answer("a window manager", &["get_num_desktops"])
    }

    fn start_panel(&mut self) -> anyhow::Result<()> {
        let configuration = self.write("tint2rc", include_str!("desktop/tint2rc"))?;
        let mut tint2 = self.command("tint2");
        self.programs
            .push(self.spawn("tint2", tint2.arg("-c").arg(configuration))?);
        // Without an icon the panel may be too small to be seen.
        let log = self.logs.join("tint2.log");
        wait_until("a panel", || {
            let log = fs::read_to_string(&log).unwrap_or_default();
            Ok(log.contains("systray started").then_some(()))
        })
    }

    fn start_notifications(&mut self) -> anyhow::Result<()> {
        let configuration = self.write("dunstrc", include_str!("desktop/dunstrc"))?;
        let mut dunst = self.command("dunst");
        self.programs
            .push(self.spawn("dunst", dunst.arg("-config").arg(configuration))?);
        self.wait_for_service("org.freedesktop.Notifications")
    }

    fn start_keychain(&mut self) -> anyhow::Result<()> {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped());
        let mut program = self.spawn("keychain", &mut daemon)?;
        // The password of the login keychain, which this creates.
        program.say("private session")?;
        self.programs.push(program);
        self.wait_for_service("org.freedesktop.secrets")
    }

    /// Waits until xdotool, asked `question`, finds an answer.
    pub(super) fn wait_for_answer(&self, what: &str, question: &[&str]) -> anyhow::Result<()> {
        wait_until(what, || {
            let mut xdotool = self.command("xdotool");
            let answer = xdotool.args(question).output();
            let answer = answer.context("starting xdotool")?;
            Ok(answer.status.success().then_some(()))
        })
    }

    /// Waits until a program on the bus owns `name`.
    fn wait_for_service(&self, name: &'static str) -> anyhow::Result<()> {
        let bus = zbus::blocking::connection::Builder::address(self.bus.as_str())?.build()?;
        let bus = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        wait_until(name, || {
            let owned = bus.name_has_owner(name.try_into()?);
            let owned = owned.with_context(|| format!("asking who owns {name}"))?;
            Ok(owned.then_some(()))
        })
    }

    fn write(&self, name: &str, content: &str) -> anyhow::Result<PathBuf> {
        let path = self.folder.path().join(name);
        fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
        Ok(path)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The display and the bus came first and go last.
        while let Some(program) = self.programs.pop() {
            drop(program);
        }
    }
}

fn make_private_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| format!("making {}", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
        .with_context(|| format!("making {} private", path.display()))
}
