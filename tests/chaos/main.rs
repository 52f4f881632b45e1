//! `chaos send --runs N --seed S`: sends under every fault, thousands of times, in virtual time.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who started it"
)]

use clap::{Parser, Subcommand};
use paraph_tests::chaos::{Ending, Report, run};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

#[derive(Parser)]
#[command(name = "chaos", about = "Attacks promises of Paraph's with faults")]
struct Arguments {
    #[command(subcommand)]
    attack: Attack,
}

#[derive(Subcommand)]
enum Attack {
    /// People are invited once, whatever goes wrong; nothing is lost.
    Send {
        #[arg(long, default_value_t = 500)]
        runs: u64,
        /// Of the first run; each run after it has the next number.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print what happened in every run.
        #[arg(long)]
        trace: bool,
    },
}

fn main() -> ExitCode {
    let Attack::Send { runs, seed, trace } = Arguments::parse().attack;
    let mut totals = Totals::default();
    for (seed, outcome) in play(seed, runs) {
        match outcome {
            Ok(report) => {
                if trace || !report.violations.is_empty() {
                    println!("--- seed {seed}");
                    for line in &report.trace {
                        println!("{line}");
                    }
                }
                for violation in &report.violations {
                    eprintln!("seed {seed}: {violation}");
                }
                totals.add(&report);
            }
            Err(error) => {
                eprintln!("seed {seed}: {error:#}");
                totals.runs += 1;
                totals.failed += 1;
            }
        }
    }
    println!(
        "{} runs from seed {seed}: {} sent, {} taken back, {} with the provider gone for good; \
         {} faults and {} crashes in {} virtual hours; {} runs broke a promise",
        totals.runs,
        totals.sent,
        totals.taken_back,
        totals.gone,
        totals.faults,
        totals.crashes,
        totals.seconds / 3600,
        totals.failed,
    );
    if totals.failed == 0 && totals.runs == runs {
        ExitCode::SUCCESS
    } else {
        eprintln!("repeat one: chaos send --runs 1 --trace --seed SEED");
        ExitCode::FAILURE
    }
}

#[derive(Default)]
struct Totals {
    runs: u64,
    failed: u64,
    sent: u64,
    taken_back: u64,
    gone: u64,
    faults: u64,
    crashes: u64,
    seconds: u64,
}

impl Totals {
    fn add(&mut self, report: &Report) {
        self.runs += 1;
        if !report.violations.is_empty() {
            self.failed += 1;
        }
        match report.ending {
            Ending::Sent => self.sent += 1,
            Ending::TakenBack => self.taken_back += 1,
            Ending::ProviderGone => self.gone += 1,
        }
        self.faults += u64::from(report.faults);
        self.crashes += u64::from(report.crashes);
        self.seconds += report.took.as_secs();
    }
}

/// The outcomes as they come, from one thread for each processor.
fn play(first: u64, runs: u64) -> impl Iterator<Item = (u64, anyhow::Result<Report>)> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (say, outcomes) = mpsc::channel();
    let next = std::sync::Arc::new(AtomicU64::new(0));
    for _ in 0..threads {
        let (say, next) = (say.clone(), std::sync::Arc::clone(&next));
        std::thread::spawn(move || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= runs {
                    break;
                }
                let seed = first.wrapping_add(number);
                if say.send((seed, run(seed))).is_err() {
                    break;
                }
            }
        });
    }
    outcomes.into_iter()
}
