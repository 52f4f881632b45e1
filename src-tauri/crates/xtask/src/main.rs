//! Everything that is done to Paraph rather than by it: installing what is missing, running,
//! testing. It depends on no other crate of ours, so that it builds in seconds and works while
//! they do not compile.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who started it"
)]

mod bench;
mod chaos;
mod checkout;
mod corpus;
mod e2e;
mod node;
mod packages;
mod pdfium;
mod run;
mod setup;
mod step;
mod test;
mod ui;
mod wheels;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Installs, runs and tests Paraph")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing to build Paraph, and say what and why.
    Setup {
        /// Also what the tests of the real window need.
        #[arg(long)]
        tests: bool,
    },
    /// Install, build, and open the window (without a display: walk through the demo).
    Run {
        /// Handed to Paraph as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Every check: formatting, lints, unit and integration tests, the UI's, the real window's.
    Test {
        /// Only this part.
        #[arg(long, value_enum)]
        only: Option<test::Part>,
    },
    /// Drive the real window in a private desktop session.
    E2e {
        /// The stories to play (default: all).
        stories: Vec<String>,
    },
    /// Walk the main job in a private desktop session and leave its pictures in target/demo.
    Demo,
    /// Attack a promise with faults, in virtual time.
    Chaos {
        #[command(subcommand)]
        attack: Attack,
    },
    /// Open, draw and straighten every PDF in folders, and print what came of it.
    Corpus(corpus::Corpus),
    /// Measure how fast something is, beside what it is measured by.
    Bench {
        #[command(subcommand)]
        subject: Subject,
    },
}

#[derive(Subcommand)]
enum Subject {
    /// Pages: from the file to the window, beside pdfium alone and pdf.js.
    Pdf {
        /// Only this part (`alone`, `engine`, ...; the bench says which there are).
        #[arg(long)]
        only: Option<String>,
        /// A debug build, few runs and small files: to see that it works, not to compare.
        #[arg(long)]
        quick: bool,
    },
    /// The editor: how long the window is busy with each motion of the pointer.
    Editor {
        /// A debug build and few motions: to see that it works, not to compare.
        #[arg(long)]
        quick: bool,
    },
    /// Places for fields: how well and how fast they are found, beside a search for the words.
    Suggestions {
        /// A debug build: to see that it works. Leaves the report in docs/ alone.
        #[arg(long)]
        quick: bool,
        /// With what went wrong on the half that rules may be made for.
        #[arg(long)]
        verbose: bool,
    },
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
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Setup { tests: false } => setup::to_build(),
        Task::Setup { tests: true } => setup::to_test(),
        Task::Run { arguments } => run::run(&arguments),
        Task::Test { only } => test::test(only),
        Task::E2e { stories } => {
            setup::to_test()?;
            e2e::play(&stories)
        }
        Task::Chaos {
            attack: Attack::Send { runs, seed },
        } => chaos::send(runs, seed),
        Task::Corpus(corpus) => {
            setup::to_test_crates()?;
            corpus::check(&corpus)
        }
        Task::Bench { subject } => {
            setup::to_test()?;
            match subject {
                Subject::Pdf { only, quick } => bench::pdf(only.as_deref(), quick),
                Subject::Editor { quick } => bench::editor(quick),
                Subject::Suggestions { quick, verbose } => bench::suggestions(quick, verbose),
            }
        }
        Task::Demo => {
            setup::to_test()?;
            e2e::demo()
        }
    }
}
