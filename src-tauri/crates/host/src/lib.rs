//! Puts the engine together with the real parts: folders, database, keychain, PDF workers, the
//! practice server, the machine's clock. The window and the command line start here; tests put
//! their own parts together.

mod memory;
mod practice;

pub use memory::watch_memory;
use paraph_domain::draft::Language;
use paraph_engine::accounts::Registry;
use paraph_engine::controller::Wake;
use paraph_engine::seams::{SystemClock, SystemRandomness};
use paraph_engine::{Engine, KeychainVault, Parts};
use paraph_messages::{Key, text};
use paraph_pdf::{Pdf, PdfError, PdfOptions};
pub use paraph_store::DataLock;
use paraph_store::{Error as StoreError, Store};
pub use practice::Practice;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;

/// Where things are kept.
#[derive(Debug, Clone)]
pub struct Folders {
    pub data: PathBuf,
    /// Where results are filed until the clerk chooses.
    pub archive: PathBuf,
}

/// Why Paraph cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("this machine names no folder for data")]
    NoDataFolder,
    #[error(transparent)]
    Store(#[from] paraph_store::Error),
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl StartError {
    /// What the person in front of it is told.
    pub fn sentence(&self, language: Language) -> String {
        let key = match self {
            Self::Store(StoreError::Newer { .. }) => Key::StartNewer,
            Self::Store(StoreError::Damaged(_)) => Key::StartDamaged,
            Self::NoDataFolder | Self::Store(StoreError::NotWritable) => Key::StartNotWritable,
            Self::Store(StoreError::DiskFull) => Key::ErrorDiskFull,
            Self::Store(StoreError::NetworkShare(_)) => Key::StartNetworkShare,
            Self::Store(StoreError::Busy) => Key::ErrorInUse,
            Self::Pdf(_) => Key::StartIncomplete,
            Self::Store(_) => {
                let detail = self.to_string();
                return text(language, Key::StartFailed, &[("detail", &detail)]);
            }
        };
        text(language, key, &[])
    }
}

/// An engine with the real parts.
pub struct Host {
    pub engine: Engine,
    /// What [`paraph_engine::controller::run`] takes.
    pub orders: UnboundedReceiver<Wake>,
    /// Held while this process sends and follows; none when another one does.
    pub lock: Option<DataLock>,
}

impl Folders {
    /// The user's folders, or below `PARAPH_DATA_DIR`. A debug build keeps its data apart, so that
    /// it never touches the real ones.
    ///
    /// # Errors
    /// [`StartError::NoDataFolder`].
    pub fn of_user() -> Result<Self, StartError> {
        let data =
            match std::env::var_os("PARAPH_DATA_DIR").filter(|value| !value.is_empty()) {
                Some(folder) => PathBuf::from(folder),
                None => dirs::data_dir().ok_or(StartError::NoDataFolder)?.join(
                    if cfg!(debug_assertions) {
                        "paraph-dev"
                    } else {
                        "paraph"
                    },
                ),
            };
        let documents =
            dirs::document_dir().or_else(|| dirs::home_dir().map(|home| home.join("Documents")));
        let archive = documents.unwrap_or_else(|| data.clone()).join("Paraph");
        Ok(Self { data, archive })
    }
}

/// Who starts the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    Window,
    /// It can show no notice: what happens meanwhile is announced by the window's next start.
    CommandLine,
}

/// Opens the data folder and starts the workers. Call it inside a tokio runtime; it blocks for the
/// check of the database.
///
/// # Errors
/// [`StartError`].
pub fn assemble(folders: &Folders, front: Front) -> Result<Host, StartError> {
    let lock = DataLock::try_acquire(&folders.data)?;
    let store = Store::open(&folders.data)?;
    let pdf = Pdf::start(PdfOptions::default())?;
    let practice = Practice::new(practice_folder(folders), pdf.clone());
    let (engine, orders) = Engine::new(Parts {
        store,
        vault: Arc::new(KeychainVault::default()),
        pdf,
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        connector: Arc::new(Registry),
        practice: Arc::new(practice),
        default_archive: folders.archive.clone(),
        announces: front == Front::Window,
    });
    Ok(Host {
        engine,
        orders,
        lock,
    })
}

/// The practice server by itself, without opening the data folder: for whoever only serves it.
/// Call it inside a tokio runtime.
///
/// # Errors
/// [`StartError::Pdf`].
pub fn practice(folders: &Folders) -> Result<Practice, StartError> {
    let pdf = Pdf::start(PdfOptions::default())?;
    Ok(Practice::new(practice_folder(folders), pdf))
}

fn practice_folder(folders: &Folders) -> PathBuf {
    folders.data.join("practice")
}
