//! What crosses the window: requests, view models, events and errors, and the one list of
//! commands that the shell turns into Tauri commands and TypeScript.
//!
//! Deliberately absent: Tauri, secrets (a key goes in, none comes out), and paths that the window
//! did not have to show.

pub mod commands;
pub mod error;
pub mod events;
pub mod requests;
pub mod views;
