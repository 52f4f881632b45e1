//! What the integration and window tests share.

#[path = "../chaos/mod.rs"]
pub mod chaos;
#[path = "../fixtures/mod.rs"]
pub mod fixture_set;
pub mod fixtures;

#[cfg(target_os = "linux")]
#[path = "../e2e/editing.rs"]
pub mod editing;
#[cfg(target_os = "linux")]
#[path = "../e2e/main_job/mod.rs"]
pub mod main_job;
#[cfg(target_os = "linux")]
#[path = "../e2e/stage.rs"]
pub mod stage;
