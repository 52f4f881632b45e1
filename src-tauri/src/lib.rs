//! The shell: the only crate that knows Tauri. It makes the window, the tray and the
//! notifications, and hands everything else on. No decisions.

mod arguments;
mod commands;
mod desktop;
mod effects;
mod graphics;
mod notifications;
mod page_scheme;
mod start;
mod tray;
mod window;

pub use start::run;
