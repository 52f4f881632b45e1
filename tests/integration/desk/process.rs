//! The engine and the practice server, started as processes would be.

use super::keychain::Keychain;
use async_trait::async_trait;
use paraph_engine::accounts::{PracticeAccess, PracticeServer, Registry};
use paraph_engine::seams::{SystemClock, SystemRandomness};
use paraph_engine::{Engine, Error, Parts, Vault, controller};
use paraph_pdf::Pdf;
use paraph_sandbox::{Config, RunningSandbox, Sandbox};
use paraph_store::{DataLock, Store};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Where the practice server was when it was last started.
struct Practice(PracticeAccess);

#[async_trait]
impl PracticeServer for Practice {
    async fn access(&self) -> Result<PracticeAccess, Error> {
        Ok(self.0.clone())
    }
}

pub struct Process {
    pub engine: Engine,
    pub controller: JoinHandle<()>,
    pub lock: Option<DataLock>,
}

/// The data folder's lock. A PDF worker that is just being started has it too for a moment, until
/// it becomes its own program.
fn the_lock(data: &Path) -> DataLock {
    for _ in 0..100 {
        if let Some(lock) = DataLock::try_acquire(data).expect("the folder") {
            return lock;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("somebody else uses the folder");
}

pub fn start_engine(
    folder: &Path,
    pdf: &Pdf,
    keychain: &Arc<Keychain>,
    access: &PracticeAccess,
) -> Process {
    let data = folder.join("data");
    let lock = Some(the_lock(&data));
    let (engine, orders) = Engine::new(Parts {
        announces: true,
        store: Store::open(&data).expect("a store"),
        vault: Arc::clone(keychain) as Arc<dyn Vault>,
        pdf: pdf.clone(),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        connector: Arc::new(Registry),
        practice: Arc::new(Practice(access.clone())),
        default_archive: folder.join("archive"),
    });
    let controller = tokio::spawn(controller::run(engine.clone(), orders));
    Process {
        engine,
        controller,
        lock,
    }
}

pub async fn start_sandbox(folder: &Path, pdf: &Pdf, port: Option<u16>) -> RunningSandbox {
    let config = Config {
        control: true,
        port,
        ..Config::new(folder.join("provider"), pdf.clone())
    };
    Sandbox::start(config).await.expect("the practice server")
}
