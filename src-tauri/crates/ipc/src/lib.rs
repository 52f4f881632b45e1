//! What crosses the window: requests, view models, events and errors, the one list of commands,
//! and what each command does.
//!
//! Deliberately absent: Tauri, secrets (a key goes in, none comes out), and paths that the window
//! did not have to show.

pub mod app;
pub mod commands;
pub mod error;
pub mod handlers;
mod present;
pub mod requests;
pub mod views;

pub use paraph_engine::events;
