//! Tests that cross crates.

// The attribute tells clippy that helper functions are tests too.
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod provider_against_sandbox;
#[cfg(test)]
mod sending_under_faults;
