//! The engine for the time of one command.

use crate::Done;
use crate::say::Say;
use paraph_engine::events::Effect;
use paraph_engine::seams::{Clock, SystemClock};
use paraph_engine::{Engine, controller};
use paraph_host::{Folders, Front, Host, assemble};
use paraph_store::DataLock;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// How often is looked for what another process has done.
const ELSEWHERE: Duration = Duration::from_millis(500);
/// How long a look at the accounts may take before what is known is shown.
const LOOKING: Duration = Duration::from_secs(60);

pub struct Session {
    pub engine: Engine,
    effects: Receiver<Effect>,
    began: jiff::Timestamp,
    /// Runs while this process has the data folder.
    controller: Option<(JoinHandle<()>, DataLock)>,
}

impl Session {
    pub async fn open(say: &mut Say) -> Done<Self> {
        let Host {
            engine,
            orders,
            lock,
        } = assemble(&Folders::of_user()?, Front::CommandLine)?;
        if engine.has_settings().await? {
            say.language = engine.settings().await?.language;
        }
        let effects = engine.effects();
        let controller = lock.map(|lock| {
            let running = tokio::spawn(controller::run(engine.clone(), orders));
            (running, lock)
        });
        Ok(Self {
            engine,
            effects,
            began: SystemClock.now(),
            controller,
        })
    }

    /// Whether this process sends and follows. Otherwise another one does.
    pub fn has_the_folder(&self) -> bool {
        self.controller.is_some()
    }

    /// Waits until `look` finds something.
    pub async fn until<T, F>(&mut self, look: F) -> Done<T>
    where
        F: AsyncFn(&Engine) -> Done<Option<T>>,
    {
        loop {
            if let Some(found) = look(&self.engine).await? {
                return Ok(found);
            }
            tokio::select! {
                // A missed effect is no loss: everything is looked at again.
                _ = self.effects.recv() => {}
                () = sleep(ELSEWHERE) => {}
            }
        }
    }

    /// Waits until every account has been asked once and what can be filed is filed. Where
    /// another process has the folder, that one does it all the time.
    pub async fn freshen(&mut self) -> Done {
        if !self.has_the_folder() {
            return Ok(());
        }
        let began = self.began;
        let fresh = self.until(async |engine| {
            let accounts = engine.accounts().await?;
            let asked = accounts
                .iter()
                .all(|account| account.fetched.last_try >= Some(began));
            Ok((asked && is_filed(engine).await?).then_some(()))
        });
        match tokio::time::timeout(LOOKING, fresh).await {
            Ok(fresh) => fresh,
            Err(_) => Ok(()),
        }
    }

    /// Ends in order: what is being written is written.
    pub async fn close(self) {
        if let Some((running, lock)) = self.controller {
            self.engine.end();
            // A controller that failed has ended as well.
            let _ = running.await;
            drop(lock);
        }
    }
}

/// Whether all results are filed that can be.
async fn is_filed(engine: &Engine) -> Done<bool> {
    let waiting = engine.waiting_to_be_filed().await?;
    Ok(waiting.iter().all(|id| engine.filing_trouble(id).is_some()))
}
