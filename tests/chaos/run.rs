//! One run from its seed, and what must hold in it.

use super::clerk::{Clerk, Step};
use super::life::Life;
use super::world::World;
use anyhow::Context;
use paraph_domain::sending::Delivery;
use paraph_store::DraftState;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Once nothing goes wrong any more, a sending ends within this time: the longest time-out, the
/// wait for what may be late, the longest pause, and the steps themselves.
const BOUND: Duration = Duration::from_secs(20 * 60);
/// How long it is watched after its end: nothing may happen any more.
const AFTERWARDS: Duration = Duration::from_secs(15 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Sent,
    TakenBack,
    /// The provider went away for good, and everything is kept.
    ProviderGone,
}

/// What a run was like.
#[derive(Debug)]
pub struct Report {
    pub ending: Ending,
    pub faults: u32,
    pub crashes: u32,
    pub took: Duration,
    pub violations: Vec<String>,
    /// What happened when, in virtual seconds.
    pub trace: Vec<String>,
}

/// Plays the run of `seed` in a folder of its own, in memory where the system has such a folder.
///
/// # Errors
/// When the simulation itself cannot be set up. A broken promise is in [`Report::violations`].
pub fn run(seed: u64) -> anyhow::Result<Report> {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)?
    } else {
        tempfile::tempdir()?
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        // One at a time, so that a run is the same every time.
        .max_blocking_threads(1)
        .build()?;
    runtime.block_on(live(seed, folder.path()))
}

async fn live(seed: u64, folder: &Path) -> anyhow::Result<Report> {
    let world = Arc::new(World::new(seed));
    world.note(format_args!("{:?}", world.weather));
    let mut clerk = Clerk::new(seed);
    let mut lives = 0_u64;
    let mut prepared = false;
    let (ending, life) = loop {
        lives += 1;
        let life = Life::begin(&world, folder, seed ^ (lives << 32))?;
        if !prepared {
            clerk.prepare(&life, &world).await?;
            prepared = true;
        }
        let ended = tokio::select! {
            () = world.crash.notified() => None,
            ended = watch(&mut clerk, &life, &world) => Some(ended?),
        };
        match ended {
            Some(ending) => break (ending, life),
            None => {
                world.state().crashes += 1;
                world.note("the process dies");
                life.crash().await;
                sleep(world.millis(0..200_000)).await;
                world.note("the process starts");
            }
        }
    };
    let took = world.clock.elapsed();
    world.note(format_args!("ended: {ending:?}"));
    look_at_the_end(&clerk, &life, &world, ending).await?;
    // Nothing happens any more: not by pressing buttons, not by starting again.
    if ending == Ending::Sent
        && let Some(id) = clerk.sending.clone()
    {
        clerk.press_go_on(&life, &world, &id).await?;
    }
    life.quit().await;
    let life = Life::begin(&world, folder, seed)?;
    tokio::select! {
        () = world.crash.notified() => {}
        () = sleep(AFTERWARDS) => {}
    }
    look_at_the_end(&clerk, &life, &world, ending).await?;
    life.crash().await;

    let mut state = world.state();
    Ok(Report {
        ending,
        faults: state.faults,
        crashes: state.crashes,
        took,
        violations: std::mem::take(&mut state.violations),
        trace: std::mem::take(&mut state.trace),
    })
}

async fn watch(clerk: &mut Clerk, life: &Life, world: &World) -> anyhow::Result<Ending> {
    loop {
        match clerk.act(life, world).await? {
            Step::GoOn => {}
            Step::Sent => return Ok(Ending::Sent),
            Step::TakenBack => return Ok(Ending::TakenBack),
        }
        let now = world.clock.elapsed();
        match world.weather.down_from {
            Some(moment) if now > moment + BOUND => return Ok(Ending::ProviderGone),
            None if now > world.weather.quiet_from + BOUND => {
                world.violation("it did not end although nothing went wrong any more");
                return Ok(Ending::ProviderGone);
            }
            Some(_) | None => {}
        }
    }
}

/// What the provider has and what is remembered here say the same.
async fn look_at_the_end(
    clerk: &Clerk,
    life: &Life,
    world: &World,
    ending: Ending,
) -> anyhow::Result<()> {
    let stored = life.store.drafts().get(&clerk.draft.id).await?;
    let stored = stored.context("the draft is lost")?;
    if stored.draft != clerk.draft {
        world.violation("the draft is not what it was");
    }
    let requests = world.state().requests.clone();
    let activations: u32 = requests.iter().map(|request| request.activations).sum();
    let current = life.store.outbox().of_draft(&clerk.draft.id).await?;
    let followed = life
        .store
        .procedures()
        .open_of(&paraph_domain::ids::AccountId::new("account"))
        .await?;
    match ending {
        Ending::Sent => {
            if activations != 1 {
                world.violation(format_args!("sent, with {activations} starts"));
            }
            if stored.state != DraftState::Sent {
                world.violation(format_args!("sent, and the draft is {:?}", stored.state));
            }
            let started = requests.iter().find(|request| request.activations > 0);
            let same = followed.len() == 1
                && followed.first().map(|it| &it.remote_id) == started.map(|it| &it.id);
            if !same {
                world.violation("the request that was started is not the one that is followed");
            }
        }
        Ending::TakenBack => {
            if activations != 0 {
                world.violation("taken back, and people were invited");
            }
            if stored.state != DraftState::Editing || current.is_some() {
                world.violation("taken back, and the draft cannot be edited");
            }
        }
        Ending::ProviderGone => {
            if activations > 1 {
                world.violation("started more than once");
            }
            let kept = match current.as_ref().map(|sending| sending.delivery) {
                None => stored.state == DraftState::Editing && activations == 0,
                Some(Delivery::Sent) => stored.state == DraftState::Sent,
                Some(_) => stored.state == DraftState::Sending,
            };
            if !kept {
                world.violation("draft and sending contradict each other");
            }
        }
    }
    Ok(())
}
