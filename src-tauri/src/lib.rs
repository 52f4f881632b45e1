//! placeholder
pub mod commands;
pub fn run() {}
