//! `paraph-sandbox`: the practice server by itself, for tests and for trying clients.

use anyhow::{Context, Result};
use clap::Parser;
use paraph_pdf::{Pdf, PdfOptions};
use paraph_sandbox::{Config, Sandbox};
use secrecy::ExposeSecret;
use std::io::Write;
use std::path::PathBuf;

/// A practice provider of electronic signatures on 127.0.0.1. Nothing it makes has legal value.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port to listen on; the one used last, or a free one, when left out.
    #[arg(long)]
    port: Option<u16>,
    /// The folder in which it keeps everything.
    #[arg(long)]
    data: PathBuf,
    /// Mounts the control interface under /_sandbox/ (faults, clock, requests seen).
    #[arg(long)]
    control: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info")),
        )
        .init();
    let arguments = Arguments::parse();
    let pdf = Pdf::start(PdfOptions::default()).context("the PDF worker does not start")?;
    let mut config = Config::new(arguments.data, pdf);
    config.port = arguments.port;
    config.control = arguments.control;
    let sandbox = Sandbox::start(config)
        .await
        .context("the practice server does not start")?;

    // Whoever started this process waits for this line.
    let ready = serde_json::json!({
        "base_url": sandbox.base_url,
        "api_key": sandbox.api_key.expose_secret(),
        "mailbox_url": sandbox.mailbox_url,
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{ready}")
        .and_then(|()| out.flush())
        .context("stdout is closed")?;
    drop(out);

    ended().await;
    sandbox.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or, where there is such a thing, the signal to terminate.
async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
