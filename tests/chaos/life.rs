//! One life of the process: the data folder opened, the engine put together, the controller
//! running; and its end, orderly or not.

use super::seams::{Keychain, NoPractice, Seeded, ToWorld};
use super::world::World;
use paraph_engine::{Engine, Parts, controller};
use paraph_pdf::{Pdf, PdfOptions};
use paraph_store::{DataLock, Store};
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinHandle;

pub struct Life {
    pub engine: Engine,
    pub store: Store,
    controller: JoinHandle<()>,
    _lock: Option<DataLock>,
}

impl Life {
    pub fn begin(world: &Arc<World>, folder: &Path, seed: u64) -> anyhow::Result<Self> {
        let lock = DataLock::try_acquire(folder)?;
        let store = Store::open(folder)?;
        // Nothing is drawn and nothing opened here, so no worker has to start: its program is
        // an empty file.
        let nothing = folder.join("nothing");
        std::fs::write(&nothing, [])?;
        let pdf = Pdf::start(PdfOptions {
            worker: Some(nothing.clone()),
            libpdfium: Some(nothing),
            ..PdfOptions::default()
        })?;
        let (engine, orders) = Engine::new(Parts {
            announces: true,
            store: store.clone(),
            vault: Arc::new(Keychain(Arc::clone(world))),
            pdf,
            clock: Arc::new(world.clock),
            randomness: Arc::new(Seeded::new(seed)),
            connector: Arc::new(ToWorld(Arc::clone(world))),
            practice: Arc::new(NoPractice),
            default_archive: folder.join("archive"),
        });
        let controller = tokio::spawn(controller::run(engine.clone(), orders));
        Ok(Self {
            engine,
            store,
            controller,
            _lock: lock,
        })
    }

    /// The process is gone between two instructions.
    pub async fn crash(self) {
        self.controller.abort();
        let _ = self.controller.await;
    }

    /// The clerk quits.
    pub async fn quit(self) {
        self.engine.end();
        let _ = self.controller.await;
    }
}
