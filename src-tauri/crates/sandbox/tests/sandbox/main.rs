//! The practice server over real HTTP, with the real PDF worker.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets what it does not expect has failed"
)]

mod contract;
mod door;
mod faults;
mod lists;
mod mails;
mod page;
mod program;
mod restart;
mod signing;
mod support;
mod validation;
