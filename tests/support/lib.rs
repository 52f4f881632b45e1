//! What the integration and window tests share.

pub mod fixtures;

#[cfg(target_os = "linux")]
#[path = "../e2e/stage.rs"]
pub mod stage;
