//! The command line as scripts use it.

// The attribute tells clippy that helper functions are tests too.
#[cfg(test)]
#[path = "../../../../../tests/support/fixtures.rs"]
mod fixtures;
#[cfg(test)]
mod inspecting;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod user;
#[cfg(test)]
mod waiting;
