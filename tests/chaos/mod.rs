//! Sending under every fault that can be thought of, in virtual time: the real engine, the real
//! controller and a real store, against a provider that follows a script of faults and counts whom
//! it invited.
//!
//! A run's script (faults, crashes, what the clerk does and when) follows from its seed. What
//! happens at the same virtual instant may be interleaved differently from run to run.

mod clerk;
mod faults;
mod life;
mod provider;
mod run;
mod seams;
mod world;

pub use run::{Ending, Report, run};
