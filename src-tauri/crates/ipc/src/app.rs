//! What the handlers work with.

use async_trait::async_trait;
use paraph_engine::{Engine, LockedFile};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

/// The desktop around the window, as verbs. The command line has none.
#[async_trait]
pub trait Desktop: Send + Sync {
    /// The system's dialog for choosing PDFs. Empty when it was closed.
    async fn pick_files(&self, title: &str) -> Vec<PathBuf>;

    async fn pick_folder(&self, title: &str, start: &Path) -> Option<PathBuf>;

    /// # Errors
    /// Why it did not work, for the log.
    fn copy_text(&self, text: &str) -> Result<(), String>;

    /// Opens an address or a file with the program the desktop has for it.
    ///
    /// # Errors
    /// Why it did not work, for the log.
    fn open(&self, target: &Target) -> Result<(), String>;

    /// Whether Paraph starts when somebody logs in.
    ///
    /// # Errors
    /// Why it could not be set, for the log.
    fn set_start_at_login(&self, on: bool) -> Result<(), String>;

    /// Ends the program.
    fn quit(&self);

    /// Whether the desktop shows our tray icon.
    fn has_tray(&self) -> bool;
}

/// What is opened outside the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Address(Url),
    File(PathBuf),
    /// The folder that has it, with it selected where the desktop can.
    InFolder(PathBuf),
}

/// Everything a handler may use.
pub struct App {
    pub engine: Engine,
    pub desktop: Arc<dyn Desktop>,
    /// Whether this process has the data folder and so sends and follows. It may get it later.
    owner: AtomicBool,
    pub version: &'static str,
    /// Paths of files that were dropped, until the window says what to do with them.
    drops: Mutex<HashMap<String, Vec<PathBuf>>>,
    dropped: AtomicU64,
    /// Files that wait for a password.
    locked: Mutex<HashMap<String, LockedFile>>,
    lockings: AtomicU64,
    /// How often imports were cancelled.
    cancels: tokio::sync::watch::Sender<u64>,
    /// How often something was searched for.
    searches: tokio::sync::watch::Sender<u64>,
    /// How often suggestions were asked for.
    suggestings: tokio::sync::watch::Sender<u64>,
    checkings: tokio::sync::watch::Sender<u64>,
    /// Whether the window has asked its first question. It listens before it asks.
    listens: tokio::sync::watch::Sender<bool>,
}

impl App {
    pub fn new(
        engine: Engine,
        desktop: Arc<dyn Desktop>,
        owner: bool,
        version: &'static str,
    ) -> Self {
        Self {
            engine,
            desktop,
            owner: AtomicBool::new(owner),
            version,
            drops: Mutex::default(),
            dropped: AtomicU64::new(0),
            locked: Mutex::default(),
            lockings: AtomicU64::new(0),
            cancels: tokio::sync::watch::Sender::new(0),
            searches: tokio::sync::watch::Sender::new(0),
            suggestings: tokio::sync::watch::Sender::new(0),
            checkings: tokio::sync::watch::Sender::new(0),
            listens: tokio::sync::watch::Sender::new(false),
        }
    }

    pub fn owner(&self) -> bool {
        self.owner.load(Ordering::Relaxed)
    }

    /// The process that had the data folder has ended, and this one has it now.
    pub fn becomes_owner(&self) {
        self.owner.store(true, Ordering::Relaxed);
    }

    pub(crate) fn window_listens(&self) {
        self.listens.send_replace(true);
    }

    /// Waits until the window hears events; what is told before is lost.
    pub async fn until_window_listens(&self) {
        let mut listens = self.listens.subscribe();
        // The sender lives as long as we do.
        let _ = listens.wait_for(|listens| *listens).await;
    }

    /// Keeps the paths of a drop; the window gets a name for them.
    pub fn keep_drop(&self, paths: Vec<PathBuf>) -> String {
        let name = self.dropped.fetch_add(1, Ordering::Relaxed).to_string();
        let mut drops = self.drops.lock().unwrap_or_else(PoisonError::into_inner);
        drops.insert(name.clone(), paths);
        name
    }

    /// Cancels the imports that are under way.
    pub(crate) fn cancel_imports(&self) {
        self.cancels.send_modify(|count| *count += 1);
    }

    /// Waits until somebody cancels, from now on.
    pub(crate) fn imports_cancelled(&self) -> impl Future<Output = ()> + use<> {
        let mut cancels = self.cancels.subscribe();
        async move {
            // Without a sender the program ends anyway.
            let _ = cancels.changed().await;
        }
    }

    /// Ends the search before, and waits until the next one begins.
    pub(crate) fn next_search(&self) -> impl Future<Output = ()> + use<> {
        next(&self.searches)
    }

    /// Ends the looking for suggestions before, and waits until the next one begins.
    pub(crate) fn next_suggesting(&self) -> impl Future<Output = ()> + use<> {
        next(&self.suggestings)
    }

    /// Ends the checking of words before, and waits until the next one begins.
    pub(crate) fn next_checking(&self) -> impl Future<Output = ()> + use<> {
        next(&self.checkings)
    }

    /// Keeps a file that waits for a password; the window gets a name for it.
    pub(crate) fn keep_locked(&self, file: LockedFile) -> String {
        let name = self.lockings.fetch_add(1, Ordering::Relaxed).to_string();
        let mut locked = self.locked.lock().unwrap_or_else(PoisonError::into_inner);
        locked.insert(name.clone(), file);
        name
    }

    pub(crate) fn locked(&self, name: &str) -> Option<LockedFile> {
        let locked = self.locked.lock().unwrap_or_else(PoisonError::into_inner);
        locked.get(name).cloned()
    }

    /// The file is as `file` says now, or does not wait any more.
    pub(crate) fn relock(&self, name: &str, file: Option<LockedFile>) {
        let mut locked = self.locked.lock().unwrap_or_else(PoisonError::into_inner);
        match file {
            Some(file) => drop(locked.insert(name.to_owned(), file)),
            None => drop(locked.remove(name)),
        }
    }

    pub(crate) fn take_drop(&self, name: &str) -> Option<Vec<PathBuf>> {
        self.drops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(name)
    }
}

/// Tells who waits for a change, and waits for the next one.
fn next(changes: &tokio::sync::watch::Sender<u64>) -> impl Future<Output = ()> + use<> {
    changes.send_modify(|count| *count += 1);
    let mut changes = changes.subscribe();
    async move {
        // Without a sender the program ends anyway.
        let _ = changes.changed().await;
    }
}
