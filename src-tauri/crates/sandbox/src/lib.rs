//! The practice server: a provider of electronic signatures on this machine, without network and
//! without legal value, so that people can rehearse and Paraph can be tested.
//!
//! It speaks the dialect of Yousign's API version 2, has pages to sign at, and really signs: PAdES
//! signatures by a test authority of its own. It shares no wire types with Paraph's client and is
//! therefore an independent witness of the contract.

mod answer;
mod api;
mod app;
mod control;
mod identity_check;
mod mail;
mod page;
mod progress;
mod proof;
mod running;
mod seams;
mod server;
mod signing;
mod state;
mod wire;

pub use running::Access;
pub use seams::{Clock, Randomness, SystemClock, SystemRandomness};
pub use signing::authority::AuthorityError;
pub use state::DbError;

use crate::app::{App, Identity};
use crate::control::Control;
use crate::signing::authority::Authority;
use crate::state::{Db, members, settings};
use paraph_pdf::Pdf;
use secrecy::SecretString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The largest document in bytes, unless another limit is configured. The vendor documents none:
/// our choice.
pub const LARGEST_DOCUMENT: usize = 50 * 1024 * 1024;

/// How a sandbox is run.
#[derive(Clone)]
pub struct Config {
    /// Where it keeps everything; made if missing, and readable for this user only.
    pub data_dir: PathBuf,
    /// Exactly this port of 127.0.0.1. Left out: the one used last, or a free one, which is then
    /// kept.
    pub port: Option<u16>,
    /// Reads, draws and prepares the documents.
    pub pdf: Pdf,
    /// Mounts the control interface under `/_sandbox/`. For tests only.
    pub control: bool,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    /// The largest document in bytes.
    pub max_document_bytes: usize,
}

impl Config {
    /// With the machine's clock and randomness, documents up to
    /// [`LARGEST_DOCUMENT`], and no control interface.
    pub fn new(data_dir: impl Into<PathBuf>, pdf: Pdf) -> Self {
        Self {
            data_dir: data_dir.into(),
            port: None,
            pdf,
            control: false,
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            max_document_bytes: LARGEST_DOCUMENT,
        }
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another process runs a sandbox on this data folder.
    #[error("another practice server uses this folder")]
    InUse,
    #[error("the folder of the practice server cannot be used: {0}")]
    Folder(std::io::Error),
    #[error("the practice server cannot listen: {0}")]
    Port(std::io::Error),
    #[error(transparent)]
    Database(#[from] DbError),
    #[error(transparent)]
    Authority(#[from] AuthorityError),
}

/// Starts sandboxes.
pub struct Sandbox;

impl Sandbox {
    /// Starts serving and returns once requests are answered. Must be called inside a tokio
    /// runtime.
    pub async fn start(config: Config) -> Result<RunningSandbox, StartError> {
        create_folder(&config.data_dir).map_err(StartError::Folder)?;
        let lock = lock(&config.data_dir)?;
        let db = Db::open(&config.data_dir.join("sandbox.sqlite3"))?;
        let first = first_things(&db, &config).await?;
        let listener = listen(config.port, first.port)
            .await
            .map_err(StartError::Port)?;
        let port = listener.local_addr().map_err(StartError::Port)?.port();
        db.run(move |db| settings::set(db, settings::PORT, port.to_string().as_bytes()))
            .await?;

        let base_url = format!("http://127.0.0.1:{port}");
        let app = Arc::new(App {
            db,
            pdf: config.pdf,
            clock: config.clock,
            randomness: config.randomness,
            offset_seconds: AtomicI64::new(first.clock_offset),
            base_url: base_url.clone(),
            port,
            identity: first.identity.clone(),
            authority: first.authority,
            max_document_bytes: config.max_document_bytes,
            acting: tokio::sync::Mutex::default(),
            pictures: page::pictures::Pictures::default(),
            control: config.control.then(Control::default),
        });
        let stop = CancellationToken::new();
        let task = tokio::spawn(server::serve(listener, app, stop.clone()));
        tracing::info!(
            port,
            control = config.control,
            "the practice server is ready"
        );
        Ok(RunningSandbox {
            mailbox_url: mailbox_url(&base_url, &first.identity.mailbox),
            base_url,
            api_key: first.identity.api_key.into(),
            stop,
            task: Some(task),
            _lock: lock,
        })
    }
}

/// A sandbox that serves. Dropping it stops it without waiting.
pub struct RunningSandbox {
    /// `http://127.0.0.1:<port>`, no slash at the end: both the API's base and the pages'.
    pub base_url: String,
    /// What `Authorization: Bearer` takes; the same at every start.
    pub api_key: SecretString,
    /// The page with all mail that would have been sent. Whoever has it sees all mail. One
    /// procedure's mail is at `<base_url>/practice/mailbox?procedure=<procedure's IRI>`.
    pub mailbox_url: String,
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
    _lock: File,
}

impl RunningSandbox {
    /// Stops: nothing new is accepted, what runs has two seconds.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            // A task that panicked has stopped as well.
            let _ = task.await;
        }
    }
}

impl Drop for RunningSandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// What a start finds or makes.
struct First {
    identity: Identity,
    authority: Authority,
    port: Option<u16>,
    clock_offset: i64,
}

async fn first_things(db: &Db, config: &Config) -> Result<First, StartError> {
    let (now, randomness) = (config.clock.now(), Arc::clone(&config.randomness));
    db.run(move |db| {
        fn number<T: std::str::FromStr>(value: Option<Vec<u8>>) -> Option<T> {
            String::from_utf8(value?).ok()?.parse().ok()
        }
        members::reset_processing(db)?;
        Ok::<_, StartError>(First {
            identity: Identity::load_or_create(db, &randomness, now)?,
            authority: Authority::load_or_create(db, now)?,
            port: number(settings::get(db, settings::PORT)?),
            clock_offset: number(settings::get(db, settings::CLOCK_OFFSET)?).unwrap_or(0),
        })
    })
    .await
}

/// The port asked for and no other, else the last one, else a free one.
async fn listen(asked: Option<u16>, last: Option<u16>) -> std::io::Result<TcpListener> {
    if let Some(port) = asked {
        return TcpListener::bind(("127.0.0.1", port)).await;
    }
    if let Some(port) = last {
        match TcpListener::bind(("127.0.0.1", port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => tracing::info!(port, %error, "the last port is taken, another is chosen"),
        }
    }
    TcpListener::bind(("127.0.0.1", 0)).await
}

fn mailbox_url(base_url: &str, mailbox: &str) -> String {
    format!("{base_url}/practice/mailbox?box={mailbox}")
}

fn create_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Held as long as the sandbox runs; the system lets go of it when the process ends.
fn lock(data_dir: &Path) -> Result<File, StartError> {
    let file = File::create(data_dir.join("lock")).map_err(StartError::Folder)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartError::InUse),
        Err(TryLockError::Error(error)) => Err(StartError::Folder(error)),
    }
}
