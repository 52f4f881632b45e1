//! Attacks a promise with faults in virtual time; played by the package `paraph-tests`.

use crate::step::{cargo, step};

/// Sends `runs` times, from `seed` on.
pub fn send(runs: u64, seed: u64) -> anyhow::Result<()> {
    step(
        "sending under faults",
        cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "paraph-tests",
                "--bin",
                "chaos",
                "--",
                "send",
            ])
            .args(["--runs", &runs.to_string(), "--seed", &seed.to_string()]),
    )
}
