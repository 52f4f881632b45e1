//! Everything outside the engine: what the provider has, what goes wrong next, and what must
//! never be seen there.

use super::faults::{self, Fault, Weather};
use super::seams::VirtualClock;
use paraph_domain::ids::SendingId;
use paraph_domain::sending::{RemoteIds, Snapshot, Step, StepLabel};
use paraph_engine::seams::Clock;
use paraph_providers::error::Error;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

pub struct World {
    seed: u64,
    pub clock: VirtualClock,
    pub weather: Weather,
    /// The process is to die now.
    pub crash: Notify,
    state: Mutex<State>,
}

pub struct State {
    chance: StdRng,
    pub requests: Vec<Request>,
    /// How sendings were taken back.
    pub taken_back: BTreeMap<SendingId, TakenBack>,
    pub violations: Vec<String>,
    pub trace: Vec<String>,
    pub faults: u32,
    pub crashes: u32,
    busy_until: Duration,
    offline_until: Duration,
    made: u32,
    /// How often each thing was asked.
    asked: BTreeMap<String, u64>,
}

/// How a clerk took a sending back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// In time: nothing of it may ever arrive.
    Undone,
    /// After it had failed: nobody may ever be invited.
    Abandoned,
}

/// A signature request at the provider.
#[derive(Debug, Clone)]
pub struct Request {
    pub id: String,
    pub sending: SendingId,
    /// What it holds, by the key of the step that made it.
    pub parts: Vec<Part>,
    pub activations: u32,
    pub deleted: bool,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub key: String,
    pub id: String,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        Self {
            seed,
            clock: VirtualClock::start(),
            weather: Weather::draw(&mut chance),
            crash: Notify::new(),
            state: Mutex::new(State {
                chance,
                requests: Vec::new(),
                taken_back: BTreeMap::new(),
                violations: Vec::new(),
                trace: Vec::new(),
                faults: 0,
                crashes: 0,
                busy_until: Duration::ZERO,
                offline_until: Duration::ZERO,
                made: 0,
                asked: BTreeMap::new(),
            }),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_quiet(&self) -> bool {
        self.weather.chance == 0.0 || self.clock.elapsed() >= self.weather.quiet_from
    }

    pub fn is_down(&self) -> bool {
        self.weather
            .down_from
            .is_some_and(|moment| self.clock.elapsed() >= moment)
    }

    pub fn note(&self, what: impl std::fmt::Display) {
        let at = self.clock.elapsed();
        self.state()
            .trace
            .push(format!("{:9.3} {what}", at.as_secs_f64()));
    }

    pub fn violation(&self, what: impl std::fmt::Display) {
        self.note(format_args!("VIOLATION {what}"));
        self.state().violations.push(what.to_string());
    }

    /// A number of milliseconds, drawn.
    pub fn millis(&self, range: std::ops::Range<u64>) -> Duration {
        Duration::from_millis(self.state().chance.random_range(range))
    }

    pub fn keychain_is_locked(&self) -> bool {
        let chance = self.weather.chance / 5.0;
        !self.is_quiet() && self.state().chance.random_bool(chance)
    }

    /// What goes wrong with this request. A refusal that lasts is an error by itself. The n-th
    /// request of a kind meets the same in every repetition of a run, whatever came between.
    pub fn next_fault(
        &self,
        what: &str,
        step: Option<&Step>,
        write: bool,
    ) -> Result<Option<Fault>, Error> {
        let now = self.clock.elapsed();
        if self.is_down() {
            return Err(Error::Offline);
        }
        let mut chance = self.weather.chance;
        if step.is_some_and(|step| step.irrevocable) {
            // Where it matters most.
            chance = (chance * 2.0).min(0.95);
        }
        let quiet = self.is_quiet();
        let mut state = self.state();
        if now < state.offline_until {
            return Err(Error::Offline);
        }
        if now < state.busy_until {
            let until = self.clock.now() + (state.busy_until - now);
            return Err(Error::RateLimited { until });
        }
        let number = state.asked.entry(what.to_owned()).or_default();
        *number += 1;
        let mut hasher = DefaultHasher::new();
        (self.seed, what, *number).hash(&mut hasher);
        let mut dice = StdRng::seed_from_u64(hasher.finish());
        if quiet || !dice.random_bool(chance) {
            return Ok(None);
        }
        let fault = if write {
            faults::of_write(&mut dice)
        } else {
            faults::of_read(&mut dice)
        };
        state.faults += 1;
        match fault {
            Fault::Busy(time) => state.busy_until = now + time,
            Fault::Offline(time) => state.offline_until = now + time,
            _ => {}
        }
        Ok(Some(fault))
    }
}

impl World {
    /// A step arrives at the provider. Returns the id of what it made.
    pub fn arrive(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
    ) -> Result<String, Error> {
        let sending = &snapshot.id;
        let taken_back = self.state().taken_back.get(sending).copied();
        if taken_back == Some(TakenBack::Undone) {
            self.violation(format_args!("{} of {sending} arrived after undo", step.key));
        }
        if step.irrevocable && taken_back.is_some() {
            self.violation(format_args!("people were invited after {taken_back:?}"));
        }
        let outcome = self.take_in(step, snapshot, made);
        self.note(format_args!("       arrived: {} {outcome:?}", step.key));
        outcome
    }

    fn take_in(&self, step: &Step, snapshot: &Snapshot, made: &RemoteIds) -> Result<String, Error> {
        let mut state = self.state();
        state.made += 1;
        let id = format!(
            "/{}/{}",
            step.key.split(':').next().unwrap_or(""),
            state.made
        );
        if step.label == StepLabel::CreateRequest {
            state.requests.push(Request {
                id: id.clone(),
                sending: snapshot.id.clone(),
                parts: Vec::new(),
                activations: 0,
                deleted: false,
            });
            return Ok(id);
        }
        let known = made.get("procedure").ok_or(Error::NotFound)?;
        let request = state
            .requests
            .iter_mut()
            .find(|request| &request.id == known && !request.deleted)
            .ok_or(Error::NotFound)?;
        if step.label == StepLabel::Invite {
            let id = request.id.clone();
            request.activations += 1;
            let request = request.clone();
            drop(state);
            self.look_at_what_was_activated(&request, snapshot);
            return Ok(id);
        }
        if request.activations > 0 {
            drop(state);
            self.violation(format_args!("{} came after the start", step.key));
            return Err(refusal());
        }
        request.parts.push(Part {
            key: step.key.clone(),
            id: id.clone(),
        });
        Ok(id)
    }

    /// What people see at the moment they are invited.
    fn look_at_what_was_activated(&self, request: &Request, snapshot: &Snapshot) {
        if request.activations > 1 {
            self.violation("the same request was started twice");
        }
        let others = self
            .state()
            .requests
            .iter()
            .filter(|other| other.id != request.id && other.activations > 0)
            .count();
        if others > 0 {
            self.violation("a second request of the same draft was started");
        }
        for step in super::provider::plan(snapshot) {
            if matches!(step.label, StepLabel::CreateRequest | StepLabel::Invite) {
                continue;
            }
            let there = request.parts.iter().filter(|part| part.key == step.key);
            let count = there.count();
            if count != 1 {
                self.violation(format_args!("started with {count} of {}", step.key));
            }
        }
    }
}

pub fn refusal() -> Error {
    Error::Rejected {
        message: "not like this".to_owned(),
        places: Vec::new(),
    }
}
