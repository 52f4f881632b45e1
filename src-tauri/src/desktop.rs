//! The desktop's verbs: dialogs, clipboard, other programs, start at login.

use crate::tray::place_for_icons;
use async_trait::async_trait;
use paraph_ipc::app::{Desktop, Target};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::AppHandle;

/// How often the desktop is asked whether it shows tray icons.
const TRAY_WATCH: Duration = Duration::from_secs(5);

pub struct TauriDesktop {
    app: AppHandle,
    tray: Arc<AtomicBool>,
    /// On X11 a copied text lives as long as whoever copied it.
    clipboard: Mutex<Option<arboard::Clipboard>>,
}

impl TauriDesktop {
    pub fn new(app: AppHandle) -> Self {
        let tray = Arc::new(AtomicBool::new(place_for_icons()));
        watch_tray(app.clone(), Arc::clone(&tray));
        Self {
            app,
            tray,
            clipboard: Mutex::default(),
        }
    }

    fn parented(&self, dialog: rfd::AsyncFileDialog) -> rfd::AsyncFileDialog {
        use tauri::Manager;
        match self.app.get_webview_window(crate::window::MAIN) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

/// At login the panel may come after us, and it may be restarted: only where there is none twice
/// in a row is the window put where it can be reached.
fn watch_tray(app: AppHandle, tray: Arc<AtomicBool>) {
    let watch = move || {
        loop {
            std::thread::sleep(TRAY_WATCH);
            let there = place_for_icons();
            let was_there = tray.swap(there, Ordering::Relaxed);
            if !there && !was_there {
                let handle = app.clone();
                // Windows belong to the main thread.
                let asked = app.run_on_main_thread(move || crate::window::keep_reachable(&handle));
                if let Err(error) = asked {
                    tracing::error!(%error, "the window could not be looked for");
                }
            }
        }
    };
    let spawned = std::thread::Builder::new()
        .name("tray-watch".to_owned())
        .spawn(watch);
    if let Err(error) = spawned {
        tracing::warn!(%error, "a panel that comes later will not be noticed");
    }
}

#[async_trait]
impl Desktop for TauriDesktop {
    async fn pick_files(&self, title: &str) -> Vec<PathBuf> {
        let dialog = self.parented(rfd::AsyncFileDialog::new());
        let picked = dialog
            .set_title(title)
            .add_filter("PDF", &["pdf", "PDF"])
            .pick_files()
            .await;
        picked
            .unwrap_or_default()
            .into_iter()
            .map(|file| file.path().to_owned())
            .collect()
    }

    async fn pick_folder(&self, title: &str, start: &Path) -> Option<PathBuf> {
        let dialog = self.parented(rfd::AsyncFileDialog::new());
        let picked = dialog
            .set_title(title)
            .set_directory(start)
            .pick_folder()
            .await;
        picked.map(|folder| folder.path().to_owned())
    }

    fn copy_text(&self, text: &str) -> Result<(), String> {
        let mut clipboard = self
            .clipboard
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let clipboard = match &mut *clipboard {
            Some(clipboard) => clipboard,
            none => none.insert(arboard::Clipboard::new().map_err(|error| error.to_string())?),
        };
        clipboard.set_text(text).map_err(|error| error.to_string())
    }

    fn open(&self, target: &Target) -> Result<(), String> {
        let opened = match target {
            Target::Address(address) => {
                tauri_plugin_opener::open_url(address.as_str(), None::<&str>)
            }
            Target::File(path) => tauri_plugin_opener::open_path(path, None::<&str>),
            Target::InFolder(path) => tauri_plugin_opener::reveal_item_in_dir(path).or_else(|_| {
                // No file manager answers on the bus: the folder itself will do.
                tauri_plugin_opener::open_path(path.parent().unwrap_or(path), None::<&str>)
            }),
        };
        opened.map_err(|error| error.to_string())
    }

    fn set_start_at_login(&self, on: bool) -> Result<(), String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        // The desktop entry's command line is split at spaces.
        #[cfg(target_os = "linux")]
        let program = format!("\"{}\"", program.display());
        #[cfg(not(target_os = "linux"))]
        let program = program.display().to_string();
        let launch = auto_launch::AutoLaunchBuilder::new()
            .set_app_name("Paraph")
            .set_app_path(&program)
            .set_args(&["--hidden"])
            .build()
            .map_err(|error| error.to_string())?;
        let set = if on {
            launch.enable()
        } else {
            launch.disable()
        };
        set.map_err(|error| error.to_string())
    }

    fn quit(&self) {
        self.app.exit(0);
    }

    fn has_tray(&self) -> bool {
        self.tray.load(Ordering::Relaxed)
    }
}
