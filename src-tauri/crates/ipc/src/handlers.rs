//! What each command does. Decisions are the engine's; here values are taken apart and put
//! together.

mod accounts;
mod application;
mod drafts;
mod following;
mod pages;
mod procedures;
mod sendings;

pub use accounts::*;
pub use application::*;
pub use drafts::*;
pub use following::*;
pub use pages::*;
pub use procedures::*;
pub use sendings::*;
