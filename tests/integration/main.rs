//! Tests that cross crates.

// The attribute tells clippy that helper functions are tests too.
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod field_defaults;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod odd_answers;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod provider_against_sandbox;
#[cfg(test)]
mod replacing;
#[cfg(test)]
mod searching;
#[cfg(test)]
mod sending_under_faults;
#[cfg(test)]
mod straightening;
#[cfg(test)]
mod suggesting;
#[cfg(test)]
mod taking_back;
#[cfg(test)]
mod trouble_at_the_start;
