//! `paraph-cli`: the same engine without a window, for scripts.
//!
//! Exit codes: 0 done, 1 Paraph failed, 2 the command was not understood, 3 something is missing
//! before it can be sent, 4 it could not be sent, 5 it ended otherwise than completed, 6 it
//! was completed and its results could not be filed.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who started it"
)]

mod accounts;
mod asked;
mod failure;
mod inspect;
mod practice;
mod say;
mod send;
mod session;
mod status;

use crate::failure::Failure;
use crate::say::Say;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Send PDF contracts for signature, and follow them.
#[derive(Parser)]
#[command(name = "paraph-cli", version)]
struct Arguments {
    /// Print JSON instead of sentences.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Send PDFs for signature.
    Send(asked::Asked),
    /// What was sent and how it stands.
    Status {
        /// A request, or the sending that it came from; all of them when left out.
        id: Option<String>,
    },
    /// The accounts there are.
    Accounts,
    /// What is in a PDF. Nothing of Paraph's own data is read.
    Inspect(inspect::Asked),
    /// Serve the practice account until Ctrl-C: its signing pages and its mailbox.
    Sandbox,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("PARAPH_LOG")
                .unwrap_or_else(|_| "error".into()),
        )
        .init();
    let mut say = Say::new(arguments.json);
    let done = match arguments.command {
        Command::Send(asked) => send::send(&mut say, asked).await,
        Command::Status { id } => status::status(&mut say, id).await,
        Command::Accounts => accounts::list(&mut say).await,
        Command::Inspect(asked) => inspect::inspect(&say, asked).await,
        Command::Sandbox => practice::serve(&say).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

type Done<T = ()> = Result<T, Failure>;
