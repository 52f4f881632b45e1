//! The one task that sends and follows, in the one process that has the data folder.

use crate::error::Error;
use crate::{Engine, lock};
use jiff::{SignedDuration, Timestamp};
use paraph_domain::ids::{AccountId, SendingId};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// How often the wall clock is compared with the time that has run, to notice sleep.
const PULSE: Duration = Duration::from_secs(30);
/// How often the outbox is looked at for what another process put there.
const ELSEWHERE: Duration = Duration::from_secs(5);
/// A gap larger than this means that the machine slept.
const SLEPT: SignedDuration = SignedDuration::from_secs(75);

/// Everything that can wake the controller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// A sending was queued or is to go on.
    Sending(SendingId),
    /// Look at every account now: somebody asked, an account is new, the machine woke up.
    Refresh,
    /// Results are to be filed.
    File,
    /// End after what is being done.
    Stop,
}

/// What a task of the controller's has ended.
enum Ended {
    Sending(SendingId),
    Looked(AccountId, Duration),
    Filed(Option<Duration>),
}

/// Cuts the waits of sendings short.
#[derive(Default)]
pub(crate) struct Interrupts {
    waiting: Mutex<HashMap<SendingId, Arc<Notify>>>,
}

impl Interrupts {
    pub(crate) fn interrupt(&self, id: &SendingId) {
        if let Some(notify) = lock(&self.waiting).get(id) {
            notify.notify_one();
        }
    }

    fn of(&self, id: &SendingId) -> Arc<Notify> {
        Arc::clone(lock(&self.waiting).entry(id.clone()).or_default())
    }

    fn forget(&self, id: &SendingId) {
        lock(&self.waiting).remove(id);
    }
}

impl Engine {
    /// Sleeps until `moment` by the engine's clock, or until the sending is interrupted.
    pub(crate) async fn sleep_until(&self, moment: Timestamp, id: &SendingId) {
        let wait = Duration::try_from(moment.duration_since(self.now())).unwrap_or_default();
        let interrupt = self.inner.interrupts.of(id);
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = interrupt.notified() => {}
        }
    }
}

/// Sends and follows until told to stop. Call it in the process that holds the data folder's
/// lock, once.
pub async fn run(engine: Engine, mut orders: mpsc::UnboundedReceiver<Wake>) {
    let mut controller = Controller {
        engine,
        tasks: JoinSet::new(),
        sending: HashSet::new(),
        again: HashSet::new(),
        looking: HashSet::new(),
        filing: false,
        next_look: HashMap::new(),
        next_filing: None,
    };
    controller.launch().await;
    let mut pulse = tokio::time::interval(PULSE);
    let mut elsewhere = tokio::time::interval(ELSEWHERE);
    elsewhere.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_pulse = controller.engine.now();
    loop {
        let deadline = controller.next_deadline();
        tokio::select! {
            order = orders.recv() => match order {
                Some(Wake::Stop) | None => break,
                Some(order) => controller.obey(order).await,
            },
            Some(ended) = controller.tasks.join_next() => match ended {
                Ok(ended) => controller.note(ended),
                Err(error) => tracing::error!(%error, "a task of the controller's failed"),
            },
            () = tokio::time::sleep_until(deadline) => {}
            _ = elsewhere.tick() => controller.start_unfinished().await,
            _ = pulse.tick() => {
                let now = controller.engine.now();
                if now.duration_since(last_pulse) > SLEPT {
                    controller.obey(Wake::Refresh).await;
                }
                last_pulse = now;
            }
        }
        controller.start_due().await;
    }
    controller.tasks.shutdown().await;
}

struct Controller {
    engine: Engine,
    tasks: JoinSet<Ended>,
    sending: HashSet<SendingId>,
    /// Those of them that were asked to go on while they were ending.
    again: HashSet<SendingId>,
    looking: HashSet<AccountId>,
    filing: bool,
    next_look: HashMap<AccountId, tokio::time::Instant>,
    next_filing: Option<tokio::time::Instant>,
}

impl Controller {
    /// Reconciles what the last run left before anything new is done. One thing that cannot be
    /// read does not keep the others from going on.
    async fn launch(&mut self) {
        if let Err(error) = self.engine.settle_the_last_run().await {
            tracing::error!(%error, "what the last run left could not be read");
        }
        self.start_unfinished().await;
        if let Err(error) = self.engine.announce_what_happened_while_off().await {
            tracing::error!(%error, "what happened meanwhile could not be announced");
        }
        self.next_filing = Some(tokio::time::Instant::now());
        if let Err(error) = self.engine.tidy().await {
            tracing::error!(%error, "what is no longer needed could not be deleted");
        }
        self.obey(Wake::Refresh).await;
    }

    /// Sendings that the last run left, or that another process put into the outbox and could
    /// not tell us of.
    async fn start_unfinished(&mut self) {
        match self.engine.unfinished_sendings().await {
            Ok(unfinished) => {
                for id in unfinished {
                    if !self.sending.contains(&id) {
                        self.start_sending(id);
                    }
                }
            }
            Err(error) => tracing::error!(%error, "the outbox could not be read"),
        }
    }

    async fn obey(&mut self, order: Wake) {
        match order {
            Wake::Sending(id) => self.start_sending(id),
            Wake::Refresh => {
                self.engine.file_everything_now();
                self.next_filing = Some(tokio::time::Instant::now());
                if let Err(error) = self.refresh().await {
                    tracing::error!(%error, "the accounts could not be read");
                }
            }
            Wake::File => self.next_filing = Some(tokio::time::Instant::now()),
            Wake::Stop => {}
        }
    }

    async fn refresh(&mut self) -> Result<(), Error> {
        let now = tokio::time::Instant::now();
        self.next_look = self
            .engine
            .store()
            .accounts()
            .list()
            .await?
            .into_iter()
            .map(|account| (account.id, now))
            .collect();
        Ok(())
    }

    fn next_deadline(&self) -> tokio::time::Instant {
        let looks = self
            .next_look
            .iter()
            .filter(|(account, _)| !self.looking.contains(*account))
            .map(|(_, moment)| *moment);
        let filing = self.next_filing.filter(|_| !self.filing);
        looks
            .chain(filing)
            .min()
            .unwrap_or_else(|| tokio::time::Instant::now() + Duration::from_secs(3600))
    }

    async fn start_due(&mut self) {
        let now = tokio::time::Instant::now();
        let due: Vec<AccountId> = self
            .next_look
            .iter()
            .filter(|(account, moment)| **moment <= now && !self.looking.contains(*account))
            .map(|(account, _)| account.clone())
            .collect();
        for account in due {
            self.looking.insert(account.clone());
            self.next_look.remove(&account);
            let engine = self.engine.clone();
            self.tasks.spawn(async move {
                let pause = engine.look_at_account(&account).await;
                Ended::Looked(account, pause)
            });
        }
        if !self.filing && self.next_filing.is_some_and(|moment| moment <= now) {
            self.filing = true;
            self.next_filing = None;
            let engine = self.engine.clone();
            self.tasks
                .spawn(async move { Ended::Filed(engine.file_results().await) });
        }
    }

    fn start_sending(&mut self, id: SendingId) {
        if !self.sending.insert(id.clone()) {
            // Its task may have come to its end already without our knowing yet.
            self.again.insert(id);
            return;
        }
        let engine = self.engine.clone();
        self.tasks.spawn(async move {
            engine.run_sending(id.clone()).await;
            Ended::Sending(id)
        });
    }

    fn note(&mut self, ended: Ended) {
        let now = tokio::time::Instant::now();
        match ended {
            Ended::Sending(id) => {
                self.sending.remove(&id);
                self.engine.inner.interrupts.forget(&id);
                if self.again.remove(&id) {
                    self.start_sending(id);
                }
                // Its request is followed from now on.
                for moment in self.next_look.values_mut() {
                    *moment = now;
                }
            }
            Ended::Looked(account, pause) => {
                self.looking.remove(&account);
                self.next_look.entry(account).or_insert(now + pause);
            }
            Ended::Filed(again) => {
                self.filing = false;
                if self.next_filing.is_none() {
                    self.next_filing = again.map(|pause| now + pause);
                }
            }
        }
    }
}
