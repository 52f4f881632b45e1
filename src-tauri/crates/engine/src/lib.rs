//! What Paraph does: keeps drafts, sends them once, follows what was sent, files the results and
//! tells what happened.
//!
//! [`Engine`] is a handle that can be cloned; the store is the truth behind it. One
//! [`controller`] per data folder sends and follows; without it (another process has the folder)
//! the handle still reads, edits and enqueues.
//!
//! Deliberately absent: windows, sockets of our own, and which provider an account belongs to.

pub mod accounts;
mod archive;
pub mod controller;
mod corrections;
mod drafts;
pub mod error;
pub mod events;
mod field_defaults;
mod finding;
mod follow;
mod import;
mod launch;
pub mod notices;
mod outbox;
mod page_text;
mod pages;
mod pauses;
mod pictures;
mod replacing;
pub mod seams;
mod sending;
mod settings;
mod snapshot;
mod straightening;
mod suggesting;
mod sync;
pub mod tray;
pub mod trouble;
pub mod words;

pub use archive::file_id;
pub use corrections::{AskedAgain, Correction};
pub use drafts::DraftLook;
pub use error::Error;
pub use follow::{ReminderChoice, ReminderSkipped};
pub use import::{Destination, FileRefused, Import, Lock, LockedFile, RefusedWhy, Unlocking};
pub use outbox::SETTLE;
pub use page_text::{Found, FoundOnPage};
pub use pictures::PictureAddress;
pub use sending::Review;
pub use settings::{Settings, SettingsChange, ThemeChoice};
pub use suggesting::{Suggested, SuggestedOnPage};

pub use paraph_pdf::Right;
pub use paraph_secrets::{KeychainVault, Vault, VaultError};

use crate::accounts::{Connector, PracticeServer};
use crate::controller::Wake;
use crate::events::{Effect, Tag};
use crate::seams::{Clock, Randomness};
use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use paraph_domain::ids::{AccountId, BlobId, ProcedureId, SendingId};
use paraph_pdf::Pdf;
use paraph_providers::provider::{Blobs, Identity, Provider};
use paraph_secrets::SessionVault;
use paraph_store::Store;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, mpsc};

/// How many effects a slow listener may be behind before it misses some and asks anew.
const EFFECTS: usize = 256;

/// Everything the engine takes from outside.
pub struct Parts {
    pub store: Store,
    /// Where keys are kept.
    pub vault: Arc<dyn Vault>,
    pub pdf: Pdf,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    pub connector: Arc<dyn Connector>,
    pub practice: Arc<dyn PracticeServer>,
    /// Where results are filed until the clerk chooses a folder.
    pub default_archive: PathBuf,
    /// Whether notices can be shown here. What happens where they cannot waits for a process that
    /// can, and is announced there.
    pub announces: bool,
}

/// A handle to the engine. Clones share it.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    parts: Parts,
    /// Keys that are kept for this run only.
    session: SessionVault,
    providers: Mutex<HashMap<AccountId, Arc<dyn Provider>>>,
    identities: Mutex<HashMap<AccountId, Identity>>,
    /// Looks at an account that failed in a row.
    failures: Mutex<HashMap<AccountId, u32>>,
    /// Accounts that were looked at from end to end in this run.
    seen: Mutex<HashSet<AccountId>>,
    /// Something was announced, and the window has not been looked at since.
    news: AtomicBool,
    /// When a successful look at an account was last written down, unless one failed since.
    recorded: Mutex<HashMap<AccountId, Timestamp>>,
    /// Sendings whose waiting the clerk ended.
    stopping: Mutex<HashSet<SendingId>>,
    /// Requests that the provider did not find when it was last asked.
    missed: Mutex<HashSet<ProcedureId>>,
    /// Completed requests whose results could not be filed yet.
    unfiled: Mutex<HashMap<ProcedureId, archive::Unfiled>>,
    /// How often somebody asked for the waits for results to be cut.
    filing_asked: AtomicU64,
    /// Edits of drafts take turns, so that each applies to what the one before left.
    edits: tokio::sync::Mutex<()>,
    /// Changes of settings take turns too.
    settings: tokio::sync::Mutex<()>,
    /// Sendings that failed are made to go on one press at a time: a second press that read the
    /// first one's past would write it back.
    resuming: tokio::sync::Mutex<()>,
    /// One request is corrected at a time, so that it gets one draft.
    correcting: tokio::sync::Mutex<()>,
    documents: pages::OpenDocuments,
    pictures: pictures::Pictures,
    texts: page_text::Texts,
    straightened: straightening::Straightened,
    effects: broadcast::Sender<Effect>,
    wake: mpsc::UnboundedSender<Wake>,
    interrupts: controller::Interrupts,
    blobs: StoredBlobs,
}

impl Engine {
    /// A handle, and what [`controller::run`] takes its orders from.
    pub fn new(parts: Parts) -> (Self, mpsc::UnboundedReceiver<Wake>) {
        let (effects, _) = broadcast::channel(EFFECTS);
        let (wake, orders) = mpsc::unbounded_channel();
        let blobs = StoredBlobs {
            store: parts.store.clone(),
        };
        let engine = Self {
            inner: Arc::new(Inner {
                parts,
                session: SessionVault::default(),
                providers: Mutex::default(),
                identities: Mutex::default(),
                failures: Mutex::default(),
                seen: Mutex::default(),
                news: AtomicBool::new(false),
                recorded: Mutex::default(),
                stopping: Mutex::default(),
                missed: Mutex::default(),
                unfiled: Mutex::default(),
                filing_asked: AtomicU64::new(0),
                edits: tokio::sync::Mutex::default(),
                settings: tokio::sync::Mutex::default(),
                resuming: tokio::sync::Mutex::default(),
                correcting: tokio::sync::Mutex::default(),
                documents: pages::OpenDocuments::default(),
                pictures: pictures::Pictures::default(),
                texts: page_text::Texts::default(),
                straightened: straightening::Straightened::default(),
                effects,
                wake,
                interrupts: controller::Interrupts::default(),
                blobs,
            }),
        };
        (engine, orders)
    }

    /// What became stale and what is to be announced, from now on.
    pub fn effects(&self) -> broadcast::Receiver<Effect> {
        self.inner.effects.subscribe()
    }

    /// Ends the controller after what it is doing at the moment is written down.
    pub fn end(&self) {
        self.order(Wake::Stop);
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.parts.store
    }

    pub(crate) fn pdf(&self) -> &Pdf {
        &self.inner.parts.pdf
    }

    pub(crate) fn blobs(&self) -> &dyn Blobs {
        &self.inner.blobs
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.parts.clock.now()
    }

    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.inner.parts.clock.today()
    }

    pub(crate) fn fresh_id(&self) -> String {
        self.inner.parts.randomness.id()
    }

    pub(crate) fn fraction(&self) -> f64 {
        self.inner.parts.randomness.fraction()
    }

    /// Another process may have changed anything: whoever shows something asks again.
    pub fn tell_that_all_may_be_stale(&self) {
        self.tell(Tag::everything());
    }

    pub(crate) fn tell(&self, tags: Vec<Tag>) {
        // Nobody listening is fine: the command line needs no news.
        let _ = self.inner.effects.send(Effect::Changed(tags));
    }

    pub(crate) fn order(&self, wake: Wake) {
        // Without a controller in this process the one that has the folder looks by itself.
        let _ = self.inner.wake.send(wake);
    }
}

/// Locks a mutex whose holder cannot have left it half-changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The store's blobs as providers read them.
struct StoredBlobs {
    store: Store,
}

#[async_trait]
impl Blobs for StoredBlobs {
    async fn read(&self, blob: &BlobId) -> std::io::Result<Bytes> {
        self.store
            .blobs()
            .read(blob)
            .await
            .map(Bytes::from)
            .map_err(std::io::Error::other)
    }
}
